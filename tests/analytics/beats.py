"""Heartbeats to send, and the naive way to count them."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import convert, json

from haymarket.analytics.model import DIMENSIONS, Dimension
from haymarket.analytics.wire import Heartbeat

Json = dict[str, Any]
Counts = dict[tuple[str, Dimension, str, date], int]


def beat(at: datetime, **changes: Any) -> Json:
    """A heartbeat as it is sent."""
    document = {
        "instance": "one",
        "addonKey": "com.acme.draw",
        "addonVersion": "1.0.1",
        "application": "jira",
        "applicationVersion": "8.0.0",
        "hosting": "server",
        "users": 10,
        "at": at.isoformat().replace("+00:00", "Z"),
    }
    return document | changes


def beats(*documents: Json) -> list[Heartbeat]:
    """Heartbeats as they are read."""
    return [convert(each, Heartbeat) for each in documents]


def lines(*documents: Json) -> bytes:
    """Heartbeats one to a line."""
    return b"\n".join(json.encode(each) for each in documents)


def naive_counts(heartbeats: Iterable[Heartbeat]) -> Counts:
    """What is counted, from all heartbeats at once: by app, dimension, name and Monday."""
    last: dict[tuple[str, date, str], Heartbeat] = {}
    for each in heartbeats:
        day = each.at.date()
        place = each.addon_key, day - timedelta(days=day.weekday()), each.instance
        last[place] = max(last.get(place, each), each, key=_order)
    found: Counts = {}
    for (app, week, _), told in last.items():
        for dimension, name, number in _counted(told):
            place_of = app, dimension, name, week
            found[place_of] = found.get(place_of, 0) + number
    return {place: count for place, count in found.items() if count}


def _order(each: Heartbeat) -> tuple[Any, ...]:
    return (
        each.at,
        each.users,
        each.addon_version,
        each.application,
        each.application_version,
        each.hosting,
    )


def _counted(told: Heartbeat) -> Iterator[tuple[Dimension, str, int]]:
    numbers = told.application_version.split(".")
    names = {
        "active": "",
        "application": told.application,
        "host": f"{told.application} {told.application_version}",
        "major": f"{told.application} {numbers[0]}",
        "minor": f"{told.application} {'.'.join(numbers[:2])}",
        "version": told.addon_version,
    }
    for dimension in DIMENSIONS:
        yield dimension, names.get(dimension, ""), 1 if dimension in names else told.users

"""What is counted of installs: weeks, what an instance told last, and what that changes: pure.

A week is the number of weeks since Monday, 29 December 1969, in UTC; it is an ISO week, since
those begin on Mondays too (apps.md, C.13 to 18).
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

Dimension = Literal["active", "users", "application", "host", "major", "minor", "version"]
"""What is counted for each week: instances (`active`), their users, and instances by host
application, by host version, by the first part and the first two parts of that, by app version."""
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)

LATE = timedelta(days=60)
"""How late a report may come, and how long what an instance told is kept."""
EARLY = timedelta(days=1)
"""How far ahead the clock of an instance may be."""
MARGIN = timedelta(days=1)
"""How much longer reports are kept than they may come late, since clocks of nodes differ."""

DAY_MS = 86_400_000
WEEK_MS = 7 * DAY_MS
FIRST_MONDAY = date(1969, 12, 29)
_SHIFT_MS = 3 * DAY_MS


class Told(NamedTuple):
    """What an instance told of an app. The greater of two came later, or else is chosen by what
    it says: so the order in which they arrive does not matter. `at` is in milliseconds since 1970.
    """

    at: int
    users: int
    version: str
    application: str
    application_version: str
    hosting: str


Place = tuple[int, Dimension, str, int]
"""Where something is counted: app, dimension, name, week."""


class Series(NamedTuple):
    """A name and its counts; `counts` begin in the week `first` and have no gap."""

    name: str
    first: int
    counts: list[int]


def milliseconds(moment: datetime) -> int:
    """A moment as milliseconds since 1970."""
    return int(moment.timestamp() * 1000)


def week_at(at: int) -> int:
    """The week of a moment in milliseconds since 1970."""
    return (at + _SHIFT_MS) // WEEK_MS


def week_of(moment: datetime) -> int:
    """The week of a moment."""
    return week_at(milliseconds(moment))


def week_of_day(day: date) -> int:
    """The week of a day."""
    return (day - FIRST_MONDAY).days // 7


def monday(week: int) -> date:
    """The day on which a week begins."""
    return FIRST_MONDAY + timedelta(weeks=week)


def last_full_week(now: datetime) -> int:
    """The newest week that is over."""
    return week_of(now) - 1


def oldest_kept_week(now: datetime) -> int:
    """The oldest week in which a report may still be corrected."""
    return week_of(now - LATE - MARGIN)


def host_name(application: str, version: str, parts: int = 0) -> str:
    """A host application with a version: all of it, or its first `parts` numbers.

    `jira 9.4.2`, `jira 9.4` and `jira 9`; what follows a `-` or `+` belongs to the whole only.
    """
    if parts:
        numbers = re.split(r"[-+ ]", version, maxsplit=1)[0].split(".")
        version = ".".join(numbers[:parts]) or version
    return f"{application} {version}"


Change = tuple[int, int, Told | None, Told]
"""App, week, what an instance had told before, and what it has told now."""


def deltas(changes: Iterable[Change]) -> dict[Place, int]:
    """By how much each count changes when instances have told something else."""
    hosts: defaultdict[tuple[int, int, str, str], int] = defaultdict(int)
    found: defaultdict[Place, int] = defaultdict(int)
    for app_id, week, before, now in changes:
        hosts[app_id, week, now.application, now.application_version] += 1
        found[app_id, "version", now.version, week] += 1
        if now.users:
            found[app_id, "users", "", week] += now.users
        if before is not None:
            hosts[app_id, week, before.application, before.application_version] -= 1
            found[app_id, "version", before.version, week] -= 1
            found[app_id, "users", "", week] -= before.users
    for (app_id, week, application, host), count in hosts.items():
        if count:
            for dimension, name in names_of(application, host):
                found[app_id, dimension, name, week] += count
    return {place: count for place, count in found.items() if count}


@lru_cache(10_000)
def names_of(application: str, host: str) -> tuple[tuple[Dimension, str], ...]:
    """The name under which an instance with a host counts in each dimension that this decides."""
    return (
        ("active", ""),
        ("application", application),
        ("host", host_name(application, host)),
        ("major", host_name(application, host, 1)),
        ("minor", host_name(application, host, 2)),
    )


def series_of(counts: Iterable[tuple[str, int, int]]) -> list[Series]:
    """Names with weeks and counts as series: zeros from the first week of each to the newest of
    all, in the order of names and the versions within them.
    """
    by_name: dict[str, dict[int, int]] = {}
    newest = -1
    for name, week, count in counts:
        weeks = by_name.setdefault(name, {})
        weeks[week] = weeks.get(week, 0) + count
        newest = max(newest, week)
    return [
        _without_gaps(name, by_name[name], newest) for name in sorted(by_name, key=version_order)
    ]


def _without_gaps(name: str, counts: dict[int, int], newest: int) -> Series:
    first = min(counts)
    return Series(name, first, [counts.get(week, 0) for week in range(first, newest + 1)])


_PIECE = re.compile(r"(\d+)|([^\d.]+)")


def version_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """By what names with versions are sorted: `Jira 9.2` before `Jira 9.10`, `2.0-rc1` before
    `2.0`, and that before `2.0.1`.
    """
    pieces = [
        (2, int(number), "") if number else (0, 0, text.strip().casefold())
        for number, text in _PIECE.findall(name)
    ]
    return (*pieces, (1, 0, ""), (0, 0, name))

"""Installs as documents: heartbeats in, series out (apps.md, C.12 to 18, and F)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from haymarket.analytics.model import Series, monday
from haymarket.hal import Wire

MOST_USERS = 1_000_000_000
Naming = Callable[[str], str]

# an end that is no line's: `$` alone would let a last line feed pass
_PLAIN, _KEY = r"^[^\x00-\x1f\x7f]*$(?!\n)", r"^[A-Za-z0-9._-]*$(?!\n)"
Text = Annotated[str, Meta(min_length=1, max_length=255, pattern=_PLAIN)]
VersionName = Annotated[str, Meta(min_length=1, max_length=100, pattern=_PLAIN)]
Key = Annotated[str, Meta(min_length=1, max_length=255, pattern=_KEY)]


class Heartbeat(Struct, rename="camel", kw_only=True, gc=False):
    """What an instance of a host application tells of an app that is installed there.

    `instance` is any name that stays the same, `users` how many people may use the app there, `at`
    the moment of which this tells, with its offset from UTC.
    """

    instance: Text
    addon_key: Key
    addon_version: VersionName
    application: Key
    application_version: VersionName
    hosting: Literal["cloud", "server", "datacenter"]
    users: Annotated[int, Meta(ge=0, le=MOST_USERS)] = 0
    at: Annotated[datetime, Meta(tz=True)]


class HeartbeatsCounted(Wire):
    """How many heartbeats of a batch are counted, and how many tell of apps that are not here."""

    accepted: int
    unknown: int


class AddonDistributionElement(Struct):
    """The installs of one week, which begins on `date`, a Monday."""

    date: date
    count: int


class AddonDistributionSeries(Struct):
    """The installs of every week under one name, oldest first, without a gap."""

    name: str
    elements: list[AddonDistributionElement]


class AddonDistribution(Wire):
    """Active installations over time."""

    series: list[AddonDistributionSeries]


def distribution(series: Iterable[Series]) -> AddonDistribution:
    """Series as a document."""
    return AddonDistribution(series=[_series(each) for each in series])


def _series(series: Series) -> AddonDistributionSeries:
    elements = [
        AddonDistributionElement(monday(week), count)
        for week, count in enumerate(series.counts, series.first)
    ]
    return AddonDistributionSeries(series.name, elements)


def shown_name(name: str, applications: Mapping[str, str]) -> str:
    """`jira 9.4` as `Jira 9.4`; `applications` has the names by key and by former key."""
    key, _, version = name.partition(" ")
    application = applications.get(key, key)
    return f"{application} {version}" if version else application

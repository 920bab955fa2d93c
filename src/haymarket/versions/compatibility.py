"""What a version runs on, and whether it suits what somebody asks for: pure.

A version names the lowest and the highest host build that it was made for. The host application
decides whether newer builds inherit: `micro` lets 8.5.3 inherit from 8.5.2, `minor` lets 8.6 too.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Hosting = Literal["cloud", "server", "dataCenter"]
HOSTINGS: tuple[Hosting, ...] = get_args(Hosting)
CompatibilityMode = Literal["micro", "minor"]


@dataclass(frozen=True)
class Point:
    """A release of a host application: build number and version name."""

    build: int
    version: str


@dataclass(frozen=True)
class Bounds:
    """The lowest and the highest release, both included."""

    min: Point
    max: Point


@dataclass(frozen=True)
class Compatibility:
    """What a version runs on within one application."""

    application: str
    cloud: bool = False
    server: Bounds | None = None
    data_center: Bounds | None = None

    @property
    def hostings(self) -> tuple[Hosting, ...]:
        """Where it runs."""
        bounds = {"cloud": self.cloud, "server": self.server, "dataCenter": self.data_center}
        return tuple(hosting for hosting in HOSTINGS if bounds[hosting])

    def bounds(self, hosting: Hosting) -> Bounds | None:
        """The releases of a hosting; None for cloud, which has none."""
        return {"server": self.server, "dataCenter": self.data_center}.get(hosting)


@dataclass(frozen=True)
class Host:
    """The host product that somebody asks for. `release` None stands for any release."""

    application: str
    release: Point | None = None
    mode: CompatibilityMode = "micro"


BEFORE_EVERYTHING = Point(0, "")
"""A release that nothing runs on."""


@dataclass(frozen=True)
class KnownApplication:
    """A host application with its published releases, oldest first."""

    key: str
    mode: CompatibilityMode
    releases: tuple[Point, ...]

    def at(self, build: int) -> Point:
        """The newest release up to a build number: an unknown build counts as that one."""
        index = bisect_right(self.releases, build, key=lambda release: release.build)
        return self.releases[index - 1] if index else BEFORE_EVERYTHING


def host_asked_for(known: KnownApplication | None, asked: str, build: int | None) -> Host:
    """The host that a filter means; an unknown application is one that nothing runs on."""
    if known is None:
        return Host(asked, BEFORE_EVERYTHING)
    return Host(known.key, None if build is None else known.at(build), known.mode)


def line(version: str, mode: CompatibilityMode) -> tuple[int, ...]:
    """The numbers that two releases share when the newer inherits from the older one."""
    numbers = [int(each) for each in re.findall(r"\d+", version.split("-")[0])[:2]]
    numbers += [0] * (2 - len(numbers))
    return tuple(numbers[: 1 if mode == "minor" else 2])


def covers(bounds: Bounds, release: Point, mode: CompatibilityMode) -> bool:
    """Whether a release lies in the bounds, or inherits from the highest one."""
    if release.build < bounds.min.build:
        return False
    if release.build <= bounds.max.build:
        return True
    return line(release.version, mode) == line(bounds.max.version, mode)


def runs_on(compatibility: Compatibility, host: Host, hosting: Hosting) -> bool:
    """Whether a version with this compatibility runs on a host of one hosting.

    A build number is one of a server product: versions for cloud have none and do not match it.
    """
    if compatibility.application != host.application or hosting not in compatibility.hostings:
        return False
    if host.release is None:
        return True
    bounds = compatibility.bounds(hosting)
    return bounds is not None and covers(bounds, host.release, host.mode)


def suits(
    compatibilities: Iterable[Compatibility], host: Host | None, hostings: Iterable[Hosting]
) -> bool:
    """Whether one of the compatibilities runs on the host in one of the hostings."""
    return any(
        runs_on(each, host, hosting) if host else hosting in each.hostings
        for each in compatibilities
        for hosting in hostings
    )


def covered_builds(bounds: Bounds, known: KnownApplication) -> list[int]:
    """The known builds of an application that the bounds cover, inherited ones included."""
    return [each.build for each in known.releases if covers(bounds, each, known.mode)]

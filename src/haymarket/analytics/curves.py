"""Invents how the installs of an app grew, always alike for the same app: for worlds to try out."""

import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from haymarket.analytics.model import Dimension, Place, host_name, monday

HALF_YEAR = 26.0
ADOPTION = 7.0
"""Weeks after which half of those who had an older version have a newer one."""

Release = tuple[str, date]
"""The name of a version, and the day from which there is one."""


@dataclass(frozen=True)
class Growth:
    """What is known of an app: how much was counted in the week `last`, and what there was to have.

    `versions` and the releases of `hosts`, by application, are ordered by their days.
    """

    app_id: int
    key: str
    last: int
    weeks: int
    instances: int
    users: int
    versions: Sequence[Release]
    hosts: Sequence[tuple[str, Sequence[Release]]]


def invented_counts(growth: Growth) -> Counter[Place]:
    """Counts of every week, in every dimension; those of one week always add up."""
    dice = random.Random(f"installs/{growth.key}")
    found: Counter[Place] = Counter()
    first = growth.last - growth.weeks + 1
    for week, active in enumerate(_curve(dice, growth.weeks, growth.instances), first):
        users = growth.users * active // max(growth.instances, 1)
        found[growth.app_id, "active", "", week] = active
        found[growth.app_id, "users", "", week] = users
        for dimension, name, count in _parts(growth, week, active):
            found[growth.app_id, dimension, name, week] += count
    return Counter({place: count for place, count in found.items() if count})


def _curve(dice: random.Random, weeks: int, instances: int) -> list[int]:
    """From a beginning to `instances`, a little up and down, with quiet weeks each half year."""
    begin = dice.uniform(0.1, 0.7)
    bend = dice.uniform(0.7, 1.6)
    found = []
    for number in range(weeks):
        passed = (number + 1) / weeks
        quiet = 1 - 0.04 * max(math.sin(number * math.tau / HALF_YEAR), 0.0)
        level = (begin + (1 - begin) * passed**bend) * quiet * dice.uniform(0.985, 1.015)
        found.append(round(instances * min(level, 1.05)))
    return [*found[:-1], instances]


def _parts(growth: Growth, week: int, active: int) -> Iterator[tuple[Dimension, str, int]]:
    for version, count in _adopted(growth.versions, week, active):
        yield "version", version, count
    shares = [2.0**-number for number in range(len(growth.hosts))]
    for (application, releases), some in zip(growth.hosts, _split(active, shares), strict=True):
        yield "application", application, some
        for release, count in _adopted(releases, week, some):
            yield "host", host_name(application, release), count
            yield "major", host_name(application, release, 1), count
            yield "minor", host_name(application, release, 2), count


def _adopted(releases: Sequence[Release], week: int, active: int) -> list[tuple[str, int]]:
    """How many have each release in a week: the newer ones win over the older, slowly."""
    today = monday(week)
    there = [each for each in releases if each[1] <= today] or list(releases[:1])
    names: list[str] = []
    shares: list[float] = []
    left = 1.0
    for name, day in reversed(there):
        is_last = len(names) == len(there) - 1 or left * active < 1
        taken = left if is_last else left * (1 - 0.5 ** ((today - day).days / 7 / ADOPTION))
        names.append(name)
        shares.append(taken)
        left -= taken
        if is_last:
            break
    return [pair for pair in zip(names, _split(active, shares), strict=True) if pair[1]]


def _split(number: int, shares: Sequence[float]) -> list[int]:
    """A number in whole parts by shares; they add up to it."""
    total, bounds, reached = sum(shares), [0], 0.0
    for share in shares:
        reached += share
        bounds.append(round(number * reached / total))
    return [upper - lower for lower, upper in pairwise(bounds)]

"""A price list and when it is live: pure. Nobody is told; it follows from moments and the clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from haymarket.pricing.tiers import Hosting, Prices
from haymarket.versions.model import Boundary

State = Literal["live", "pending"]
Status = Literal["former", "live", "pending", "replaced"]

NOTICE = timedelta(hours=24)
"""How long new prices of an approved app wait before they are live."""


@dataclass(frozen=True)
class Kind:
    """What an app has one price list for. `boundary` is None for all but cloud."""

    hosting: Hosting
    boundary: Boundary | None = None


@dataclass(frozen=True)
class PriceList:
    """Prices that were submitted for an app.

    `awaits_approval` says that the app was not approved yet at that moment. `replaced_at` is since
    when another list stands in its place, as far as that was known when the next one came.
    `submitted_by` is the number of a user, None for the operator.
    """

    id: int
    app_id: int
    kind: Kind
    prices: Prices
    submitted_at: datetime
    submitted_by: int | None = None
    awaits_approval: bool = False
    replaced_at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """What became of a price list: from when it is or was live, and until when."""

    status: Status
    live_from: datetime | None = None
    until: datetime | None = None


def kind_of(hosting: Hosting, boundary: Boundary | None) -> Kind:
    """The kind that is meant: commercial unless a boundary is named, none for other hostings."""
    return Kind(hosting, (boundary or "commercial") if hosting == "cloud" else None)


def live_from(one: PriceList, approved_at: datetime | None) -> datetime | None:
    """When a list goes live if no other takes its place; None for an app without an approval.

    With the approval when the app was waiting for it, else 24 hours after the submission.
    """
    return approved_at if one.awaits_approval else one.submitted_at + NOTICE


def live_of(
    lists: Iterable[PriceList], approved_at: datetime | None, now: datetime
) -> PriceList | None:
    """Among the lists of one kind that were not replaced, the one that is live."""
    gone_live = _gone_live(lists, approved_at, now)
    return gone_live[-1] if gone_live else None


def pending_of(
    lists: Iterable[PriceList], approved_at: datetime | None, now: datetime
) -> PriceList | None:
    """Among the lists of one kind that were not replaced, the one that waits."""
    gone_live = _gone_live(lists, approved_at, now)
    waiting = [one for one in lists if one not in gone_live]
    return max(waiting, key=lambda one: (one.submitted_at, one.id), default=None)


def superseded(
    lists: Sequence[PriceList], approved_at: datetime | None, now: datetime
) -> list[tuple[PriceList, datetime]]:
    """The lists of one kind that a new one leaves behind, each with since when it is replaced.

    Every list but the live one: what waits is replaced now, what was live by what followed it.
    """
    gone_live = _gone_live(lists, approved_at, now)
    waiting = [(one, now) for one in lists if one not in gone_live]
    starts = [live_from(one, approved_at) or now for one in gone_live]
    return [*zip(gone_live, starts[1:], strict=False), *waiting]


def standing_of(
    one: PriceList, current: Sequence[PriceList], approved_at: datetime | None, now: datetime
) -> Standing:
    """What became of a list; `current` are the lists of its kind that were not replaced."""
    start = live_from(one, approved_at)
    if one.replaced_at is not None:
        if start is None or start >= one.replaced_at:
            return Standing("replaced", None, one.replaced_at)
        return Standing("former", start, one.replaced_at)
    if one == pending_of(current, approved_at, now):
        return Standing("pending", start)
    is_live = one == live_of(current, approved_at, now)
    return Standing("live" if is_live else "former", start, _next_start(one, current, approved_at))


def _next_start(
    one: PriceList, current: Iterable[PriceList], approved_at: datetime | None
) -> datetime | None:
    """When the list after this one goes or went live, as far as that is known."""
    mine = live_from(one, approved_at)
    starts = [live_from(each, approved_at) for each in current if each != one]
    return min((start for start in starts if start and mine and start > mine), default=None)


def _gone_live(
    lists: Iterable[PriceList], approved_at: datetime | None, now: datetime
) -> list[PriceList]:
    """The lists whose moment has come, in the order in which it came."""
    found = []
    for one in lists:
        start = live_from(one, approved_at)
        if one.replaced_at is None and start is not None and start <= now:
            found.append((start, one.submitted_at, one.id, one))
    return [one for *_, one in sorted(found, key=lambda each: each[:3])]

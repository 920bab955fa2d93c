"""When prices are live: held against a rule so simple that it can not be wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from haymarket.lifecycle.model import NEW, AppState, Event, after
from haymarket.pricing.model import (
    Kind,
    PriceList,
    kind_of,
    live_from,
    live_of,
    pending_of,
    standing_of,
    superseded,
)
from haymarket.pricing.tiers import Price, Prices

SERVER = Kind("server")
START = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
DAY = timedelta(hours=24)
SOME = Prices((Price(10, Decimal(10), 12),))


def a_list(number: int, submitted: datetime = START, awaits: bool = False) -> PriceList:
    return PriceList(number, 1, SERVER, SOME, submitted, awaits_approval=awaits)


# --- one list -------------------------------------------------------------------------------


def test_prices_of_an_approved_app_are_live_after_a_day_to_the_millisecond() -> None:
    one, before = a_list(1), START + DAY - timedelta(milliseconds=1)
    assert live_of([one], START, before) is None
    assert pending_of([one], START, before) == one
    assert live_of([one], START, START + DAY) == one
    assert pending_of([one], START, START + DAY) is None


def test_prices_that_await_the_approval_are_live_with_it_and_never_without() -> None:
    one = a_list(1, awaits=True)
    assert live_from(one, None) is None
    assert live_of([one], None, START + 365 * DAY) is None
    assert live_from(one, START + DAY) == START + DAY
    assert live_of([one], START, START) == one  # even at the very moment of the submission


def test_only_prices_for_cloud_have_a_boundary() -> None:
    assert kind_of("cloud", None) == Kind("cloud", "commercial")
    assert kind_of("cloud", "isolated_cloud") == Kind("cloud", "isolated_cloud")
    assert kind_of("server", "isolated_cloud") == Kind("server")


# --- any walk -------------------------------------------------------------------------------

Step = Literal["put", "hour", "day", "submit", "approve", "reject", "resubmit"]
STEPS: list[Step] = ["put", "hour", "day", "submit", "approve", "reject", "resubmit"]
MOVES: dict[Step, timedelta] = {"hour": timedelta(hours=1), "day": DAY}


@dataclass
class Naive:
    """What is live and what waits, kept up as it happens; `due` is when the waiting list goes."""

    live: int | None = None
    waiting: int | None = None
    due: datetime | None = None
    ever_live: list[int] = field(default_factory=list)

    def at(self, now: datetime) -> None:
        if self.waiting is not None and self.due is not None and self.due <= now:
            self.live, self.waiting, self.due = self.waiting, None, None
            self.ever_live.append(self.live)


@dataclass
class World:
    """An app with its price lists, as the store keeps them."""

    now: datetime = START
    state: AppState = NEW
    approved_at: datetime | None = None
    lists: tuple[PriceList, ...] = ()
    naive: Naive = field(default_factory=Naive)

    @property
    def current(self) -> list[PriceList]:
        return [each for each in self.lists if each.replaced_at is None]

    def take(self, step: Step) -> None:
        match step:
            case "hour" | "day":
                self.now += MOVES[step]
            case "put":
                self._put()
            case "submit" | "approve" | "reject" | "resubmit":
                self._decide(step)
        self.naive.at(self.now)

    def _put(self) -> None:
        gone = dict(superseded(self.current, self.approved_at, self.now))
        kept = [replace(each, replaced_at=gone.get(each, each.replaced_at)) for each in self.lists]
        new = a_list(len(kept) + 1, self.now, awaits=self.approved_at is None)
        self.lists = (*kept, new)
        self.naive.waiting = new.id
        self.naive.due = self.now + DAY if self.approved_at else None

    def _decide(self, event: Event) -> None:
        possible: dict[str, tuple[Event, ...]] = {
            "private": ("submit",),
            "submitted": ("approve", "reject"),
            "rejected": ("resubmit",),
        }
        if event not in possible.get(self.state.status, ()):
            return
        self.state = after(self.state, event)
        if event == "approve":
            self.approved_at = self.now
            self.naive.due = self.now


def numbers(lists: Sequence[PriceList | None]) -> list[int | None]:
    return [each.id if each else None for each in lists]


@given(st.lists(st.sampled_from(STEPS), max_size=40))
def test_at_every_moment_of_any_walk_it_is_what_the_simple_rule_says(steps: list[Step]) -> None:
    world = World()
    for step in steps:
        world.take(step)
        found = (
            live_of(world.current, world.approved_at, world.now),
            pending_of(world.current, world.approved_at, world.now),
        )
        assert numbers(found) == [world.naive.live, world.naive.waiting]
        assert len(world.current) <= 3, "what is read for a request stays small"


@given(st.lists(st.sampled_from(STEPS), max_size=40))
def test_the_history_of_any_walk_says_what_became_of_every_list(steps: list[Step]) -> None:
    world = World()
    for step in steps:
        world.take(step)
    standings = {
        each.id: standing_of(each, world.current, world.approved_at, world.now)
        for each in world.lists
    }
    of_status = {
        status: [number for number, each in standings.items() if each.status == status]
        for status in ("live", "pending", "former", "replaced")
    }
    live, waiting = world.naive.live, world.naive.waiting
    assert of_status["live"] == ([] if live is None else [live])
    assert of_status["pending"] == ([] if waiting is None else [waiting])
    assert of_status["former"] == [each for each in world.naive.ever_live if each != live]
    for number in of_status["former"]:
        later = next(each for each in world.naive.ever_live if each > number)
        assert standings[number].until == standings[later].live_from
    for number in of_status["replaced"]:
        assert standings[number].live_from is None
        assert standings[number].until == world.lists[number].submitted_at

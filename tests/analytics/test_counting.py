"""However heartbeats arrive, the same is counted."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import DataError

from analytics.beats import beat, beats, naive_counts
from analytics.conftest import KEYS, Counted
from given import FakeClock
from haymarket.analytics.actions import count_heartbeats
from haymarket.analytics.store import reports, tallies, weekly
from haymarket.analytics.wire import Heartbeat
from haymarket.apps.model import App
from haymarket.storage import Storage, StorageFailure

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
FEW_DAYS = st.sampled_from([0, 1, 2, 6, 7, 8, 13, 14, 30, 59])


@st.composite
def a_heartbeat(draw: st.DrawFn) -> Heartbeat:
    """One of few instances, apps, days and versions, so that they meet."""
    at = NOW - timedelta(days=draw(FEW_DAYS), hours=draw(st.sampled_from([0, 5])))
    one_of: dict[str, list[Any]] = {
        "instance": ["one", "two", "three"],
        "addonKey": [*KEYS],
        "addonVersion": ["1.0", "1.1", "2.0"],
        "application": ["jira", "confluence"],
        "applicationVersion": ["8.0.0", "8.0.1", "8.1", "9"],
        "hosting": ["server", "datacenter"],
        "users": [0, 1, 10],
    }
    changes = {name: draw(st.sampled_from(values)) for name, values in one_of.items()}
    return beats(beat(at, **changes))[0]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(sent=st.lists(a_heartbeat(), max_size=30), dice=st.data())
def test_any_order_repetition_and_batches_give_the_naive_count(
    storage: Storage, apps: dict[str, App], clock: FakeClock, counted: Counted, sent: Any, dice: Any
) -> None:
    _forget(storage)
    again = dice.draw(st.lists(st.sampled_from(sent), max_size=10)) if sent else []
    order = dice.draw(st.permutations([*sent, *again]))
    size = dice.draw(st.integers(1, 12))
    for start in range(0, len(order), size):
        count_heartbeats(storage, order[start : start + size], clock.now)
    assert counted.everything() == naive_counts(sent)


def _forget(storage: Storage) -> None:
    with storage.counting() as db:
        for table in (reports, weekly, tallies):
            db.run(table.delete())


def test_heartbeats_of_unknown_apps_are_told_and_not_counted(
    storage: Storage, apps: dict[str, App], clock: FakeClock, counted: Counted
) -> None:
    mine, other = beat(clock.now), beat(clock.now, addonKey="com.acme.other")
    answer = count_heartbeats(storage, beats(mine, other, mine, other, other), clock.now)
    assert (answer.accepted, answer.unknown) == (2, 3)
    assert counted.everything() == naive_counts(beats(mine))


def test_two_batches_at_once_are_both_counted(
    storage: Storage, apps: dict[str, App], clock: FakeClock, counted: Counted
) -> None:
    batches = [
        beats(*(beat(clock.now, instance=f"{batch} {n % 25}", users=n) for n in range(100)))
        for batch in range(4)
    ]
    together = threading.Barrier(4)

    def send(batch: list[Heartbeat]) -> None:
        together.wait()
        for start in range(0, 100, 20):
            count_heartbeats(storage, batch[start : start + 20], clock.now)

    threads = [threading.Thread(target=send, args=(batch,)) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counted.everything() == naive_counts(each for batch in batches for each in batch)


def test_of_two_reports_of_the_same_moment_the_content_decides(
    storage: Storage, apps: dict[str, App], clock: FakeClock, counted: Counted
) -> None:
    one, other = beat(clock.now, users=3), beat(clock.now, users=2, addonVersion="9.9")
    for batch in ([one], [other], [one, other], [other, one]):
        count_heartbeats(storage, beats(*batch), clock.now)
    assert counted.everything() == naive_counts(beats(one))


def test_a_batch_that_fails_in_the_middle_counts_nothing(
    storage: Storage, apps: dict[str, App], clock: FakeClock, counted: Counted
) -> None:
    broken = beats(beat(clock.now))
    broken[0].users = 2**70
    for _ in range(2):
        try:
            count_heartbeats(storage, beats(beat(clock.now, instance="b")) + broken, clock.now)
        except (OverflowError, StorageFailure, DataError):
            pass
        else:
            raise AssertionError("no database takes such a number")
    assert counted.everything() == {}

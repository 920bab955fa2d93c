"""Who follows and sends, what is due when, and how many may watch."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from given import FakeClock, a_user
from haymarket.accounts.model import Caller
from haymarket.apps.model import App
from haymarket.clock import Clock
from haymarket.settings import Settings
from haymarket.storage import Storage, open_storage
from haymarket.watch import actions, follow, position
from haymarket.watch.dispatch import Dispatch
from haymarket.watch.lease import LENGTH, Lease
from haymarket.watch.send import Outside
from running import eventually
from watch.happening import a_hook, publish, waiting
from watch.people import told
from watch.receivers import Receiver

SECRET = b"secret"


@contextmanager
def a_dispatch(settings: Settings, clock: Clock, real: FakeClock) -> Iterator[Dispatch]:
    """One that is turned by hand."""
    own = open_storage(settings.database_url, clock)
    dispatch = Dispatch(own, Outside(settings, SECRET, real_time=real))
    yield dispatch
    dispatch.close()


# --- the lease ------------------------------------------------------------------------------


def test_one_process_delivers_at_a_time_and_another_takes_over(storage: Storage) -> None:
    real = FakeClock()
    one, two = Lease(storage, real), Lease(storage, real)
    assert one.keep()
    assert not two.keep()
    real.now += LENGTH / 2
    assert one.keep()
    real.now += LENGTH / 2 + timedelta(seconds=1)
    assert not two.keep(), "it was renewed"
    real.now += LENGTH
    assert two.keep(), "the other one is gone"
    assert not one.is_held
    assert not one.keep()
    two.leave()
    assert one.keep()


def test_only_the_holder_of_the_lease_sends(
    storage: Storage, settings: Settings, kept: App, receiver: Receiver, clock: FakeClock
) -> None:
    real = FakeClock()
    a_hook(storage, receiver.url(), "version.published")
    publish(storage, kept)
    with a_dispatch(settings, clock, real) as one, a_dispatch(settings, clock, real) as two:
        one.turn()
        assert receiver.hears("version.published")
        assert eventually(lambda: one.is_idle, 5)
        publish(storage, kept)
        two.turn()
        assert two.is_idle
        assert len(receiver.received) == 1
        real.now += LENGTH + timedelta(seconds=1)
        two.turn()
        assert receiver.hears(*["version.published"] * 2)
        assert eventually(lambda: two.is_idle, 5)


def test_a_lease_does_not_depend_on_the_clock_of_the_marketplace(
    storage: Storage, clock: FakeClock
) -> None:
    real = FakeClock()
    one, two = Lease(storage, real), Lease(storage, real)
    assert one.keep()
    clock.advance(days=365)
    assert not two.keep()


def test_what_is_due_follows_the_clock_of_the_marketplace(
    storage: Storage, settings: Settings, kept: App, receiver: Receiver, clock: FakeClock
) -> None:
    receiver.answer = lambda request: 500 if len(receiver.received) == 1 else 200
    a_hook(storage, receiver.url(), "version.published")
    publish(storage, kept)
    with a_dispatch(settings, clock, FakeClock()) as dispatch:
        dispatch.turn()
        assert receiver.hears("version.published")
        assert eventually(lambda: dispatch.is_idle, 5)
        dispatch.turn()
        assert dispatch.is_idle
        clock.advance(minutes=1)
        dispatch.turn()
        assert receiver.hears(*["version.published"] * 2)
        assert eventually(lambda: waiting(storage) == 0, 5)


def test_mails_are_written_to_many(
    storage: Storage, settings: Settings, kept: App, clock: FakeClock, mails: Path
) -> None:
    for number in range(45):
        person = a_user(storage, f"u{number}@example.com")
        actions.set_watch(storage, Caller(person.id), kept, True)
    publish(storage, kept)
    with a_dispatch(settings, clock, FakeClock()) as dispatch:

        def all_written() -> bool:
            dispatch.turn()
            return len(told(mails)) == 45 and waiting(storage) == 0

        assert eventually(all_written, 20)
    assert {to for to, _ in told(mails)} == {f"u{number}@example.com" for number in range(45)}


def test_a_change_that_is_no_news_costs_no_second_write(
    storage: Storage, settings: Settings, kept: App, clock: FakeClock, receiver: Receiver
) -> None:
    a_hook(storage, receiver.url(), "version.published")
    with a_dispatch(settings, clock, FakeClock()) as dispatch:
        dispatch.turn()
        with storage.reading() as db:
            before = position.get_position(db)
        with storage.writing(None) as db:
            db.record("test.change", "")
        dispatch.turn()
        with storage.reading() as db:
            assert position.get_position(db) == before
        publish(storage, kept)
        dispatch.turn()
        assert receiver.hears("version.published")
        assert eventually(lambda: dispatch.is_idle, 5)
        with storage.writing(None) as db:
            db.record_each("test.change", [("", {})] * (follow.BATCH + 1))
            head = db.head()
        dispatch.turn()
        with storage.reading() as db:
            assert head - position.get_position(db).seq < follow.BATCH

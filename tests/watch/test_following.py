"""From the journal to deliveries, once each, and in which order they may go."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, text

from given import FakeClock, a_kept_app, a_user
from haymarket.accounts.model import Caller
from haymarket.accounts.store import users
from haymarket.apps.model import App
from haymarket.storage import Storage
from haymarket.watch import actions, deliveries, follow, outbox, position, store
from haymarket.watch.delivery import KEPT, Outcome
from watch.happening import CHANNELS, a_hook, follow_all, publish, waiting, waiting_in
from watch.receivers import Receiver


def follow_and_stop(storage: Storage) -> None:
    with storage.counting() as db:
        while follow.follow(db, CHANNELS):
            pass
        raise KeyboardInterrupt


# --- following ------------------------------------------------------------------------------


def test_what_is_followed_twice_is_delivered_once(
    storage: Storage, kept: App, receiver: Receiver
) -> None:
    a_hook(storage, receiver.url(), "version.published")
    publish(storage, kept)
    follow_all(storage)
    follow_all(storage)
    assert waiting(storage) == 1
    with storage.reading() as db:
        assert position.get_position(db).seq == db.head()


def test_a_stop_in_the_middle_leaves_both_the_position_and_the_deliveries_as_they_were(
    storage: Storage, kept: App, receiver: Receiver
) -> None:
    a_hook(storage, receiver.url(), "version.published")
    publish(storage, kept)
    with storage.reading() as db:
        before = position.get_position(db)
    with pytest.raises(KeyboardInterrupt):
        follow_and_stop(storage)
    assert waiting(storage) == 0
    with storage.reading() as db:
        assert position.get_position(db) == before
    follow_all(storage)
    assert waiting(storage) == 1


def test_a_crowd_of_watchers_is_told_in_parts_and_nobody_twice(storage: Storage, kept: App) -> None:
    crowd = follow.CROWD * 2 + 5
    with storage.writing(None) as db:
        people = [
            {"email": f"u{n}@example.com", "name": "U", "is_admin": False, "is_active": True}
            | {"created_at": db.now()}
            for n in range(crowd)
        ]
        db.run(insert(users), people)
        numbers = [row.id for row in db.rows(users.select())]
        watching = {"app_id": kept.id, "since": db.now(), "since_seq": db.head()}
        db.run(insert(store.watches), [{**watching, "user_id": each} for each in numbers])
        db.record("test.crowd", "")
    publish(storage, kept)
    parts = 0
    with storage.counting() as db:
        while follow.follow(db, CHANNELS):
            parts += waiting_in(db) > 0
    assert waiting(storage) == crowd
    assert parts == 3


def test_what_is_loaded_from_files_is_no_news(
    storage: Storage, kept: App, receiver: Receiver
) -> None:
    a_hook(storage, receiver.url(), "version.published")
    a_kept_app(storage, "com.acme.more")
    follow_all(storage)
    assert waiting(storage) == 0


def test_who_watches_later_does_not_hear_of_what_was_before(storage: Storage, kept: App) -> None:
    robin = a_user(storage, "robin@example.com")
    publish(storage, kept)
    actions.set_watch(storage, Caller(robin.id), kept, True)
    follow_all(storage)
    assert waiting(storage) == 0
    publish(storage, kept)
    follow_all(storage)
    assert waiting(storage) == 1


# --- the outbox -----------------------------------------------------------------------------


def test_a_lane_is_delivered_in_order_and_lanes_do_not_wait_for_one_another(
    storage: Storage, kept: App
) -> None:
    other = a_kept_app(storage, "com.acme.other")
    hook = a_hook(storage, "http://127.0.0.1:9/", "version.published")
    for each in (kept, kept, other):
        publish(storage, each)
    follow_all(storage)
    with storage.counting() as db:
        first, alone = outbox.due(db, "webhook", (), 10)
        assert [first.app_id, alone.app_id] == [kept.id, other.id]
        outbox.note(db, first, Outcome(error="no"), timedelta(seconds=10))
        assert outbox.due(db, "webhook", (), 10) == [alone]
        outbox.note(db, alone, Outcome(200), None)
        assert outbox.due(db, "webhook", (), 10) == []
        outbox.note(db, first, Outcome(200), None)
        [second] = outbox.due(db, "webhook", (), 10)
        assert second.app_id == kept.id
        assert second.id > first.id
        assert outbox.due(db, "webhook", [hook.id], 10) == []


def test_what_is_delivered_again_goes_before_what_waits(storage: Storage, kept: App) -> None:
    a_hook(storage, "http://127.0.0.1:9/", "version.published")
    for _ in range(3):
        publish(storage, kept)
    follow_all(storage)
    with storage.counting() as db:
        [first] = outbox.due(db, "webhook", (), 10)
        outbox.note(db, first, Outcome(error="no"), None)
        [second] = outbox.due(db, "webhook", (), 10)
        outbox.again(db, first)
        [due] = outbox.due(db, "webhook", (), 10)
        assert (due.id, due.tries) == (first.id, 0)
        outbox.note(db, due, Outcome(200), None)
        assert [each.id for each in outbox.due(db, "webhook", (), 10)] == [second.id]


def test_what_is_delivered_again_goes_before_what_fails_meanwhile(
    storage: Storage, kept: App, clock: FakeClock
) -> None:
    a_hook(storage, "http://127.0.0.1:9/", "version.published")
    for _ in range(2):
        publish(storage, kept)
    follow_all(storage)
    with storage.counting() as db:
        [first] = outbox.due(db, "webhook", (), 10)
        outbox.note(db, first, Outcome(error="no"), None)
        [second] = outbox.due(db, "webhook", (), 10)
        outbox.again(db, first)
        outbox.note(db, second, Outcome(error="no"), timedelta(seconds=10))
        outbox.note(db, first, Outcome(error="no"), timedelta(minutes=1))
        clock.advance(seconds=30)
        assert outbox.due(db, "webhook", (), 10) == []
        outbox.note(db, first, Outcome(200), None)
        assert [each.id for each in outbox.due(db, "webhook", (), 10)] == [second.id]


def test_what_is_forgotten_while_it_is_under_way_is_not_written_down(
    storage: Storage, kept: App, clock: FakeClock
) -> None:
    hook = a_hook(storage, "http://127.0.0.1:9/", "version.published")
    publish(storage, kept)
    follow_all(storage)
    with storage.counting() as db:
        [first] = outbox.due(db, "webhook", (), 10)
    clock.now += KEPT + timedelta(days=1)
    with storage.counting() as db:
        assert outbox.prune(db)
    with storage.counting() as db:
        outbox.note(db, first, Outcome(200), None)
    with storage.reading() as db:
        assert deliveries.log_of(db, "webhook", hook.id, (0, 10)) == []


def test_an_error_is_kept_short_and_printable(storage: Storage, kept: App) -> None:
    hook = a_hook(storage, "http://127.0.0.1:9/", "version.published")
    publish(storage, kept)
    follow_all(storage)
    with storage.counting() as db:
        [first] = outbox.due(db, "webhook", (), 10)
        outbox.note(db, first, Outcome(error="no\0\r\n room" + "x" * 9999), timedelta(1))
    with storage.reading() as db:
        [seen] = deliveries.log_of(db, "webhook", hook.id, (0, 10))
    [attempt] = seen.attempts
    assert attempt.error
    assert attempt.error.startswith("no room")
    assert len(attempt.error) <= 500


def test_the_backlog_is_what_is_due_and_not_sent(
    storage: Storage, kept: App, clock: FakeClock
) -> None:
    a_hook(storage, "http://127.0.0.1:9/", "version.published")
    for _ in range(2):
        publish(storage, kept)
    follow_all(storage)
    clock.advance(minutes=2)
    with storage.counting() as db:
        assert outbox.backlog(db) == {"mail": (0, 0.0), "webhook": (1, 120.0)}
        [first] = outbox.due(db, "webhook", (), 10)
        outbox.note(db, first, Outcome(error="no"), timedelta(seconds=10))
        assert outbox.backlog(db)["webhook"] == (0, 0.0), "it is not its time"


def test_what_is_a_month_old_is_forgotten_and_holds_nothing_up(
    storage: Storage, kept: App, clock: FakeClock
) -> None:
    hook = a_hook(storage, "http://127.0.0.1:9/", "version.published")
    publish(storage, kept)
    publish(storage, kept)
    follow_all(storage)
    with storage.counting() as db:
        [first] = outbox.due(db, "webhook", (), 10)
        outbox.note(db, first, Outcome(200), None)
    clock.advance(days=20)
    publish(storage, kept)
    follow_all(storage)
    clock.now += KEPT - timedelta(days=19)
    with storage.counting() as db:
        assert outbox.prune(db)
        assert not outbox.prune(db)
        [left] = deliveries.log_of(db, "webhook", hook.id, (0, 10))
        assert left.due_at == clock.now
        assert int(db.value(text("SELECT count(*) FROM announcements"))) == 1

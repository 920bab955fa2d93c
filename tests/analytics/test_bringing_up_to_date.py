"""What was counted reaches the apps, and what has served is forgotten."""

from datetime import timedelta

from analytics.beats import beat, beats
from analytics.conftest import Counted
from given import FakeClock
from haymarket.analytics import upkeep
from haymarket.analytics.actions import bring_up_to_date, count_heartbeats
from haymarket.analytics.model import week_of
from haymarket.apps.model import App
from haymarket.apps.store import apps as apps_table
from haymarket.apps.store import get_app
from haymarket.catalogue.companions import companions_of
from haymarket.storage import Storage

DRAW, PLAN, CHAT = "com.acme.draw", "com.acme.plan", "com.acme.chat"
WEEK = timedelta(weeks=1)


def figures(storage: Storage, key: str = DRAW) -> tuple[int | None, int | None]:
    """Installs and users of an app."""
    with storage.reading() as db:
        app = get_app(db, key)
    assert app
    return app.figures.installs, app.figures.users


def journal_head(storage: Storage) -> int:
    with storage.reading() as db:
        return db.head()


def test_the_last_full_week_is_told_to_the_app_and_to_the_journal(
    storage: Storage, apps: dict[str, App], clock: FakeClock
) -> None:
    sent = [beat(clock.now - WEEK, instance=name) for name in "abc"]
    count_heartbeats(storage, beats(*sent, beat(clock.now)), clock.now)
    before = journal_head(storage)
    bring_up_to_date(storage)
    assert figures(storage) == (3, 30)
    assert figures(storage, PLAN) == (None, None)
    with storage.reading() as db:
        [entry] = db.entries_after(before)
    assert (entry.kind, entry.subject) == ("app.counted", DRAW)
    assert entry.details == {"id": apps[DRAW].id, "installs": 3, "users": 30}


def test_without_a_change_nothing_is_written(
    storage: Storage, apps: dict[str, App], clock: FakeClock
) -> None:
    count_heartbeats(storage, beats(beat(clock.now - WEEK)), clock.now)
    bring_up_to_date(storage)
    before = journal_head(storage)
    count_heartbeats(storage, beats(beat(clock.now - WEEK), beat(clock.now)), clock.now)
    bring_up_to_date(storage)
    assert journal_head(storage) == before


def test_late_reports_correct_what_was_told(
    storage: Storage, apps: dict[str, App], clock: FakeClock
) -> None:
    count_heartbeats(storage, beats(beat(clock.now - WEEK)), clock.now)
    bring_up_to_date(storage)
    late = beat(clock.now - WEEK, instance="late", users=5)
    count_heartbeats(storage, beats(late), clock.now)
    bring_up_to_date(storage)
    assert figures(storage) == (2, 15)


def test_an_app_that_falls_silent_has_no_installs_a_week_later(
    storage: Storage, apps: dict[str, App], clock: FakeClock
) -> None:
    count_heartbeats(storage, beats(beat(clock.now)), clock.now)
    for expected in ((None, None), (1, 10), (0, 0)):
        bring_up_to_date(storage)
        assert figures(storage) == expected
        clock.advance(weeks=1)


def test_figures_that_were_loaded_stay_until_a_full_week_was_reported(
    storage: Storage, apps: dict[str, App], clock: FakeClock
) -> None:
    with storage.writing(None) as db:
        db.run(apps_table.update().values(installs=700, users=9000))
        db.record("test.loaded", "")
    count_heartbeats(storage, beats(beat(clock.now)), clock.now)
    bring_up_to_date(storage)
    assert figures(storage) == figures(storage, PLAN) == (700, 9000)
    clock.advance(weeks=1)
    bring_up_to_date(storage)
    assert figures(storage) == (1, 10)
    assert figures(storage, PLAN) == (700, 9000)


def test_what_is_counted_between_reading_and_noting_is_told_the_next_time(
    storage: Storage, apps: dict[str, App], clock: FakeClock
) -> None:
    week = week_of(clock.now) - 1
    count_heartbeats(storage, beats(beat(clock.now - WEEK)), clock.now)
    with storage.reading() as db:
        [waiting] = upkeep.waiting_apps(db, week, 10)
    count_heartbeats(storage, beats(beat(clock.now - WEEK, instance="b")), clock.now)
    with storage.counting() as db:
        upkeep.mark_told(db, [(waiting.app_id, waiting.changes)], week)
    bring_up_to_date(storage)
    assert figures(storage) == (2, 20)


def test_many_apps_are_told_in_batches(
    storage: Storage, apps: dict[str, App], clock: FakeClock
) -> None:
    sent = [beat(clock.now - WEEK, addonKey=key) for key in apps]
    count_heartbeats(storage, beats(*sent), clock.now)
    bring_up_to_date(storage, apps_at_once=2)
    assert {figures(storage, key) for key in apps} == {(1, 10)}


def test_reports_are_forgotten_after_sixty_days_and_counts_stay(
    storage: Storage, apps: dict[str, App], clock: FakeClock, counted: Counted
) -> None:
    sent = [
        beat(clock.now - timedelta(days=days), instance=str(instance))
        for days in (0, 20, 60)
        for instance in range(7)
    ]
    count_heartbeats(storage, beats(*sent), clock.now)
    everything = counted.everything()
    came = clock.now
    for days, oldest in ((0, 60), (8, 20), (70, None)):
        clock.advance(days=days)
        bring_up_to_date(storage, reports_at_once=2)
        with storage.reading() as db:
            kept = upkeep.oldest_week(db)
        assert kept == (None if oldest is None else week_of(came - timedelta(days=oldest)))
    assert counted.everything() == everything


def test_a_report_that_is_sixty_days_old_never_counts_twice(
    storage: Storage, apps: dict[str, App], clock: FakeClock, counted: Counted
) -> None:
    sent = beats(beat(clock.now))
    count_heartbeats(storage, sent, clock.now)
    everything = counted.everything()
    clock.advance(days=60)
    bring_up_to_date(storage)
    count_heartbeats(storage, sent, clock.now)
    assert counted.everything() == everything


def test_apps_that_are_installed_together_are_companions_once_the_week_is_over(
    storage: Storage, apps: dict[str, App], clock: FakeClock
) -> None:
    sent = [beat(clock.now, instance=name, addonKey=key) for name in "ab" for key in (DRAW, PLAN)]
    count_heartbeats(storage, beats(*sent, beat(clock.now, addonKey=CHAT)), clock.now)
    draw, plan = apps[DRAW].id, apps[PLAN].id
    for expected in ({}, {plan: 2}, {plan: 2}):
        bring_up_to_date(storage)
        with storage.reading() as db:
            assert companions_of(db, draw) == expected
        clock.advance(weeks=1)
    with storage.reading() as db:
        assert companions_of(db, plan) == {draw: 2}


def test_apps_of_the_same_instances_are_pairs(
    storage: Storage, apps: dict[str, App], clock: FakeClock
) -> None:
    had = {"a": (DRAW, PLAN, CHAT), "b": (DRAW, PLAN), "c": (DRAW,), "d": (DRAW, PLAN)}
    sent = [beat(clock.now, instance=name, addonKey=key) for name in had for key in had[name]]
    count_heartbeats(storage, beats(*sent), clock.now)
    draw, plan, chat = (apps[key].id for key in (DRAW, PLAN, CHAT))
    with storage.reading() as db:
        every = upkeep.pairs_of_week(db, week_of(clock.now), 20, 100, 100)
        best = upkeep.pairs_of_week(db, week_of(clock.now), 1, 100, 100)
        modest = upkeep.pairs_of_week(db, week_of(clock.now), 20, 100, 2)
        other = upkeep.pairs_of_week(db, week_of(clock.now) - 1, 20, 100, 100)
    assert set(every) == {
        (draw, plan, 3),
        (draw, chat, 1),
        (plan, draw, 3),
        (plan, chat, 1),
        (chat, draw, 1),
        (chat, plan, 1),
    }
    assert [pair[:2] for pair in best] == [(draw, plan), (plan, draw), (chat, draw)]
    assert set(modest) == {(draw, plan, 2), (plan, draw, 2)}
    assert other == []

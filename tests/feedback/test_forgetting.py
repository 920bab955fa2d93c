"""After a time, feedback holds nothing that says who gave it, and still counts."""

import threading
from collections import Counter
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar import Litestar

from calling import Api
from feedback.sending import FEEDBACKS, anonymous_feedback, feedback, sent
from given import ACME, FakeClock, Person, a_kept_app, a_vendor
from haymarket.feedback import actions, store
from haymarket.feedback.model import Feedback, FeedbackType, Reason, Wanted
from haymarket.storage import Storage

DAYS = 365
KEYS = count()


def test_old_feedback_loses_its_words_and_keeps_its_reason(
    api: Api, app_path: str, vendor: Person, clock: FakeClock, storage: Storage
) -> None:
    sent(api, feedback())
    clock.advance(days=1)
    sent(api, feedback(message="younger"))
    clock.advance(days=DAYS - 1)
    assert actions.forget_old(storage, DAYS) == 0
    clock.advance(seconds=1)
    assert actions.forget_old(storage, DAYS) == 1
    assert actions.forget_old(storage, DAYS) == 0
    [whole] = api.get(vendor, FEEDBACKS).json()["feedbacks"]
    assert whole["message"] == "younger"
    old = api.get(vendor, FEEDBACKS, includeAnonymous="true").json()["feedbacks"][-1]
    assert old == {
        "version": "1.0.0",
        "time": "2026-11-24T09:30:00.000Z",
        "feedbackType": "uninstall",
        "reasonCode": "cost",
    }
    counted = api.get(vendor, f"{FEEDBACKS}/distribution", type="uninstall").json()["series"]
    assert [len(each["elements"]) for each in counted] == [2]


def test_nothing_of_it_is_left_in_the_database(
    api: Api, app_path: str, clock: FakeClock, storage: Storage
) -> None:
    sent(api, feedback())
    clock.advance(days=DAYS, seconds=1)
    actions.forget_old(storage, DAYS)
    with storage.engine.connect() as connection:
        for table in ("feedbacks", "journal"):
            rows = str(connection.exec_driver_sql(f"SELECT * FROM {table}").all())
            for word in ("wren@customer", "Wren Field", "SEN-1000", "Too dear"):
                assert word not in rows


def test_many_are_forgotten_in_batches_also_by_two_at_once(
    storage: Storage, clock: FakeClock
) -> None:
    app = an_app_to_judge(storage)
    with storage.writing(None) as writing:
        for number in range(2 * actions.BATCH + 1):
            at = writing.now() + timedelta(milliseconds=number)
            store.add_feedback(writing, "com.acme", Feedback(app, at, "1", "disable", message="No"))
    clock.advance(days=DAYS, minutes=1)
    forgotten: list[int] = []

    def forget() -> None:
        forgotten.append(actions.forget_old(storage, DAYS))

    threads = [threading.Thread(target=forget) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(forgotten) == 2 * actions.BATCH + 1
    with storage.reading() as db:
        assert store.old_feedbacks(db, clock.now, 1) == []


@pytest.mark.parametrize("days", [10**6, 10**12])
def test_after_a_time_longer_than_the_calendar_nothing_is_forgotten(
    api: Api, app_path: str, storage: Storage, days: int
) -> None:
    sent(api, feedback(at="2000-01-01T00:00:00Z"))
    assert actions.forget_old(storage, days) == 0


def test_what_was_never_personal_is_left_alone(
    api: Api, app_path: str, clock: FakeClock, storage: Storage
) -> None:
    sent(api, anonymous_feedback())
    clock.advance(days=2 * DAYS)
    with storage.reading() as db:
        head = db.head()
    assert actions.forget_old(storage, DAYS) == 0
    with storage.reading() as db:
        assert db.head() == head


def test_a_marketplace_that_runs_forgets_by_itself(
    api: Api, app_path: str, vendor: Person, clock: FakeClock, app: Litestar
) -> None:
    sent(api, feedback())
    clock.advance(days=DAYS, seconds=1)
    for job in app.state.parts.jobs:
        job()
    assert api.get(vendor, FEEDBACKS).json()["feedbacks"] == []


# --- any feedback, against a naive count ----------------------------------------------------

KINDS: list[FeedbackType] = ["disable", "uninstall"]
REASONS: list[Reason | None] = ["bugs", "cost", "other", None]
ANY = st.lists(
    st.tuples(
        st.integers(0, 900),
        st.sampled_from(KINDS),
        st.sampled_from(REASONS),
        st.sampled_from(["ada@example.com", None]),
        st.sampled_from(["Nice", None]),
    ),
    max_size=12,
)
Told = tuple[int, FeedbackType, Reason | None, str | None, str | None]
WANTED = st.builds(
    Wanted,
    st.sampled_from([*KINDS, None]),
    st.sampled_from(REASONS),
    st.booleans(),
)


def an_app_to_judge(storage: Storage) -> int:
    """An app of its own for each example."""
    a_vendor(storage, ACME, "Acme")
    return a_kept_app(storage, f"com.acme.judged{next(KEYS)}").id


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(ANY, WANTED)
def test_any_feedback_is_found_counted_and_forgotten_as_a_list_would(
    storage: Storage,
    clock: FakeClock,
    told: list[Told],
    wanted: Wanted,
) -> None:
    app = an_app_to_judge(storage)
    all_ = [
        Feedback(
            app,
            clock.now - timedelta(days=days, seconds=number),
            "1.0",
            kind,
            reason,
            message,
            email,
        )
        for number, (days, kind, reason, email, message) in enumerate(told)
    ]
    with storage.writing(None) as db:
        for each in all_:
            store.add_feedback(db, "com.acme.judged", each)
        db.record("test.judged", "")
    by_time = sorted(all_, key=lambda each: each.at, reverse=True)
    with storage.reading() as db:
        assert store.find_feedbacks(db, app, wanted, 0, 50) == [
            f for f in by_time if wanted.fits(f)
        ]
        for kind in KINDS:
            counted = store.count_by_day(db, app, kind, None, None)
            assert {(c.reason, c.day): c.count for c in counted} == Counter(
                (f.reason, f.day) for f in all_ if f.type == kind
            )
            assert [c.day for c in counted] == sorted(c.day for c in counted)
    actions.forget_old(storage, DAYS)
    oldest = clock.now - timedelta(days=DAYS)
    with storage.reading() as db:
        for each in store.find_feedbacks(db, app, Wanted(include_anonymous=True), 0, 50):
            assert each in all_ if each.at >= oldest else not each.is_personal

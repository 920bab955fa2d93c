"""The history of transitions."""

from given import ACME, FakeClock, Person, a_kept_app, a_vendor
from haymarket.lifecycle.model import Transition
from haymarket.lifecycle.store import history, record_transition
from haymarket.storage import Storage


def test_the_history_says_what_happened_when_by_whom_and_why(
    storage: Storage, admin: Person, clock: FakeClock
) -> None:
    a_vendor(storage, ACME, "Acme")
    app = a_kept_app(storage, "com.acme.draw")
    began = clock.now
    with storage.writing(admin.id) as db:
        record_transition(db, app.id, None, "submit", ("private", "submitted"))
        record_transition(db, app.id, 1, "submit", ("private", "submitted"))
        db.record("test.history", app.key)
    clock.advance(hours=1)
    with storage.writing(None) as db:
        record_transition(db, app.id, None, "reject", ("submitted", "rejected"), "<b>No</b>")
        db.record("test.history", app.key)
    with storage.reading() as db:
        assert history(db, app.id) == [
            Transition(began, admin.id, app.id, None, "submit", "private", "submitted"),
            Transition(
                clock.now, None, app.id, None, "reject", "submitted", "rejected", "<b>No</b>"
            ),
        ]
        assert [each.build for each in history(db, app.id, 1)] == [1]
        assert history(db, app.id, 2) == []

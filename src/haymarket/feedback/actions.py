"""Taking feedback in, and forgetting what is personal in it."""

from dataclasses import replace
from datetime import datetime, timedelta

from haymarket.apps.model import App
from haymarket.errors import Invalid
from haymarket.feedback import store
from haymarket.feedback.model import OLDEST, Feedback, problems_of_feedback
from haymarket.storage import Storage, Writing

BATCH = 1000


def take_in(db: Writing, app: App, feedback: Feedback) -> None:
    """Keep a feedback that somebody sends. Raises Invalid with everything that is wrong.

    A host whose clock is a little ahead sends it now.
    """
    problems = problems_of_feedback(feedback, db.now())
    if problems:
        raise Invalid(problems[0].message, problems[0].path, problems=tuple(problems))
    store.add_feedback(db, app.key, replace(feedback, at=min(feedback.at, db.now())))


def forget_old(storage: Storage, days: int) -> int:
    """Take the words and names out of feedback that is older; returns from how many.

    A batch at a time, so that nobody waits long, and what a kill interrupts goes on later.
    """
    forgotten = 0
    while True:
        with storage.reading() as db:
            before = _ago(days, db.now())
            if not store.old_feedbacks(db, before, 1):
                return forgotten
        with storage.writing(None) as db:
            old = store.old_feedbacks(db, before, BATCH)
            store.forget_words(db, old)
            forgotten += len(old)


def _ago(days: int, now: datetime) -> datetime:
    """The moment so many days before; no earlier than it takes, since the calendar has a begin."""
    return now - timedelta(days=min(days, (now - OLDEST).days + 1))

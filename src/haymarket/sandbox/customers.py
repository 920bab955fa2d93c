"""What apps of scenarios have from their customers: feedback, and access that they are given."""

from datetime import datetime, timedelta

from haymarket.accounts.app_tokens import list_app_tokens
from haymarket.apps.model import App
from haymarket.apps.store import get_app
from haymarket.errors import Conflict
from haymarket.feedback.model import Feedback
from haymarket.feedback.store import set_feedback
from haymarket.secret import read_secret
from haymarket.storage import Reading
from haymarket.tokens.actions import create_token, shown
from haymarket.versions.actions import Desk

DONE = "sandbox.scenario"
"""What the journal is told of scenarios."""


def existing_app(db: Reading, key: str) -> App:
    """The app of a scenario. Raises Conflict when somebody took it away since it was made."""
    app = get_app(db, key)
    if app is None:
        raise Conflict(f"The app {key} is gone; ask again")
    return app


def leave_feedback(desk: Desk, key: str) -> None:
    """See that an app has feedback: signed and anonymous, on several days."""
    with desk.storage.writing(None) as db:
        app = existing_app(db, key)
        db.record(DONE, key)
        for feedback in _feedback(app):
            set_feedback(db, key, feedback)


def _feedback(app: App) -> list[Feedback]:
    """Three weeks of it, from the day after the app was listed."""
    since = app.listed_at or app.created_at
    signed = {"email": "sam@customer.example", "full_name": "Sam Customer", "sen": "SEN-1000"}

    def after(days: int) -> datetime:
        return since + timedelta(days=days)

    return [
        Feedback(app.id, after(1), "1.0.0", "uninstall", "cost", "It is over our budget."),
        Feedback(app.id, after(2), "1.0.0", "disable", "bugs", "It stops at noon.", **signed),
        Feedback(app.id, after(9), "1.0.0", "disable", "bugs"),
        Feedback(app.id, after(10), "1.0.0", "uninstall", "usefulness", **signed),
        Feedback(app.id, after(20), "1.1.0", "disable", "reenabling"),
    ]


def give_access(desk: Desk, key: str) -> str:
    """An access token of an app: its first, or a new one."""
    secret = read_secret(desk.settings.secret, desk.settings.data)
    with desk.storage.writing(None) as db:
        app = existing_app(db, key)
        db.record(DONE, key)
        known = list_app_tokens(db, app.id)
        token = known[0] if known else create_token(db, app, secret, desk.settings.tokens_per_app)
        return shown(token, secret).token

"""Loads what people said who removed an app."""

from haymarket.apps.store import get_app
from haymarket.feedback.model import Feedback, problems_of_feedback
from haymarket.feedback.store import set_feedback
from haymarket.loading import format
from haymarket.loading.keeper import Place
from haymarket.storage import Writing

MEMBERS = {"/addonVersion": "version", "/addonSen": "sen"}
"""What members are called here that have another name on the wire."""


def load_feedback(db: Writing, place: Place, each: format.Feedback) -> None:
    """Add a feedback, or update the one of the same app and moment. Raises BadFile."""
    app = get_app(db, each.app)
    if app is None:
        raise place.within("app").bad(f"there is no app {each.app}")
    feedback = Feedback(
        app_id=app.id,
        at=each.at,
        version=each.version,
        type=each.type,
        reason=each.reason,
        message=each.message,
        email=each.email,
        full_name=each.full_name,
        sen=each.sen,
    )
    for problem in problems_of_feedback(feedback, db.now())[:1]:
        at = problem.path or ""
        raise place.within(MEMBERS.get(at, at[1:])).bad(problem.message)
    set_feedback(db, app.key, feedback)

"""Moves an app through its states, its versions with it, and writes it down."""

from dataclasses import replace

from haymarket.apps.model import App, problems_of_listing
from haymarket.apps.store import save_app
from haymarket.errors import Invalid
from haymarket.lifecycle.model import Event, VersionStatus, after
from haymarket.lifecycle.store import record_transition
from haymarket.storage import Writing
from haymarket.versions.actions import move_version, move_versions
from haymarket.versions.model import problems_of_showing
from haymarket.versions.store import get_presentation, list_versions

MOVED_WITH: dict[Event, frozenset[VersionStatus]] = {
    "approve": frozenset({"submitted"}),
    "reject": frozenset({"submitted"}),
    "resubmit": frozenset({"rejected"}),
}
"""Which versions an event of the app carries along."""


def move_app(db: Writing, app: App, event: Event, reason: str | None = None) -> App:
    """Let an event happen to an app and to the versions that wait with it.

    Raises Invalid when it is not possible in the app's state.
    """
    state = after(app.state, event)
    listed = app.listed_at or (db.now() if state.status == "public" else None)
    moved = replace(
        app,
        status=state.status,
        approved_at=app.approved_at or (db.now() if state.approved else None),
        listed_at=listed,
        modified_at=db.now(),
    )
    save_app(db, moved)
    record_transition(db, app.id, None, event, (app.status, moved.status), reason)
    move_versions(db, moved, event, MOVED_WITH.get(event, frozenset()), reason)
    return moved


def submit_app(db: Writing, app: App) -> App:
    """Ask for an app to be listed, together with its newest version.

    Raises Invalid naming what a listing lacks.
    """
    problems = problems_of_listing(app)
    if problems:
        raise Invalid(problems[0].message, problems[0].path, problems=tuple(problems))
    moved = move_app(db, app, "submit")
    versions = list_versions(db, app.id)
    if not versions:
        raise Invalid("An app that asks to be listed has a version", "/_embedded/version")
    newest = versions[0]
    if newest.status == "private":
        lacking = problems_of_showing(newest, get_presentation(db, app.id, newest.build))
        if lacking:
            error = Invalid(lacking[0].message, lacking[0].path, problems=tuple(lacking))
            raise error.under("/_embedded/version")
        move_version(db, moved, newest, "submit")
    return moved

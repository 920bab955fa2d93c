"""What reviewers and vendors decide about apps and versions."""

from collections.abc import Iterable

from haymarket.accounts.model import Caller
from haymarket.apps.model import App
from haymarket.apps.store import has_prices, touch_app
from haymarket.catalogue.states import move_app
from haymarket.errors import Forbidden, Invalid
from haymarket.html import clean_html
from haymarket.lifecycle.model import ApprovalState, Event, Transition
from haymarket.publishing.wire import ApprovalIn, ReleaseIn
from haymarket.storage import Writing
from haymarket.versions.actions import move_version
from haymarket.versions.model import Version
from haymarket.versions.store import list_versions

EVENT_OF: dict[ApprovalState, Event] = {
    "approved": "approve",
    "rejected": "reject",
    "pending": "resubmit",
}


def decide_app(db: Writing, caller: Caller, app: App, asked: ApprovalIn) -> App:
    """Approve, reject or submit an app again. Raises Forbidden and Invalid."""
    event = _event(caller, asked)
    if event == "approve":
        _require_prices(db, app, list_versions(db, app.id))
    return move_app(db, app, event, _reason(asked))


def decide_version(
    db: Writing, caller: Caller, app: App, version: Version, asked: ApprovalIn
) -> None:
    """Approve, reject or submit a version again. Raises Forbidden and Invalid.

    A version of an app that is not approved itself waits for the app's approval.
    """
    event = _event(caller, asked)
    if not app.state.approved:
        raise Invalid("This version is reviewed together with its app", "/status")
    if event == "approve":
        _require_prices(db, app, [version])
    move_version(db, app, version, event, _reason(asked))
    touch_app(db, app)


def release_app(db: Writing, app: App, asked: ReleaseIn) -> App:
    """Make an approved app public; the way back does not exist. Raises Invalid."""
    if asked.released and app.status == "public":
        return app
    if not asked.released:
        raise Invalid("An app is released once; there is no way back", "/released")
    return move_app(db, app, "release")


def reason_of(history: list[Transition]) -> str | None:
    """Why the last review rejected; None when it did not."""
    decided = [each for each in history if each.event in ("approve", "reject")]
    return decided[-1].reason if decided and decided[-1].event == "reject" else None


def _require_prices(db: Writing, app: App, reviewed: Iterable[Version]) -> None:
    """What is sold through the marketplace has prices before it is approved (apps.md, C.2)."""
    waiting = (each for each in reviewed if each.status == "submitted")
    is_sold = any(each.payment_model == "atlassian" for each in waiting)
    if is_sold and not has_prices(db, app.id):
        raise Invalid(
            f"The app {app.key} is paid via Atlassian and has no prices yet; its vendor submits"
            " them with PUT to pricing/{cloudOrServer}/pending",
            "/status",
        )


def _event(caller: Caller, asked: ApprovalIn) -> Event:
    if asked.status != "pending" and not caller.is_admin:
        raise Forbidden("Only administrators approve or reject; a vendor sends pending", "/status")
    return EVENT_OF[asked.status]


def _reason(asked: ApprovalIn) -> str | None:
    return clean_html(asked.reason) if asked.reason else None

"""Feedback over HTTP: read by vendors (apps.md, C.19 and C.20), sent by host products."""

from datetime import date
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter, RawBody

from haymarket import paths
from haymarket.accounts.identify import identify
from haymarket.apps.access import app_of_contact, visible_app
from haymarket.errors import InvalidParameter
from haymarket.feedback import actions, store, wire
from haymarket.feedback.model import FeedbackType, Reason, Wanted
from haymarket.paging import Page
from haymarket.storage import Storage
from haymarket.web.answers import changed, document
from haymarket.web.bodies import read_json, shape
from haymarket.web.limits import Limiter, address_of
from haymarket.web.parameters import pairs

AnyRequest = Request[Any, Any, Any]
FEEDBACKS = f"{paths.ADDONS}/{{app_key:str}}/feedbacks"

Kind = Annotated[FeedbackType, QueryParameter(name="type", description="What happened to the app")]
AnyKind = Annotated[
    FeedbackType | None, QueryParameter(name="type", description="What happened to the app")
]
Because = Annotated[
    Reason | None, QueryParameter(name="reason", description="The reason that was chosen")
]
AnonymousToo = Annotated[
    bool | None,
    QueryParameter(name="includeAnonymous", description="Also without e-mail address and name"),
]
First = Annotated[
    date | None, QueryParameter(name="startDate", description="First day, as yyyy-MM-dd")
]
Last = Annotated[date | None, QueryParameter(name="endDate", description="Last day, as yyyy-MM-dd")]


@get(FEEDBACKS, summary="Get app feedback", sync_to_thread=True, opt={"who": "contact"})
def list_feedbacks(
    request: AnyRequest,
    app_key: FromPath[str],
    storage: NamedDependency[Storage],
    page: NamedDependency[Page],
    kind: AnyKind = None,
    reason: Because = None,
    include_anonymous: AnonymousToo = None,
) -> Response[wire.AddonFeedbackCollection]:
    """A page of what people said who removed an app, newest first.

    E-mail addresses and names are for contacts with view-usage-reports.
    """
    wanted = Wanted(kind, reason, bool(include_anonymous))
    with storage.reading() as db:
        caller = identify(db, request)
        app = app_of_contact(db, caller, app_key)
        found = store.find_feedbacks(db, app.id, wanted, page.offset, page.limit + 1)
    show = wire.to_signed if caller.may(app.vendor_id, "view-usage-reports") else wire.to_wire
    shown = [show(each) for each in found[: page.limit]]
    seen = page.offset + len(found)
    return document(wire.to_collection(app.key, shown, page, seen, pairs(request.query_params)))


@get(
    f"{FEEDBACKS}/distribution",
    summary="Get aggregated app feedback",
    sync_to_thread=True,
    opt={"who": "contact"},
)
def show_feedback_distribution(
    request: AnyRequest,
    app_key: FromPath[str],
    storage: NamedDependency[Storage],
    kind: Kind,
    first: First = None,
    last: Last = None,
) -> Response[wire.AddonFeedbackDistribution]:
    """How many chose each reason on each day; both days are included."""
    with storage.reading() as db:
        app = app_of_contact(db, identify(db, request), app_key)
        if first and last and last < first:
            raise InvalidParameter(f"endDate: must not be before startDate, {first}")
        counted = store.count_by_day(db, app.id, kind, first, last)
    return document(wire.to_distribution(counted))


@post(
    f"{paths.OWN}/feedbacks",
    summary="Send app feedback",
    status_code=204,
    sync_to_thread=True,
    opt={"body": wire.NewFeedback, "who": "anyone", "also": (404, 429)},
)
def send_feedback(
    request: AnyRequest,
    body: RawBody,
    storage: NamedDependency[Storage],
    senders: NamedDependency[Limiter],
) -> Response[None]:
    """Tell why an app was disabled or uninstalled, as a host product does for its administrator.

    The app is one that the sender sees.
    """
    senders.take(address_of(request))
    asked = shape(read_json(body), wire.NewFeedback)
    with storage.reading() as db:
        caller = identify(db, request)
        app = visible_app(db, caller, asked.addon_key)
    with storage.writing(caller.id) as db:
        actions.take_in(db, app, wire.from_wire(asked, app.id, db.now()))
    return changed(paths.app_part(app.key, "feedbacks"))


ROUTES = [list_feedbacks, show_feedback_distribution, send_feedback]

"""Flagged reviews and what administrators decide on them, and the pictures of people, over HTTP."""

from functools import lru_cache
from typing import Annotated, Any

from litestar import Request, Response, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter, RawBody

from haymarket import drawing, paths
from haymarket.accounts.identify import require_admin
from haymarket.accounts.model import Caller
from haymarket.apps.model import App
from haymarket.apps.store import apps_by_id
from haymarket.errors import InvalidParameter, NotFound
from haymarket.hal import BooleanState, StateIn, boolean_state
from haymarket.paging import Page
from haymarket.reviews import actions, moderation_wire, store
from haymarket.reviews.model import Review
from haymarket.storage import Reading, Storage
from haymarket.web.answers import changed, document
from haymarket.web.bodies import read_json, shape
from haymarket.web.parameters import pairs

AnyRequest = Request[Any, Any, Any]
HIDDEN = f"{paths.OWN_REVIEWS}/{{review_id:int}}/hidden"
SMALLEST, LARGEST = 16, 144
"""Pixels on a side of a picture."""

HiddenOnes = Annotated[
    bool | None, QueryParameter(name="hidden", description="Those that are hidden instead")
]
Size = Annotated[int, QueryParameter(name="size", description="Pixels on a side")]


@get(
    f"{paths.OWN_REVIEWS}/flagged",
    summary="Get flagged reviews",
    sync_to_thread=True,
    opt={"who": "admin"},
)
def list_flagged_reviews(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    page: NamedDependency[Page],
    hidden: HiddenOnes = None,
) -> Response[moderation_wire.FlaggedReviewCollection]:
    """The reviews that somebody flagged and nobody has decided on, the most flags first."""
    find = store.find_hidden if hidden else store.find_flagged
    with storage.reading() as db:
        require_admin(db, request)
        counted = find(db, page.offset, page.limit)
        apps = apps_by_id(db, {review.app_id for review in counted[1]})
    query = pairs(request.query_params)
    return document(moderation_wire.to_flagged_collection(counted, apps, page, query))


@get(HIDDEN, summary="Get hidden/shown review state", sync_to_thread=True, opt={"who": "admin"})
def show_hidden(
    request: AnyRequest, review_id: FromPath[int], storage: NamedDependency[Storage]
) -> Response[BooleanState]:
    """Whether a review is hidden from all but its author and administrators."""
    with storage.reading() as db:
        _, app, review = _existing(db, request, review_id)
    own = paths.review(app.key, review.id)
    return document(boolean_state(paths.hidden_review(review.id), own, review.hidden))


@put(
    HIDDEN,
    summary="Hide / show review",
    status_code=204,
    sync_to_thread=True,
    opt={"who": "admin", "body": "BooleanState"},
)
def set_hidden(
    request: AnyRequest,
    review_id: FromPath[int],
    body: RawBody,
    storage: NamedDependency[Storage],
) -> Response[None]:
    """Hide a review, or let it be seen; either settles the flags that it has."""
    with storage.reading() as db:
        caller, _, _ = _existing(db, request, review_id)
    asked = shape(read_json(body), StateIn)
    with storage.writing(caller.id) as db:
        _, app, review = _existing(db, request, review_id)
        actions.decide(db, app, review, asked.state)
    return changed(paths.hidden_review(review_id))


@get(f"{paths.PICTURES}/{{file_name:str}}", include_in_schema=False, sync_to_thread=True)
def send_picture(file_name: FromPath[str], size: Size = LARGEST) -> Response[bytes]:
    """A PNG, drawn from the initials that its name is made of."""
    initials = file_name.removesuffix(".png")
    if not file_name.endswith(".png") or not 0 < len(initials) < 3:
        raise NotFound("There is no such file")
    if not SMALLEST <= size <= LARGEST:
        raise InvalidParameter(f"size: must be from {SMALLEST} to {LARGEST}, got {size}")
    headers = {"Cache-Control": "public, max-age=86400", "X-Content-Type-Options": "nosniff"}
    return Response(_picture(initials, size), media_type="image/png", headers=headers)


@lru_cache(maxsize=200)
def _picture(initials: str, size: int) -> bytes:
    return drawing.picture(initials, size)


def _existing(db: Reading, request: AnyRequest, review_id: int) -> tuple[Caller, App, Review]:
    caller = require_admin(db, request)
    review = store.get_review(db, review_id)
    if review is None:
        raise NotFound(f"There is no review {review_id}")
    return caller, apps_by_id(db, [review.app_id])[review.app_id], review


ROUTES = [list_flagged_reviews, show_hidden, set_hidden, send_picture]

"""`/rest/2/addons/{addonKey}/reviews` over HTTP (related.md, 7)."""

from typing import Annotated, Any

from litestar import Request, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter, RawBody

from haymarket import paths
from haymarket.accounts.identify import identify
from haymarket.accounts.model import Caller
from haymarket.apps.access import visible_app
from haymarket.apps.model import App
from haymarket.paging import Page
from haymarket.reviews import access, actions, moderation_routes, opinion_routes, store, wire
from haymarket.reviews.model import NOTHING, Hosting, Sort, together
from haymarket.settings import Settings
from haymarket.storage import Reading, Storage
from haymarket.web.answers import changed, document
from haymarket.web.bodies import read_json, shape
from haymarket.web.parameters import pairs

AnyRequest = Request[Any, Any, Any]
REVIEWS = f"{paths.ADDONS}/{{app_key:str}}/reviews"
MINE = f"{REVIEWS}/mine"
ONE = f"{REVIEWS}/id/{{review_id:str}}"
WRITES = {"body": "Review", "who": "customer"}

Order = Annotated[
    Sort | None, QueryParameter(name="sort", description="The order: recent without a word")
]
Where = Annotated[
    Hosting | None, QueryParameter(name="hosting", description="Only reviews for this hosting")
]


@get(REVIEWS, summary="Get app reviews", sync_to_thread=True)
def list_reviews(
    request: AnyRequest,
    app_key: FromPath[str],
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
    page: NamedDependency[Page],
    sort: Order = None,
    hosting: Where = None,
) -> Response[wire.ReviewCollection]:
    """A page of reviews: the newest first, or those that most people found helpful."""
    window = (page.offset, page.limit)
    with storage.reading() as db:
        caller = identify(db, request)
        app = visible_app(db, caller, app_key)
        found = store.find_reviews(db, app.id, hosting, sort or "recent", window)
        rated = together(NOTHING, *store.count_reviews(db, app.id, hosting))
    shown = wire.Shown(app, caller, settings.base_url)
    return document(wire.to_collection(found, rated, shown, page, pairs(request.query_params)))


@post(
    REVIEWS,
    summary="Create / update app review",
    status_code=204,
    sync_to_thread=True,
    opt=WRITES,
)
def create_review(
    request: AnyRequest,
    app_key: FromPath[str],
    body: RawBody,
    storage: NamedDependency[Storage],
) -> Response[None]:
    """Tell what the caller thinks of an app, in place of what he told before."""
    return _write(request, app_key, body, storage)


@get(MINE, summary="Get my app review", sync_to_thread=True, opt={"who": "author"})
def show_my_review(
    request: AnyRequest,
    app_key: FromPath[str],
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
) -> Response[wire.Review]:
    """What the caller thinks of an app, hidden or not."""
    with storage.reading() as db:
        caller = identify(db, request)
        app = access.app_for_user(db, caller, app_key)
        review = access.my_review(db, caller, app)
    return document(wire.to_wire(review, wire.Shown(app, caller, settings.base_url)))


@put(
    MINE,
    summary="Create / update my app review",
    status_code=204,
    sync_to_thread=True,
    opt=WRITES,
)
def change_my_review(
    request: AnyRequest,
    app_key: FromPath[str],
    body: RawBody,
    storage: NamedDependency[Storage],
) -> Response[None]:
    """The same as a POST to the collection."""
    return _write(request, app_key, body, storage)


@delete(MINE, summary="Delete my app review", sync_to_thread=True, opt={"who": "author"})
def remove_my_review(
    request: AnyRequest, app_key: FromPath[str], storage: NamedDependency[Storage]
) -> None:
    """Take back what the caller thinks of an app, with the votes for it and the answer."""
    with storage.reading() as db:
        caller = identify(db, request)
        access.my_review(db, caller, access.app_for_user(db, caller, app_key))
    with storage.writing(caller.id) as db:
        app = access.app_for_user(db, caller, app_key)
        actions.remove_review(db, app, access.my_review(db, caller, app))


@get(ONE, summary="Get app review", sync_to_thread=True)
def show_review(
    request: AnyRequest,
    app_key: FromPath[str],
    review_id: FromPath[str],
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
) -> Response[wire.Review]:
    """One review."""
    with storage.reading() as db:
        caller = identify(db, request)
        app = visible_app(db, caller, app_key)
        review = access.visible_review(db, caller, app, review_id)
    return document(wire.to_wire(review, wire.Shown(app, caller, settings.base_url)))


@put(
    ONE,
    summary="Create / update app review",
    status_code=204,
    sync_to_thread=True,
    opt={"body": "Review", "who": "author"},
)
def change_review(
    request: AnyRequest,
    app_key: FromPath[str],
    review_id: FromPath[str],
    body: RawBody,
    storage: NamedDependency[Storage],
) -> Response[None]:
    """Change a review that the caller wrote."""
    with storage.reading() as db:
        caller = identify(db, request)
        _written_by(db, caller, app_key, review_id)
    asked = _asked(body)
    with storage.writing(caller.id) as db:
        app = _written_by(db, caller, app_key, review_id)
        number = actions.write_review(db, caller, app, asked.stars, asked.review)
    return changed(paths.review(app.key, number))


@delete(ONE, summary="Delete app review", sync_to_thread=True, opt={"who": "moderator"})
def remove_review(
    request: AnyRequest,
    app_key: FromPath[str],
    review_id: FromPath[str],
    storage: NamedDependency[Storage],
) -> None:
    """Take a review away, with the votes for it and the answer."""
    with storage.reading() as db:
        caller = identify(db, request)
        access.removable_review(db, caller, access.app_for_user(db, caller, app_key), review_id)
    with storage.writing(caller.id) as db:
        app = access.app_for_user(db, caller, app_key)
        actions.remove_review(db, app, access.removable_review(db, caller, app, review_id))


def _write(request: AnyRequest, app_key: str, body: bytes, storage: Storage) -> Response[None]:
    with storage.reading() as db:
        caller = identify(db, request)
        access.app_for_customer(db, caller, app_key)
    asked = _asked(body)
    with storage.writing(caller.id) as db:
        app = access.app_for_customer(db, caller, app_key)
        number = actions.write_review(db, caller, app, asked.stars, asked.review)
    return changed(paths.review(app.key, number))


def _asked(body: bytes) -> wire.ReviewIn:
    asked = shape(read_json(body), wire.ReviewIn)
    actions.check_review(asked.stars, asked.review)
    return asked


def _written_by(db: Reading, caller: Caller, app_key: str, review_id: str) -> App:
    app = access.app_for_user(db, caller, app_key)
    access.require_author(caller, access.visible_review(db, caller, app, review_id))
    return access.app_for_customer(db, caller, app_key)


ROUTES = [
    list_reviews,
    create_review,
    show_my_review,
    change_my_review,
    remove_my_review,
    show_review,
    change_review,
    remove_review,
    *opinion_routes.ROUTES,
    *moderation_routes.ROUTES,
]

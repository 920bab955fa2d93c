"""Votes, flags and answers below `…/reviews/id/{reviewId}` over HTTP (related.md, 7)."""

from typing import Any

from litestar import Request, Response, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, RawBody

from haymarket import paths
from haymarket.accounts.identify import identify
from haymarket.accounts.model import Caller
from haymarket.apps.access import visible_app
from haymarket.apps.model import App
from haymarket.errors import NotFound
from haymarket.hal import BooleanState, StateIn, boolean_state
from haymarket.reviews import access, actions, opinions, wire
from haymarket.reviews.model import Review
from haymarket.storage import Reading, Storage
from haymarket.web.answers import changed, document
from haymarket.web.bodies import read_json, shape

AnyRequest = Request[Any, Any, Any]
ONE = f"{paths.ADDONS}/{{app_key:str}}/reviews/id/{{review_id:str}}"
READS = {"who": "user"}
STATES = {"body": "BooleanState"}


@get(f"{ONE}/up", summary="Get app review upvote", sync_to_thread=True, opt=READS)
def show_upvote(
    request: AnyRequest,
    app_key: FromPath[str],
    review_id: FromPath[str],
    storage: NamedDependency[Storage],
) -> Response[BooleanState]:
    """Whether the caller finds a review helpful."""
    with storage.reading() as db:
        caller, app, review = _seen(db, request, app_key, review_id)
        vote = opinions.vote_of(db, review, caller.id)
    return _state(app, review, "up", vote is True)


@put(
    f"{ONE}/up",
    summary="Update app review upvote",
    status_code=204,
    sync_to_thread=True,
    opt=STATES,
)
def set_upvote(
    request: AnyRequest,
    app_key: FromPath[str],
    review_id: FromPath[str],
    body: RawBody,
    storage: NamedDependency[Storage],
) -> Response[None]:
    """Find a review helpful, or no longer; a vote down goes by that."""
    return _vote(request, (app_key, review_id), body, storage, True)


@get(f"{ONE}/down", summary="Get app review downvote", sync_to_thread=True, opt=READS)
def show_downvote(
    request: AnyRequest,
    app_key: FromPath[str],
    review_id: FromPath[str],
    storage: NamedDependency[Storage],
) -> Response[BooleanState]:
    """Whether the caller finds a review of no help."""
    with storage.reading() as db:
        caller, app, review = _seen(db, request, app_key, review_id)
        vote = opinions.vote_of(db, review, caller.id)
    return _state(app, review, "down", vote is False)


@put(
    f"{ONE}/down",
    summary="Update app review downvote",
    status_code=204,
    sync_to_thread=True,
    opt=STATES,
)
def set_downvote(
    request: AnyRequest,
    app_key: FromPath[str],
    review_id: FromPath[str],
    body: RawBody,
    storage: NamedDependency[Storage],
) -> Response[None]:
    """Find a review of no help, or no longer; a vote up goes by that."""
    return _vote(request, (app_key, review_id), body, storage, False)


@get(f"{ONE}/flag", summary="Get app review flag", sync_to_thread=True, opt=READS)
def show_flag(
    request: AnyRequest,
    app_key: FromPath[str],
    review_id: FromPath[str],
    storage: NamedDependency[Storage],
) -> Response[BooleanState]:
    """Whether the caller asked for a decision about a review."""
    with storage.reading() as db:
        caller, app, review = _seen(db, request, app_key, review_id)
        state = opinions.is_flagged(db, review, caller.id)
    return _state(app, review, "flag", state)


@put(
    f"{ONE}/flag",
    summary="Update app review flag",
    status_code=204,
    sync_to_thread=True,
    opt=STATES,
)
def set_flag(
    request: AnyRequest,
    app_key: FromPath[str],
    review_id: FromPath[str],
    body: RawBody,
    storage: NamedDependency[Storage],
) -> Response[None]:
    """Ask administrators to decide whether a review may stand, or no longer."""
    with storage.reading() as db:
        caller, app, review = _judged(db, request, app_key, review_id)
        known = opinions.is_flagged(db, review, caller.id)
    asked = shape(read_json(body), StateIn)
    if asked.state != known:
        with storage.writing(caller.id) as db:
            review = access.judged_review(db, caller, app, review_id)
            opinions.set_flag(db, app.key, review, asked.state)
    return changed(f"{paths.review(app.key, review.id)}/flag")


@get(f"{ONE}/response", summary="Get app review response", sync_to_thread=True)
def show_response(
    request: AnyRequest,
    app_key: FromPath[str],
    review_id: FromPath[str],
    storage: NamedDependency[Storage],
) -> Response[wire.ReviewResponse]:
    """What the vendor answers to a review."""
    with storage.reading() as db:
        caller = identify(db, request)
        app = visible_app(db, caller, app_key)
        found = wire.to_response(access.visible_review(db, caller, app, review_id), app)
    if found is None:
        raise NotFound("The review has no answer")
    return document(found)


@put(
    f"{ONE}/response",
    summary="Create / update app review response",
    status_code=204,
    sync_to_thread=True,
    opt={"body": "ReviewResponse", "who": "contact"},
)
def set_response(
    request: AnyRequest,
    app_key: FromPath[str],
    review_id: FromPath[str],
    body: RawBody,
    storage: NamedDependency[Storage],
) -> Response[None]:
    """Answer a review for the vendor of the app, in place of an answer that is there."""
    with storage.reading() as db:
        caller, app, _ = _answered(db, request, app_key, review_id)
    text = actions.clean_response(shape(read_json(body), wire.ReviewResponse).text)
    with storage.writing(caller.id) as db:
        review = access.visible_review(db, caller, app, review_id)
        actions.set_response(db, app, review, text)
    return changed(f"{paths.review(app.key, review.id)}/response")


@delete(
    f"{ONE}/response",
    summary="Delete app review response",
    sync_to_thread=True,
    opt={"who": "contact"},
)
def remove_response(
    request: AnyRequest,
    app_key: FromPath[str],
    review_id: FromPath[str],
    storage: NamedDependency[Storage],
) -> None:
    """Take an answer away."""
    with storage.reading() as db:
        caller, app, review = _answered(db, request, app_key, review_id)
    if review.response is None:
        raise NotFound("The review has no answer")
    with storage.writing(caller.id) as db:
        review = access.visible_review(db, caller, app, review_id)
        actions.set_response(db, app, review, None)


def _vote(
    request: AnyRequest, place: tuple[str, str], body: bytes, storage: Storage, up: bool
) -> Response[None]:
    with storage.reading() as db:
        caller, app, review = _judged(db, request, *place)
        known = opinions.vote_of(db, review, caller.id)
    asked = shape(read_json(body), StateIn)
    if actions.voted(known, up, asked.state) != known:
        with storage.writing(caller.id) as db:
            review = access.judged_review(db, caller, app, place[1])
            known = opinions.vote_of(db, review, caller.id)
            vote = actions.voted(known, up, asked.state)
            opinions.set_vote(db, app.key, review, caller.id, vote)
    return changed(f"{paths.review(app.key, review.id)}/{'up' if up else 'down'}")


def _seen(
    db: Reading, request: AnyRequest, app_key: str, review_id: str
) -> tuple[Caller, App, Review]:
    caller = identify(db, request)
    app = access.app_for_user(db, caller, app_key)
    return caller, app, access.visible_review(db, caller, app, review_id)


def _judged(
    db: Reading, request: AnyRequest, app_key: str, review_id: str
) -> tuple[Caller, App, Review]:
    caller = identify(db, request)
    app = access.app_for_user(db, caller, app_key)
    return caller, app, access.judged_review(db, caller, app, review_id)


def _answered(
    db: Reading, request: AnyRequest, app_key: str, review_id: str
) -> tuple[Caller, App, Review]:
    found = caller, app, _ = _seen(db, request, app_key, review_id)
    access.require_vendor(caller, app)
    return found


def _state(app: App, review: Review, part: str, state: bool) -> Response[BooleanState]:
    own = paths.review(app.key, review.id)
    return document(boolean_state(f"{own}/{part}", own, state))


ROUTES = [
    show_upvote,
    set_upvote,
    show_downvote,
    set_downvote,
    show_flag,
    set_flag,
    show_response,
    set_response,
    remove_response,
]

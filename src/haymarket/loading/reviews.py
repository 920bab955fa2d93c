"""Loads what people think of apps; the figures of the apps follow."""

from collections.abc import Sequence

from haymarket.accounts.contacts import permissions_of
from haymarket.accounts.model import User
from haymarket.accounts.store import get_user
from haymarket.apps.model import App
from haymarket.apps.store import get_app
from haymarket.errors import Invalid
from haymarket.html import words_of
from haymarket.loading import format
from haymarket.loading.keeper import Place
from haymarket.reviews import actions
from haymarket.reviews.model import Review
from haymarket.reviews.opinions import set_vote
from haymarket.reviews.store import get_review, review_of
from haymarket.storage import Writing


def load_reviews(db: Writing, given: Sequence[tuple[Place, format.Review]]) -> None:
    """Add reviews with their votes, or update those of the same app and author. Raises BadFile."""
    apps: dict[str, App] = {}
    for place, each in given:
        if each.app not in apps:
            apps[each.app] = _app(db, place, each.app)
        _load_review(db, place, apps[each.app], each)
    for app in apps.values():
        actions.update_figures(db, app)


def _load_review(db: Writing, place: Place, app: App, each: format.Review) -> None:
    review = _review(db, place, app, each)
    number = actions.keep_review(db, app, review)
    for member, emails, up in (
        ("helpful", each.helpful, True),
        ("unhelpful", each.unhelpful, False),
    ):
        for index, email in enumerate(emails):
            at = place.within(f"{member}[{index}]")
            voter = _user(db, at, email)
            if voter.id == review.user_id or (not up and email in each.helpful):
                raise at.bad(f"{email} wrote the review, or has voted already")
            _vote(db, app, number, (voter.id, up))


def _vote(db: Writing, app: App, number: int, cast: tuple[int, bool]) -> None:
    review = get_review(db, number)
    if review:
        set_vote(db, app.key, review, *cast)


def _review(db: Writing, place: Place, app: App, each: format.Review) -> Review:
    author = _user(db, place.within("author"), each.author)
    if app.vendor_id in permissions_of(db, author.id):
        raise place.within("author").bad(f"{each.author} is a contact of the vendor of the app")
    if each.at > db.now():
        raise place.within("at").bad("must not be later than now")
    try:
        actions.check_review(each.stars, each.review)
    except Invalid as error:
        raise place.within((error.path or "")[1:]).bad(error.message) from None
    known = review_of(db, app.id, author.id)
    return Review(
        id=known.id if known else 0,
        app_id=app.id,
        user_id=author.id,
        stars=each.stars,
        text=words_of(each.review or "").strip() or None,
        hosting=each.hosting,
        at=each.at,
        helpful=known.helpful if known else 0,
        votes=known.votes if known else 0,
        flags=known.flags if known else 0,
        hidden=known.hidden if known else False,
        response=_response(place, each),
    )


def _response(place: Place, each: format.Review) -> str | None:
    if each.response is None:
        return None
    try:
        return actions.clean_response(each.response)
    except Invalid as error:
        raise place.within("response").bad(error.message) from None


def _app(db: Writing, place: Place, key: str) -> App:
    app = get_app(db, key)
    if app is None:
        raise place.within("app").bad(f"there is no app {key}")
    return app


def _user(db: Writing, place: Place, email: str) -> User:
    user = get_user(db, email)
    if user is None:
        raise place.bad(f"there is no user {email}")
    return user

"""Who may write, judge and answer reviews. What is hidden is 404 for all but its author."""

import re

from haymarket.accounts.model import Caller
from haymarket.apps.access import visible_app
from haymarket.apps.model import App
from haymarket.errors import Forbidden, NotFound, Unauthorized
from haymarket.reviews import store
from haymarket.reviews.model import Review
from haymarket.storage import Reading

NUMBER = re.compile(r"[1-9][0-9]{0,18}")


def app_for_user(db: Reading, caller: Caller, key: str) -> App:
    """An app that a user sees. Raises NotFound, or Unauthorized for anonymous callers."""
    app = visible_app(db, caller, key)
    if caller.is_anonymous:
        raise Unauthorized("Authentication is required")
    return app


def app_for_customer(db: Reading, caller: Caller, key: str) -> App:
    """An app that the caller may review. Raises Forbidden for contacts of its vendor too."""
    app = app_for_user(db, caller, key)
    if app.vendor_id in caller.vendors:
        raise Forbidden("Contacts of a vendor do not review its apps")
    return app


def visible_review(db: Reading, caller: Caller, app: App, review_id: str) -> Review:
    """A review of an app by its number in the address. Raises NotFound.

    A hidden one is there for its author and administrators.
    """
    review = store.get_review(db, int(review_id)) if NUMBER.fullmatch(review_id) else None
    if review is None or review.app_id != app.id or not _may_see(caller, review):
        raise NotFound(f"The app {app.key} has no review {review_id}")
    return review


def my_review(db: Reading, caller: Caller, app: App) -> Review:
    """What the caller wrote about an app. Raises NotFound."""
    review = store.review_of(db, app.id, caller.id)
    if review is None:
        raise NotFound(f"You did not review the app {app.key}")
    return review


def judged_review(db: Reading, caller: Caller, app: App, review_id: str) -> Review:
    """A review that the caller may vote for and flag. Raises NotFound, Forbidden for his own."""
    review = visible_review(db, caller, app, review_id)
    if review.user_id == caller.id:
        raise Forbidden("Nobody votes for what he wrote himself, or flags it")
    return review


def removable_review(db: Reading, caller: Caller, app: App, review_id: str) -> Review:
    """A review that the caller may take away: his own, any for administrators."""
    review = visible_review(db, caller, app, review_id)
    if not caller.is_admin:
        require_author(caller, review)
    return review


def require_author(caller: Caller, review: Review) -> None:
    """Raises Forbidden unless the caller wrote a review."""
    if review.user_id != caller.id:
        raise Forbidden("Only who wrote a review may do this")


def require_vendor(caller: Caller, app: App) -> None:
    """Raises Forbidden unless the caller may answer for the vendor of an app."""
    if not caller.belongs_to(app.vendor_id):
        raise Forbidden("Only contacts of the vendor answer reviews")


def _may_see(caller: Caller, review: Review) -> bool:
    if not review.hidden or caller.is_admin:
        return True
    return caller.id is not None and review.user_id == caller.id

"""Writing, answering and moderating reviews; the figures of the app follow at once."""

from dataclasses import replace

from haymarket.accounts.model import Caller
from haymarket.apps.model import App, Figures
from haymarket.apps.store import save_stars
from haymarket.errors import Invalid, Problem
from haymarket.html import clean_html, words_of
from haymarket.reviews import opinions, store
from haymarket.reviews.model import (
    NOTHING,
    Hosting,
    Rated,
    Review,
    only_hosting,
    problems_of_response,
    problems_of_review,
    together,
)
from haymarket.storage import Reading, Writing
from haymarket.versions.store import newest_public


def check_review(stars: int, text: str | None) -> None:
    """Raises Invalid with everything that is wrong with a review."""
    _refuse(problems_of_review(stars, text))


def write_review(db: Writing, caller: Caller, app: App, stars: int, text: str | None) -> int:
    """Keep what a user thinks of an app, in place of what he thought before; returns its number.

    Votes, flags and the answer stay, and so does that it is hidden.
    """
    if caller.id is None:
        raise ValueError("a review is written by a user")
    known = store.review_of(db, app.id, caller.id)
    start = known or Review(0, app.id, caller.id, 0, None, _hosting(db, app), db.now())
    text = words_of(text or "") or None
    number = keep_review(db, app, replace(start, stars=stars, text=text, at=db.now()))
    update_figures(db, app)
    return number


def keep_review(db: Writing, app: App, review: Review) -> int:
    """Add a review, or write one that has a number; returns its number.

    The figures of the app are those of before until `update_figures`.
    """
    if review.id:
        store.save_review(db, app.key, review)
        return review.id
    if store.get_base(db, app.id) is None:
        store.add_base(db, app.id, Rated(app.figures.stars, app.figures.reviews))
    return store.add_review(db, app.key, review)


def remove_review(db: Writing, app: App, review: Review) -> None:
    """Take a review away, with the votes for it and its flags."""
    opinions.forget(db, review)
    store.remove_review(db, app.key, review)
    update_figures(db, app)


def clean_response(text: str) -> str:
    """An answer as harmless HTML. Raises Invalid."""
    _refuse(problems_of_response(text))
    cleaned = clean_html(text)
    _refuse(problems_of_response(cleaned))
    return cleaned


def set_response(db: Writing, app: App, review: Review, response: str | None) -> None:
    """Answer a review with harmless HTML, or take the answer away."""
    store.save_review(db, app.key, replace(review, response=response))


def decide(db: Writing, app: App, review: Review, hidden: bool) -> None:
    """Hide a review, or let it be seen; the flags that it has are settled by that."""
    opinions.settle_flags(db, review)
    store.save_review(db, app.key, replace(review, hidden=hidden, flags=0))
    update_figures(db, app)


def voted(known: bool | None, up: bool, state: bool) -> bool | None:
    """What the vote of a user becomes who sets `up`, or else down, to a state.

    The two exclude one another. Taking back what was not cast leaves the other as it is.
    """
    if state:
        return up
    return None if known == up else known


def update_figures(db: Writing, app: App) -> None:
    """Push what the reviews of an app give into its row, if that is another than before."""
    rated = rated_with(db, app.id, store.get_base(db, app.id) or NOTHING)
    if rated != Rated(app.figures.stars, app.figures.reviews):
        save_stars(db, app, rated.stars, rated.count)


def rebased(db: Writing, app_id: int, figures: Figures) -> Figures:
    """Figures that are loaded for an app, as the base of the reviews that it has here."""
    if store.get_base(db, app_id) is None:
        return figures
    base = Rated(figures.stars, figures.reviews)
    store.save_base(db, app_id, base)
    rated = rated_with(db, app_id, base)
    return replace(figures, stars=rated.stars, reviews=rated.count)


def rated_with(db: Reading, app_id: int, base: Rated) -> Rated:
    """What the reviews of an app give that are not hidden, on top of a base."""
    return together(base, *store.count_reviews(db, app_id))


def _hosting(db: Reading, app: App) -> Hosting | None:
    version = newest_public(db, [app.id]).get(app.id)
    return only_hosting(version.hostings) if version else None


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Invalid(problems[0].message, problems[0].path, problems=tuple(problems))

"""Reviews in SQL, and what was counted of an app before it had any here."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from haymarket.accounts.store import users
from haymarket.reviews.model import LARGEST_ID, Hosting, Rated, Review, Sort
from haymarket.storage import Reading, Writing, new_id
from haymarket.storage.schema import Id, Moment, metadata

reviews = Table(
    "reviews",
    metadata,
    Column("id", Id, primary_key=True),
    Column("app_id", Id, ForeignKey("apps.id"), nullable=False),
    Column("user_id", Id, ForeignKey("users.id"), nullable=False),
    Column("stars", Integer, nullable=False),
    Column("text", Text),
    Column("hosting", Text),
    Column("at", Moment, nullable=False),
    Column("helpful", BigInteger, nullable=False),
    Column("votes", BigInteger, nullable=False),
    Column("score", BigInteger, nullable=False),
    Column("flags", BigInteger, nullable=False),
    Column("hidden", Boolean, nullable=False),
    Column("response", Text),
    UniqueConstraint("app_id", "user_id"),
    Index("ix_reviews_app_id_hidden_at", "app_id", "hidden", "at", "id"),
    Index("ix_reviews_app_id_hidden_score", "app_id", "hidden", "score", "at", "id"),
    Index("ix_reviews_app_id_hidden_hosting", "app_id", "hidden", "hosting", "stars"),
    Index("ix_reviews_flags", "flags", "id"),
    Index("ix_reviews_hidden", "hidden", "id"),
    sqlite_autoincrement=True,
)
"""`score` is derived; the index that ends with the stars has all that an average needs."""

review_bases = Table(
    "review_bases",
    metadata,
    Column("app_id", Id, ForeignKey("apps.id"), primary_key=True, autoincrement=False),
    Column("stars", Double, nullable=False),
    Column("reviews", BigInteger, nullable=False),
)
"""What the figures of an app said when the first review of it was written here."""

OWN = tuple(name for name in Review.__dataclass_fields__ if name not in ("id", "author"))

_SHOWN = select(
    *(reviews.c[name] for name in ("id", *OWN)), users.c.name.label("author")
).join_from(reviews, users, users.c.id == reviews.c.user_id)
_BY_ID = _SHOWN.where(reviews.c.id == bindparam("review"))
_BY_USER = _SHOWN.where(
    reviews.c.app_id == bindparam("app"), reviews.c.user_id == bindparam("user")
)
_OF_APP = (reviews.c.app_id == bindparam("app")) & reviews.c.hidden.is_(False)
_ORDERS: dict[Sort, tuple[Any, ...]] = {
    "recent": (reviews.c.at.desc(), reviews.c.id.desc()),
    "helpful": (reviews.c.score.desc(), reviews.c.at.desc(), reviews.c.id.desc()),
}
_OF_HOSTING = reviews.c.hosting == bindparam("hosting")
_WINDOW = {"offset": bindparam("offset", type_=Integer), "limit": bindparam("limit", type_=Integer)}
_PAGES = {
    sort: _SHOWN.where(_OF_APP).order_by(*order).offset(_WINDOW["offset"]).limit(_WINDOW["limit"])
    for sort, order in _ORDERS.items()
}
_PAGES_OF_HOSTING = {sort: page.where(_OF_HOSTING) for sort, page in _PAGES.items()}
_COUNTED = select(
    func.count().label("number"), func.coalesce(func.sum(reviews.c.stars), 0).label("stars")
).where(_OF_APP)
_COUNTED_OF_HOSTING = _COUNTED.where(_OF_HOSTING)
_ADD = insert(reviews)
_BASE = select(review_bases).where(review_bases.c.app_id == bindparam("app"))


def get_review(db: Reading, review_id: int) -> Review | None:
    """The review with a number."""
    if not 0 < review_id <= LARGEST_ID:
        return None
    row = db.row(_BY_ID, review=review_id)
    return as_review(row) if row else None


def review_of(db: Reading, app_id: int, user_id: int | None) -> Review | None:
    """What a user wrote about an app, hidden or not."""
    row = db.row(_BY_USER, app=app_id, user=user_id)
    return as_review(row) if row else None


def find_reviews(
    db: Reading, app_id: int, hosting: Hosting | None, sort: Sort, window: tuple[int, int]
) -> list[Review]:
    """The reviews of an app that are not hidden, from `window`: an offset and a limit."""
    offset, limit = window
    values = {"app": app_id, "offset": offset, "limit": limit}
    if hosting:
        rows = db.rows(_PAGES_OF_HOSTING[sort], **values, hosting=hosting)
    else:
        rows = db.rows(_PAGES[sort], **values)
    return [as_review(row) for row in rows]


def count_reviews(db: Reading, app_id: int, hosting: Hosting | None = None) -> tuple[int, int]:
    """How many reviews of an app are not hidden, and their stars in all."""
    if hosting:
        row = db.row(_COUNTED_OF_HOSTING, app=app_id, hosting=hosting)
    else:
        row = db.row(_COUNTED, app=app_id)
    return (int(row.number), int(row.stars)) if row else (0, 0)


def add_review(db: Writing, key: str, review: Review) -> int:
    """Keep a new review of the app with this key; the journal is told no words of it."""
    review_id = new_id(db.run(_ADD, _values(review)))
    db.record("review.added", key, review=review_id, stars=review.stars)
    return review_id


def save_review(db: Writing, key: str, review: Review) -> None:
    """Write every fact of a review."""
    db.run(update(reviews).where(reviews.c.id == review.id).values(_values(review)))
    db.record("review.changed", key, review=review.id, stars=review.stars, hidden=review.hidden)


def remove_review(db: Writing, key: str, review: Review) -> None:
    """Take a review away; votes and flags must have gone before."""
    db.run(delete(reviews).where(reviews.c.id == review.id))
    db.record("review.removed", key, review=review.id)


def get_base(db: Reading, app_id: int) -> Rated | None:
    """What was counted of an app before; None where there never was a review here."""
    row = db.row(_BASE, app=app_id)
    return Rated(row.stars, row.reviews) if row else None


def add_base(db: Writing, app_id: int, base: Rated) -> None:
    """Remember what was counted of an app; the change that asks for it has the journal's row."""
    db.run(insert(review_bases), {"app_id": app_id, "stars": base.stars, "reviews": base.count})


def save_base(db: Writing, app_id: int, base: Rated) -> None:
    """Write another base of an app."""
    statement = update(review_bases).where(review_bases.c.app_id == app_id)
    db.run(statement.values(stars=base.stars, reviews=base.count))


# --- for moderators -------------------------------------------------------------------------

_FLAGGED = reviews.c.flags > 0
_HIDDEN = reviews.c.hidden.is_(True)
_FLAGGED_PAGE = _SHOWN.where(_FLAGGED).order_by(reviews.c.flags.desc(), reviews.c.id.desc())
_HIDDEN_PAGE = _SHOWN.where(_HIDDEN).order_by(reviews.c.id.desc())
_COUNT_FLAGGED = select(func.count()).select_from(reviews).where(_FLAGGED)
_COUNT_HIDDEN = select(func.count()).select_from(reviews).where(_HIDDEN)


def find_flagged(db: Reading, offset: int, limit: int) -> tuple[int, list[Review]]:
    """How many reviews have flags, and a window on them: the most flags first, then the newest."""
    return _counted(db, (_COUNT_FLAGGED, _FLAGGED_PAGE), offset, limit)


def find_hidden(db: Reading, offset: int, limit: int) -> tuple[int, list[Review]]:
    """How many reviews are hidden, and a window on them: newest first."""
    return _counted(db, (_COUNT_HIDDEN, _HIDDEN_PAGE), offset, limit)


def _counted(
    db: Reading, statements: Sequence[Any], offset: int, limit: int
) -> tuple[int, list[Review]]:
    count, page = statements
    rows = db.rows(page.offset(offset).limit(limit))
    return int(db.value(count)), [as_review(row) for row in rows]


def _values(review: Review) -> dict[str, Any]:
    return {name: getattr(review, name) for name in OWN} | {"score": review.score}


def as_review(row: Row[Any]) -> Review:
    """A row of a statement that selects all of a review."""
    return Review(**row._mapping)

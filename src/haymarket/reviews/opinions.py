"""What users think of reviews, in SQL: votes up and down, and flags."""

from dataclasses import replace

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    PrimaryKeyConstraint,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from haymarket.reviews.model import Review
from haymarket.reviews.store import reviews
from haymarket.storage import Reading, Writing
from haymarket.storage.schema import Id, metadata

review_votes = Table(
    "review_votes",
    metadata,
    Column("review_id", Id, ForeignKey("reviews.id"), nullable=False),
    Column("user_id", Id, ForeignKey("users.id"), nullable=False),
    Column("up", Boolean, nullable=False),
    PrimaryKeyConstraint("review_id", "user_id"),
)

review_flags = Table(
    "review_flags",
    metadata,
    Column("review_id", Id, ForeignKey("reviews.id"), nullable=False),
    Column("user_id", Id, ForeignKey("users.id"), nullable=False),
    Column("open", Boolean, nullable=False),
    PrimaryKeyConstraint("review_id", "user_id"),
)
"""`open` until an administrator has decided on the review."""

_VOTES = review_votes.c.review_id == bindparam("review")
_FLAGS = review_flags.c.review_id == bindparam("review")
_MY_VOTE = _VOTES & (review_votes.c.user_id == bindparam("user"))
_MY_FLAG = _FLAGS & (review_flags.c.user_id == bindparam("user"))
_VOTE = select(review_votes.c.up).where(_MY_VOTE)
_FLAG = select(review_flags.c.open).where(_MY_FLAG)
_VOTED = select(func.count()).select_from(review_votes).where(_VOTES)
_HELPED = _VOTED.where(review_votes.c.up.is_(True))
_FLAGGED = select(func.count()).select_from(review_flags).where(_FLAGS, review_flags.c.open)
_SAVE = update(reviews).where(reviews.c.id == bindparam("review"))


def vote_of(db: Reading, review: Review, user_id: int | None) -> bool | None:
    """Whether a user voted a review up; False for down, None for neither."""
    found: bool | None = db.value(_VOTE, review=review.id, user=user_id)
    return found


def set_vote(db: Writing, key: str, review: Review, user_id: int | None, vote: bool | None) -> None:
    """Let a user vote up or down for a review of the app with this key, or no longer."""
    db.run(delete(review_votes).where(_MY_VOTE), {"review": review.id, "user": user_id})
    if vote is not None:
        cast = {"review_id": review.id, "user_id": user_id, "up": vote}
        db.run(insert(review_votes), cast)
    helpful, votes = (db.value(each, review=review.id) for each in (_HELPED, _VOTED))
    counted = replace(review, helpful=helpful, votes=votes)
    values = {"helpful": counted.helpful, "votes": counted.votes, "score": counted.score}
    db.run(_SAVE.values(values), {"review": review.id})
    db.record("review.voted", key, review=review.id)


def is_flagged(db: Reading, review: Review, user_id: int | None) -> bool:
    """Whether a user flagged a review."""
    return db.row(_FLAG, review=review.id, user=user_id) is not None


def set_flag(db: Writing, key: str, review: Review, state: bool) -> None:
    """Let the user who asks flag a review, or no longer; one that was decided on is not new."""
    is_there = is_flagged(db, review, db.actor)
    if state and not is_there:
        flag = {"review_id": review.id, "user_id": db.actor, "open": True}
        db.run(insert(review_flags), flag)
    elif is_there and not state:
        db.run(delete(review_flags).where(_MY_FLAG), {"review": review.id, "user": db.actor})
    number = db.value(_FLAGGED, review=review.id)
    db.run(_SAVE.values(flags=number), {"review": review.id})
    db.record("review.flagged", key, review=review.id)


def settle_flags(db: Writing, review: Review) -> None:
    """Count the flags of a review no longer, since somebody has decided on it."""
    db.run(update(review_flags).where(_FLAGS).values(open=False), {"review": review.id})


def forget(db: Writing, review: Review) -> None:
    """Take the votes for a review and its flags away, as it goes itself."""
    db.run(delete(review_votes).where(_VOTES), {"review": review.id})
    db.run(delete(review_flags).where(_FLAGS), {"review": review.id})

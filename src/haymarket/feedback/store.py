"""Feedback in SQL."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    bindparam,
    func,
    insert,
    select,
    update,
)

from haymarket.feedback.model import Counted, Feedback, FeedbackType, Wanted
from haymarket.storage import Reading, Writing
from haymarket.storage.schema import Id, Moment, metadata

feedbacks = Table(
    "feedbacks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("app_id", Id, ForeignKey("apps.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("day", Date, nullable=False),
    Column("version", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("reason", Text),
    Column("message", Text),
    Column("email", Text),
    Column("full_name", Text),
    Column("sen", Text),
    Column("signed", Boolean, nullable=False),
    Column("personal", Boolean, nullable=False),
    Index("ix_feedbacks_app_id_at", "app_id", "at", "id"),
    Index("ix_feedbacks_app_id_signed_at", "app_id", "signed", "at", "id"),
    Index("ix_feedbacks_app_id_type_day", "app_id", "type", "day", "reason"),
    Index("ix_feedbacks_personal_at", "personal", "at"),
)

OWN = tuple(Feedback.__dataclass_fields__)

_ADD = insert(feedbacks)
_AT = select(feedbacks.c.id).where(
    feedbacks.c.app_id == bindparam("app"), feedbacks.c.at == bindparam("moment")
)
_SAVE = update(feedbacks).where(feedbacks.c.id == bindparam("of"))
_OLD = (
    select(feedbacks.c.id)
    .where(feedbacks.c.personal.is_(True), feedbacks.c.at < bindparam("before"))
    .order_by(feedbacks.c.at)
    .limit(bindparam("limit", type_=Integer))
)
_FORGET = (
    update(feedbacks)
    .where(feedbacks.c.id.in_(bindparam("ids", expanding=True)))
    .values(message=None, email=None, full_name=None, sen=None, signed=False, personal=False)
)


def add_feedback(db: Writing, key: str, feedback: Feedback) -> None:
    """Keep a feedback about the app with this key; the journal is told no words of it."""
    db.run(_ADD, _values(feedback))
    db.record("feedback.added", key, type=feedback.type)


def set_feedback(db: Writing, key: str, feedback: Feedback) -> None:
    """Keep a feedback in place of the one about this app of the same moment, if there is one."""
    known = db.value(_AT, app=feedback.app_id, moment=feedback.at)
    if known is None:
        add_feedback(db, key, feedback)
        return
    db.run(_SAVE.values(_values(feedback)), {"of": known})
    db.record("feedback.changed", key, type=feedback.type)


def find_feedbacks(
    db: Reading, app_id: int, wanted: Wanted, offset: int, limit: int
) -> list[Feedback]:
    """A window on the feedback about an app that is asked for, newest first."""
    newest = (feedbacks.c.at.desc(), feedbacks.c.id.desc())
    statement = select(*(feedbacks.c[name] for name in OWN)).where(*_conditions(app_id, wanted))
    rows = db.rows(statement.order_by(*newest).offset(offset).limit(limit))
    return [_feedback(row) for row in rows]


def count_by_day(
    db: Reading, app_id: int, type_: FeedbackType, first: date | None, last: date | None
) -> list[Counted]:
    """How many feedbacks of a type about an app gave each reason on each day, days ascending.

    `first` and `last` are included.
    """
    table = feedbacks.c
    found = [table.app_id == app_id, table.type == type_]
    found += [table.day >= first] if first else []
    found += [table.day <= last] if last else []
    statement = (
        select(table.reason, table.day, func.count().label("number"))
        .where(*found)
        .group_by(table.reason, table.day)
        .order_by(table.day)
    )
    return [Counted(row.reason, row.day, row.number) for row in db.rows(statement)]


def old_feedbacks(db: Reading, before: datetime, limit: int) -> list[int]:
    """The numbers of feedbacks older than a moment that hold words or names still, oldest first."""
    return [row.id for row in db.rows(_OLD, before=before, limit=limit)]


def forget_words(db: Writing, ids: Sequence[int]) -> None:
    """Take message, e-mail address, name and SEN from feedbacks; all that is counted stays."""
    if ids:
        db.run(_FORGET, {"ids": list(ids)})
    db.record("feedback.forgotten", "", number=len(ids))


def _conditions(app_id: int, wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [feedbacks.c.app_id == app_id]
    if not wanted.include_anonymous:
        found.append(feedbacks.c.signed.is_(True))
    if wanted.type:
        found.append(feedbacks.c.type == wanted.type)
    if wanted.reason:
        found.append(feedbacks.c.reason == wanted.reason)
    return found


def _values(feedback: Feedback) -> dict[str, Any]:
    derived = {
        "day": feedback.day,
        "signed": feedback.is_signed,
        "personal": feedback.is_personal,
    }
    return asdict(feedback) | derived


def _feedback(row: Row[Any]) -> Feedback:
    return Feedback(**row._mapping)

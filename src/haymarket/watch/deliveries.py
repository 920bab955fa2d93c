"""The tables of deliveries, and their log, in SQL."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    func,
    select,
)

from haymarket.storage import Reading
from haymarket.storage.schema import Id, Moment, metadata
from haymarket.watch.delivery import Attempt, Channel, Delivery

announcements = Table(
    "announcements",
    metadata,
    Column("id", Id, primary_key=True),
    Column("event", Text, nullable=False),
    Column("transition", BigInteger),
    Column("app_id", Id, nullable=False),
    Column("payload", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("transition", "event"),
    sqlite_autoincrement=True,
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("announcement", Id, ForeignKey("announcements.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("target", Id, nullable=False),
    Column("app_id", Id, nullable=False),
    Column("state", Text, nullable=False),
    Column("tries", BigInteger, nullable=False),
    Column("created_at", Moment, nullable=False, index=True),
    Column("due_at", Moment),
    UniqueConstraint("announcement", "channel", "target"),
    Index("ix_deliveries_due", "channel", "due_at"),
    Index("ix_deliveries_lane", "channel", "target", "app_id", "state"),
    Index("ix_deliveries_log", "channel", "target", "id"),
    sqlite_autoincrement=True,
)

attempts = Table(
    "delivery_attempts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("delivery", Id, ForeignKey("deliveries.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("status", BigInteger),
    Column("milliseconds", BigInteger, nullable=False),
    Column("error", Text),
)

ALL = select(deliveries, announcements.c.event, announcements.c.payload).join(
    announcements, announcements.c.id == deliveries.c.announcement
)
"""The statement for deliveries with what they tell."""

_OF_TARGET = (deliveries.c.channel == bindparam("channel")) & (
    deliveries.c.target == bindparam("target")
)
_LOG = (
    ALL.where(_OF_TARGET)
    .order_by(deliveries.c.id.desc())
    .offset(bindparam("offset", type_=Integer))
    .limit(bindparam("limit", type_=Integer))
)
_COUNT = select(func.count()).select_from(deliveries).where(_OF_TARGET)
_ONE = ALL.where(deliveries.c.id == bindparam("id"))
_ATTEMPTS = (
    select(attempts)
    .where(attempts.c.delivery.in_(bindparam("ids", expanding=True)))
    .order_by(attempts.c.id)
)


def get_delivery(db: Reading, delivery_id: int) -> Delivery | None:
    """A delivery with its attempts."""
    row = db.row(_ONE, id=delivery_id)
    return _with_attempts(db, [row])[0] if row else None


def log_of(db: Reading, channel: Channel, target: int, window: tuple[int, int]) -> list[Delivery]:
    """What went to a target, newest first, with all attempts; `window` is offset and limit."""
    offset, limit = window
    rows = db.rows(_LOG, channel=channel, target=target, offset=offset, limit=limit)
    return _with_attempts(db, rows)


def count_of(db: Reading, channel: Channel, target: int) -> int:
    """How many deliveries the log of a target has."""
    return int(db.value(_COUNT, channel=channel, target=target))


def _with_attempts(db: Reading, rows: Sequence[Row[Any]]) -> list[Delivery]:
    made: dict[int, list[Attempt]] = {}
    ids = [row.id for row in rows]
    for one in db.rows(_ATTEMPTS, ids=ids) if ids else ():
        attempt = Attempt(one.at, one.status, one.milliseconds, one.error)
        made.setdefault(one.delivery, []).append(attempt)
    return [delivery_of(row, made.get(row.id, ())) for row in rows]


def delivery_of(row: Row[Any], made: Iterable[Attempt] = ()) -> Delivery:
    """A row of ALL as a delivery."""
    return Delivery(**row._mapping, attempts=tuple(made))

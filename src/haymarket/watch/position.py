"""How far the journal was followed for watchers, and which process does it, in SQL.

One row holds both. Leases are told in real time, since the clock of a sandbox may stand still.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Column, Table, Text, bindparam, insert, or_, select, update

from haymarket.storage import Counting, Reading
from haymarket.storage.schema import Moment, metadata

watching = Table(
    "watching",
    metadata,
    Column("name", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("watcher", BigInteger, nullable=False),
    Column("holder", Text),
    Column("until", Moment),
)

NAME = "deliveries"
_MINE = watching.c.name == NAME
_POSITION = select(watching.c.seq, watching.c.watcher).where(_MINE)
_LEASE = select(watching.c.holder, watching.c.until).where(_MINE)
_ARRIVE = (
    update(watching).where(_MINE).values(seq=bindparam("new_seq"), watcher=bindparam("new_watcher"))
)
_TAKE = (
    update(watching)
    .where(
        _MINE,
        or_(
            watching.c.holder.is_(None),
            watching.c.holder == bindparam("me"),
            watching.c.until < bindparam("now", type_=Moment),
        ),
    )
    .values(holder=bindparam("me"), until=bindparam("end", type_=Moment))
)
_LEAVE = (
    update(watching)
    .where(_MINE, watching.c.holder == bindparam("me"))
    .values(holder=None, until=None)
)


@dataclass(frozen=True)
class Position:
    """The last journal row that is done; of the change after it, the last watcher who is."""

    seq: int
    watcher: int = 0


def get_position(db: Reading) -> Position:
    """Where to go on."""
    row = db.row(_POSITION)
    return Position(row.seq, row.watcher) if row else Position(0)


def set_position(db: Counting, position: Position) -> None:
    """Move on, in the transaction that did what lies before."""
    db.run(_ARRIVE, {"new_seq": position.seq, "new_watcher": position.watcher})


def is_free(db: Reading, me: str, now: datetime) -> bool:
    """Whether the lease may be taken."""
    row = db.row(_LEASE)
    return row is None or row.holder in (None, me) or row.until < now


def take(db: Counting, me: str, now: datetime, end: datetime) -> bool:
    """Take the lease, or go on holding it; False while somebody else has it."""
    if db.row(_LEASE) is None:
        db.run(insert(watching).values(name=NAME, seq=0, watcher=0))
    return bool(db.run(_TAKE, {"me": me, "now": now, "end": end}).rowcount)


def leave(db: Counting, me: str) -> None:
    """Give the lease back, so that nobody waits for its end."""
    db.run(_LEAVE, {"me": me})

"""The journal: one row for every change, committed with it, followed by those who must hear."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Integer, Table, Text, bindparam, func, insert, select

from haymarket.storage.schema import Id, Moment, metadata

journal = Table(
    "journal",
    metadata,
    Column("seq", Id, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    Column("actor", Id),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("details", JSON, nullable=False),
    sqlite_autoincrement=True,
)


@dataclass(frozen=True)
class Entry:
    """One change: its number, when and by whom, what happened (`app.changed`) and to what."""

    seq: int
    at: datetime
    actor: int | None
    kind: str
    subject: str
    details: dict[str, Any]


APPEND = insert(journal)
"""The statement that adds rows."""

AFTER = (
    select(journal)
    .where(journal.c.seq > bindparam("seq"))
    .order_by(journal.c.seq)
    .limit(bindparam("limit", type_=Integer))
)
"""The statement for the rows that follow `seq`, oldest first, at most `limit` of them."""

HEAD = select(func.coalesce(func.max(journal.c.seq), 0))
"""The statement for the number of the newest row; 0 for an empty journal."""


def of_kind(kind: str) -> Any:
    """The statement for the first row of a kind."""
    return select(journal).where(journal.c.kind == kind).order_by(journal.c.seq).limit(1)


def entries(rows: Any) -> Iterator[Entry]:
    """Rows of `AFTER` as entries."""
    for row in rows:
        yield Entry(row.seq, row.at, row.actor, row.kind, row.subject, row.details)

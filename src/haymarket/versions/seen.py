"""Which downloads of a day are counted already, in SQL: hashes that are forgotten with the day."""

from collections.abc import Collection, Iterable

from sqlalchemy import Column, Integer, LargeBinary, PrimaryKeyConstraint, Table, bindparam, select

from haymarket.storage import Counting, Reading, Writing
from haymarket.storage.schema import metadata

seen_downloads = Table(
    "seen_downloads",
    metadata,
    Column("day", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    PrimaryKeyConstraint("day", "hash"),
    sqlite_with_rowid=False,
)

_AMONG = select(seen_downloads.c.hash).where(
    seen_downloads.c.day == bindparam("day"),
    seen_downloads.c.hash.in_(bindparam("hashes", expanding=True)),
)
_ADD = seen_downloads.insert()
_OLD = seen_downloads.c.day < bindparam("before")


def seen_among(db: Reading, day: int, hashes: Collection[bytes]) -> set[bytes]:
    """Those of some hashes that are counted for a day."""
    return {row.hash for row in db.rows(_AMONG, day=day, hashes=list(hashes))}


def add_seen(db: Writing, day: int, hashes: Iterable[bytes]) -> None:
    """Note hashes that were not there as counted."""
    db.run(_ADD, [{"day": day, "hash": each} for each in hashes])


def has_seen_before(db: Reading, day: int) -> bool:
    """Whether anything is kept of the days before one."""
    return db.row(select(seen_downloads.c.day).where(_OLD).limit(1), before=day) is not None


def drop_seen_before(db: Counting, day: int) -> None:
    """Forget the days before one."""
    db.run(seen_downloads.delete().where(_OLD), {"before": day})

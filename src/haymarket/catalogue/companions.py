"""Which apps are installed together, in SQL: counted by others, replaced as a whole."""

from collections.abc import Iterable
from itertools import islice

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    PrimaryKeyConstraint,
    Table,
    bindparam,
    delete,
    insert,
    select,
)

from haymarket.storage import Counting, Reading, Writing
from haymarket.storage.schema import Id, metadata

companions = Table(
    "companions",
    metadata,
    Column("app_id", Id, nullable=False),
    Column("other_id", Id, nullable=False),
    Column("together", BigInteger, nullable=False),
    Column("week", Integer, nullable=False),
    PrimaryKeyConstraint("app_id", "other_id"),
    sqlite_with_rowid=False,
)

MOST = 20
"""How many companions of an app count, and are kept."""
BATCH = 5000

Pair = tuple[int, int, int]
"""An app, another one, and on how many instances both are: once for each direction."""

_FORGET = delete(companions)
_ADD = insert(companions)
_OF_APP = (
    select(companions.c.other_id, companions.c.together)
    .where(companions.c.app_id == bindparam("app"), companions.c.other_id != bindparam("app"))
    .order_by(companions.c.together.desc(), companions.c.other_id)
    .limit(MOST)
)


def replace_companions(db: Counting | Writing, week: int, pairs: Iterable[Pair]) -> None:
    """Keep these pairs in place of all that were kept; `week` is that which they were counted in.

    At most 20 for each app. A `Writing` needs a journal row of whoever calls.
    """
    db.run(_FORGET)
    rows = ({"app_id": a, "other_id": b, "together": n, "week": week} for a, b, n in pairs)
    while batch := list(islice(rows, BATCH)):
        db.run(_ADD, batch)


def companions_of(db: Reading, app_id: int) -> dict[int, int]:
    """The apps that are installed together with one, on most instances first, and on how many."""
    return {row.other_id: row.together for row in db.rows(_OF_APP, app=app_id)}

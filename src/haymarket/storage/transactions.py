"""The transactions: what may be read, and what may be written under which condition."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection, CursorResult, Executable, Row, Table

from haymarket.clock import Clock
from haymarket.storage import bulk, journal


class Source(Protocol):
    """Where transactions come from: its clock, and how many statements it was sent."""

    clock: Clock
    statements: int


class Reading:
    """A transaction that sees one state of the truth and changes nothing."""

    def __init__(self, connection: Connection, storage: Source) -> None:
        self._connection = connection
        self._storage = storage

    def now(self) -> datetime:
        """The present moment of the instance's clock."""
        return self._storage.clock()

    def rows(self, statement: Executable, **values: Any) -> Sequence[Row[Any]]:
        """All rows of a statement; `values` are those of its parameters.

        A statement that is made once, with parameters, costs a third of one made for each request.
        """
        return self._execute(statement, values).all()

    def row(self, statement: Executable, **values: Any) -> Row[Any] | None:
        """The first row, or None."""
        return self._execute(statement, values).first()

    def value(self, statement: Executable, **values: Any) -> Any:
        """The first column of the first row, or None."""
        return self._execute(statement, values).scalar()

    def head(self) -> int:
        """The number of the newest journal row in this state."""
        return int(self.value(journal.HEAD))

    def entry(self, kind: str) -> journal.Entry | None:
        """The first row of this kind in the journal, or None."""
        return next(journal.entries(self.rows(journal.of_kind(kind))), None)

    def has_entry(self, kind: str) -> bool:
        """Whether the journal has a row of this kind."""
        return self.entry(kind) is not None

    def entries_after(self, seq: int, limit: int = 1000) -> list[journal.Entry]:
        """The journal after `seq`, oldest first, at most `limit` rows."""
        return list(journal.entries(self.rows(journal.AFTER, seq=seq, limit=limit)))

    def _execute(self, statement: Executable, values: Any = None) -> CursorResult[Any]:
        self._storage.statements += 1
        return self._connection.execute(statement, values)


class Writing(Reading):
    """A transaction that changes rows; it does not commit without a journal row of its own."""

    def __init__(self, connection: Connection, storage: Source, actor: int | None) -> None:
        super().__init__(connection, storage)
        self.actor = actor
        self._moment = storage.clock()
        self.recorded = 0

    def now(self) -> datetime:
        """The moment of this change: the same for every row that it writes."""
        return self._moment

    def run(self, statement: Executable, values: Any = None) -> CursorResult[Any]:
        """Run a statement that changes rows, once or for each of a list of `values`."""
        return self._execute(statement, values)

    def record(self, kind: str, subject: str, **details: Any) -> None:
        """Add the journal row of this change."""
        self.record_each(kind, [(subject, details)])

    def record_each(self, kind: str, changes: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """Add a journal row for each of some changes of one kind: its subject and its details."""
        values = [
            {
                "at": self._moment,
                "actor": self.actor,
                "kind": kind,
                "subject": subject,
                "details": details,
            }
            for subject, details in changes
        ]
        if values:
            self._execute(journal.APPEND, values)
        self.recorded += len(values)


class Counting(Reading):
    """A transaction over what is counted or remembered beside the truth: no journal row, and no
    waiting for the writer on PostgreSQL (docs/decisions/0008-counting-beside-the-journal.md).
    """

    def run(self, statement: Executable, values: Any = None) -> CursorResult[Any]:
        """Run a statement that changes rows, once or for each of a list of `values`."""
        return self._execute(statement, values)

    def fill(self, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """Let a temporary table hold these rows and no others; values are as the driver takes them.

        The way for masses: to SQLite in one call, to PostgreSQL by COPY.
        """
        self._storage.statements += 1
        bulk.fill(self._connection, table, rows)


def new_id(result: CursorResult[Any]) -> int:
    """The identity that the database gave to the row of an insert."""
    key = result.inserted_primary_key
    if key is None:
        raise RuntimeError("the statement inserted no row")
    return int(key[0])

"""Two transactions, `Reading` and `Writing`, over SQLite or PostgreSQL.

Writing is serial on both engines: `BEGIN IMMEDIATE` on SQLite, an advisory lock on PostgreSQL.
So what a writer has read stays true until it commits, and journal numbers become visible in
their order (docs/decisions/0003-one-writer-at-a-time.md).
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from functools import cached_property
from typing import Any

import msgspec
from sqlalchemy import (
    Connection,
    CursorResult,
    Engine,
    Executable,
    Row,
    Table,
    create_engine,
    event,
    select,
    text,
)
from sqlalchemy.pool import QueuePool

from haymarket.clock import Clock
from haymarket.storage import bulk, journal
from haymarket.storage.schema import instance

WRITER_LOCK = 0x4861796D61726B74
COUNTER_LOCK = 0x436F756E74657273
POOL = 40


class Reading:
    """A transaction that sees one state of the truth and changes nothing."""

    def __init__(self, connection: Connection, storage: "Storage") -> None:
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

    def __init__(self, connection: Connection, storage: "Storage", actor: int | None) -> None:
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


class Storage:
    """An open database. `statements` counts what was sent to it, for metrics and benches."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine = engine
        self.clock = clock
        self.statements = 0
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._reader = (
            engine
            if self._is_sqlite
            else engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        )
        self._writer = engine.execution_options(haymarket_writes=True)
        self._turn = threading.Lock()
        self._heard: list[Callable[[], None]] = []

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """A read-only transaction over one state."""
        with self._reader.connect() as connection:
            yield Reading(connection, self)

    @contextmanager
    def writing(self, actor: int | None) -> Iterator[Writing]:
        """The one writer of the moment; commits at the end, or not at all on an exception.

        `actor` is the id of the user who asks, or None for the operator at the command line.
        """
        with self._alone(WRITER_LOCK) as connection:
            db = Writing(connection, self, actor)
            yield db
            if not db.recorded:
                raise RuntimeError("a change without a journal row is not committed")
            connection.commit()
        for hear in self._heard:
            hear()

    @contextmanager
    def counting(self) -> Iterator[Counting]:
        """The one counter of the moment; commits at the end, or not at all on an exception."""
        with self._alone(COUNTER_LOCK) as connection:
            yield Counting(connection, self)
            connection.commit()

    @contextmanager
    def _alone(self, lock: int) -> Iterator[Connection]:
        """A connection that may write, with nobody else beside it who asks for the same lock.

        Within a process writers of SQLite queue here: its own waiting is a sleep that grows.
        """
        with self._turn if self._is_sqlite else nullcontext(), self._writer.connect() as connection:
            if not self._is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock})
            yield connection

    @property
    def readers(self) -> int:
        """How many requests may read at once: SQLite answers at once, PostgreSQL after a while."""
        return 3 if self._is_sqlite else 8

    @cached_property
    def instance(self) -> str:
        """The name of this database, by which an index knows whose it is."""
        with self.reading() as db:
            return str(db.value(select(instance.c.id)))

    def on_commit(self, hear: Callable[[], None]) -> None:
        """Call `hear()` after every commit of this process."""
        self._heard.append(hear)

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def open_storage(url: str, clock: Clock) -> Storage:
    """Open the database at an SQLAlchemy address; it must be migrated before it is used."""
    options: dict[str, Any] = {
        "poolclass": QueuePool,
        "pool_size": POOL,
        "max_overflow": 0,
        "pool_timeout": 10,
        "json_serializer": lambda value: msgspec.json.encode(value).decode(),
        "json_deserializer": msgspec.json.decode,
    }
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"check_same_thread": False}, **options)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(url, pool_pre_ping=True, pool_recycle=300, **options)
    return Storage(engine, clock)


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_sqlite, not the driver
    for pragma in (
        "journal_mode=WAL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "synchronous=FULL",
        "cache_size=-2000",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("haymarket_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

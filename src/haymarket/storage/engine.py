"""An open database, SQLite or PostgreSQL, and how its transactions begin.

Writing is serial on both engines: `BEGIN IMMEDIATE` on SQLite, an advisory lock on PostgreSQL.
So what a writer has read stays true until it commits, and journal numbers become visible in
their order (docs/decisions/0003-one-writer-at-a-time.md).
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, select, text
from sqlalchemy.exc import TimeoutError as TookTooLong
from sqlalchemy.pool import QueuePool

from haymarket.clock import Clock
from haymarket.storage.schema import instance
from haymarket.storage.transactions import Counting, Reading, Writing

WRITER_LOCK = 0x4861796D61726B74
COUNTER_LOCK = 0x436F756E74657273
POOL = 40
PATIENCE = 10
"""Seconds that a writer of SQLite waits for its turn, and for a connection."""


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
        self.patience: float = PATIENCE
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
        with self._in_turn(), self._writer.connect() as connection:
            if not self._is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock})
            yield connection

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """One after the other on SQLite. Raises TookTooLong rather than let a queue grow old."""
        if not self._is_sqlite:
            yield
            return
        if not self._turn.acquire(timeout=self.patience):
            raise TookTooLong("another writer of this process takes too long")
        try:
            yield
        finally:
            self._turn.release()

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
        "pool_timeout": PATIENCE,
        "hide_parameters": True,  # errors are logged, and values may be what people said
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

"""A consistent copy of a database while others write to it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from haymarket.storage.engine import Storage


def is_file(storage: Storage) -> bool:
    """Whether the database is a file, which can be copied; PostgreSQL has tools of its own."""
    return storage.engine.dialect.name == "sqlite"


def copy_database(storage: Storage, into: Path) -> None:
    """Copy a database that is a file, as it is at one moment, into a new file."""
    with (
        closing(storage.engine.raw_connection()) as connection,
        closing(sqlite3.connect(into)) as copy,
    ):
        source: sqlite3.Connection = connection.driver_connection  # type: ignore[assignment]
        source.backup(copy)

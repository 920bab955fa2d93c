"""A consistent copy of a database while others use it, and the way back."""

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


def restore_database(storage: Storage, copy: Path) -> None:
    """Bring a database that is a file back to a copy, in one transaction.

    Whoever reads meanwhile sees one state or the other, and a kill leaves one or the other.
    """
    with (
        closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(storage.engine.raw_connection()) as connection,
    ):
        target: sqlite3.Connection = connection.driver_connection  # type: ignore[assignment]
        source.backup(target)

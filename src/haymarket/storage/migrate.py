"""Brings a database to the schema of this version, and tells whether it is there."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from haymarket.storage.engine import WRITER_LOCK, Storage

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(storage: Storage) -> tuple[str | None, str | None]:
    """Upgrade to the newest schema; returns the revision before and after.

    Nodes that start together wait for one another.
    """
    with storage.engine.execution_options(haymarket_writes=True).connect() as connection:
        if connection.dialect.name != "sqlite":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK})
        before = _revision(connection)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        after = _revision(connection)
        connection.commit()
    return before, after


def is_current(storage: Storage) -> bool:
    """Whether the database has the schema that this version expects."""
    with storage.engine.connect() as connection:
        return _revision(connection) == ScriptDirectory.from_config(_config()).get_current_head()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config

"""The history of migrations leads to the tables that the stores declare."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from haymarket.app import ROUTES
from haymarket.storage import Storage
from haymarket.storage.migrate import is_current, migrate
from haymarket.storage.schema import metadata


def test_a_migrated_database_has_exactly_the_tables_of_the_stores(storage: Storage) -> None:
    assert ROUTES, "the application declares every table"
    with storage.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []


def test_migrating_again_changes_nothing(storage: Storage) -> None:
    before, after = migrate(storage)
    assert before == after
    assert is_current(storage)


def test_every_database_has_a_name_of_its_own(storage: Storage) -> None:
    assert len(storage.instance) == 36

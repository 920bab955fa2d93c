"""Options that several commands share, and how a command opens the marketplace."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, NoReturn

from cyclopts import Parameter
from rich.console import Console

from haymarket.assets.files import open_files
from haymarket.clock import system_clock
from haymarket.settings import BadSetting, Settings, read_settings
from haymarket.storage import Storage, StorageFailure, open_storage
from haymarket.storage.migrate import is_current
from haymarket.versions.actions import Desk

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


@Parameter(name="*")
@dataclass(frozen=True)
class Where:
    """Which marketplace a command works on.

    Parameters
    ----------
    data
        Folder of the database, the files and the search index.
    database
        Address of a PostgreSQL database, postgresql://user@host/name; SQLite without it.
    """

    data: Path | None = None
    database: str | None = None

    def settings(self, **more: Any) -> Settings:
        """The settings; a bad one ends the program with one line."""
        try:
            return read_settings(data=self.data, database=self.database, **more)
        except BadSetting as error:
            give_up(str(error))

    @contextmanager
    def storage(self) -> Iterator[Storage]:
        """The database, which must be migrated."""
        settings = self.settings()
        settings.data.mkdir(parents=True, exist_ok=True)
        storage = open_storage(settings.database_url, system_clock)
        try:
            with reachable(settings):
                current = is_current(storage)
            if not current:
                give_up("The database has another schema; bring it up to date: haymarket migrate")
            yield storage
        finally:
            storage.close()

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The database with the files and the settings."""
        settings = self.settings()
        with self.storage() as storage:
            yield Desk(storage, open_files(settings), settings)


Json = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")]


@contextmanager
def reachable(settings: Settings) -> Iterator[None]:
    """A database that does not answer ends the program with one line."""
    try:
        yield
    except StorageFailure as error:
        reason = str(error.__cause__ or error).strip().splitlines()[0]
        place = settings.database or settings.data / "haymarket.sqlite3"
        give_up(f"The database {place} can not be used: {reason}")


def give_up(message: str, code: int = 2) -> NoReturn:
    """End the program with one clear line."""
    err.print(f"haymarket: {message}", style="red", markup=False)
    sys.exit(code)

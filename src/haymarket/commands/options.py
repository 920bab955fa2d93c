"""Options that several commands share, how a command opens the marketplace, and how it answers."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, NoReturn

from cyclopts import App, Parameter
from msgspec import json
from rich.console import Console

from haymarket import logs
from haymarket.assets.files import open_files
from haymarket.clock import CLOCK_FILE, Clock, clock_of
from haymarket.secret import fingerprint, read_secret
from haymarket.settings import PREFIX, BadSetting, Settings, read_settings, without_password
from haymarket.storage import Storage, StorageFailure, open_storage
from haymarket.storage.fingerprint import OtherSecret, hold_to
from haymarket.storage.migrate import is_current, migrate
from haymarket.versions.actions import Desk

out = Console(highlight=False, soft_wrap=True, emoji=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)

Json = Annotated[bool, Parameter(name="--json", negative="", help="Answer as JSON.")]
Yes = Annotated[bool, Parameter(name="--yes", negative="", help="Do not ask.")]


def group(name: str, help: str) -> App:
    """The commands of a noun."""
    return App(name=name, help=help, default_parameter=Parameter(negative_iterable=()))


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Where:
    """Which marketplace a command works on.

    Parameters
    ----------
    data
        Folder of the database, the files and the search index; haymarket-data by default.
    database
        Address of a PostgreSQL database, postgresql://user@host/name; SQLite without it.
    """

    data: Path | None = None
    database: str | None = None

    def settings(self, **more: Any) -> Settings:
        """The settings; a bad one ends the program with one line. Logs go where they say."""
        try:
            settings = read_settings(data=self.data, database=self.database, **more)
        except BadSetting as error:
            give_up(str(error))
        logs.set_up(settings)
        return settings

    @contextmanager
    def storage(self) -> Iterator[Storage]:
        """The database of a marketplace that was started before, or migrated."""
        settings = self.settings()
        if settings.database is None and not settings.database_file.exists():
            give_up(
                f"There is no marketplace in the folder {settings.data}. Name another folder with"
                " --data, or make one with haymarket migrate or haymarket serve"
            )
        storage = open_storage(settings.database_url, _clock(settings))
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


@dataclass(frozen=True)
class Migrated:
    """A database with the schema of this version, and the revisions that led there."""

    storage: Storage
    before: str | None
    after: str | None


def open_migrated(settings: Settings) -> Migrated:
    """The database, made where there is none, and brought to the schema of this version."""
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        give_up(f"{PREFIX}DATA={settings.data}: {error.strerror}")
    storage = open_storage(settings.database_url, _clock(settings))
    with reachable(settings):
        before, after = migrate(storage)
    return Migrated(storage, before, after)


def _clock(settings: Settings) -> Clock:
    """The clock of the data folder, which may be a sandbox's that was turned."""
    try:
        return clock_of(settings.data)
    except ValueError:
        give_up(f"{settings.data / CLOCK_FILE} does not say how far a clock was turned; delete it")


def hold_to_secret(storage: Storage, settings: Settings) -> None:
    """A database that is used with another secret ends the program with one line."""
    try:
        with reachable(settings):
            hold_to(storage, fingerprint(read_secret(settings.secret, settings.data)))
    except OtherSecret as error:
        give_up(str(error))
    except OSError as error:
        give_up(f"{settings.data / 'secret'}: {error.strerror}")


@contextmanager
def reachable(settings: Settings) -> Iterator[None]:
    """A database that does not answer ends the program with one line."""
    try:
        yield
    except StorageFailure as error:
        reason = str(error.__cause__ or error).strip().splitlines()[0]
        place = without_password(settings.database or str(settings.database_file))
        give_up(f"The database {place} can not be used: {reason}")


def show(rows: Sequence[Mapping[str, Any]], as_json: bool, nothing: str) -> None:
    """Print a list as JSON or as a table; `nothing` says what to do when it is empty."""
    if as_json:
        sys.stdout.write(json.format(json.encode(rows), indent=2).decode() + "\n")
    elif not rows:
        err.print(nothing, markup=False)
    else:
        lines = [[name.replace("_", " ").upper() for name in rows[0]]]
        lines += [[_cell(value) for value in row.values()] for row in rows]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            padded = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            out.print("  ".join(padded).rstrip(), markup=False)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "-" if value is None else str(value)


def confirm(question: str, yes: bool) -> None:
    """Ask before something that is hard to undo; whoever can not answer says --yes."""
    if yes:
        return
    if not sys.stdin.isatty():
        give_up(f"{question} Say --yes to do it")
    err.print(f"{question} [y/N] ", end="", markup=False)
    if input().strip().lower() not in ("y", "yes"):
        give_up("Nothing was changed", 1)


def give_up(message: str, code: int = 2) -> NoReturn:
    """End the program with one clear line."""
    err.print(f"haymarket: {message}", style="red", markup=False)
    sys.exit(code)

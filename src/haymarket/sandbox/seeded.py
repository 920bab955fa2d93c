"""The seeded state: a copy of the database and the files as they were right after the filling."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from haymarket.clock import CLOCK_FILE, TurnedClock
from haymarket.storage import Storage, open_storage
from haymarket.storage.backup import copy_database, restore_database
from haymarket.storage.migrate import migrate

FILES = "files"
MAIL = "mail"
"""The folder of a sandbox's mails, in its data folder; the seeded state has none."""


@dataclass(frozen=True)
class Seeded:
    """What a reset brings back, kept in the data folder of a sandbox."""

    data: Path

    @property
    def _folder(self) -> Path:
        return self.data / "seeded"

    @property
    def _database(self) -> Path:
        return self._folder / "haymarket.sqlite3"

    @property
    def _begun(self) -> Path:
        """There while a reset is under way."""
        return self.data / "reset"

    @property
    def is_kept(self) -> bool:
        """Whether there is something to go back to."""
        return self._folder.is_dir()

    @property
    def is_due(self) -> bool:
        """Whether a reset was begun and is not done, since it was cut off."""
        return self._begun.exists() and self.is_kept

    def keep(self, storage: Storage) -> None:
        """Keep the present state; there is all of it or nothing of it after a kill."""
        part = self.data / ".seeded"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        copy_database(storage, part / self._database.name)
        for name in _names_below(self.data / FILES):
            _link(self.data / FILES / name, part / FILES / name)
        part.rename(self._folder)

    @contextmanager
    def opened(self) -> Iterator[Storage]:
        """The copy of the database."""
        copy = open_storage(f"sqlite:///{self._database}", TurnedClock(self.data / CLOCK_FILE))
        try:
            yield copy
        finally:
            copy.close()

    def bring_up_to_date(self) -> None:
        """Bring the copy of the database to the schema of this version."""
        with self.opened() as copy:
            migrate(copy)

    def begin(self) -> None:
        """Note that a reset is under way, so that the next start finishes one that is cut off."""
        with self._begun.open("w") as file:
            os.fsync(file.fileno())

    def restore(self, storage: Storage) -> None:
        """Bring back the files and then the database, which names them."""
        kept, there = _names_below(self._folder / FILES), _names_below(self.data / FILES)
        for name in kept - there:
            _link(self._folder / FILES / name, self.data / FILES / name)
        restore_database(storage, self._database)
        for name in there - kept:
            (self.data / FILES / name).unlink(missing_ok=True)
        for mail in (self.data / MAIL).glob("*.eml"):
            mail.unlink(missing_ok=True)

    def end(self) -> None:
        """Note that the reset is done."""
        self._begun.unlink(missing_ok=True)


def _names_below(folder: Path) -> set[str]:
    """The files of a folder and of those in it, by their paths from there."""
    return {
        os.path.relpath(os.path.join(place, name), folder)
        for place, _, names in os.walk(folder)
        for name in names
    }


def _link(source: Path, target: Path) -> None:
    """The same file at a second place, or a copy where a file can have only one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(source)
    except FileExistsError:
        return
    except OSError:
        shutil.copy2(source, target)

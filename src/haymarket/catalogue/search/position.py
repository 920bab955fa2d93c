"""How far an index has followed the journal, kept beside it; and who of a node may write it."""

import fcntl
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO


@dataclass(frozen=True)
class Position:
    """`seq` is the last journal row that the index reflects; the rest says what it was made of."""

    seq: int
    format: int
    base_url: str
    instance: str

    def fits(self, other: "Position") -> bool:
        """Whether an index of this making can go on as one of `other`'s."""
        mine = (self.format, self.base_url, self.instance)
        return mine == (other.format, other.base_url, other.instance)


class PositionFile:
    """The file; written anew and moved into place, so that a reader never sees half of it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "position.json"

    def read(self) -> Position | None:
        """The position; None when there is none that can be read."""
        try:
            return Position(**json.loads(self._path.read_text()))
        except (OSError, ValueError, TypeError):
            return None

    def remove(self) -> None:
        """Forget the position, before the index that it tells of goes."""
        self._path.unlink(missing_ok=True)

    def write(self, position: Position) -> None:
        """Replace the position."""
        beside = self._path.with_suffix(f".{os.getpid()}.tmp")
        beside.write_text(json.dumps(asdict(position)))
        beside.replace(self._path)


class WriterLock:
    """Held by the one process of a node that writes the index; free again when it dies."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "writer.lock"
        self._file: IO[str] | None = None

    @property
    def is_held(self) -> bool:
        return self._file is not None

    def acquire(self) -> bool:
        """Take it if it is free; True when this process holds it."""
        if self._file is not None:
            return True
        file = self._path.open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Let others have it."""
        if self._file is not None:
            self._file.close()
            self._file = None

"""A file that tells how much of it was read, which is how far its upload is."""

import io
from collections.abc import Callable
from pathlib import Path

Step = Callable[[int], None]


class Counted(io.FileIO):
    """A file opened for reading; `step` is told the number of bytes of every read."""

    def __init__(self, path: Path, step: Step) -> None:
        super().__init__(path)
        self._step = step

    def read(self, size: int | None = -1, /) -> bytes:
        """The next bytes."""
        found = super().read(-1 if size is None else size) or b""
        self._step(len(found))
        return found

"""What time it is: a function that is passed in, so that a test or a sandbox can turn it."""

import os
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

CLOCK_FILE = "clock"
"""The file of a data folder that keeps how far its clock was turned; only sandboxes have one."""

LOOK = 0.005
"""Seconds for which a turned clock believes what it saw in its file."""

MILLISECOND = timedelta(milliseconds=1)

Clock = Callable[[], datetime]
"""Returns the present moment as an aware datetime in UTC, to the millisecond."""


def system_clock() -> datetime:
    """The time of the machine, cut to the millisecond that the wire shows."""
    return _to_the_millisecond(datetime.now(UTC))


def _to_the_millisecond(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


class TurnedClock:
    """The time of the machine and an offset. The offset is kept in a file, so that every process
    over a data folder, and every later start, has the same time.
    """

    def __init__(self, path: Path) -> None:
        """The clock of a file; where there is none the offset is zero. Raises ValueError."""
        self._path = path
        self._seen: tuple[int, int] | None = None
        self._offset = timedelta()
        self._look()

    def __call__(self) -> datetime:
        """The present moment, as every Clock gives it."""
        return _to_the_millisecond(datetime.now(UTC) + self.offset)

    @property
    def offset(self) -> timedelta:
        """How far it is ahead of the machine."""
        if time.monotonic() - self._looked >= LOOK:
            self._look()
        return self._offset

    def turn(self, offset: timedelta) -> None:
        """Be this far ahead of the machine from now on, also after a stop of any kind."""
        beside = self._path.with_name(f".{self._path.name}-{secrets.token_hex(8)}")
        with beside.open("w") as file:
            file.write(f"{offset // MILLISECOND}\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self._path)
        self._look()

    def _look(self) -> None:
        """Read the file again if it is another one than before."""
        try:
            found = self._path.stat()
            mark = (found.st_ino, found.st_mtime_ns)
            if mark != self._seen:
                self._offset = int(self._path.read_text()) * MILLISECOND
                self._seen = mark
        except FileNotFoundError:
            self._offset, self._seen = timedelta(), None
        self._looked = time.monotonic()


def clock_of(folder: Path) -> Clock:
    """The clock of a data folder: that of the machine, unless a sandbox turned its own there.

    Raises ValueError for a file that is none of a clock.
    """
    path = folder / CLOCK_FILE
    return TurnedClock(path) if path.exists() else system_clock


def wire_time(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds and `Z`, as every date-time of the API (general.md, 10)."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

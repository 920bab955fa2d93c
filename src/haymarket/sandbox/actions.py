"""Turning the clock of a sandbox, and bringing it back to its seeded state."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from haymarket.catalogue.search.position import PositionFile
from haymarket.catalogue.shelf import Shelf
from haymarket.clock import CLOCK_FILE, TurnedClock, wire_time
from haymarket.errors import Conflict, Invalid
from haymarket.sandbox.gate import Gate
from haymarket.sandbox.model import LONGEST, MOST_YEARS, read_span
from haymarket.sandbox.seeded import Seeded
from haymarket.storage import Storage
from haymarket.versions.actions import Desk

Act = Callable[[], object]


@dataclass(frozen=True)
class Sandbox:
    """The parts of a running sandbox that its own operations work on.

    `refresh` brings up to date what depends on the time; `forget` empties what parts remember in
    memory, after the database has become another one.
    """

    desk: Desk
    shelf: Shelf
    clock: TurnedClock
    refresh: Sequence[Act] = ()
    forget: Sequence[Act] = ()
    gate: Gate = field(default_factory=Gate)
    turning: threading.Lock = field(default_factory=threading.Lock)

    @property
    def host_names(self) -> frozenset[str]:
        """Under which names the operator lets it be reached."""
        settings = self.desk.settings
        public = urlsplit(settings.public_url or "").hostname
        return frozenset(name.lower() for name in (settings.host, public) if name)

    @property
    def seeded(self) -> Seeded:
        """What a reset brings back."""
        return Seeded(self.desk.settings.data)

    def catch_up(self) -> None:
        """Let lists show whatever was written."""
        with self.desk.storage.reading() as db:
            head = db.head()
        self.shelf.at_least(head)


def set_clock(sandbox: Sandbox, moment: datetime) -> None:
    """Go on from a moment that is still to come. Raises Invalid."""
    with sandbox.turning:
        _turn(sandbox, moment - sandbox.clock(), "/now")
    _bring_up_to_date(sandbox)


def advance_clock(sandbox: Sandbox, span: str) -> None:
    """Go on from a span of time later. Raises Invalid."""
    read = read_span(span)
    if read is None:
        raise Invalid("Expected a duration of ISO 8601, such as PT24H, P1D or P1M", "/advance")
    with sandbox.turning:
        now = sandbox.clock()
        try:
            ahead = read.after(now) - now
        except OverflowError:
            raise _too_far("/advance") from None
        _turn(sandbox, ahead, "/advance")
    _bring_up_to_date(sandbox)


def _turn(sandbox: Sandbox, ahead: timedelta, path: str) -> None:
    if ahead < timedelta():
        raise Invalid(
            f"The clock does not turn back, and it is {wire_time(sandbox.clock())} already:"
            " what has happened would not have happened yet. POST /sandbox/reset begins anew",
            path,
        )
    offset = sandbox.clock.offset + ahead
    if offset > LONGEST:
        raise _too_far(path)
    sandbox.clock.turn(offset)


def _too_far(path: str) -> Invalid:
    return Invalid(f"The clock goes at most {MOST_YEARS} years ahead", path)


def _bring_up_to_date(sandbox: Sandbox) -> None:
    for act in sandbox.refresh:
        act()
    sandbox.catch_up()


def reset(sandbox: Sandbox) -> None:
    """Bring everything back to the seeded state, while no other request is under way.

    Raises Conflict when there is nothing to go back to, or another process uses the folder.
    """
    seeded = sandbox.seeded
    if not seeded.is_kept:
        raise Conflict(
            "There is no seeded state: an earlier version filled this folder, and it was changed"
            " since. Delete the folder to begin anew"
        )
    if not sandbox.shelf.is_writer:
        raise Conflict("Another process uses the folder of this sandbox; end it first")
    with sandbox.turning:
        seeded.begin()
        _forget(sandbox)
        seeded.restore(sandbox.desk.storage)
        _forget(sandbox)
        sandbox.clock.turn(timedelta())
        sandbox.shelf.rebuild()
        seeded.end()


def finish_reset(storage: Storage, seeded: Seeded) -> None:
    """Go back to the seeded state before anything is served; the start makes the index anew."""
    seeded.begin()
    seeded.restore(storage)
    TurnedClock(seeded.data / CLOCK_FILE).turn(timedelta())
    PositionFile(seeded.data / "index").remove()
    seeded.end()


def _forget(sandbox: Sandbox) -> None:
    for act in sandbox.forget:
        act()

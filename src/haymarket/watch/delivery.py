"""A delivery, its attempts, and when it is tried again: pure."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from haymarket.watch.model import EventName

Channel = Literal["mail", "webhook"]
State = Literal["waiting", "delivered", "given-up"]

NO_APP = 0
"""The lane of what is about no app."""
KEPT = timedelta(days=30)
"""How long the log of deliveries goes back."""

DELAYS = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
"""The pauses after the first, second, … failed attempt; after the last one it is given up."""
JITTER = 0.2
"""By which part a pause is longer at most, so that many do not come back at the same moment."""
LONGEST_ERROR = 500


@dataclass(frozen=True)
class Attempt:
    """One attempt: when, the status that was answered, how long it took, what went wrong."""

    at: datetime
    status: int | None
    milliseconds: int
    error: str | None


@dataclass(frozen=True)
class Announcement:
    """What is told, as it is sent: `payload` is the JSON text of every attempt."""

    event: EventName
    payload: str
    created_at: datetime
    transition: int | None = None
    app_id: int = NO_APP


@dataclass(frozen=True)
class Delivery:
    """An announcement on its way to one target: a webhook, or a user for mail."""

    id: int
    announcement: int
    channel: Channel
    target: int
    app_id: int
    state: State
    tries: int
    created_at: datetime
    due_at: datetime | None
    event: EventName
    payload: str
    attempts: tuple[Attempt, ...] = field(default=())


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended. `error` is None when it arrived; `is_final` forbids another one."""

    status: int | None = None
    milliseconds: int = 0
    error: str | None = None
    is_final: bool = False


def told_shortly(error: str) -> str:
    """What went wrong as it is kept: others said it, so it may be long or hold any character."""
    printable = "".join(each if each.isprintable() else " " for each in error[:LONGEST_ERROR])
    return " ".join(printable.split()) or "It failed"


def next_delay(failed: int, luck: float) -> timedelta | None:
    """The pause after this many failed attempts; None when it is given up.

    `luck` from 0 to 1 makes it longer by a fifth at most.
    """
    if failed > len(DELAYS):
        return None
    return DELAYS[failed - 1] * (1 + JITTER * luck)

"""What watchers and webhooks hear of: pure rules."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from haymarket.errors import Problem
from haymarket.lifecycle.model import Event, Transition

EventName = Literal[
    "app.submitted",
    "app.approved",
    "app.rejected",
    "app.released",
    "version.submitted",
    "version.approved",
    "version.rejected",
    "version.published",
    "ping",
]
EVENT_NAMES: tuple[EventName, ...] = get_args(EventName)
PUBLIC: frozenset[EventName] = frozenset({"app.released", "version.published"})
"""What everyone may hear of an app that is public."""
MAILED: frozenset[EventName] = frozenset(EVENT_NAMES) - {
    "app.submitted",
    "version.submitted",
    "ping",
}

LONGEST_URL = 2_000
LONGEST_DESCRIPTION = 500
MOST_WEBHOOKS = 20

_VERBS: dict[Event, str] = {
    "submit": "submitted",
    "resubmit": "submitted",
    "approve": "approved",
    "reject": "rejected",
}


@dataclass(frozen=True)
class Moved:
    """A transition with its number in the history."""

    number: int
    transition: Transition


@dataclass(frozen=True)
class Happening:
    """One event that is told: its name, and the transition that it follows from."""

    name: EventName
    number: int
    transition: Transition

    @property
    def is_public(self) -> bool:
        """Whether everyone may hear of it who sees the app."""
        return self.name in PUBLIC


@dataclass(frozen=True)
class Watcher:
    """A user who watches an app; `is_inside` for contacts of its vendor and administrators."""

    user_id: int
    email: str
    is_inside: bool


@dataclass(frozen=True)
class Webhook:
    """An address of a vendor that hears of events. The secret is derived from `nonce`.

    What the journal tells up to `since_seq` was before its time.
    """

    id: int
    vendor_id: int
    url: str
    events: tuple[EventName, ...]
    nonce: str
    created_at: datetime
    since_seq: int
    description: str | None = None


def names_of(transition: Transition, listed: bool) -> list[EventName]:
    """What a transition means to those who hear of it; `listed` says whether the app is public.

    An approval that lists an app at once is an approval and a release. A version is published
    when everyone can have it: not before its app is public.
    """
    noun = "app" if transition.build is None else "version"
    found = [f"{noun}.{_VERBS[transition.event]}"] if transition.event in _VERBS else []
    if transition.after == "public":
        if noun == "app":
            found.append("app.released")
        elif listed:
            found.append("version.published")
    return [name for name in EVENT_NAMES if name in found]


def happenings(change: Iterable[Moved], listed: bool) -> list[Happening]:
    """What is told of the transitions of one change, the weightiest first."""
    return [
        Happening(name, each.number, each.transition)
        for each in change
        for name in names_of(each.transition, listed)
    ]


def first_change(moved: Sequence[Moved]) -> list[Moved]:
    """The transitions that belong to the first of them: an app takes its versions along."""
    found = list(moved[:1])
    for each in moved[1:]:
        if not _goes_with(each.transition, moved[0].transition):
            break
        found.append(each)
    return found


def _goes_with(version: Transition, app: Transition) -> bool:
    return (
        app.build is None
        and version.build is not None
        and (version.app_id, version.at, version.event) == (app.app_id, app.at, app.event)
    )


def may_hear(watcher: Watcher, name: EventName, listed: bool) -> bool:
    """Whether a watcher is written of an event of an app, public (`listed`) or not.

    Contacts and administrators hear of everything, others of what is public about a public app.
    """
    return name in MAILED and (watcher.is_inside or (listed and name in PUBLIC))


def heard_by(watcher: Watcher, told: Iterable[Happening], listed: bool) -> Happening | None:
    """What a watcher is written of a change: the first event that he or she may hear of."""
    return next((each for each in told if may_hear(watcher, each.name, listed)), None)


def problems_of_webhook(
    url: str, events: Collection[EventName], description: str | None
) -> Iterator[Problem]:
    """What is wrong with a webhook, each with the pointer of its member."""
    if len(url) > LONGEST_URL or not url.isprintable():
        yield Problem(f"Not a web address of at most {LONGEST_URL} characters", "/url")
    if not events:
        yield Problem("A webhook hears of at least one event", "/events")
    if description is not None and len(description) > LONGEST_DESCRIPTION:
        message = f"Cannot be longer than {LONGEST_DESCRIPTION} characters"
        yield Problem(message, "/description")

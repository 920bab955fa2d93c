"""Turns the next change in the journal into deliveries, and moves the position with them.

Both happen in one transaction, so a stop at any moment neither loses a delivery nor doubles one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from haymarket.apps.model import App
from haymarket.apps.store import get_app_by_id
from haymarket.lifecycle.store import TRANSITION, status_at
from haymarket.storage import Counting
from haymarket.versions.store import get_version
from haymarket.watch import outbox, position, store
from haymarket.watch.delivery import Announcement
from haymarket.watch.model import Happening, Moved, first_change, happenings, heard_by
from haymarket.watch.payload import payload_of
from haymarket.watch.position import Position

BATCH = 500
"""Journal rows that are read at once."""
CROWD = 1000
"""Watchers who get their deliveries in one transaction."""


@dataclass(frozen=True)
class Channels:
    """How what happens is told: where the marketplace is, and whether there is mail."""

    base_url: str
    has_mail: bool


@dataclass(frozen=True)
class Change:
    """What happened to an app in one go; `seq` is its last row in the journal."""

    app: App
    seq: int
    told: Sequence[Happening]


def follow(db: Counting, channels: Channels) -> bool:
    """Take over the next change, or a part of one that many watch; False when there is none."""
    here = position.get_position(db)
    entries = db.entries_after(here.seq, BATCH)
    if not entries:
        return False
    rows = {each.details["transition"]: each.seq for each in entries if each.kind == TRANSITION}
    moves = first_change(store.moved(db, list(rows)))
    done = Position(rows[moves[-1].number] if moves else entries[-1].seq)
    change = _change(db, moves, done.seq) if moves else None
    if change is not None:
        if here.watcher == 0:
            _tell_webhooks(db, channels, change)
        last = _tell_watchers(db, channels, change, here.watcher) if channels.has_mail else None
        done = done if last is None else Position(here.seq, last)
    position.set_position(db, done)
    return True


def _change(db: Counting, moves: Sequence[Moved], seq: int) -> Change | None:
    app = get_app_by_id(db, moves[0].transition.app_id)
    if app is None:
        return None
    status = status_at(db, app.id, moves[0].number) or app.status
    return Change(app, seq, happenings(moves, listed=status == "public"))


def _tell_webhooks(db: Counting, channels: Channels, change: Change) -> None:
    known = store.list_webhooks(db, change.app.vendor_id)
    for each in change.told:
        theirs = [
            webhook.id
            for webhook in known
            if each.name in webhook.events and webhook.since_seq < change.seq
        ]
        if theirs:
            number = _announced(db, channels, change.app, each)
            outbox.deliver(db, "webhook", number, change.app.id, theirs)


def _tell_watchers(db: Counting, channels: Channels, change: Change, after: int) -> int | None:
    """Let some watchers have their mail; the last of them when more may follow."""
    app = change.app
    watchers = store.watchers_after(db, app.id, change.seq, after, CROWD)
    for each in change.told:
        theirs = [
            who.user_id for who in watchers if heard_by(who, change.told, app.is_listed) == each
        ]
        if theirs:
            outbox.deliver(db, "mail", _announced(db, channels, app, each), app.id, theirs)
    return watchers[-1].user_id if len(watchers) == CROWD else None


def _announced(db: Counting, channels: Channels, app: App, told: Happening) -> int:
    build = told.transition.build
    version = None if build is None else get_version(db, app.id, build)
    payload = payload_of(told, app, version, channels.base_url)
    return outbox.announce(
        db, Announcement(told.name, payload, told.transition.at, told.number, app.id)
    )

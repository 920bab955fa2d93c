"""Who watches which app, and the webhooks of vendors, in SQL."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    Row,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
    tuple_,
    update,
)

from haymarket.accounts.contacts import contacts
from haymarket.accounts.model import Caller
from haymarket.accounts.store import users
from haymarket.apps.model import App
from haymarket.apps.store import apps
from haymarket.lifecycle.store import moved_by_number
from haymarket.storage import Reading, Writing, new_id
from haymarket.storage.schema import Id, Moment, metadata
from haymarket.versions.store import versions
from haymarket.watch.model import EventName, Moved, Watcher, Webhook

watches = Table(
    "watches",
    metadata,
    Column("app_id", Id, ForeignKey("apps.id"), nullable=False),
    Column("user_id", Id, ForeignKey("users.id"), nullable=False),
    Column("since", Moment, nullable=False),
    Column("since_seq", BigInteger, nullable=False),
    PrimaryKeyConstraint("app_id", "user_id"),
)

webhooks = Table(
    "webhooks",
    metadata,
    Column("id", Id, primary_key=True),
    Column("vendor_id", Id, ForeignKey("vendors.id"), nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("events", JSON, nullable=False),
    Column("description", Text),
    Column("nonce", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("since_seq", BigInteger, nullable=False),
    sqlite_autoincrement=True,
)

_MINE = (watches.c.app_id == bindparam("app")) & (watches.c.user_id == bindparam("user"))
_WATCHES = select(watches.c.since).where(_MINE)
_ADD_WATCH = insert(watches)
_REMOVE_WATCH = delete(watches).where(_MINE)
_WATCHERS_OF_ALL = (
    select(users.c.id, users.c.email, users.c.is_admin, contacts.c.id.label("contact"))
    .select_from(watches)
    .join(users, users.c.id == watches.c.user_id)
    .join(apps, apps.c.id == watches.c.app_id)
    .outerjoin(
        contacts, (contacts.c.user_id == users.c.id) & (contacts.c.vendor_id == apps.c.vendor_id)
    )
    .where(users.c.is_active)
)
_WATCHERS_AFTER = (
    _WATCHERS_OF_ALL.where(watches.c.app_id == bindparam("app"))
    .where(watches.c.user_id > bindparam("after"), watches.c.since_seq < bindparam("seq"))
    .order_by(watches.c.user_id)
    .limit(bindparam("limit", type_=Integer))
)
_THESE = _WATCHERS_OF_ALL.add_columns(watches.c.app_id).where(
    tuple_(watches.c.app_id, watches.c.user_id).in_(bindparam("pairs", expanding=True))
)
_NAMES = select(versions.c.build, versions.c.name).where(
    versions.c.app_id == bindparam("app"), versions.c.build.in_(bindparam("builds", expanding=True))
)
_WEBHOOKS = (
    select(webhooks).where(webhooks.c.vendor_id == bindparam("vendor")).order_by(webhooks.c.id)
)


def is_watched(db: Reading, app: App, caller: Caller) -> bool:
    """Whether a user watches an app."""
    return db.row(_WATCHES, app=app.id, user=caller.id) is not None


def watch(db: Writing, app: App, caller: Caller) -> None:
    """Let a user watch an app; nothing changes for one who does already."""
    if not is_watched(db, app, caller):
        db.run(
            _ADD_WATCH,
            {"app_id": app.id, "user_id": caller.id, "since": db.now(), "since_seq": db.head()},
        )
    db.record("watch.begun", app.key, user=caller.id)


def unwatch(db: Writing, app: App, caller: Caller) -> None:
    """Let a user watch an app no longer."""
    db.run(_REMOVE_WATCH, {"app": app.id, "user": caller.id})
    db.record("watch.ended", app.key, user=caller.id)


def watchers_after(db: Reading, app_id: int, seq: int, user_id: int, limit: int) -> list[Watcher]:
    """The next active watchers of an app by the number of the user, at most `limit`.

    Only those are among them who watched already when the journal row `seq` was written.
    """
    rows = db.rows(_WATCHERS_AFTER, app=app_id, seq=seq, after=user_id, limit=limit)
    return [_watcher(row) for row in rows]


def get_watchers(db: Reading, pairs: Collection[tuple[int, int]]) -> dict[tuple[int, int], Watcher]:
    """The active users among pairs of an app's and a user's number who watch that app."""
    rows = db.rows(_THESE, pairs=list(pairs)) if pairs else []
    return {(row.app_id, row.id): _watcher(row) for row in rows}


def moved(db: Reading, numbers: Sequence[int]) -> list[Moved]:
    """The transitions with these numbers, in the order in which they happened."""
    return [Moved(number, each) for number, each in moved_by_number(db, numbers)]


def names_of_versions(db: Reading, app_id: int, builds: Collection[int | None]) -> dict[int, str]:
    """The names of some versions of an app, by build."""
    rows = db.rows(_NAMES, app=app_id, builds=list(builds)) if builds else []
    return {row.build: row.name for row in rows}


def list_webhooks(db: Reading, vendor_id: int) -> list[Webhook]:
    """The webhooks of a vendor, oldest first."""
    return [_webhook(row) for row in db.rows(_WEBHOOKS, vendor=vendor_id)]


def get_webhook(db: Reading, webhook_id: int) -> Webhook | None:
    """The webhook with a number."""
    row = db.row(select(webhooks).where(webhooks.c.id == webhook_id))
    return _webhook(row) if row else None


def add_webhook(db: Writing, webhook: Webhook) -> int:
    """Keep a new webhook; its `id` is given by the database and returned."""
    webhook_id = new_id(db.run(insert(webhooks).values(_values(webhook))))
    db.record("webhook.added", str(webhook.vendor_id), webhook=webhook_id)
    return webhook_id


def save_webhook(db: Writing, webhook: Webhook) -> None:
    """Write every fact of a webhook."""
    db.run(update(webhooks).where(webhooks.c.id == webhook.id).values(_values(webhook)))
    db.record("webhook.changed", str(webhook.vendor_id), webhook=webhook.id)


def remove_webhook(db: Writing, webhook: Webhook) -> None:
    """Take a webhook away; what still waits for it is dropped when its turn comes."""
    db.run(delete(webhooks).where(webhooks.c.id == webhook.id))
    db.record("webhook.removed", str(webhook.vendor_id), webhook=webhook.id)


def _values(webhook: Webhook) -> dict[str, Any]:
    return {
        "vendor_id": webhook.vendor_id,
        "url": webhook.url,
        "events": list(webhook.events),
        "description": webhook.description,
        "nonce": webhook.nonce,
        "created_at": webhook.created_at,
        "since_seq": webhook.since_seq,
    }


def _watcher(row: Row[Any]) -> Watcher:
    return Watcher(row.id, row.email, row.is_admin or row.contact is not None)


def _webhook(row: Row[Any]) -> Webhook:
    events: tuple[EventName, ...] = tuple(row.events)
    facts = {**row._mapping, "events": events}
    return Webhook(**facts)

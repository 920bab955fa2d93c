"""Access tokens of private apps in SQL: credentials of the hosts of customers (apps.md, C.26)."""

from secrets import compare_digest
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Row,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from haymarket.accounts.model import AppToken
from haymarket.storage import Reading, Writing, new_id
from haymarket.storage.schema import Id, Moment, metadata

app_tokens = Table(
    "app_tokens",
    metadata,
    Column("id", Id, primary_key=True),
    Column("app_id", Id, ForeignKey("apps.id"), nullable=False, index=True),
    Column("nonce", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
    Column("instance", Text),
    Column("created_at", Moment, nullable=False),
    Column("created_by", Id, ForeignKey("users.id")),
    Column("claimed_at", Moment),
)

_BY_HASH = select(app_tokens).where(app_tokens.c.hash == bindparam("hash"))
_OF_APP = (
    select(app_tokens).where(app_tokens.c.app_id == bindparam("app")).order_by(app_tokens.c.id)
)
_COUNT = select(func.count()).select_from(app_tokens).where(app_tokens.c.app_id == bindparam("app"))
_ADD = insert(app_tokens)
_CLAIM = (
    update(app_tokens)
    .where(app_tokens.c.id == bindparam("of"))
    .values(instance=bindparam("origin"), claimed_at=bindparam("moment"))
)
_DELETE = delete(app_tokens).where(app_tokens.c.id == bindparam("of"))


def get_app_token(db: Reading, hashed: str) -> AppToken | None:
    """The access token with a hash, whichever app it is of."""
    row = db.row(_BY_HASH, hash=hashed)
    found = _token(row) if row else None
    return found if found and compare_digest(found.hash, hashed) else None


def list_app_tokens(db: Reading, app_id: int) -> list[AppToken]:
    """The access tokens of an app, oldest first."""
    return [_token(row) for row in db.rows(_OF_APP, app=app_id)]


def count_app_tokens(db: Reading, app_id: int) -> int:
    """How many access tokens an app has."""
    return int(db.value(_COUNT, app=app_id))


def add_app_token(db: Writing, key: str, app_id: int, nonce: str, hashed: str) -> AppToken:
    """Keep a new access token of the app with this key: what it is derived from, and its hash."""
    values: dict[str, Any] = {
        "app_id": app_id,
        "nonce": nonce,
        "hash": hashed,
        "created_at": db.now(),
        "created_by": db.actor,
    }
    token = AppToken(new_id(db.run(_ADD, values)), **values)
    db.record("app_token.added", key, token=token.id)
    return token


def bind_app_token(db: Writing, key: str, token: AppToken, origin: str) -> None:
    """Bind an access token of the app with this key to the host with an origin."""
    db.run(_CLAIM, {"of": token.id, "origin": origin, "moment": db.now()})
    db.record("app_token.claimed", key, token=token.id, instance=origin)


def delete_app_token(db: Writing, key: str, token: AppToken) -> None:
    """Take an access token away from the app with this key."""
    db.run(_DELETE, {"of": token.id})
    db.record("app_token.deleted", key, token=token.id)


def delete_every_app_token(db: Writing) -> int:
    """Take every access token away; returns how many there were."""
    number = int(db.run(delete(app_tokens)).rowcount)
    db.record("app_tokens.deleted", "", number=number)
    return number


def _token(row: Row[Any]) -> AppToken:
    return AppToken(**row._mapping)

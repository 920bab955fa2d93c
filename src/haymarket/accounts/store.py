"""Users and their API tokens in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Row,
    Table,
    Text,
    bindparam,
    insert,
    select,
    update,
)

from haymarket.accounts.model import (
    ApiToken,
    Scope,
    User,
    normal_email,
)
from haymarket.storage import Reading, Writing, new_id
from haymarket.storage.schema import Id, Moment, metadata

users = Table(
    "users",
    metadata,
    Column("id", Id, primary_key=True),
    Column("email", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("is_admin", Boolean, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", Id, ForeignKey("users.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
    Column("scopes", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("last_used_at", Moment),
    Column("revoked_at", Moment),
)

_BY_EMAIL = select(users).where(users.c.email == bindparam("email"))


def get_user(db: Reading, email: str) -> User | None:
    """The user with an e-mail address, however it is written."""
    row = db.row(_BY_EMAIL, email=normal_email(email))
    return _user(row) if row else None


def list_users(db: Reading) -> list[User]:
    """Every user, by e-mail."""
    return [_user(row) for row in db.rows(select(users).order_by(users.c.email))]


def add_user(db: Writing, email: str, name: str, *, is_admin: bool = False) -> User:
    """A new user; the e-mail address must be free."""
    values: dict[str, Any] = {
        "email": normal_email(email),
        "name": name,
        "is_admin": is_admin,
        "is_active": True,
        "created_at": db.now(),
    }
    result = db.run(insert(users).values(values))
    user = User(new_id(result), values["email"], name, is_admin, True)
    db.record("user.added", user.email, admin=is_admin)
    return user


def save_user(db: Writing, user: User) -> None:
    """Write a user's name, rights and state."""
    values = {"name": user.name, "is_admin": user.is_admin, "is_active": user.is_active}
    db.run(update(users).where(users.c.id == user.id).values(values))
    db.record("user.changed", user.email, admin=user.is_admin, active=user.is_active)


def add_token(
    db: Writing,
    user: User,
    name: str,
    hashed: str,
    scopes: Sequence[Scope],
    expires_at: datetime | None = None,
) -> int:
    """Keep the hash of a new token; returns its id."""
    result = db.run(
        insert(api_tokens).values(
            user_id=user.id,
            name=name,
            hash=hashed,
            scopes=list(scopes),
            created_at=db.now(),
            expires_at=expires_at,
        )
    )
    db.record("token.added", user.email, name=name, scopes=list(scopes))
    return new_id(result)


def token_exists(db: Reading, hashed: str) -> bool:
    """Whether a token with this hash is kept."""
    return db.value(select(api_tokens.c.id).where(api_tokens.c.hash == hashed)) is not None


def list_tokens(db: Reading, user: User) -> list[ApiToken]:
    """A user's tokens, oldest first."""
    statement = select(api_tokens).where(api_tokens.c.user_id == user.id).order_by(api_tokens.c.id)
    return [_token(row) for row in db.rows(statement)]


def revoke_token(db: Writing, user: User, token_id: int) -> bool:
    """Make a token of this user useless; False when there is none with this id."""
    mine = (api_tokens.c.id == token_id) & (api_tokens.c.user_id == user.id)
    result = db.run(update(api_tokens).where(mine).values(revoked_at=db.now()))
    db.record("token.revoked", user.email, token=token_id)
    return bool(result.rowcount)


_TOKEN_OWNER = (
    select(users, *(column.label(f"token_{column.name}") for column in api_tokens.c))
    .join(api_tokens, api_tokens.c.user_id == users.c.id)
    .where(api_tokens.c.hash == bindparam("hash"), users.c.email == bindparam("email"))
)


def token_owner(db: Reading, email: str, hashed: str) -> tuple[User, ApiToken] | None:
    """The user and the token that a pair of credentials names; None unless both fit."""
    row = db.row(_TOKEN_OWNER, hash=hashed, email=normal_email(email))
    if row is None:
        return None
    found = {name.removeprefix("token_"): v for name, v in row._mapping.items() if "token_" in name}
    return _user(row), _token_from(found)


def mark_tokens_used(db: Writing, used: dict[int, datetime]) -> None:
    """Write when tokens were used last."""
    for token_id, at in sorted(used.items()):
        db.run(update(api_tokens).where(api_tokens.c.id == token_id).values(last_used_at=at))
    db.record("tokens.used", "", tokens=sorted(used))


def has_administrator(db: Reading) -> bool:
    """Whether anybody may administer this marketplace."""
    statement = select(users.c.id).where(users.c.is_admin, users.c.is_active).limit(1)
    return db.value(statement) is not None


def _user(row: Row[Any]) -> User:
    return User(row.id, row.email, row.name, row.is_admin, row.is_active)


def _token(row: Row[Any]) -> ApiToken:
    return _token_from(dict(row._mapping))


def _token_from(row: dict[str, Any]) -> ApiToken:
    return ApiToken(
        row["id"],
        row["user_id"],
        row["name"],
        tuple(row["scopes"]),
        row["created_at"],
        row["expires_at"],
        row["last_used_at"],
        row["revoked_at"],
    )

"""`haymarket user` and `haymarket token`: people and their credentials."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from haymarket import paths
from haymarket.accounts import store
from haymarket.accounts.model import USUAL_SCOPES, ApiToken, Scope, User, new_token, token_hash
from haymarket.commands.options import Json, Where, Yes, confirm, err, give_up, group, out, show
from haymarket.storage import Reading
from haymarket.vendors.model import EMAIL

user = group("user", "People with an account.")
token = group("token", "API tokens: what people sign in with.")


@user.command(name="add")
def add_user(
    email: str, name: str, /, *, where: Where | None = None, administrator: bool = False
) -> None:
    """Add a person.

    Parameters
    ----------
    email
        E-mail address: what the person signs in with.
    name
        Name as people read it.
    where
        Which marketplace.
    administrator
        Whether the person runs the marketplace: reviews apps, changes everything.
    """
    if not EMAIL.fullmatch(email) or ":" in email:
        give_up(f"{email} is not an e-mail address")
    with (where or Where()).storage() as storage, storage.writing(None) as db:
        if store.get_user(db, email):
            give_up(f"There is a user {email} already; see haymarket user change")
        added = store.add_user(db, email, name, is_admin=administrator)
    out.print(f"Added {added.email}", markup=False)
    err.print(f"Next: haymarket token add {added.email}", markup=False)


@user.command(name="list")
def list_users(*, where: Where | None = None, json: Json = False) -> None:
    """List everyone."""
    with (where or Where()).storage() as storage, storage.reading() as db:
        known = store.list_users(db)
    rows = [
        {
            "email": each.email,
            "name": each.name,
            "administrator": each.is_admin,
            "active": each.is_active,
        }
        for each in known
    ]
    show(rows, json, "There is nobody yet. Add somebody: haymarket user add")


@user.command(name="change")
def change_user(
    email: str,
    /,
    *,
    where: Where | None = None,
    name: str | None = None,
    administrator: bool | None = None,
) -> None:
    """Change a person's name, or whether he or she runs the marketplace.

    Parameters
    ----------
    email
        Whom to change.
    where
        Which marketplace.
    name
        Another name.
    administrator
        Whether the person runs the marketplace.
    """
    if name is None and administrator is None:
        give_up("There is nothing to change: say --name, --administrator or --no-administrator")
    with (where or Where()).storage() as storage, storage.writing(None) as db:
        known = a_user(db, email)
        wanted = known.is_admin if administrator is None else administrator
        if not wanted:
            _keep_an_administrator(db, known)
        store.save_user(db, replace(known, name=name or known.name, is_admin=wanted))
    out.print(f"Changed {known.email}", markup=False)


@user.command(name="disable")
def disable_user(email: str, /, *, where: Where | None = None, yes: Yes = False) -> None:
    """Lock a person out: none of their tokens is valid any more, until they are enabled again.

    Parameters
    ----------
    email
        Whom to lock out.
    where
        Which marketplace.
    """
    with (where or Where()).storage() as storage:
        with storage.reading() as db:
            known = a_user(db, email)
            _keep_an_administrator(db, known)
        confirm(f"Lock {known.name} ({known.email}) out?", yes)
        with storage.writing(None) as db:
            store.save_user(db, replace(a_user(db, email), is_active=False))
    out.print(f"Disabled {known.email}", markup=False)


@user.command(name="enable")
def enable_user(email: str, /, *, where: Where | None = None) -> None:
    """Let a person in again; the tokens that were not revoked or expired are valid again.

    Parameters
    ----------
    email
        Whom to let in.
    where
        Which marketplace.
    """
    with (where or Where()).storage() as storage, storage.writing(None) as db:
        known = a_user(db, email)
        store.save_user(db, replace(known, is_active=True))
    out.print(f"Enabled {known.email}", markup=False)


def _keep_an_administrator(db: Reading, known: User) -> None:
    others = (each for each in store.list_users(db) if each.id != known.id)
    if known.is_admin and not any(each.is_admin and each.is_active for each in others):
        give_up(
            f"{known.email} is the last administrator."
            " Make another one first: haymarket user change EMAIL --administrator"
        )


@token.command(name="add")
def add_token(
    email: str,
    /,
    *,
    where: Where | None = None,
    name: str = "command line",
    scope: list[Scope] | None = None,
    days: Annotated[int | None, Parameter(validator=Number(gte=1, lte=36_500))] = None,
) -> None:
    """Make a token for a person; it is shown this once, alone on the standard output.

    Parameters
    ----------
    email
        Whose token it is.
    where
        Which marketplace.
    name
        What it is for.
    scope
        What it is good for: to read, to change things, to use administrator rights; these three
        by default. A host application needs ingest, to send heartbeats. May be given several times.
    days
        How many days it is valid; for ever by default.
    """
    secret = new_token()
    with (where or Where()).storage() as storage, storage.writing(None) as db:
        owner = a_user(db, email)
        if not owner.is_active:
            give_up(f"{owner.email} is disabled; first: haymarket user enable {owner.email}")
        expires = None if days is None else db.now() + timedelta(days=days)
        store.add_token(db, owner, name, token_hash(secret), scope or list(USUAL_SCOPES), expires)
    out.print(secret, markup=False)
    err.print(
        "It is shown this once: keep it. Sign in with it:"
        f" curl --user {owner.email}:TOKEN https://…{paths.API}",
        markup=False,
    )


@token.command(name="list")
def list_tokens(email: str, /, *, where: Where | None = None, json: Json = False) -> None:
    """List a person's tokens, without the tokens themselves.

    Parameters
    ----------
    email
        Whose tokens.
    where
        Which marketplace.
    """
    with (where or Where()).storage() as storage, storage.reading() as db:
        owner, now = a_user(db, email), db.now()
        rows = [_told(each, now) for each in store.list_tokens(db, owner)]
    show(rows, json, f"{owner.email} has no token. Make one: haymarket token add {owner.email}")


def _told(each: ApiToken, now: datetime) -> dict[str, object]:
    expired = each.expires_at is not None and each.expires_at <= now
    return {
        "id": each.id,
        "name": each.name,
        "scopes": list(each.scopes),
        "state": "revoked" if each.revoked_at else "expired" if expired else "valid",
        "expires": _day(each.expires_at),
        "last_used": _day(each.last_used_at),
    }


def _day(moment: datetime | None) -> str | None:
    return moment.date().isoformat() if moment else None


@token.command(name="revoke")
def revoke_token(email: str, token_id: int, /, *, where: Where | None = None) -> None:
    """Make a token useless, at once and for ever.

    Parameters
    ----------
    email
        Whose token it is.
    token_id
        Its number, as haymarket token list shows it.
    where
        Which marketplace.
    """
    with (where or Where()).storage() as storage, storage.writing(None) as db:
        owner = a_user(db, email)
        if not store.revoke_token(db, owner, token_id):
            give_up(f"{owner.email} has no token {token_id}; see haymarket token list {email}")
    out.print(f"Revoked token {token_id} of {owner.email}", markup=False)


def a_user(db: Reading, email: str) -> User:
    """The user with an e-mail address; there being none ends the program."""
    found = store.get_user(db, email)
    if found is None:
        give_up(f"There is no user {email}; add one: haymarket user add")
    return found

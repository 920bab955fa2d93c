"""`haymarket user`, `token`, `vendor`: people, their credentials, and whom they act for."""

from datetime import timedelta
from typing import get_args

from cyclopts import App

from haymarket.accounts import store
from haymarket.accounts.model import (
    PERMISSIONS,
    SCOPES,
    Permission,
    Scope,
    User,
    new_token,
    token_hash,
)
from haymarket.commands.options import Where, give_up, out
from haymarket.storage import Reading
from haymarket.vendors.model import Vendor, problems_of_vendor
from haymarket.vendors.store import add_vendor, find_vendors, get_vendor

user = App(name="user", help="People with an account.")
token = App(name="token", help="API tokens: what people sign in with.")
vendor = App(name="vendor", help="Vendors and their contacts.")


@user.command(name="add")
def add_user(
    email: str, name: str, where: Where | None = None, *, administrator: bool = False
) -> None:
    """Add a person; give them a token with `haymarket token add`."""
    with (where or Where()).storage() as storage, storage.writing(None) as db:
        if store.get_user(db, email):
            give_up(f"There is a user {email} already")
        added = store.add_user(db, email, name, is_admin=administrator)
    out.print(f"Added {added.email}", markup=False)


@user.command(name="list")
def list_users(where: Where | None = None) -> None:
    """List everyone."""
    with (where or Where()).storage() as storage, storage.reading() as db:
        for each in store.list_users(db):
            rights = "administrator" if each.is_admin else ""
            state = "" if each.is_active else "disabled"
            out.print(f"{each.email}\t{each.name}\t{rights}\t{state}", markup=False)


@user.command(name="disable")
def disable_user(email: str, where: Where | None = None) -> None:
    """Lock a person out: none of their tokens is valid any more."""
    with (where or Where()).storage() as storage, storage.writing(None) as db:
        known = _user(db, email)
        store.save_user(db, User(known.id, known.email, known.name, known.is_admin, False))
    out.print(f"Disabled {known.email}", markup=False)


@token.command(name="add")
def add_token(
    email: str,
    where: Where | None = None,
    *,
    name: str = "command line",
    scope: list[Scope] | None = None,
    days: int | None = None,
) -> None:
    """Make a token for a person; it is shown this once.

    Parameters
    ----------
    email
        Whose token it is.
    where
        Which marketplace.
    name
        What it is for.
    scope
        read, write or administer; all of them by default.
    days
        How many days it is valid; for ever by default.
    """
    secret = new_token()
    with (where or Where()).storage() as storage, storage.writing(None) as db:
        expires = None if days is None else db.now() + timedelta(days=days)
        scopes = scope or list(SCOPES)
        store.add_token(db, _user(db, email), name, token_hash(secret), scopes, expires)
    out.print(secret, markup=False)


@token.command(name="list")
def list_tokens(email: str, where: Where | None = None) -> None:
    """List a person's tokens, without the tokens themselves."""
    with (where or Where()).storage() as storage, storage.reading() as db:
        for each in store.list_tokens(db, _user(db, email)):
            valid = "valid" if each.is_valid(db.now()) else "not valid"
            used = each.last_used_at.isoformat() if each.last_used_at else "never used"
            told = f"{each.id}\t{each.name}\t{','.join(each.scopes)}\t{valid}\t{used}"
            out.print(told, markup=False)


@token.command(name="revoke")
def revoke_token(email: str, token_id: int, where: Where | None = None) -> None:
    """Make a token useless, at once."""
    with (where or Where()).storage() as storage, storage.writing(None) as db:
        if not store.revoke_token(db, _user(db, email), token_id):
            give_up(f"{email} has no token {token_id}")
    out.print(f"Revoked token {token_id}", markup=False)


@vendor.command(name="add")
def new_vendor(name: str, email: str, administrator: str, where: Where | None = None) -> None:
    """Add a vendor with a first contact, who may do everything for it.

    Parameters
    ----------
    name
        Name of the vendor.
    email
        Address of the vendor.
    administrator
        E-mail address of a user: the first contact.
    where
        Which marketplace.
    """
    made = Vendor(0, name, email)
    for problem in problems_of_vendor(made)[:1]:
        give_up(f"{(problem.path or '')[1:]}: {problem.message}")
    with (where or Where()).storage() as storage, storage.writing(None) as db:
        contact = _user(db, administrator)
        vendor_id = add_vendor(db, made)
        store.set_contact(db, vendor_id, contact, PERMISSIONS)
    out.print(f"Added vendor {vendor_id}", markup=False)


@vendor.command(name="list")
def list_vendors(where: Where | None = None, *, text: str | None = None) -> None:
    """List vendors, those with a text in their name if one is given."""
    with (where or Where()).storage() as storage, storage.reading() as db:
        found, _ = find_vendors(db, text, None, False, 0, 10_000)
        for each in found:
            out.print(f"{each.id}\t{each.name}\t{each.email}", markup=False)


@vendor.command(name="contact")
def set_contact(
    vendor_id: int,
    email: str,
    where: Where | None = None,
    *,
    permission: list[Permission] | None = None,
) -> None:
    """Let a person act for a vendor, with all permissions or those that are named."""
    allowed = ", ".join(get_args(Permission))
    with (where or Where()).storage() as storage, storage.writing(None) as db:
        if get_vendor(db, vendor_id) is None:
            give_up(f"There is no vendor {vendor_id}")
        store.set_contact(db, vendor_id, _user(db, email), permission or PERMISSIONS)
    out.print(f"{email} may {', '.join(permission or []) or allowed}", markup=False)


def _user(db: Reading, email: str) -> User:
    found = store.get_user(db, email)
    if found is None:
        give_up(f"There is no user {email}; add one: haymarket user add")
    return found

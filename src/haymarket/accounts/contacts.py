"""Contacts in SQL: the users who may act for a vendor, and what each may do there."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Row,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from haymarket.accounts.model import Contact, Permission, Role, User
from haymarket.accounts.store import users
from haymarket.storage import Reading, Writing, new_id
from haymarket.storage.schema import Id, metadata

contacts = Table(
    "contacts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("vendor_id", Id, ForeignKey("vendors.id"), nullable=False),
    Column("user_id", Id, ForeignKey("users.id"), nullable=False, index=True),
    Column("permissions", JSON, nullable=False),
    Column("roles", JSON, nullable=False),
    UniqueConstraint("vendor_id", "user_id"),
)


_PERMISSIONS = select(contacts.c.vendor_id, contacts.c.permissions).where(
    contacts.c.user_id == bindparam("user")
)


def permissions_of(db: Reading, user_id: int) -> dict[int, frozenset[str]]:
    """What a user may do, for each vendor whose contact he or she is."""
    rows = db.rows(_PERMISSIONS, user=user_id)
    return {row.vendor_id: frozenset(row.permissions) for row in rows}


def list_contacts(db: Reading, vendor_id: int) -> list[Contact]:
    """The contacts of a vendor, oldest first."""
    statement = (
        select(contacts, users.c.email, users.c.name)
        .join(users, users.c.id == contacts.c.user_id)
        .where(contacts.c.vendor_id == vendor_id)
        .order_by(contacts.c.id)
    )
    return [_contact(row) for row in db.rows(statement)]


def set_contact(
    db: Writing,
    vendor_id: int,
    user: User,
    permissions: Sequence[Permission],
    roles: Sequence[Role] = (),
) -> int:
    """Make a user a contact of a vendor, or change what this contact may do; returns its id."""
    mine = (contacts.c.vendor_id == vendor_id) & (contacts.c.user_id == user.id)
    values = {"permissions": list(permissions), "roles": list(roles)}
    known = db.value(select(contacts.c.id).where(mine))
    if known is None:
        values |= {"vendor_id": vendor_id, "user_id": user.id}
        known = new_id(db.run(insert(contacts).values(values)))
    else:
        db.run(update(contacts).where(mine).values(values))
    db.record("contact.set", str(vendor_id), user=user.email, permissions=list(permissions))
    return int(known)


def remove_contact(db: Writing, contact: Contact) -> None:
    """Take a contact away from a vendor."""
    db.run(delete(contacts).where(contacts.c.id == contact.id))
    db.record("contact.removed", str(contact.vendor_id), user=contact.email)


def _contact(row: Row[Any]) -> Contact:
    return Contact(
        row.id,
        row.vendor_id,
        row.user_id,
        row.email,
        row.name,
        tuple(row.permissions),
        tuple(row.roles),
    )

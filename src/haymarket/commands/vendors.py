"""`haymarket vendor`: vendors, and who acts for them."""

from typing import get_args

from haymarket.accounts import contacts
from haymarket.accounts.model import PERMISSIONS, Permission
from haymarket.commands.options import Json, Where, give_up, group, out, show
from haymarket.commands.people import a_user
from haymarket.storage import Reading
from haymarket.vendors.model import Vendor, problems_of_vendor
from haymarket.vendors.store import add_vendor, find_vendors, get_vendor

MOST = 1_000_000

vendor = group("vendor", "Vendors and their contacts.")


@vendor.command(name="add")
def new_vendor(name: str, email: str, administrator: str, /, *, where: Where | None = None) -> None:
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
        contact = a_user(db, administrator)
        vendor_id = add_vendor(db, made)
        contacts.set_contact(db, vendor_id, contact, PERMISSIONS)
    out.print(f"Added vendor {vendor_id}", markup=False)


@vendor.command(name="list")
def list_vendors(
    *, where: Where | None = None, text: str | None = None, json: Json = False
) -> None:
    """List vendors.

    Parameters
    ----------
    where
        Which marketplace.
    text
        Only those with this text in their name.
    """
    with (where or Where()).storage() as storage, storage.reading() as db:
        found, _ = find_vendors(db, text, None, False, 0, MOST)
    rows = [{"id": each.id, "name": each.name, "email": each.email} for each in found]
    nothing = "There is no such vendor" if text else "There is no vendor yet: haymarket vendor add"
    show(rows, json, nothing)


@vendor.command(name="contact")
def set_contact(
    vendor_id: int,
    email: str,
    /,
    *,
    where: Where | None = None,
    permission: list[Permission] | None = None,
) -> None:
    """Let a person act for a vendor, or change what this contact may do.

    Parameters
    ----------
    vendor_id
        Number of the vendor, as haymarket vendor list shows it.
    email
        E-mail address of a user.
    where
        Which marketplace.
    permission
        What the contact may do; everything by default. May be given several times.
    """
    given = permission or list(PERMISSIONS)
    with (where or Where()).storage() as storage, storage.writing(None) as db:
        _known(db, vendor_id)
        contact = a_user(db, email)
        if "administer-vendor" not in given:
            _keep_an_administrator(db, vendor_id, contact.id)
        roles = [
            each.roles
            for each in contacts.list_contacts(db, vendor_id)
            if each.user_id == contact.id
        ]
        contacts.set_contact(db, vendor_id, contact, given, roles[0] if roles else ())
    told = "do everything" if set(given) == set(get_args(Permission)) else ", ".join(given)
    out.print(f"{contact.email} may {told} for vendor {vendor_id}", markup=False)


@vendor.command(name="contacts")
def list_contacts(vendor_id: int, /, *, where: Where | None = None, json: Json = False) -> None:
    """List who acts for a vendor.

    Parameters
    ----------
    vendor_id
        Number of the vendor, as haymarket vendor list shows it.
    where
        Which marketplace.
    """
    with (where or Where()).storage() as storage, storage.reading() as db:
        _known(db, vendor_id)
        found = contacts.list_contacts(db, vendor_id)
    rows = [
        {"email": each.email, "name": each.name, "permissions": list(each.permissions)}
        for each in found
    ]
    show(rows, json, f"Nobody acts for vendor {vendor_id}: haymarket vendor contact {vendor_id}")


def _known(db: Reading, vendor_id: int) -> None:
    if get_vendor(db, vendor_id) is None:
        give_up(f"There is no vendor {vendor_id}; see haymarket vendor list")


def _keep_an_administrator(db: Reading, vendor_id: int, user_id: int) -> None:
    others = (each for each in contacts.list_contacts(db, vendor_id) if each.user_id != user_id)
    if not any("administer-vendor" in each.permissions for each in others):
        give_up("One contact of a vendor has the permission administer-vendor; this is the last")

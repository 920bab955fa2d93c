"""Adds, changes and removes contacts; a vendor always keeps one who administers it."""

from haymarket.accounts import contacts
from haymarket.accounts import store as accounts
from haymarket.accounts.model import Contact, normal_email
from haymarket.errors import Invalid, NotFound
from haymarket.storage import Reading, Writing
from haymarket.vendors.contact_wire import VendorContactInput
from haymarket.vendors.model import keeps_an_administrator


def existing_contact(db: Reading, vendor_id: int, contact_id: int) -> Contact:
    """The contact of a vendor with a number. Raises NotFound."""
    for contact in contacts.list_contacts(db, vendor_id):
        if contact.id == contact_id:
            return contact
    raise NotFound(f"The vendor {vendor_id} has no contact {contact_id}")


def add_contact(db: Writing, vendor_id: int, asked: VendorContactInput) -> Contact:
    """Make a user a contact. Raises Invalid for an unknown user, and for one who is already."""
    if asked.username is None:
        raise Invalid("username is required", "/username")
    user = None if "\0" in asked.username else accounts.get_user(db, asked.username)
    if user is None:
        raise Invalid("There is no user with this e-mail address", "/username")
    if any(each.user_id == user.id for each in contacts.list_contacts(db, vendor_id)):
        raise Invalid(f"{user.email} is a contact of this vendor already", "/username")
    contact = Contact(0, vendor_id, user.id, user.email, user.name, (), ())
    return _keep(db, contact, asked)


def change_contact(db: Writing, contact: Contact, asked: VendorContactInput) -> Contact:
    """Replace what a contact may do. Raises Invalid for the username of somebody else."""
    if asked.username is not None and normal_email(asked.username) != contact.email:
        raise Invalid("The user of a contact can not be changed", "/username")
    return _keep(db, contact, asked)


def remove_contact(db: Writing, contact: Contact) -> None:
    """Take a contact away. Raises Invalid for the last who administers the vendor."""
    contacts.remove_contact(db, contact)
    _require_administrator(db, contact.vendor_id, None)


def _keep(db: Writing, contact: Contact, asked: VendorContactInput) -> Contact:
    permissions = tuple(dict.fromkeys(asked.permissions))
    roles = tuple(dict.fromkeys(asked.roles))
    if not permissions:
        raise Invalid("A contact needs at least one permission", "/permissions")
    user = accounts.get_user(db, contact.email)
    if user is None:
        raise NotFound(f"There is no user {contact.email}")
    contact_id = contacts.set_contact(db, contact.vendor_id, user, permissions, roles)
    _require_administrator(db, contact.vendor_id, "/permissions")
    return existing_contact(db, contact.vendor_id, contact_id)


def _require_administrator(db: Writing, vendor_id: int, path: str | None) -> None:
    if not keeps_an_administrator(contacts.list_contacts(db, vendor_id)):
        raise Invalid("A vendor needs a contact with the permission administer-vendor", path)

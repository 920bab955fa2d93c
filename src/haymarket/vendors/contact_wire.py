"""Contacts of vendors as documents (related.md, 8)."""

from collections.abc import Sequence

from msgspec import field

from haymarket import paths
from haymarket.accounts.model import Contact, Permission, Role
from haymarket.hal import Link, LinkTemplate, Wire, page
from haymarket.vendors import model


class VendorContactLinks(Wire):
    """Links of a contact; `alternate` is the page of the vendor."""

    self_: Link = field(name="self")
    alternate: Link


class VendorContact(Wire, kw_only=True):
    """A contact. Strangers see the display name only."""

    links: VendorContactLinks = field(name="_links")
    username: str | None = None
    display_name: str
    email: str | None = None
    permissions: list[Permission] | None = None
    roles: list[Role] | None = None


class VendorContactListLinks(Wire):
    """Links of a page of contacts."""

    self_: Link = field(name="self")
    query: LinkTemplate
    next: Link | None = None
    prev: Link | None = None


class VendorContactList(Wire):
    """A page of contacts, which stand at the top; `count` is how many there are on all pages."""

    links: VendorContactListLinks = field(name="_links")
    contacts: list[VendorContact]
    count: int


class VendorContactInput(Wire):
    """What is written of a contact; `username` is the e-mail address of a user."""

    username: str | None = None
    permissions: list[Permission] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)


def contact_path(contact: Contact) -> str:
    """The address of a contact."""
    return paths.vendor_part(contact.vendor_id, f"contacts/{contact.id}")


def to_public(vendor: model.Vendor, contact: Contact) -> VendorContact:
    """A contact as everyone may see it."""
    links = VendorContactLinks(
        self_=Link(contact_path(contact)),
        alternate=page(paths.vendor_page(vendor.id, vendor.name)),
    )
    return VendorContact(links=links, display_name=contact.name)


def to_wire(vendor: model.Vendor, contact: Contact) -> VendorContact:
    """A contact as the vendor and administrators see it."""
    shown = to_public(vendor, contact)
    shown.username = shown.email = contact.email
    shown.permissions = list(contact.permissions)
    shown.roles = list(contact.roles)
    return shown


def to_list(
    contacts: Sequence[VendorContact], count: int, links: VendorContactListLinks
) -> VendorContactList:
    """A page of contacts."""
    return VendorContactList(links=links, contacts=list(contacts), count=count)

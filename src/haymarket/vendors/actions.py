"""Reads what is written of a vendor, and keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from msgspec import to_builtins

from haymarket import paths
from haymarket.accounts import store as accounts
from haymarket.accounts.contacts import set_contact
from haymarket.accounts.model import PERMISSIONS, Caller
from haymarket.assets import store as assets
from haymarket.assets.actions import resolve_image
from haymarket.assets.files import Files
from haymarket.errors import Invalid, Unauthorized
from haymarket.settings import Settings
from haymarket.storage import Storage, Writing
from haymarket.vendors import schemas, store, wire
from haymarket.vendors.model import Vendor, problems_of_vendor
from haymarket.web.bodies import shape
from haymarket.web.patching import apply_patch

NEW = Vendor(0, "", "")


@dataclass(frozen=True)
class Wanted:
    """A vendor as it was asked for, still with the logo of before; and that which it wants."""

    vendor: Vendor
    logo: str | None

    @property
    def new_logo(self) -> str | None:
        """The address of a logo that is new to the vendor; None when it keeps or drops its own."""
        own = self.vendor.logo
        if self.logo is None or own is None:
            return self.logo
        return None if paths.last_segment(self.logo, paths.ASSETS) == own else self.logo


def read_vendor(caller: Caller, document: Any, before: Vendor = NEW) -> Wanted:
    """The vendor of a request document. Members that the caller may not write are ignored.

    Raises Invalid with every problem of the texts.
    """
    asked = shape(document, schemas.CreateVendorRepresentation)
    vendor = wire.from_wire(asked, before)
    if caller.is_admin:
        vendor = wire.decided(shape(document, schemas.VendorDecisions), vendor)
    found = problems_of_vendor(vendor)
    if found:
        raise Invalid(found[0].message, found[0].path, problems=tuple(found))
    return Wanted(vendor, None if asked.links.logo is None else asked.links.logo.href)


def patched_vendor(
    caller: Caller, before: Vendor, operations: list[dict[str, Any]], base_url: str
) -> Wanted:
    """`read_vendor` of the document that a patch makes of a vendor's representation."""
    document = to_builtins(wire.to_wire(before, base_url, for_contact=True))
    ignored = wire.READ_ONLY if caller.is_admin else wire.READ_ONLY + wire.DECIDED
    return read_vendor(caller, apply_patch(document, operations, ignored), before)


def resolve_logo(
    storage: Storage, files: Files, settings: Settings, caller: Caller, wanted: Wanted
) -> dict[str, str]:
    """The asset's name by the address of a new logo; empty without one. Raises Invalid.

    It may fetch and keep an image, so it is called before the transaction that needs it.
    """
    href = wanted.new_logo
    if href is None:
        return {}
    return {href: resolve_image(storage, files, settings, caller, href, "logo", "/_links/logo")}


def with_logo(wanted: Wanted, resolved: Mapping[str, str]) -> Vendor:
    """The vendor with the logo that it wants; `resolved` has the name of a new one."""
    if wanted.logo is None:
        return replace(wanted.vendor, logo=None)
    return replace(wanted.vendor, logo=resolved.get(wanted.logo, wanted.vendor.logo))


def add_vendor(db: Writing, caller: Caller, vendor: Vendor) -> Vendor:
    """Keep a new vendor, whose first contact is the caller, with all permissions."""
    user = accounts.get_user(db, caller.email)
    if user is None:
        raise Unauthorized("The account of the caller is gone")
    vendor = replace(vendor, id=store.add_vendor(db, vendor))
    set_contact(db, vendor.id, user, PERMISSIONS, ("primary",))
    _use_logo(db, vendor)
    return vendor


def save_vendor(db: Writing, vendor: Vendor) -> None:
    """Write a vendor that was changed."""
    store.save_vendor(db, vendor)
    _use_logo(db, vendor)


def _use_logo(db: Writing, vendor: Vendor) -> None:
    assets.set_uses(db, f"vendor:{vendor.id}", [vendor.logo] if vendor.logo else [])

"""Vendors as documents, out and in (related.md, 8)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from msgspec import convert, to_builtins

from haymarket import paths
from haymarket.hal import ImageAssetSummary, Link, image_summary, page
from haymarket.vendors import model, schemas
from haymarket.vendors.schemas import (
    CreateVendorRepresentation,
    Vendor,
    VendorCollection,
    VendorDecisions,
    VendorSummary,
)

__all__ = [
    "DECIDED",
    "READ_ONLY",
    "CreateVendorRepresentation",
    "Vendor",
    "VendorCollection",
    "VendorDecisions",
    "VendorSummary",
    "decided",
    "from_wire",
    "summary",
    "to_collection",
    "to_wire",
]

READ_ONLY = (
    "/id",
    "/isAtlassian",
    "/cloudSecurity",
    "/solutionPartner",
    "/_embedded",
    *(f"/_links/{name}" for name in schemas.VendorLinks.__struct_encode_fields__ if name != "logo"),
)
"""Pointers of a vendor that no patch changes."""
DECIDED = ("/verifiedStatus", "/programs")
"""Pointers that only the patches of administrators change."""


def summary(vendor: model.Vendor, base_url: str, for_contact: bool) -> VendorSummary:
    """A vendor as other documents embed it; with `edit` for its contacts."""
    return VendorSummary(
        links=schemas.VendorSummaryLinks(
            self_=Link(paths.vendor(vendor.id)),
            alternate=page(paths.vendor_page(vendor.id, vendor.name)),
            edit=page(paths.manage_vendor(vendor.id)) if for_contact else None,
            logo=_logo_link(vendor),
        ),
        embedded=schemas.VendorSummaryEmbedded(logo=_logo(vendor, base_url)),
        name=vendor.name,
        programs=_programs(vendor),
    )


def to_wire(vendor: model.Vendor, base_url: str, for_contact: bool) -> Vendor:
    """A vendor as the wire shows it; with `edit` and its reports for its contacts."""
    return Vendor(
        links=_links_for_contact(vendor) if for_contact else _links(vendor),
        embedded=schemas.VendorEmbedded(logo=_logo(vendor, base_url)),
        name=vendor.name,
        id=vendor.id,
        description=vendor.description,
        address=None if vendor.address is None else convert(vendor.address, schemas.Address),
        email=vendor.email,
        phone=vendor.phone,
        vendor_links=convert(vendor.links, schemas.VendorExternalLinks),
        support_details=convert(vendor.support_details, schemas.VendorSupportDetails),
        other_contact_details=vendor.other_contact_details,
        verified_status=vendor.verified_status,
        programs=_programs(vendor),
        is_atlassian=vendor.is_atlassian,
    )


def from_wire(asked: CreateVendorRepresentation, before: model.Vendor) -> model.Vendor:
    """`before` with all that a vendor writes of itself, but for the logo."""
    return replace(
        before,
        name=asked.name,
        email=asked.email,
        description=asked.description,
        phone=asked.phone,
        address=None if asked.address is None else to_builtins(asked.address),
        other_contact_details=asked.other_contact_details,
        links=to_builtins(asked.vendor_links),
        support_details=to_builtins(asked.support_details),
    )


def decided(decisions: VendorDecisions, before: model.Vendor) -> model.Vendor:
    """`before` with what an administrator decided."""
    top = decisions.programs.top_vendor
    return replace(
        before,
        verified_status=decisions.verified_status,
        top_vendor_status=None if top is None else top.status,
    )


def to_collection(
    vendors: Sequence[VendorSummary], count: int, links: schemas.VendorCollectionLinks
) -> VendorCollection:
    """A page of vendors."""
    embedded = schemas.VendorCollectionEmbedded(vendors=list(vendors))
    return VendorCollection(links=links, embedded=embedded, count=count)


def _links(vendor: model.Vendor, **more: Link) -> schemas.VendorLinks:
    links: dict[str, Any] = {
        "alternate": page(paths.vendor_page(vendor.id, vendor.name)),
        "addons": Link(paths.apps_of_vendor(vendor.id)),
        "archived_addons": Link(paths.archived_of_vendor(vendor.id)),
        "contacts": Link(paths.vendor_part(vendor.id, "contacts")),
        "logo": _logo_link(vendor),
    }
    return schemas.VendorLinks(self_=Link(paths.vendor(vendor.id)), **links, **more)


def _links_for_contact(vendor: model.Vendor) -> schemas.VendorLinks:
    reporting = paths.vendor_part(vendor.id, "reporting")
    return _links(
        vendor,
        sales=Link(f"{reporting}/sales/transactions"),
        sales_report=Link(f"{reporting}/sales/transactions/export"),
        license_report=Link(f"{reporting}/licenses/export"),
        reporting=Link(reporting),
        edit=page(paths.manage_vendor(vendor.id)),
    )


def _logo_link(vendor: model.Vendor) -> Link | None:
    return None if vendor.logo is None else Link(paths.asset(vendor.logo))


def _logo(vendor: model.Vendor, base_url: str) -> ImageAssetSummary | None:
    return None if vendor.logo is None else image_summary(base_url, vendor.logo)


def _programs(vendor: model.Vendor) -> schemas.VendorPrograms:
    status = vendor.top_vendor_status
    top = None if status is None else schemas.TopVendor(status=status)
    return schemas.VendorPrograms(top_vendor=top)

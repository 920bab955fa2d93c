"""Vendors in SQL; their contacts are kept by `accounts`."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Row,
    Table,
    Text,
    bindparam,
    func,
    insert,
    select,
    true,
    update,
)

from haymarket.storage import Reading, Writing
from haymarket.storage.schema import Id, metadata
from haymarket.vendors.model import Vendor

vendors = Table(
    "vendors",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("folded_name", Text, nullable=False, index=True),
    Column("email", Text, nullable=False),
    Column("description", Text),
    Column("phone", Text),
    Column("address", JSON(none_as_null=True)),
    Column("other_contact_details", Text),
    Column("links", JSON, nullable=False),
    Column("support_details", JSON, nullable=False),
    Column("logo", Text),
    Column("verified_status", Text, nullable=False),
    Column("top_vendor_status", Text),
    Column("is_atlassian", Boolean, nullable=False),
)

LARGEST_ID = 2**63 - 1
FACTS = tuple(name for name in Vendor.__dataclass_fields__ if name != "id")

_BY_IDS = select(vendors).where(vendors.c.id.in_(bindparam("ids", expanding=True)))
_ADD = insert(vendors)


def get_vendor(db: Reading, vendor_id: int) -> Vendor | None:
    """The vendor with a number."""
    if not 0 < vendor_id <= LARGEST_ID:
        return None
    return vendors_by_id(db, [vendor_id]).get(vendor_id)


def vendors_by_id(db: Reading, ids: Collection[int]) -> dict[int, Vendor]:
    """The vendors with these numbers."""
    rows = db.rows(_BY_IDS, ids=sorted(ids)) if ids else []
    return {row.id: _vendor(row) for row in rows}


def find_vendors(
    db: Reading,
    text: str | None,
    vendor_ids: Collection[int] | None,
    exclude_atlassian: bool,
    offset: int,
    limit: int,
) -> tuple[list[Vendor], int]:
    """A page of vendors by name, and how many there are.

    `text` is looked for inside of names, whatever the case. `vendor_ids` limits to these vendors.
    """
    condition = _with_text(text or "")
    if vendor_ids is not None:
        condition &= vendors.c.id.in_(sorted(vendor_ids))
    if exclude_atlassian:
        condition &= vendors.c.is_atlassian.is_(False)
    count = db.value(select(func.count()).select_from(vendors).where(condition))
    ordered = select(vendors).where(condition).order_by(vendors.c.folded_name, vendors.c.id)
    return [_vendor(row) for row in db.rows(ordered.offset(offset).limit(limit))], int(count)


def add_vendor(db: Writing, vendor: Vendor) -> int:
    """Keep a new vendor under its number, or the next one when that is 0; returns it.

    Numbers are counted here and not by the engine, so that those which a loader brings along
    never collide with later ones; there is one writer at a time.
    """
    vendor_id = vendor.id or int(db.value(select(func.coalesce(func.max(vendors.c.id), 0)))) + 1
    db.run(_ADD, {"id": vendor_id, **_values(vendor)})
    db.record("vendor.added", str(vendor_id), name=vendor.name)
    return vendor_id


def save_vendor(db: Writing, vendor: Vendor) -> None:
    """Write every fact of a vendor."""
    db.run(update(vendors).where(vendors.c.id == vendor.id).values(_values(vendor)))
    db.record("vendor.changed", str(vendor.id), name=vendor.name)


def _with_text(text: str) -> ColumnElement[bool]:
    # SQLite folds the case of ASCII only, so names are kept folded; PostgreSQL knows no NUL.
    folded = text.casefold().replace("\0", "\ufffd")
    return vendors.c.folded_name.contains(folded, autoescape=True) if folded else true()


def _values(vendor: Vendor) -> dict[str, Any]:
    values = {name: getattr(vendor, name) for name in FACTS}
    return values | {"folded_name": vendor.name.casefold()}


def _vendor(row: Row[Any]) -> Vendor:
    return Vendor(row.id, **{name: getattr(row, name) for name in FACTS})

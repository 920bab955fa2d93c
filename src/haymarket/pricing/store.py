"""Price lists in SQL."""

from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    bindparam,
    func,
    insert,
    select,
    update,
)

from haymarket.accounts.store import users
from haymarket.pricing.model import Kind, PriceList
from haymarket.pricing.tiers import Price, Prices, Role
from haymarket.storage import Reading, Writing, new_id
from haymarket.storage.schema import Id, Moment, metadata

price_lists = Table(
    "price_lists",
    metadata,
    Column("id", Id, primary_key=True),
    Column("app_id", Id, ForeignKey("apps.id"), nullable=False),
    Column("hosting", Text, nullable=False),
    Column("boundary", Text),
    Column("submitted_at", Moment, nullable=False),
    Column("submitted_by", Id),
    Column("awaits_approval", Boolean, nullable=False),
    Column("replaced_at", Moment),
    Column("items", JSON, nullable=False),
    Column("per_unit_items", JSON, nullable=False),
    Column("expert_discount_opt_out", Boolean, nullable=False),
    Column("role", JSON(none_as_null=True)),
    Index("ix_price_lists_app_id_id", "app_id", "id"),
    Index("ix_price_lists_app_id_replaced_at", "app_id", "replaced_at"),
)

_OF_APP = price_lists.c.app_id == bindparam("app")
_CURRENT = (
    select(price_lists)
    .where(_OF_APP, price_lists.c.replaced_at.is_(None))
    .order_by(price_lists.c.id)
)
_ADD = insert(price_lists)
_REPLACE = (
    update(price_lists)
    .where(price_lists.c.id == bindparam("list"))
    .values(replaced_at=bindparam("moment"))
)
_COUNT = select(func.count()).select_from(price_lists).where(_OF_APP)
_HISTORY = (
    select(price_lists, users.c.email)
    .outerjoin(users, users.c.id == price_lists.c.submitted_by)
    .where(_OF_APP)
    .order_by(price_lists.c.id.desc())
    .offset(bindparam("offset", type_=Integer))
    .limit(bindparam("limit", type_=Integer))
)


def current_lists(db: Reading, app_id: int) -> list[PriceList]:
    """The lists of an app that were not replaced, of every kind: a few, however many there were."""
    return [_price_list(row) for row in db.rows(_CURRENT, app=app_id)]


def lists_of_kind(db: Reading, app_id: int, kind: Kind) -> list[PriceList]:
    """Those of one kind."""
    return [one for one in current_lists(db, app_id) if one.kind == kind]


def history(
    db: Reading, app_id: int, offset: int, limit: int
) -> tuple[list[tuple[PriceList, str | None]], int]:
    """A page of all lists of an app, newest first, and how many there are.

    Each comes with the e-mail address of who submitted it; None for the operator.
    """
    rows = db.rows(_HISTORY, app=app_id, offset=offset, limit=limit)
    return [(_price_list(row), row.email) for row in rows], int(db.value(_COUNT, app=app_id))


def add_list(db: Writing, app_key: str, new: PriceList) -> PriceList:
    """Keep a new list of the app with this key; returns it with its number."""
    kept = replace(new, id=new_id(db.run(_ADD, _values(new))))
    told = {"app": new.app_id, "list": kept.id, "hosting": new.kind.hosting}
    db.record("prices.submitted", app_key, **told, boundary=new.kind.boundary)
    return kept


def replace_list(db: Writing, one: PriceList, since: datetime) -> None:
    """Write since when another list stands in the place of one."""
    db.run(_REPLACE, {"list": one.id, "moment": since})


def _values(one: PriceList) -> dict[str, Any]:
    prices = one.prices
    return {
        "app_id": one.app_id,
        "hosting": one.kind.hosting,
        "boundary": one.kind.boundary,
        "submitted_at": one.submitted_at,
        "submitted_by": one.submitted_by,
        "awaits_approval": one.awaits_approval,
        "replaced_at": one.replaced_at,
        "items": [_kept(price) for price in prices.items],
        "per_unit_items": [_kept(price) for price in prices.per_unit],
        "expert_discount_opt_out": prices.expert_discount_opt_out,
        "role": asdict(prices.role) if prices.role else None,
    }


def _kept(price: Price) -> dict[str, Any]:
    return asdict(price) | {"amount": str(price.amount)}


def _price_list(row: Row[Any]) -> PriceList:
    prices = Prices(
        tuple(_price(each) for each in row.items),
        tuple(_price(each) for each in row.per_unit_items),
        row.expert_discount_opt_out,
        Role(**row.role) if row.role else None,
    )
    return PriceList(
        row.id,
        row.app_id,
        Kind(row.hosting, row.boundary),
        prices,
        row.submitted_at,
        row.submitted_by,
        row.awaits_approval,
        row.replaced_at,
    )


def _price(kept: dict[str, Any]) -> Price:
    return Price(**(kept | {"amount": Decimal(kept["amount"])}))

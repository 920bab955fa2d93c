"""Licence types in SQL."""

from typing import Any

from sqlalchemy import Column, Row, Table, Text, delete, insert, select

from haymarket.licences.model import LicenceType
from haymarket.storage import Reading, Writing
from haymarket.storage.schema import metadata

licence_types = Table(
    "licence_types",
    metadata,
    Column("key", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("url", Text),
)


def list_licence_types(db: Reading) -> list[LicenceType]:
    """Every licence type, by key."""
    return [_licence_type(row) for row in db.rows(select(licence_types).order_by("key"))]


def get_licence_type(db: Reading, key: str) -> LicenceType | None:
    """One licence type."""
    row = db.row(select(licence_types).where(licence_types.c.key == key))
    return _licence_type(row) if row else None


def save_licence_type(db: Writing, licence: LicenceType) -> None:
    """Add or replace a licence type."""
    db.run(delete(licence_types).where(licence_types.c.key == licence.key))
    db.run(insert(licence_types).values(key=licence.key, name=licence.name, url=licence.url))
    db.record("licence_type.saved", licence.key)


def _licence_type(row: Row[Any]) -> LicenceType:
    return LicenceType(row.key, row.name, row.url)

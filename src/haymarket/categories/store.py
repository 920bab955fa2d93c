"""Categories in SQL."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Row,
    Table,
    Text,
    bindparam,
    column,
    insert,
    select,
    table,
    update,
)

from haymarket.categories.model import Category
from haymarket.storage import Reading, Writing
from haymarket.storage.schema import Id, metadata

categories = Table(
    "categories",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, index=True),
    Column("application", Text, nullable=False),
)

_applications = table("applications", column("key"), column("key_aliases", JSON))
"""Just enough of another slice's table to tell whether a key is known."""

LARGEST_ID = 2**63 - 1

_BY_IDS = select(categories).where(categories.c.id.in_(bindparam("ids", expanding=True)))


def list_categories(db: Reading) -> list[Category]:
    """Every category, by number."""
    return [_category(row) for row in db.rows(select(categories).order_by(categories.c.id))]


def get_category(db: Reading, category_id: int) -> Category | None:
    """The category with a number."""
    if not 0 < category_id <= LARGEST_ID:
        return None
    row = db.row(select(categories).where(categories.c.id == category_id))
    return _category(row) if row else None


def categories_by_id(db: Reading, ids: Collection[int]) -> dict[int, Category]:
    """The categories with these numbers."""
    rows = db.rows(_BY_IDS, ids=sorted(ids)) if ids else []
    return {row.id: _category(row) for row in rows}


def category_by_name(db: Reading, name: str) -> Category | None:
    """The category with exactly this name; the oldest, should there be several."""
    if "\0" in name:  # which PostgreSQL does not take in a text
        return None
    statement = select(categories).where(categories.c.name == name).order_by(categories.c.id)
    row = db.row(statement.limit(1))
    return _category(row) if row else None


def knows_application(db: Reading, key: str) -> bool:
    """Whether an application has or had this key, or a category was made for it."""
    known = set(db.rows(select(categories.c.application).distinct()))
    if (key,) in known:
        return True
    rows = db.rows(select(_applications.c.key, _applications.c.key_aliases))
    return any(key == row.key or key in row.key_aliases for row in rows)


def save_category(db: Writing, category: Category) -> None:
    """Add or replace a category."""
    values = {"id": category.id, "name": category.name, "application": category.application}
    mine = categories.c.id == category.id
    if not db.run(update(categories).where(mine).values(values)).rowcount:
        db.run(insert(categories).values(values))
    db.record("category.saved", str(category.id), name=category.name)


def _category(row: Row[Any]) -> Category:
    return Category(row.id, row.name, row.application)

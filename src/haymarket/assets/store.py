"""Assets in SQL, and who uses them."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Row,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
)

from haymarket.assets.model import Asset, ConnectDescriptor, ImageType, Kind
from haymarket.errors import Invalid
from haymarket.storage import Reading, Writing
from haymarket.storage.schema import Id, Moment, metadata

assets = Table(
    "assets",
    metadata,
    Column("name", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("image_type", Text),
    Column("file_name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False, index=True),
    Column("content_type", Text, nullable=False),
    Column("width", BigInteger),
    Column("height", BigInteger),
    Column("uploader", Id, ForeignKey("users.id")),
    Column("remote", Text),
    Column("created_at", Moment, nullable=False),
    Column("connect", JSON(none_as_null=True)),
)

asset_uses = Table(
    "asset_uses",
    metadata,
    Column("asset", Text, ForeignKey("assets.name"), primary_key=True),
    Column("owner", Text, primary_key=True, index=True),
)

_KNOWN = select(assets.c.name).where(assets.c.name.in_(bindparam("names", expanding=True)))
_CONNECT = select(assets.c.name, assets.c.connect).where(
    assets.c.name.in_(bindparam("names", expanding=True)), assets.c.connect.is_not(None)
)
_ADD = insert(assets)
_FORGET_USES = delete(asset_uses).where(asset_uses.c.owner == bindparam("of"))
_ADD_USES = insert(asset_uses)


def get_asset(db: Reading, name: str) -> Asset | None:
    """The asset with a name."""
    row = db.row(select(assets).where(assets.c.name == name))
    return _asset(row) if row else None


def descriptors_of(db: Reading, names: Collection[str]) -> dict[str, ConnectDescriptor]:
    """What those of some artifacts say that are Connect descriptors, by name."""
    if not names:
        return {}
    rows = db.rows(_CONNECT, names=list(names))
    return {row.name: _connect(row.connect) for row in rows}


def same_content(db: Reading, sha256: str, kind: Kind, image_type: ImageType | None) -> str | None:
    """The name of an asset that the operator brought with the same bytes, for the same use."""
    statement = select(assets.c.name).where(
        assets.c.sha256 == sha256,
        assets.c.kind == kind,
        assets.c.image_type.is_(None) if image_type is None else assets.c.image_type == image_type,
        assets.c.uploader.is_(None),
    )
    name = db.value(statement)
    return None if name is None else str(name)


def add_asset(db: Writing, asset: Asset) -> None:
    """A new asset; its file must be kept already."""
    db.run(_ADD, asdict(asset))
    db.record("asset.added", asset.name, asset_kind=asset.kind, size=asset.size)


def delete_asset(db: Writing, name: str) -> None:
    """Forget an asset that nothing uses."""
    db.run(delete(assets).where(assets.c.name == name))
    db.record("asset.deleted", name)


def is_used(db: Reading, name: str) -> bool:
    """Whether anything links to an asset."""
    return db.row(select(asset_uses.c.owner).where(asset_uses.c.asset == name)) is not None


def set_uses(db: Writing, owner: str, names: Collection[str]) -> None:
    """Say which assets `owner` links to now, instead of those before.

    `owner` is whatever holds the links: `app:KEY`, `version:KEY/12`, `vendor:12`. It is part of a
    change of the owner, which puts it in the journal. Raises Invalid for an asset that is gone.
    """
    wanted = sorted(set(names))
    known = set(_names(db, _KNOWN, names=wanted)) if wanted else set()
    for name in wanted:
        if name not in known:
            raise Invalid(f"There is no asset {name}")
    db.run(_FORGET_USES, {"of": owner})
    add_uses(db, {owner: wanted})


def add_uses(db: Writing, owners: Mapping[str, Collection[str]]) -> None:
    """Say which assets, that are there, new owners link to, in one statement."""
    values = [{"asset": name, "owner": owner} for owner, names in owners.items() for name in names]
    if values:
        db.run(_ADD_USES, values)


def uses_of(db: Reading, owner: str) -> list[str]:
    """The assets that `owner` links to, by name."""
    mine = asset_uses.c.owner == owner
    return _names(db, select(asset_uses.c.asset).where(mine).order_by(asset_uses.c.asset))


def _names(db: Reading, statement: Any, **values: Any) -> list[str]:
    return [row[0] for row in db.rows(statement, **values)]


def _asset(row: Row[Any]) -> Asset:
    facts = dict(row._mapping)
    facts["connect"] = facts["connect"] and _connect(facts["connect"])
    return Asset(**facts)


def _connect(kept: dict[str, Any]) -> ConnectDescriptor:
    return ConnectDescriptor(kept["key"], kept["base_url"], tuple(kept["scopes"]))

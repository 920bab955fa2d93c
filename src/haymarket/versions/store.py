"""Versions in SQL."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    PrimaryKeyConstraint,
    Row,
    Table,
    Text,
    bindparam,
    func,
    insert,
    select,
    tuple_,
    update,
)

from haymarket.storage import Reading, Writing
from haymarket.storage.schema import Id, Moment, metadata
from haymarket.versions.compatibility import Bounds, Compatibility, Point
from haymarket.versions.model import (
    LARGEST_BUILD,
    Highlight,
    Instruction,
    Picture,
    Presentation,
    Version,
)

versions = Table(
    "versions",
    metadata,
    Column("app_id", Id, ForeignKey("apps.id"), nullable=False),
    Column("build", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("payment_model", Text, nullable=False),
    Column("released_on", Date, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("modified_at", Moment, nullable=False),
    Column("compatibilities", JSON, nullable=False),
    Column("released_by", Text),
    Column("beta", Boolean, nullable=False),
    Column("supported", Boolean, nullable=False),
    Column("artifact", Text),
    Column("artifact_remote", Text),
    Column("connect", Boolean, nullable=False),
    Column("base_url", Text),
    Column("static", Boolean, nullable=False),
    Column("boundary", Text),
    Column("data_center_status", Text),
    Column("links", JSON, nullable=False),
    Column("reviewed", Boolean, nullable=False),
    Column("presentation", JSON, nullable=False),
    PrimaryKeyConstraint("app_id", "build"),
)

SHORT = [column for column in versions.c if column.name != "presentation"]
OWN = tuple(Version.__dataclass_fields__)

_OF_APPS = (
    select(*SHORT)
    .where(versions.c.app_id.in_(bindparam("ids", expanding=True)))
    .order_by(versions.c.build.desc())
)
_PUBLIC_OF_APPS = _OF_APPS.where(versions.c.status == "public")
_PRESENTATIONS = select(versions.c.app_id, versions.c.build, versions.c.presentation).where(
    tuple_(versions.c.app_id, versions.c.build).in_(bindparam("keys", expanding=True))
)
_GREATEST = (
    select(versions.c.app_id, func.max(versions.c.build).label("build"))
    .where(versions.c.app_id.in_(bindparam("ids", expanding=True)), versions.c.status == "public")
    .group_by(versions.c.app_id)
    .subquery()
)
_NEWEST_PUBLIC = select(*SHORT).join(
    _GREATEST,
    (_GREATEST.c.app_id == versions.c.app_id) & (_GREATEST.c.build == versions.c.build),
)
_NEWEST = (
    select(*SHORT)
    .where(versions.c.app_id == bindparam("app"))
    .order_by(versions.c.build.desc())
    .limit(1)
)
_NEWEST_NOT_PUBLIC = _NEWEST.where(versions.c.status != "public")
_NAMED = select(*SHORT).where(
    versions.c.app_id == bindparam("app"), versions.c.name == bindparam("named")
)
_BUILD = select(versions.c.build).where(
    versions.c.app_id == bindparam("app"), versions.c.build == bindparam("number")
)
_ADD = insert(versions)


def list_versions(db: Reading, app_id: int, public_only: bool = False) -> list[Version]:
    """Every version of an app, newest first."""
    return versions_of(db, [app_id], public_only).get(app_id, [])


def versions_of(
    db: Reading, app_ids: Collection[int], public_only: bool = False
) -> dict[int, list[Version]]:
    """The versions of several apps, newest first, in one statement."""
    if not app_ids:
        return {}
    statement = _PUBLIC_OF_APPS if public_only else _OF_APPS
    found: dict[int, list[Version]] = {}
    for row in db.rows(statement, ids=list(app_ids)):
        found.setdefault(row.app_id, []).append(_version(row))
    return found


def newest_public(db: Reading, app_ids: Collection[int]) -> dict[int, Version]:
    """The public version with the greatest build number of several apps, in one statement."""
    if not app_ids:
        return {}
    rows = db.rows(_NEWEST_PUBLIC, ids=list(app_ids))
    return {row.app_id: _version(row) for row in rows}


def newest_version(db: Reading, app_id: int) -> Version | None:
    """The version of an app with the greatest build number."""
    row = db.row(_NEWEST, app=app_id)
    return _version(row) if row else None


def newest_not_public(db: Reading, app_id: int) -> Version | None:
    """The version of an app with the greatest build number among those that are not public."""
    row = db.row(_NEWEST_NOT_PUBLIC, app=app_id)
    return _version(row) if row else None


def versions_named(db: Reading, app_id: int, name: str) -> list[Version]:
    """The versions of an app with this name; several may share one, for different hostings."""
    return [_version(row) for row in db.rows(_NAMED, app=app_id, named=name)]


def build_exists(db: Reading, app_id: int, build: int) -> bool:
    """Whether an app has a version with this build number."""
    return db.row(_BUILD, app=app_id, number=build) is not None


def get_version(db: Reading, app_id: int, build: int) -> Version | None:
    """A version in short."""
    if not 0 < build <= LARGEST_BUILD:
        return None
    row = db.row(select(*SHORT).where(_is(app_id, build)))
    return _version(row) if row else None


def get_presentation(db: Reading, app_id: int, build: int) -> Presentation:
    """What a version shows of itself."""
    return presentations_of(db, [(app_id, build)])[app_id, build]


def presentations_of(
    db: Reading, keys: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], Presentation]:
    """What several versions, named by app number and build, show of themselves."""
    wanted = list(keys)
    if not wanted:
        return {}
    rows = db.rows(_PRESENTATIONS, keys=wanted)
    return {(row.app_id, row.build): _presentation(row.presentation) for row in rows}


def add_version(db: Writing, key: str, version: Version, presentation: Presentation) -> None:
    """Keep a new version of the app with this key."""
    add_versions(db, [(key, version, presentation)])


def add_versions(db: Writing, new: Sequence[tuple[str, Version, Presentation]]) -> None:
    """Keep new versions, each with the key of its app, in two statements."""
    if new:
        db.run(_ADD, [_values(version, presentation) for _, version, presentation in new])
    details = [(key, {"id": v.app_id, "build": v.build, "status": v.status}) for key, v, _ in new]
    db.record_each("version.added", details)


def save_version(db: Writing, key: str, version: Version, presentation: Presentation) -> None:
    """Write every fact of a version."""
    statement = update(versions).where(_is(version.app_id, version.build))
    db.run(statement.values(_values(version, presentation)))
    db.record("version.changed", key, id=version.app_id, build=version.build, status=version.status)


def save_status(db: Writing, key: str, version: Version) -> None:
    """Write the status of a version, and whether it was reviewed."""
    db.run(
        update(versions)
        .where(_is(version.app_id, version.build))
        .values(status=version.status, reviewed=version.reviewed, modified_at=db.now())
    )
    db.record("version.changed", key, id=version.app_id, build=version.build, status=version.status)


def _is(app_id: int, build: int) -> Any:
    return (versions.c.app_id == app_id) & (versions.c.build == build)


def _values(version: Version, presentation: Presentation) -> dict[str, Any]:
    values = {name: getattr(version, name) for name in OWN}
    values["compatibilities"] = [asdict(each) for each in version.compatibilities]
    shown = {name: value for name, value in asdict(presentation).items() if value}
    return values | {"presentation": shown}


def _version(row: Row[Any]) -> Version:
    facts = dict(row._mapping)
    facts["compatibilities"] = tuple(_compatibility(each) for each in facts["compatibilities"])
    return Version(**facts)


def _compatibility(kept: dict[str, Any]) -> Compatibility:
    return Compatibility(
        kept["application"],
        kept["cloud"],
        _bounds(kept["server"]),
        _bounds(kept["data_center"]),
    )


def _bounds(kept: dict[str, Any] | None) -> Bounds | None:
    return Bounds(Point(**kept["min"]), Point(**kept["max"])) if kept else None


def _presentation(kept: dict[str, Any]) -> Presentation:
    facts = dict(kept)
    for name, kind in (
        ("highlights", Highlight),
        ("screenshots", Picture),
        ("instructions", Instruction),
    ):
        facts[name] = tuple(kind(**each) for each in facts.get(name, ()))
    facts["permissions"] = tuple(facts.get("permissions", ()))
    return Presentation(**facts)

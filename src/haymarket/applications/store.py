"""Host applications and their versions in SQL."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Row,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    func,
    insert,
    select,
    update,
)

from haymarket.applications.model import Application, HostVersion
from haymarket.storage import Reading, Writing
from haymarket.storage.schema import Id, metadata

applications = Table(
    "applications",
    metadata,
    Column("key", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("introduction", Text, nullable=False),
    Column("key_aliases", JSON, nullable=False),
    Column("status", Text, nullable=False),
    Column("compatibility_mode", Text, nullable=False),
    Column("hosting", JSON, nullable=False),
    Column("connect", JSON, nullable=False),
    Column("description", Text, nullable=False),
    Column("learn_more", Text, nullable=False),
    Column("download_page", Text),
)

application_versions = Table(
    "application_versions",
    metadata,
    Column("application", Text, ForeignKey("applications.key"), primary_key=True),
    Column("build", Id, primary_key=True, autoincrement=False),
    Column("version", Text, nullable=False),
    Column("released", Date, nullable=False),
    Column("data_center_compatible", Boolean, nullable=False),
    Column("status", Text, nullable=False),
    Column("end_of_life", Date),
    UniqueConstraint("application", "version"),
)

LARGEST_BUILD = 2**63 - 1

_PUBLISHED = application_versions.c.status == "published"


def list_applications(db: Reading) -> list[Application]:
    """Every application, by key."""
    return [_application(row) for row in db.rows(select(applications).order_by("key"))]


def get_application(db: Reading, key: str) -> Application | None:
    """The application with a key, or else the one that had it in the past."""
    known = list_applications(db)  # a dozen rows, and aliases are inside of them
    by_key = (each for each in known if each.key == key)
    by_alias = (each for each in known if key in each.key_aliases)
    return next(by_key, None) or next(by_alias, None)


def save_application(db: Writing, application: Application) -> None:
    """Add or replace an application; its versions stay."""
    values = asdict(application)
    values["key_aliases"] = list(application.key_aliases)
    for name in ("hosting", "connect"):
        values[name] = sorted(values[name])
    mine = applications.c.key == application.key
    if not db.run(update(applications).where(mine).values(values)).rowcount:
        db.run(insert(applications).values(values))
    db.record("application.saved", application.key)


def list_host_versions(
    db: Reading, key: str, after_build: int | None, offset: int, limit: int
) -> tuple[list[HostVersion], int]:
    """A page of an application's versions, newest first, and how many there are.

    With `after_build`, only those with a strictly greater build number. Versions that are not
    published are among them.
    """
    return _page(db, _those_after(key, after_build), offset, limit)


def list_published_versions(
    db: Reading, key: str, after_build: int | None, offset: int, limit: int
) -> tuple[list[HostVersion], int]:
    """`list_host_versions` as everyone may see it: published versions only."""
    return _page(db, _those_after(key, after_build) & _PUBLISHED, offset, limit)


def get_host_version(db: Reading, key: str, build: int) -> HostVersion | None:
    """The version of an application with a build number."""
    if not 0 <= build <= LARGEST_BUILD:
        return None
    one = application_versions.c.build == build
    return _one(db, (application_versions.c.application == key) & one)


def get_host_version_by_name(db: Reading, key: str, name: str) -> HostVersion | None:
    """The version of an application with a name such as `8.0.0`."""
    if "\0" in name:  # which PostgreSQL does not take in a text
        return None
    one = application_versions.c.version == name
    return _one(db, (application_versions.c.application == key) & one)


def latest_host_version(db: Reading, key: str) -> HostVersion | None:
    """The published version of an application with the greatest build number."""
    return _one(db, (application_versions.c.application == key) & _PUBLISHED)


def known_builds(db: Reading) -> dict[str, list[tuple[int, str]]]:
    """For each application its published versions as (build, name), ascending by build."""
    columns = application_versions.c
    statement = (
        select(columns.application, columns.build, columns.version)
        .where(_PUBLISHED)
        .order_by(columns.application, columns.build)
    )
    found: dict[str, list[tuple[int, str]]] = {}
    for row in db.rows(statement):
        found.setdefault(row.application, []).append((row.build, row.version))
    return found


def save_host_version(db: Writing, version: HostVersion) -> None:
    """Add or replace a version of an application that exists; its name must be free."""
    _write(db, [version])
    db.record("application_version.saved", version.application, build=version.build)


def save_host_versions(db: Writing, versions: Sequence[HostVersion]) -> None:
    """Add or replace many versions with one journal row.

    Its subject is the application, or nothing when they are of several; `builds` in its details
    has the build numbers of each.
    """
    _write(db, versions)
    builds: dict[str, list[int]] = {}
    for version in versions:
        builds.setdefault(version.application, []).append(version.build)
    subject = next(iter(builds)) if len(builds) == 1 else ""
    db.record("application_versions.saved", subject, builds=builds)


def _write(db: Writing, versions: Sequence[HostVersion]) -> None:
    columns = application_versions.c
    touched = sorted({version.application for version in versions})
    statement = select(columns.application, columns.build).where(columns.application.in_(touched))
    known = {(row.application, row.build) for row in db.rows(statement)}
    new = [asdict(each) for each in versions if (each.application, each.build) not in known]
    old = [asdict(each) for each in versions if (each.application, each.build) in known]
    if new:
        db.run(insert(application_versions), new)
    if old:
        one = (columns.application == bindparam("of")) & (columns.build == bindparam("at"))
        changed = [{**each, "of": each.pop("application"), "at": each.pop("build")} for each in old]
        db.run(update(application_versions).where(one), changed)


def _those_after(key: str, build: int | None) -> ColumnElement[bool]:
    mine = application_versions.c.application == key
    return mine if build is None else mine & (application_versions.c.build > build)


def _page(
    db: Reading, condition: ColumnElement[bool], offset: int, limit: int
) -> tuple[list[HostVersion], int]:
    count = db.value(select(func.count()).select_from(application_versions).where(condition))
    statement = _newest(condition).offset(offset).limit(limit)
    return [_host_version(row) for row in db.rows(statement)], int(count)


def _one(db: Reading, condition: ColumnElement[bool]) -> HostVersion | None:
    row = db.row(_newest(condition).limit(1))
    return _host_version(row) if row else None


def _newest(condition: ColumnElement[bool]) -> Any:
    ordered = select(application_versions).where(condition)
    return ordered.order_by(application_versions.c.build.desc())


def _application(row: Row[Any]) -> Application:
    facts = dict(row._mapping)
    facts["key_aliases"] = tuple(facts["key_aliases"])
    for name in ("hosting", "connect"):
        facts[name] = frozenset(facts[name])
    return Application(**facts)


def _host_version(row: Row[Any]) -> HostVersion:
    return HostVersion(**row._mapping)

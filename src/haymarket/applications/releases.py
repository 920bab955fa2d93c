"""Single releases of a host application, as compatibility asks for them."""

from collections.abc import Collection

from sqlalchemy import select

from haymarket.applications.store import application_versions
from haymarket.storage import Reading


def published_releases(db: Reading, application: str) -> list[tuple[int, str]]:
    """The published releases, oldest first: build and version name."""
    table = application_versions.c
    statement = (
        select(table.build, table.version)
        .where(table.application == application, table.status == "published")
        .order_by(table.build)
    )
    return [(row.build, row.version) for row in db.rows(statement)]


def release_names(db: Reading, application: str, builds: Collection[int]) -> dict[int, str]:
    """The version names of those build numbers that exist."""
    if not builds:
        return {}
    table = application_versions.c
    statement = select(table.build, table.version).where(
        table.application == application, table.build.in_(list(builds))
    )
    return {row.build: row.version for row in db.rows(statement)}

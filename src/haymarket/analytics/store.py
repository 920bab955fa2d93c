"""Reports and weekly counts in SQL.

What arrives in masses goes through temporary tables: a batch costs a handful of statements,
however many heartbeats it has.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    and_,
    bindparam,
    select,
    text,
)

from haymarket.analytics.model import Dimension, Place, Told
from haymarket.apps.store import apps
from haymarket.storage import Counting, Reading
from haymarket.storage.schema import Id, metadata

reports = Table(
    "reports",
    metadata,
    Column("week", Integer, nullable=False),
    Column("instance", LargeBinary, nullable=False),
    Column("app_id", Id, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("users", BigInteger, nullable=False),
    Column("hosting", Text, nullable=False),
    Column("application", Text, nullable=False),
    Column("application_version", Text, nullable=False),
    Column("version", Text, nullable=False),
    # in this order what an instance tells of its apps lies together
    PrimaryKeyConstraint("week", "instance", "app_id"),
    sqlite_with_rowid=False,
)

weekly = Table(
    "weekly",
    metadata,
    Column("app_id", Id, nullable=False),
    Column("dimension", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("week", Integer, nullable=False),
    Column("count", BigInteger, nullable=False),
    PrimaryKeyConstraint("app_id", "dimension", "name", "week"),
    sqlite_with_rowid=False,
)

tallies = Table(
    "tallies",
    metadata,
    Column("app_id", Id, ForeignKey("apps.id"), primary_key=True, autoincrement=False),
    Column("changes", BigInteger, nullable=False),
    Column("told_changes", BigInteger, nullable=False),
    Column("told_week", Integer, nullable=False),
)
"""One row for each app that was ever reported: how often weeks that were over have changed, and
up to which change and week the app's row was told."""

weeks_done = Table(
    "weeks_done",
    metadata,
    Column("what", Text, primary_key=True),
    Column("week", Integer, nullable=False),
)
"""Up to which week something was done that is done once a week."""

_here = MetaData()
_TEMPORARY: dict[str, Any] = {
    "prefixes": ["TEMPORARY"],
    "postgresql_on_commit": "DELETE ROWS",  # which no vacuum would ever clear away
}
arriving = Table(
    "arriving",
    _here,
    Column("number", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Column("week", Integer, nullable=False),
    Column("instance", LargeBinary, nullable=False),
    **_TEMPORARY,
)
newest = Table(
    "newest",
    _here,
    *(Column(column.name, column.type, nullable=False) for column in reports.c),
    **_TEMPORARY,
)
changed = Table(
    "changed",
    _here,
    *(Column(column.name, column.type, nullable=False) for column in weekly.c),
    **_TEMPORARY,
)
touched = Table(
    "touched",
    _here,
    Column("app_id", Id, nullable=False),
    Column("changes", Integer, nullable=False),
    **_TEMPORARY,
)

Instance = tuple[str, int, bytes]
"""Key of an app, week, hash of an instance."""


class Known(NamedTuple):
    """What is known of an instance that arrives: the number of its app, and what it told before."""

    app_id: int
    before: Told | None


_KNOWN = (
    select(arriving.c.number, apps.c.id, *(reports.c[name] for name in Told._fields))
    .join(apps, apps.c.key == arriving.c.key)
    .outerjoin(
        reports,
        and_(
            reports.c.week == arriving.c.week,
            reports.c.instance == arriving.c.instance,
            reports.c.app_id == apps.c.id,
        ),
    )
)
_TOLD = ", ".join(f"{name} = excluded.{name}" for name in Told._fields)
_KEEP = text(
    # the condition tells SQLite that ON is no part of a join
    f"INSERT INTO reports SELECT * FROM newest WHERE true"  # noqa: S608 (names of our own)
    f" ON CONFLICT (week, instance, app_id) DO UPDATE SET {_TOLD}"
)
_ADD = text(
    "INSERT INTO weekly SELECT * FROM changed WHERE true"
    " ON CONFLICT (app_id, dimension, name, week)"
    " DO UPDATE SET count = weekly.count + excluded.count"
)
_TOUCH = text(
    "INSERT INTO tallies SELECT app_id, changes, 0, 0 FROM touched WHERE true"
    " ON CONFLICT (app_id) DO UPDATE SET changes = tallies.changes + excluded.changes"
)


def known_of(db: Counting, instances: Sequence[Instance]) -> list[Known | None]:
    """What is known of each of some instances; None where the marketplace has no such app."""
    db.fill(arriving, [(number, *each) for number, each in enumerate(instances)])
    found: list[Known | None] = [None] * len(instances)
    for row in db.rows(_KNOWN):
        number, app_id, *told = tuple(row)
        found[number] = Known(app_id, None if told[0] is None else Told(*told))
    return found


def keep_reports(db: Counting, told: Iterable[tuple[int, int, bytes, Told]]) -> None:
    """Keep what instances told last: app, week, hash of the instance, and what it told."""
    db.fill(
        newest,
        [
            (
                week,
                instance,
                app_id,
                each.at,
                each.users,
                each.hosting,
                each.application,
                each.application_version,
                each.version,
            )
            for app_id, week, instance, each in told
        ],
    )
    db.run(_KEEP)


def add_counts(db: Counting, counts: Mapping[Place, int]) -> None:
    """Change weekly counts by these amounts."""
    db.fill(changed, [(*place, count) for place, count in sorted(counts.items())])
    db.run(_ADD)


def touch_apps(db: Counting, changes: Mapping[int, int]) -> None:
    """Note that apps were reported; the number is 1 where a week that is over has changed."""
    db.fill(touched, sorted(changes.items()))
    db.run(_TOUCH)


_COUNTS = (
    select(weekly.c.name, weekly.c.week, weekly.c.count)
    .where(
        weekly.c.app_id == bindparam("app_id"),
        weekly.c.dimension == bindparam("dimension"),
        weekly.c.week < bindparam("before"),
        weekly.c.count != 0,
    )
    .order_by(weekly.c.name, weekly.c.week)
)


def counts_of(
    db: Reading, app_id: int, dimension: Dimension, before: int
) -> list[tuple[str, int, int]]:
    """Name, week and count of an app in one dimension, of the weeks before one; no zeros."""
    rows = db.rows(_COUNTS, app_id=app_id, dimension=dimension, before=before)
    return [tuple(row) for row in rows]


def has_counts(db: Reading, app_id: int) -> bool:
    """Whether anything was ever counted of an app."""
    return db.row(select(weekly.c.week).where(weekly.c.app_id == app_id).limit(1)) is not None

"""What the counts are used for from time to time, in SQL: figures of apps, pairs, forgetting."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    Row,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    text,
    update,
)

from haymarket.analytics.store import reports, tallies, weekly, weeks_done
from haymarket.apps.store import apps
from haymarket.storage import Counting, Reading

_INSTALLS, _USERS = weekly.alias("installs"), weekly.alias("of_users")
_FIRST = weekly.alias("first")


def _of_week(table: Any, dimension: str) -> Any:
    return and_(
        table.c.app_id == tallies.c.app_id,
        table.c.dimension == dimension,
        table.c.name == "",
        table.c.week == bindparam("week"),
    )


_WAITING = (
    select(
        tallies.c.app_id,
        tallies.c.changes,
        apps.c.key,
        apps.c.installs.label("told_installs"),
        apps.c.users.label("told_users"),
        func.coalesce(_INSTALLS.c.count, 0).label("installs"),
        func.coalesce(_USERS.c.count, 0).label("users"),
        exists()
        .where(
            _FIRST.c.app_id == tallies.c.app_id,
            _FIRST.c.dimension == "active",
            _FIRST.c.name == "",
            _FIRST.c.week <= bindparam("week"),
        )
        .label("has_begun"),
    )
    .join(apps, apps.c.id == tallies.c.app_id)
    .outerjoin(_INSTALLS, _of_week(_INSTALLS, "active"))
    .outerjoin(_USERS, _of_week(_USERS, "users"))
    .where(
        or_(tallies.c.told_week != bindparam("week"), tallies.c.told_changes != tallies.c.changes)
    )
    .order_by(tallies.c.app_id)
    .limit(bindparam("limit"))
)
_MARK = (
    update(tallies)
    .where(tallies.c.app_id == bindparam("app"))
    .values(told_changes=bindparam("seen"), told_week=bindparam("done"))
)


def waiting_apps(db: Reading, week: int, limit: int) -> Sequence[Row[Any]]:
    """Apps whose row may not tell the counts of a week yet, with both, at most `limit`.

    `has_begun` says whether anything was counted in that week or before.
    """
    return db.rows(_WAITING, week=week, limit=limit)


def mark_told(db: Counting, told: Iterable[tuple[int, int]], week: int) -> None:
    """Note that the row of each app tells a week, as it was after so many changes."""
    values = [{"app": app_id, "seen": changes, "done": week} for app_id, changes in told]
    if values:
        db.run(_MARK, values)


# --- forgetting ------------------------------------------------------------------------------

_OLDEST = select(func.min(reports.c.week))


def oldest_week(db: Reading) -> int | None:
    """The oldest week of which reports are kept; None when there are none at all."""
    found = db.value(_OLDEST)
    return None if found is None else int(found)


def drop_reports(db: Counting, week: int, limit: int) -> None:
    """Forget about `limit` reports of a week."""
    of_it = reports.c.week == week
    ordered = select(reports.c.instance).where(of_it).order_by(reports.c.instance)
    bound = db.value(ordered.offset(limit).limit(1))
    some = of_it if bound is None else of_it & (reports.c.instance <= bound)
    db.run(reports.delete().where(some))


# --- what is done once a week ----------------------------------------------------------------

_PAIRS = text(
    """
    WITH chosen AS (
      SELECT instance FROM reports WHERE week = :week
      GROUP BY instance HAVING count(*) BETWEEN 2 AND :most_apps
      ORDER BY instance LIMIT :sample
    ), pairs AS (
      SELECT one.app_id AS app_id, other.app_id AS other_id, count(*) AS together
      FROM chosen
      JOIN reports one ON one.week = :week AND one.instance = chosen.instance
      JOIN reports other ON other.week = :week AND other.instance = chosen.instance
      WHERE one.app_id <> other.app_id
      GROUP BY one.app_id, other.app_id
    ), ranked AS (
      SELECT app_id, other_id, together,
        row_number() OVER (PARTITION BY app_id ORDER BY together DESC, other_id) AS place
      FROM pairs
    )
    SELECT app_id, other_id, together FROM ranked WHERE place <= :most
    ORDER BY app_id, place
    """
)


def pairs_of_week(
    db: Reading, week: int, most: int, sample: int, most_apps: int
) -> list[tuple[int, int, int]]:
    """Apps that instances had together in a week: app, other app, on how many instances.

    At most `most` others for each app, best first. Counted over the first `sample` instances by
    their hash, which is as good as chance; those with more than `most_apps` apps are left out,
    since each pair of theirs would count.
    """
    rows = db.rows(_PAIRS, week=week, most=most, sample=sample, most_apps=most_apps)
    return [(row.app_id, row.other_id, row.together) for row in rows]


def week_done(db: Reading, what: str) -> int:
    """Up to which week something was done; 0 when it never was."""
    return int(db.value(select(weeks_done.c.week).where(weeks_done.c.what == what)) or 0)


def save_week_done(db: Counting, what: str, week: int) -> None:
    """Note up to which week something was done."""
    db.run(weeks_done.delete().where(weeks_done.c.what == what))
    db.run(weeks_done.insert().values(what=what, week=week))

"""The append-only history of transitions in SQL."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    Row,
    Table,
    Text,
    bindparam,
    insert,
    select,
)

from haymarket.lifecycle.model import Event, Transition
from haymarket.storage import Reading, Writing, new_id
from haymarket.storage.schema import Id, Moment, metadata

transitions = Table(
    "transitions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", Id),
    Column("app_id", Id, ForeignKey("apps.id"), nullable=False),
    Column("build", BigInteger),
    Column("event", Text, nullable=False),
    Column("before", Text),
    Column("after", Text, nullable=False),
    Column("reason", Text),
    Index("ix_transitions_app_id_build", "app_id", "build"),
)

TRANSITION = "transition.made"
"""The kind of the journal's rows about them; `transition` in the details is the number."""

_ADD = insert(transitions)
_BY_NUMBER = (
    select(transitions)
    .where(transitions.c.id.in_(bindparam("numbers", expanding=True)))
    .order_by(transitions.c.id)
)
_LATEST = (
    select(transitions)
    .where(transitions.c.app_id == bindparam("app"))
    .order_by(transitions.c.id.desc())
    .limit(bindparam("limit", type_=Integer))
)


_STATUS_AT = (
    select(transitions.c.after)
    .where(transitions.c.app_id == bindparam("app"), transitions.c.build.is_(None))
    .where(transitions.c.id <= bindparam("number"))
    .order_by(transitions.c.id.desc())
    .limit(1)
)


def record_transition(
    db: Writing,
    app_id: int,
    build: int | None,
    event: Event,
    change: tuple[str | None, str],
    reason: str | None = None,
) -> None:
    """Write down that an app (`build` None) or one of its versions changed its status.

    The journal gets a row of the kind TRANSITION, by which those hear of it who tell others.
    """
    before, after = change
    made = Transition(db.now(), db.actor, app_id, build, event, before, after, reason)
    number = new_id(db.run(_ADD, vars(made)))
    if before is not None:  # that it was created tell `app.added` and `version.added`
        db.record(TRANSITION, str(app_id), transition=number, build=build, event=event)


def record_transitions(db: Writing, made: Sequence[Transition]) -> None:
    """Write down several transitions of the past, in one statement; nobody hears of them."""
    if made:
        db.run(_ADD, [vars(each) for each in made])


def history(db: Reading, app_id: int, build: int | None = None) -> list[Transition]:
    """What happened to an app, or to one of its versions, oldest first."""
    mine = transitions.c.app_id == app_id
    which = transitions.c.build.is_(None) if build is None else transitions.c.build == build
    rows = db.rows(select(transitions).where(mine, which).order_by(transitions.c.id))
    return [_transition(row) for row in rows]


def moved_by_number(db: Reading, numbers: Collection[int]) -> list[tuple[int, Transition]]:
    """The transitions with these numbers, each with its number, oldest first."""
    rows = db.rows(_BY_NUMBER, numbers=list(numbers)) if numbers else []
    return [(row.id, _transition(row)) for row in rows]


def status_at(db: Reading, app_id: int, number: int) -> str | None:
    """The status of an app right after a transition of it or a version; None without a history."""
    found = db.value(_STATUS_AT, app=app_id, number=number)
    return None if found is None else str(found)


def latest(db: Reading, app_id: int, limit: int) -> list[tuple[int, Transition]]:
    """What happened last to an app and its versions, each with its number, newest first."""
    rows = db.rows(_LATEST, app=app_id, limit=limit)
    return [(row.id, _transition(row)) for row in rows]


def _transition(row: Row[Any]) -> Transition:
    return Transition(
        row.at, row.actor, row.app_id, row.build, row.event, row.before, row.after, row.reason
    )

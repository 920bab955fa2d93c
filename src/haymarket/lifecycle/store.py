"""The append-only history of transitions in SQL."""

from collections.abc import Sequence

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text, insert, select

from haymarket.lifecycle.model import Event, Transition
from haymarket.storage import Reading, Writing
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

_ADD = insert(transitions)


def record_transition(
    db: Writing,
    app_id: int,
    build: int | None,
    event: Event,
    change: tuple[str | None, str],
    reason: str | None = None,
) -> None:
    """Write down that an app (`build` None) or one of its versions changed its status."""
    before, after = change
    made = Transition(db.now(), db.actor, app_id, build, event, before, after, reason)
    record_transitions(db, [made])


def record_transitions(db: Writing, made: Sequence[Transition]) -> None:
    """Write down several transitions, in one statement."""
    if made:
        db.run(_ADD, [vars(each) for each in made])


def history(db: Reading, app_id: int, build: int | None = None) -> list[Transition]:
    """What happened to an app, or to one of its versions, oldest first."""
    mine = transitions.c.app_id == app_id
    which = transitions.c.build.is_(None) if build is None else transitions.c.build == build
    rows = db.rows(select(transitions).where(mine, which).order_by(transitions.c.id))
    return [
        Transition(r.at, r.actor, r.app_id, r.build, r.event, r.before, r.after, r.reason)
        for r in rows
    ]

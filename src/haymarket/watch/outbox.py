"""What is to be delivered, to whom, and how it went, in SQL: bookkeeping beside the catalogue.

A lane is all that goes to one target about one app. Only the first of a lane that waits is due at
a time (`due_at`); whoever ends it makes the next one due. So order holds without being looked for.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, get_args

from sqlalchemy import Integer, Row, bindparam, delete, exists, func, insert, select, update

from haymarket.storage import Counting, Reading, new_id
from haymarket.storage.schema import Moment
from haymarket.watch.deliveries import ALL, announcements, attempts, deliveries, delivery_of
from haymarket.watch.delivery import (
    KEPT,
    Announcement,
    Channel,
    Delivery,
    Outcome,
    State,
    told_shortly,
)

PRUNED_AT_ONCE = 1000

Lane = tuple[Channel, int, int]
"""Channel, target and app: what goes there goes one after the other."""

_DUE = (
    ALL.where(
        deliveries.c.due_at <= bindparam("now", type_=Moment),
        deliveries.c.channel == bindparam("channel"),
        deliveries.c.target.not_in(bindparam("busy", expanding=True)),
    )
    .order_by(deliveries.c.due_at, deliveries.c.id)
    .limit(bindparam("limit", type_=Integer))
)
_BACKLOG = (
    select(
        deliveries.c.channel,
        func.count().label("number"),
        func.min(deliveries.c.due_at).label("oldest"),
    )
    .where(
        deliveries.c.channel.in_(get_args(Channel)),
        deliveries.c.due_at <= bindparam("now", type_=Moment),
    )
    .group_by(deliveries.c.channel)
)
_BUSY_LANES = select(deliveries.c.target).where(
    deliveries.c.channel == bindparam("channel"),
    deliveries.c.target.in_(bindparam("targets", expanding=True)),
    deliveries.c.app_id == bindparam("app"),
    deliveries.c.state == "waiting",
)
_FIRST_OF_LANE = select(func.min(deliveries.c.id)).where(
    deliveries.c.channel == bindparam("channel"),
    deliveries.c.target == bindparam("target"),
    deliveries.c.app_id == bindparam("app"),
    deliveries.c.state == "waiting",
)
_KNOWN = select(announcements.c.id).where(
    announcements.c.transition == bindparam("transition"),
    announcements.c.event == bindparam("event"),
)
_THERE = select(deliveries.c.id).where(deliveries.c.id == bindparam("id"))
_SET = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery"))
    .values(
        state=bindparam("new_state"),
        tries=bindparam("new_tries"),
        due_at=bindparam("new_due", type_=Moment),
    )
)
_MAKE_DUE = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("delivery"))
    .values(due_at=bindparam("moment", type_=Moment))
)
_HALT = (
    update(deliveries)
    .where(
        deliveries.c.channel == bindparam("of_channel"),
        deliveries.c.target == bindparam("of_target"),
        deliveries.c.app_id == bindparam("of_app"),
        deliveries.c.state == "waiting",
    )
    .values(due_at=None)
)
_OLD = (
    select(deliveries)
    .where(deliveries.c.created_at < bindparam("before", type_=Moment))
    .limit(PRUNED_AT_ONCE)
)
_DROP_UNUSED = delete(announcements).where(
    announcements.c.created_at < bindparam("before", type_=Moment),
    ~exists().where(deliveries.c.announcement == announcements.c.id),
)


def announce(db: Counting, told: Announcement) -> int:
    """Keep what is told, once for each transition and event; returns its number."""
    if told.transition is not None:
        known = db.value(_KNOWN, transition=told.transition, event=told.event)
        if known is not None:
            return int(known)
    return new_id(db.run(insert(announcements).values(vars(told))))


def deliver(
    db: Counting, channel: Channel, announcement: int, app_id: int, targets: Collection[int]
) -> None:
    """Let an announcement go to some targets, each once, behind what waits for it in its lane."""
    if not targets:
        return
    busy = {
        row.target
        for row in db.rows(_BUSY_LANES, channel=channel, app=app_id, targets=list(targets))
    }
    now = db.now()
    common = {
        "announcement": announcement,
        "channel": channel,
        "app_id": app_id,
        "state": "waiting",
        "tries": 0,
        "created_at": now,
    }
    values = [
        {**common, "target": each, "due_at": None if each in busy else now} for each in targets
    ]
    db.run(insert(deliveries), values)


def due(db: Reading, channel: Channel, busy: Collection[int], limit: int) -> list[Delivery]:
    """What is to be sent now, the longest due first, but nothing for the targets that are busy."""
    rows = db.rows(_DUE, now=db.now(), channel=channel, busy=list(busy), limit=limit)
    return [delivery_of(row) for row in rows]


def backlog(db: Reading) -> dict[Channel, tuple[int, float]]:
    """How many deliveries of each channel are due and not sent, and the oldest for how long.

    Seconds; what waits behind another one of its lane is not counted.
    """
    now = db.now()
    found: dict[Channel, tuple[int, float]] = dict.fromkeys(get_args(Channel), (0, 0.0))
    for row in db.rows(_BACKLOG, now=now):
        found[row.channel] = row.number, (now - row.oldest).total_seconds()
    return found


def note(db: Counting, each: Delivery, outcome: Outcome, pause: timedelta | None) -> None:
    """Write down how an attempt ended. A failed one is due again after `pause`; None ends it.

    Nothing is written of a delivery that was forgotten while it was under way.
    """
    now = db.now()
    if db.row(_THERE, id=each.id) is None:
        return
    db.run(
        insert(attempts).values(
            delivery=each.id,
            at=now,
            status=outcome.status,
            milliseconds=outcome.milliseconds,
            error=outcome.error and told_shortly(outcome.error),
        )
    )
    if outcome.error is not None and pause is not None:
        is_first = _first_of(db, _lane(each)) == each.id  # unless an older one was asked for again
        _set(db, each, "waiting", each.tries + 1, now + pause if is_first else None)
        return
    _set(db, each, "given-up" if outcome.error else "delivered", each.tries + 1, None)
    _let_next_go(db, _lane(each))


def again(db: Counting, each: Delivery) -> None:
    """Deliver once more what has ended; what waits still is tried at once, in its order."""
    _set(db, each, "waiting", 0, None)
    db.run(_HALT, {"of_channel": each.channel, "of_target": each.target, "of_app": each.app_id})
    _let_next_go(db, _lane(each))


def prune(db: Counting) -> bool:
    """Forget some deliveries of more than a month ago; False when there is nothing left.

    Those that still wait are among them: nobody is told the news of a month ago.
    """
    before = db.now() - KEPT
    old = db.rows(_OLD, before=before)
    if not old:
        db.run(_DROP_UNUSED, {"before": before})
        return False
    ids = [row.id for row in old]
    db.run(delete(attempts).where(attempts.c.delivery.in_(ids)))
    db.run(delete(deliveries).where(deliveries.c.id.in_(ids)))
    for lane in {_lane(row) for row in old if row.state == "waiting"}:
        _let_next_go(db, lane)
    return True


def _set(db: Counting, each: Delivery, state: State, tries: int, due_at: datetime | None) -> None:
    values = {"delivery": each.id, "new_state": state, "new_tries": tries, "new_due": due_at}
    db.run(_SET, values)


def _lane(each: Delivery | Row[Any]) -> Lane:
    return each.channel, each.target, each.app_id


def _first_of(db: Reading, lane: Lane) -> int | None:
    """The number of the first delivery of a lane that waits."""
    channel, target, app_id = lane
    found: int | None = db.value(_FIRST_OF_LANE, channel=channel, target=target, app=app_id)
    return found


def _let_next_go(db: Counting, lane: Lane) -> None:
    following = _first_of(db, lane)
    if following is not None:
        db.run(_MAKE_DUE, {"delivery": following, "moment": db.now()})

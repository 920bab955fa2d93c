"""Counts heartbeats, tells apps what was counted, forgets what has served."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b

from haymarket.analytics import store, upkeep
from haymarket.analytics.curves import Growth, Release, invented_counts
from haymarket.analytics.model import (
    Change,
    Told,
    deltas,
    last_full_week,
    milliseconds,
    oldest_kept_week,
    week_at,
    week_of,
)
from haymarket.analytics.store import Instance
from haymarket.analytics.wire import Heartbeat, HeartbeatsCounted
from haymarket.applications.store import list_published_versions
from haymarket.apps.model import App
from haymarket.apps.store import save_installs
from haymarket.catalogue.companions import MOST, replace_companions
from haymarket.storage import Counting, Reading, Storage
from haymarket.versions.model import Version
from haymarket.versions.store import list_versions

APPS_AT_ONCE = 500
REPORTS_AT_ONCE = 20_000
HASH_BYTES = 16
PAIRS = "pairs"
PAIRED_INSTANCES, PAIRED_APPS = 20_000, 100
"""Of how many instances pairs are counted, and how many apps each of these has at most."""
MOST_RELEASES = 10_000

Told_last = dict[Instance, Told]


def count_heartbeats(
    storage: Storage, heartbeats: Iterable[Heartbeat], now: datetime
) -> HeartbeatsCounted:
    """Count a batch of heartbeats, all of it in one transaction."""
    records, told = last_told(heartbeats, storage.instance.encode())
    with storage.counting() as db:
        unknown = _count(db, told, week_of(now))
    missing = sum(records[key] for key in unknown)
    return HeartbeatsCounted(accepted=records.total() - missing, unknown=missing)


def last_told(heartbeats: Iterable[Heartbeat], name: bytes) -> tuple[Counter[str], Told_last]:
    """How many heartbeats tell of each app, and what each instance told last in each week.

    Instances are known by a hash that also takes the name of the database.
    """
    records: Counter[str] = Counter()
    told: Told_last = {}
    hashes: dict[str, bytes] = {}
    for each in heartbeats:
        records[each.addon_key] += 1
        instance = hashes.get(each.instance)
        if instance is None:
            content = each.instance.encode()
            instance = blake2b(content, digest_size=HASH_BYTES, key=name).digest()
            hashes[each.instance] = instance
        at = milliseconds(each.at)
        now = Told(
            at,
            each.users,
            each.addon_version,
            each.application,
            each.application_version,
            each.hosting,
        )
        place = each.addon_key, week_at(at), instance
        before = told.get(place)
        if before is None or now > before:
            told[place] = now
    return records, told


def _count(db: Counting, told: Told_last, running: int) -> set[str]:
    """Take over what instances told where it is later; returns the keys of apps that are unknown.

    `running` is the week that is not over yet.
    """
    unknown: set[str] = set()
    changes: list[Change] = []
    kept: list[tuple[int, int, bytes, Told]] = []
    touched: dict[int, int] = {}
    places = list(told)
    for place, known in zip(places, store.known_of(db, places), strict=True):
        key, week, instance = place
        if known is None:
            unknown.add(key)
            continue
        now = told[place]
        if known.before is None or now > known.before:
            kept.append((known.app_id, week, instance, now))
            changes.append((known.app_id, week, known.before, now))
            touched[known.app_id] = touched.get(known.app_id, 0) or int(week < running)
    if kept:
        store.keep_reports(db, kept)
        store.add_counts(db, deltas(changes))
        store.touch_apps(db, touched)
    return unknown


def bring_up_to_date(
    storage: Storage, apps_at_once: int = APPS_AT_ONCE, reports_at_once: int = REPORTS_AT_ONCE
) -> None:
    """Write what was counted into the rows of apps, and forget reports that have served.

    Cheap when there is nothing to do; several processes may do it at the same time.
    """
    now = storage.clock()
    week = last_full_week(now)
    while _tell_some_apps(storage, week, apps_at_once):
        pass
    _pair_apps(storage, week)
    while _forget_some(storage, oldest_kept_week(now), reports_at_once):
        pass


def _tell_some_apps(storage: Storage, week: int, limit: int) -> bool:
    """Tell some rows what was counted in a week; False when all of them know.

    What was read is noted as told only after it is written, and only if nothing has changed in
    between: so a process that ends in the middle loses nothing.
    """
    with storage.reading() as db:
        waiting = upkeep.waiting_apps(db, week, limit)
    other = [
        (each.app_id, each.key, each.installs, each.users)
        for each in waiting
        if each.has_begun and (each.installs, each.users) != (each.told_installs, each.told_users)
    ]
    if other:
        with storage.writing(None) as db:
            save_installs(db, other)
    if waiting:
        with storage.counting() as db:
            upkeep.mark_told(db, [(each.app_id, each.changes) for each in waiting], week)
    return len(waiting) == limit


def _pair_apps(storage: Storage, week: int) -> None:
    """Once a week, find out which apps are installed together, for recommendations.

    Where nobody reported, those of an earlier week stay.
    """
    with storage.reading() as db:
        if upkeep.week_done(db, PAIRS) >= week:
            return
        pairs = upkeep.pairs_of_week(db, week, MOST, PAIRED_INSTANCES, PAIRED_APPS)
    with storage.counting() as db:
        if pairs:
            replace_companions(db, week, pairs)
        upkeep.save_week_done(db, PAIRS, week)


def _forget_some(storage: Storage, week: int, limit: int) -> bool:
    """Forget some reports of weeks before one; False when there are none left."""
    with storage.reading() as db:
        oldest = upkeep.oldest_week(db)
    if oldest is None or oldest >= week:
        return False
    with storage.counting() as db:
        upkeep.drop_reports(db, oldest, limit)
    return True


def invent_history(db: Counting, app: App, weeks: int, instances: int, users: int) -> bool:
    """Invent the installs of an app up to the last full week, which has `instances` and `users`.

    They fit its versions and their hosts, begin no earlier than it was listed, and are the same
    each time. False, and nothing is changed, where anything was counted before. The figures in the
    row of the app are not touched.
    """
    if instances <= 0 or store.has_counts(db, app.id):
        return False
    last = last_full_week(db.now())
    if app.listed_at is not None:
        weeks = min(weeks, last - week_of(app.listed_at) + 1)
    if weeks <= 0:
        return False
    known = sorted(list_versions(db, app.id), key=lambda each: each.build)
    growth = Growth(
        app.id,
        app.key,
        last,
        weeks,
        instances,
        users,
        [(each.name, each.released_on) for each in known],
        _hosts_of(db, known),
    )
    store.add_counts(db, invented_counts(growth))
    return True


def _hosts_of(db: Reading, known: Iterable[Version]) -> list[tuple[str, list[Release]]]:
    """The releases of each application that the versions of an app are for."""
    keys = dict.fromkeys(each.application for one in known for each in one.compatibilities)
    found = []
    for key in keys:
        releases, _ = list_published_versions(db, key, None, 0, MOST_RELEASES)
        if releases:
            found.append((key, [(each.version, each.released) for each in reversed(releases)]))
    return found

"""Saves apps of a file with their versions, pictures, prices and the history of their states."""

from collections.abc import Sequence
from dataclasses import replace

from haymarket.apps import store as apps
from haymarket.apps.model import App
from haymarket.assets.store import add_uses, set_uses
from haymarket.lifecycle.model import AppStatus, Event, Transition, VersionStatus
from haymarket.lifecycle.store import record_transitions
from haymarket.loading.apps import Prepared
from haymarket.loading.prices import save_prices
from haymarket.reviews.actions import rebased
from haymarket.storage import Writing
from haymarket.vendors.store import get_vendor
from haymarket.versions import store as versions
from haymarket.versions.model import Presentation, Version, problems_of_version

WAYS: dict[AppStatus, tuple[Event, ...]] = {
    "private": (),
    "submitted": ("submit",),
    "rejected": ("submit", "reject"),
    "public": ("submit", "approve"),
    "readytolaunch": ("submit", "approve"),
}
"""How an app of the files came to its status: written into its history as it is loaded."""

VERSION_WAYS: dict[VersionStatus, tuple[Event, ...]] = {
    "private": (),
    "submitted": ("submit",),
    "rejected": ("submit", "reject"),
    "public": ("submit", "approve"),
}


def save_prepared(db: Writing, prepared: Prepared) -> None:
    """Add or update an app and its versions, with the history that leads to their statuses."""
    place = prepared.place
    if get_vendor(db, prepared.app.vendor_id) is None:
        raise place.within("vendor").bad(f"there is no vendor {prepared.app.vendor_id}")
    known = apps.get_app(db, prepared.app.key)
    app = _added(db, prepared) if known is None else _updated(db, prepared, known)
    given = [(replace(version, app_id=app.id), shown) for version, shown in prepared.versions]
    for version, _ in given:
        for problem in problems_of_version(version)[:1]:
            reason = f"{(problem.path or '')[1:]}: {problem.message}"
            raise place.bad(f"version {version.name}: {reason}")
    there = {each.build: each for each in versions.list_versions(db, app.id)} if known else {}
    _add_versions(db, app, [each for each in given if each[0].build not in there])
    for version, shown in given:
        if version.build in there:
            _update_version(db, app, there[version.build], (version, shown))
    save_prices(db, app, prepared.prices)


def _added(db: Writing, prepared: Prepared) -> App:
    app = prepared.app
    app = replace(app, id=apps.add_app(db, app))
    steps = _steps(WAYS[app.status], app.status)
    record_transitions(db, _history(db, (app.id, None), steps, prepared.rejection))
    add_uses(db, {f"app:{app.id}": _pictures(app)})
    return app


def _updated(db: Writing, prepared: Prepared, known: App) -> App:
    app = prepared.app
    if known.status != app.status:
        reason = f"it is {known.status} already; loading does not change a status"
        raise prepared.place.within("status").bad(reason)
    app = replace(app, id=known.id, created_at=known.created_at, tags=app.tags or known.tags)
    app = replace(app, figures=rebased(db, app.id, app.figures))
    if not prepared.is_dated:
        app = _with_times_of(app, known)
    apps.save_app(db, app)
    set_uses(db, f"app:{app.id}", _pictures(app))
    return app


def _pictures(app: App) -> set[str]:
    return {name for name in (app.logo, app.banner) if name}


def _with_times_of(app: App, known: App) -> App:
    return replace(
        app,
        modified_at=known.modified_at,
        approved_at=known.approved_at,
        listed_at=known.listed_at,
        archived_at=known.archived_at if app.archived_at else None,
    )


def _add_versions(db: Writing, app: App, new: Sequence[tuple[Version, Presentation]]) -> None:
    """Keep new versions in a few statements, however many they are."""
    versions.add_versions(db, [(app.key, version, shown) for version, shown in new])
    made = []
    for version, _ in new:
        steps = _steps(VERSION_WAYS[version.status], version.status)
        made += _history(db, (app.id, version.build), steps)
    record_transitions(db, made)
    add_uses(db, {_user(version): _files(version, shown) for version, shown in new})


def _update_version(
    db: Writing, app: App, known: Version, given: tuple[Version, Presentation]
) -> None:
    version, shown = given
    kept = replace(version, status=known.status, reviewed=known.reviewed)
    versions.save_version(db, app.key, kept, shown)
    set_uses(db, _user(version), _files(version, shown))


def _user(version: Version) -> str:
    return f"version:{version.app_id}/{version.build}"


def _files(version: Version, shown: Presentation) -> frozenset[str]:
    return shown.images | ({version.artifact} if version.artifact else set())


def _history(
    db: Writing,
    of: tuple[int, int | None],
    steps: Sequence[tuple[Event, str]],
    reason: str | None = None,
) -> list[Transition]:
    """How an app, or its version of a build, came to its status."""
    found: list[Transition] = []
    before: str | None = None
    for event, status in steps:
        why = reason if event == "reject" else None
        found.append(Transition(db.now(), db.actor, *of, event, before, status, why))
        before = status
    return found


def _steps(way: tuple[Event, ...], last: str) -> list[tuple[Event, str]]:
    """The events from creation to a status, each with the status after it."""
    after: dict[Event, str] = {"create": "private", "submit": "submitted"}
    return [(event, after.get(event, last)) for event in ("create", *way)]

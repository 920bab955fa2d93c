"""Loads apps with their versions, pictures, artifacts and states."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from msgspec import to_builtins

from haymarket.apps import store as apps
from haymarket.apps.model import App, Figures, Flags, problems_of_key, problems_of_texts
from haymarket.assets.store import set_uses
from haymarket.html import clean_html
from haymarket.lifecycle.model import AfterApproval, AppStatus, Event, VersionStatus
from haymarket.lifecycle.store import record_transition
from haymarket.loading import format
from haymarket.loading.keeper import Place
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


@dataclass(frozen=True)
class Prepared:
    """An app of a file with everything that it refers to found and kept."""

    place: Place
    app: App
    versions: tuple[tuple[Version, Presentation], ...]
    rejection: str | None
    is_dated: bool = True


def prepare_app(
    place: Place, each: format.App, images: Mapping[str, str | None], categories: Mapping[str, int]
) -> App:
    """An app as it will be kept; `images` holds its logo and banner. Raises BadFile."""
    now = datetime.now(UTC)
    listed = _moment(each.listed)
    modified = _moment(each.modified) or listed or now
    approved = each.status in ("public", "readytolaunch")
    app = App(
        id=0,
        key=each.key,
        name=each.name,
        vendor_id=each.vendor,
        status=each.status,
        created_at=listed or modified,
        modified_at=modified,
        approved_at=(listed or modified) if approved else None,
        listed_at=(listed or modified) if each.status == "public" else None,
        archived_at=modified if each.archived else None,
        after_approval=_after_approval(each),
        tag_line=each.tag_line,
        summary=each.summary,
        category_ids=_category_ids(place, each, categories),
        links=_plain(each.links),
        tags=_tags(each.keywords),
        google_analytics_id=each.google_analytics_id,
        community_enabled=each.community_enabled,
        stores_personal_data=each.stores_personal_data,
        logo=images.get("logo"),
        banner=images.get("banner"),
        figures=_figures(each),
        flags=_flags(each),
    )
    for problem in (problems_of_key(app.key) + problems_of_texts(app))[:1]:
        raise place.bad(f"{(problem.path or '')[1:]}: {problem.message}")
    return app


def save_prepared(db: Writing, prepared: Prepared) -> None:
    """Add or update an app and its versions, with the history that leads to their statuses."""
    place, app = prepared.place, prepared.app
    if get_vendor(db, app.vendor_id) is None:
        raise place.within("vendor").bad(f"there is no vendor {app.vendor_id}")
    known = apps.get_app(db, app.key)
    if known is None:
        app = replace(app, id=apps.add_app(db, app))
        _write_history(db, app, WAYS[app.status], prepared.rejection)
    else:
        if known.status != app.status:
            reason = f"it is {known.status} already; loading does not change a status"
            raise place.within("status").bad(reason)
        app = replace(app, id=known.id, created_at=known.created_at, tags=app.tags or known.tags)
        if not prepared.is_dated:
            app = _with_times_of(app, known)
        apps.save_app(db, app)
    set_uses(db, f"app:{app.id}", {name for name in (app.logo, app.banner) if name})
    there = {version.build: version for version in versions.list_versions(db, app.id)}
    for version, shown in prepared.versions:
        _save_version(db, place, app, replace(version, app_id=app.id), shown, there)


def _with_times_of(app: App, known: App) -> App:
    return replace(
        app,
        modified_at=known.modified_at,
        approved_at=known.approved_at,
        listed_at=known.listed_at,
        archived_at=known.archived_at if app.archived_at else None,
    )


def _save_version(
    db: Writing,
    place: Place,
    app: App,
    version: Version,
    shown: Presentation,
    there: Mapping[int, Version],
) -> None:
    for problem in problems_of_version(version)[:1]:
        raise place.bad(f"version {version.name}: {(problem.path or '')[1:]}: {problem.message}")
    known = there.get(version.build)
    if known is None:
        versions.add_version(db, app.key, version, shown)
        before: str | None = None
        for event, status in _steps(VERSION_WAYS[version.status], version.status):
            record_transition(db, app.id, version.build, event, (before, status))
            before = status
    else:
        kept = replace(version, status=known.status, reviewed=known.reviewed)
        versions.save_version(db, app.key, kept, shown)
    names = set(shown.images) | ({version.artifact} if version.artifact else set())
    set_uses(db, f"version:{app.id}/{version.build}", names)


def _write_history(db: Writing, app: App, way: tuple[Event, ...], reason: str | None) -> None:
    before: str | None = None
    for event, status in _steps(way, app.status):
        why = reason if event == "reject" else None
        record_transition(db, app.id, None, event, (before, status), why)
        before = status


def _steps(way: tuple[Event, ...], last: str) -> list[tuple[Event, str]]:
    """The events from creation to a status, each with the status after it."""
    after: dict[Event, str] = {"create": "private", "submit": "submitted"}
    return [(event, after.get(event, last)) for event in ("create", *way)]


def _moment(day: date | None) -> datetime | None:
    return datetime.combine(day, time(9), UTC) if day else None


def _after_approval(each: format.App) -> AfterApproval:
    if each.status_after_approval:
        return each.status_after_approval
    return "readytolaunch" if each.status == "readytolaunch" else "public"


def _category_ids(place: Place, each: format.App, known: Mapping[str, int]) -> tuple[int, ...]:
    for index, name in enumerate(each.categories):
        if name not in known:
            raise place.within(f"categories[{index}]").bad(f"there is no category {name}")
    return tuple(dict.fromkeys(known[name] for name in each.categories))


def _plain(part: format.Part) -> dict[str, str]:
    found: dict[str, str | None] = to_builtins(part)
    return {name: value for name, value in found.items() if value is not None}


def _tags(keywords: list[str]) -> dict[str, list[dict[str, str]]] | None:
    if not keywords:
        return None
    return {"category": [], "keywords": [{"id": word, "name": word} for word in keywords]}


def _figures(each: format.App) -> Figures:
    told = each.figures
    return Figures(
        downloads=told.downloads,
        installs=told.installs,
        users=told.users,
        stars=told.stars,
        reviews=told.reviews,
        bundled=each.bundled,
        bundled_cloud=each.bundled_cloud,
    )


def _flags(each: format.App) -> Flags:
    return Flags(
        hidden="no" if isinstance(each.hidden, bool) else each.hidden,
        featured=each.featured,
        codegeist=each.codegeist,
        marketing_labels=tuple(each.marketing_labels),
    )


def rejection_of(each: format.App) -> str | None:
    """Why an app was rejected, as harmless HTML."""
    return clean_html(each.rejection_reason) if each.rejection_reason else None

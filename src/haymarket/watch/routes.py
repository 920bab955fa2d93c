"""Watching an app, and its feed, over HTTP (apps.md, C.31, 32)."""

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from litestar import Request, Response, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, RawBody

from haymarket import paths
from haymarket.accounts.identify import identify
from haymarket.accounts.model import Caller
from haymarket.apps.access import visible_app
from haymarket.apps.model import App
from haymarket.errors import Unauthorized
from haymarket.hal import BooleanState, StateIn
from haymarket.lifecycle.store import latest
from haymarket.settings import Settings
from haymarket.storage import Reading, Storage
from haymarket.vendors.store import get_vendor
from haymarket.watch import actions, feed, store, webhook_routes, wire
from haymarket.web.answers import changed, document
from haymarket.web.bodies import read_json, shape

AnyRequest = Request[Any, Any, Any]
WATCH = f"{paths.ADDONS}/{{app_key:str}}/watch"
FEED = f"{paths.OWN_APPS}/{{app_key:str}}/feed"
HISTORY = 200
"""Transitions that a feed is made from."""


@get(WATCH, summary="Get watch/unwatch app state", sync_to_thread=True, opt={"who": "user"})
def show_watch(
    request: AnyRequest, app_key: FromPath[str], storage: NamedDependency[Storage]
) -> Response[BooleanState]:
    """Whether the caller watches an app."""
    with storage.reading() as db:
        caller, app = _visible(db, request, app_key)
        return document(wire.watch_state(app, store.is_watched(db, app, caller)))


@put(
    WATCH,
    summary="Watch / unwatch app",
    status_code=204,
    sync_to_thread=True,
    opt={"body": "BooleanState"},
)
def set_watch(
    request: AnyRequest,
    app_key: FromPath[str],
    body: RawBody,
    storage: NamedDependency[Storage],
) -> Response[None]:
    """Watch an app, or watch it no longer."""
    with storage.reading() as db:
        caller, app = _visible(db, request, app_key)
    asked = shape(read_json(body), StateIn)
    actions.set_watch(storage, caller, app, asked.state)
    return changed(paths.app_part(app_key, "watch"))


@get(
    FEED,
    summary="Get the feed of an app",
    sync_to_thread=True,
    media_type=feed.TYPE,
    opt={"also": (304,)},
)
def show_feed(
    request: AnyRequest,
    app_key: FromPath[str],
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
) -> Response[str]:
    """An Atom feed: what is public for everyone, everything for contacts of the vendor."""
    with storage.reading() as db:
        caller = identify(db, request)
        app = visible_app(db, caller, app_key)
        is_inside = caller.belongs_to(app.vendor_id)
        entries = feed.entries_of(app, latest(db, app.id, HISTORY), is_inside)
        vendor = get_vendor(db, app.vendor_id)
        builds = {each.transition.build for each in entries} - {None}
        versions = store.names_of_versions(db, app.id, builds)
    source = feed.Source(app, vendor.name if vendor else "", storage.instance, settings.base_url)
    body = feed.to_atom(source, entries, versions)
    is_for_all = app.is_listed and not is_inside
    caching = "public, no-cache" if is_for_all else "private, no-cache"
    return _unless_known(request, body, feed.updated_at(source, entries), caching)


def _visible(db: Reading, request: AnyRequest, app_key: str) -> tuple[Caller, App]:
    caller = identify(db, request)
    app = visible_app(db, caller, app_key)
    if caller.is_anonymous:
        raise Unauthorized("Authentication is required")
    return caller, app


def _unless_known(
    request: AnyRequest, body: bytes, changed_at: datetime, caching: str
) -> Response[Any]:
    """A body, or 304 for a caller who has it: the mark counts, and the date where none is sent."""
    mark = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {
        "ETag": mark,
        "Last-Modified": format_datetime(changed_at.astimezone(UTC), usegmt=True),
        "Cache-Control": caching,
        "Vary": "Authorization",
    }
    known = request.headers.get("if-none-match")
    if known is not None:
        is_known = mark in (each.strip().removeprefix("W/") for each in known.split(","))
    else:
        is_known = _is_since(request.headers.get("if-modified-since", ""), changed_at)
    if is_known:
        return Response(b"", status_code=304, media_type=feed.TYPE, headers=headers)
    return Response(body, media_type=feed.TYPE, headers=headers)


def _is_since(header: str, changed_at: datetime) -> bool:
    try:
        return parsedate_to_datetime(header) >= changed_at.replace(microsecond=0)
    except (TypeError, ValueError, OverflowError):
        return False


ROUTES = [show_watch, set_watch, show_feed, *webhook_routes.ROUTES]

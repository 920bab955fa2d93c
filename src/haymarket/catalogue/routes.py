"""`/addons`: lists of apps, one app, creating and changing it (apps.md, C.1 to C.9)."""

from typing import Any

from litestar import Request, Response, get, patch, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, RawBody

from haymarket import paths
from haymarket.accounts.identify import has_credentials, identify, require_user
from haymarket.accounts.model import ANONYMOUS
from haymarket.apps.access import own_app
from haymarket.assets.files import Files
from haymarket.catalogue import actions, incoming
from haymarket.catalogue.one import OneApp, app_document, patched
from haymarket.catalogue.pages import ListOf, from_shelf, from_truth
from haymarket.catalogue.query import AppQuery, Boundaries, OneBoundary, the_app_query
from haymarket.catalogue.schemas import Addon
from haymarket.catalogue.schemas_lists import AddonCollection
from haymarket.catalogue.shelf import Shelf
from haymarket.paging import Page
from haymarket.settings import Settings
from haymarket.storage import Storage
from haymarket.vendors.access import existing_vendor
from haymarket.versions.attachments import Desk
from haymarket.versions.routes import TwinBuild
from haymarket.versions.wire import Site
from haymarket.web.answers import changed, created, document
from haymarket.web.bodies import read_json, shape
from haymarket.web.parameters import pairs
from haymarket.web.threads import apart

AnyRequest = Request[Any, Any, Any]
APP = f"{paths.ADDONS}/{{app_key:str}}"
ASKED = {"asked": Provide(the_app_query, sync_to_thread=False)}


@get(paths.ADDONS, summary="Get apps", dependencies=ASKED)
async def list_apps(
    request: AnyRequest,
    asked: NamedDependency[AppQuery],
    page: NamedDependency[Page],
    shelf: NamedDependency[Shelf],
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
    boundaries: Boundaries = None,
) -> Response[AddonCollection]:
    """A page of apps, filtered and sorted, by relevance when there is a text."""
    asked = asked.within(boundaries)
    wished = ListOf(paths.ADDONS, pairs(request.query_params), page, asked)
    if not has_credentials(request) and not asked.with_version:
        return document(from_shelf(shelf, ANONYMOUS, wished))
    return await sync_to_thread(_list_from_truth, request, wished, shelf, storage, settings)


@get(
    f"{paths.ADDONS}/vendor/{{vendor_id:int}}",
    summary="Get apps (by vendor)",
    dependencies=ASKED,
    sync_to_thread=True,
)
def list_apps_of_vendor(
    request: AnyRequest,
    vendor_id: FromPath[int],
    asked: NamedDependency[AppQuery],
    page: NamedDependency[Page],
    shelf: NamedDependency[Shelf],
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
    boundaries: Boundaries = None,
) -> Response[AddonCollection]:
    """A page of one vendor's apps."""
    with storage.reading() as db:
        existing_vendor(db, vendor_id)
    path, query = paths.apps_of_vendor(vendor_id), pairs(request.query_params)
    wished = ListOf(path, query, page, asked.within(boundaries), vendor_id=vendor_id)
    return _list_from_truth(request, wished, shelf, storage, settings)


def _list_from_truth(
    request: AnyRequest, wished: ListOf, shelf: Shelf, storage: Storage, settings: Settings
) -> Response[Any]:
    with storage.reading() as db:
        site = Site(identify(db, request), settings.base_url)
        if not site.caller.is_anonymous:
            shelf.at_least(db.head())
        return document(from_truth(db, shelf, site, wished))


@get(APP, summary="Get app", dependencies=ASKED)
async def show_app(
    request: AnyRequest,
    app_key: FromPath[str],
    asked: NamedDependency[AppQuery],
    shelf: NamedDependency[Shelf],
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
    boundary: OneBoundary = None,
) -> Response[Addon]:
    """One app. Filters are a condition on it and on the version that it embeds."""
    if not has_credentials(request) and not request.query_params:
        ready = shelf.index.document(app_key, "full")
        if ready is not None:
            return document(ready)
    one = OneApp(app_key, asked.within([boundary] if boundary else None))
    return await sync_to_thread(_show_from_truth, request, one, storage, settings)


def _show_from_truth(
    request: AnyRequest, one: OneApp, storage: Storage, settings: Settings
) -> Response[Any]:
    with storage.reading() as db:
        site = Site(identify(db, request), settings.base_url)
        return document(app_document(db, site, one))


@post(
    paths.ADDONS,
    summary="Create app",
    opt={"body": "Addon", "who": "manage-addon-details"},
)
@apart
def create_app(
    request: AnyRequest,
    body: RawBody,
    storage: NamedDependency[Storage],
    files: NamedDependency[Files],
    settings: NamedDependency[Settings],
    twin_build: TwinBuild = None,
) -> Response[Addon]:
    """Add an app with its first version: private, or waiting for its approval."""
    with storage.reading() as db:
        caller = require_user(db, request)
    doc = shape(read_json(body), incoming.NewAppIn)
    with storage.reading() as db:
        actions.vendor_of(db, caller, doc)
    assets = actions.resolve_new(Desk(storage, files, settings), caller, doc)
    site = Site(caller, settings.base_url)
    with storage.writing(caller.id) as db:
        app, _ = actions.create_app(db, caller, actions.NewApp(doc, assets, twin_build))
        one = OneApp(app.key, AppQuery(with_version=True, include_private=True))
        shown = app_document(db, site, one)
    return created(paths.app(app.key), shown)


@patch(
    APP,
    summary="Update app",
    status_code=204,
    opt={"body": "JsonPatchRequest", "who": "manage-addon-details"},
)
@apart
def change_app(
    request: AnyRequest,
    app_key: FromPath[str],
    body: RawBody,
    storage: NamedDependency[Storage],
    files: NamedDependency[Files],
    settings: NamedDependency[Settings],
) -> Response[None]:
    """Change an app by a JSON Patch against its document; read-only members stay."""
    with storage.reading() as db:
        caller = identify(db, request)
        site = Site(caller, settings.base_url)
        app = own_app(db, caller, app_key)
        doc = patched(db, site, app, body)
    desk = Desk(storage, files, settings)
    assets = actions.resolve_images(desk, caller, doc, actions.own_images(app))
    with storage.writing(caller.id) as db:
        app = own_app(db, caller, app_key)
        actions.change_app(db, caller, app, patched(db, site, app, body), assets)
    return changed(paths.app(app_key))


ROUTES = [list_apps, list_apps_of_vendor, show_app, create_app, change_app]

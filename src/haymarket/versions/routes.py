"""`/addons/{addonKey}/versions` over HTTP (related.md, 1)."""

from typing import Annotated, Any

from litestar import Request, Response, get, patch, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, HeaderParameter, QueryParameter, RawBody

from haymarket import paths
from haymarket.accounts.identify import identify
from haymarket.apps.access import own_app, visible_app
from haymarket.apps.model import App
from haymarket.apps.store import touch_app
from haymarket.assets.files import Files
from haymarket.errors import InvalidParameter, NotFound
from haymarket.licences.store import get_licence_type
from haymarket.paging import Page
from haymarket.settings import Settings
from haymarket.storage import Reading, Storage
from haymarket.versions import actions, incoming, store
from haymarket.versions.access import listed_versions, seen_versions, visible_version
from haymarket.versions.actions import NewVersion
from haymarket.versions.asked import OneBoundary, VersionQuery, the_version_query
from haymarket.versions.attachments import Desk, own_assets, resolve_assets
from haymarket.versions.collection import AddonVersionCollection, to_collection
from haymarket.versions.model import Version
from haymarket.versions.schemas import AddonVersion
from haymarket.versions.wanted import HostingFilter, Wanted, hostings_of, newest
from haymarket.versions.wire import Site, to_wire
from haymarket.web.answers import changed, created, document
from haymarket.web.bodies import read_json, shape
from haymarket.web.parameters import pairs
from haymarket.web.patching import apply_patch, read_patch
from haymarket.web.threads import apart

AnyRequest = Request[Any, Any, Any]
VERSIONS = f"{paths.ADDONS}/{{app_key:str}}/versions"
TwinBuild = Annotated[
    int | None,
    HeaderParameter(
        name=actions.TWIN_HEADER,
        description="Build number of the Data Center twin of a version for Server",
    ),
]
OneHosting = Annotated[
    HostingFilter | None,
    QueryParameter(name="hosting", description="Which of the versions that share the name"),
]


@get(
    VERSIONS,
    summary="Get app versions",
    sync_to_thread=True,
    dependencies={"wanted": Provide(the_version_query, sync_to_thread=False)},
)
def list_app_versions(
    request: AnyRequest,
    app_key: FromPath[str],
    wanted: NamedDependency[VersionQuery],
    page: NamedDependency[Page],
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
) -> Response[AddonVersionCollection]:
    """A page of an app's versions, newest first, narrowed by the filters."""
    with storage.reading() as db:
        site = Site(identify(db, request), settings.base_url)
        app = visible_app(db, site.caller, app_key)
        found = _matching(db, site, app, wanted)
        return document(to_collection(site, app, found, page, pairs(request.query_params)))


@get(
    f"{VERSIONS}/latest",
    summary="Get app version (latest)",
    sync_to_thread=True,
    dependencies={"wanted": Provide(the_version_query, sync_to_thread=False)},
)
def show_latest_version(
    request: AnyRequest,
    app_key: FromPath[str],
    wanted: NamedDependency[VersionQuery],
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
) -> Response[AddonVersion]:
    """The newest version that suits the filters."""
    with storage.reading() as db:
        site = Site(identify(db, request), settings.base_url)
        app = visible_app(db, site.caller, app_key)
        found = newest(_matching(db, site, app, wanted), Wanted())
        return document(_shown(db, site, app, found))


@get(
    f"{VERSIONS}/build/{{build:int}}",
    summary="Get app version (by number)",
    sync_to_thread=True,
)
def show_version(
    request: AnyRequest,
    app_key: FromPath[str],
    build: FromPath[int],
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
) -> Response[AddonVersion]:
    """One version by its build number."""
    with storage.reading() as db:
        site = Site(identify(db, request), settings.base_url)
        app = visible_app(db, site.caller, app_key)
        return document(_shown(db, site, app, visible_version(db, site.caller, app, build)))


@get(
    f"{VERSIONS}/name/{{name:str}}",
    summary="Get app version (by name)",
    sync_to_thread=True,
)
def show_version_by_name(
    request: AnyRequest,
    app_key: FromPath[str],
    name: FromPath[str],
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
    hosting: OneHosting = None,
    boundary: OneBoundary = None,
) -> Response[AddonVersion]:
    """The newest version with a name; `hosting` chooses among twins."""
    with storage.reading() as db:
        site = Site(identify(db, request), settings.base_url)
        app = visible_app(db, site.caller, app_key)
        boundaries = frozenset({boundary} if boundary else ())
        wanted = Wanted(None, hostings_of([hosting] if hosting else None), None, boundaries)
        wanted_name = name.replace("%2F", "/")  # as slashes in a segment arrive
        seen = seen_versions(site.caller, app, store.list_versions(db, app.id))
        named = [version for version in seen if version.name == wanted_name]
        return document(_shown(db, site, app, newest(named, wanted)))


@post(
    VERSIONS,
    summary="Create app version",
    opt={"body": "AddonVersion", "who": "manage-addon-details"},
)
@apart
def create_version(
    request: AnyRequest,
    app_key: FromPath[str],
    body: RawBody,
    storage: NamedDependency[Storage],
    files: NamedDependency[Files],
    settings: NamedDependency[Settings],
    twin_build: TwinBuild = None,
) -> Response[AddonVersion]:
    """Add a version to an app; what is left out is taken on from the version before."""
    with storage.reading() as db:
        caller = identify(db, request)
        own_app(db, caller, app_key)
    doc = shape(read_json(body), incoming.VersionIn)
    assets = resolve_assets(Desk(storage, files, settings), caller, doc)
    with storage.writing(caller.id) as db:
        app = own_app(db, caller, app_key)
        version = actions.add_version(db, app, NewVersion(doc, assets, twin_build))
        app = touch_app(db, app)
        shown = _shown(db, Site(caller, settings.base_url), app, version)
    return created(paths.version(app_key, version.build), shown)


@patch(
    f"{VERSIONS}/build/{{build:int}}",
    summary="Update app version",
    status_code=204,
    opt={"body": "JsonPatchRequest", "who": "manage-addon-details"},
)
@apart
def change_version(
    request: AnyRequest,
    app_key: FromPath[str],
    build: FromPath[int],
    body: RawBody,
    storage: NamedDependency[Storage],
    files: NamedDependency[Files],
    settings: NamedDependency[Settings],
) -> Response[None]:
    """Change a version by a JSON Patch against its document; read-only members stay."""
    with storage.reading() as db:
        site = Site(identify(db, request), settings.base_url)
        app = own_app(db, site.caller, app_key)
        version = visible_version(db, site.caller, app, build)
        operations = read_patch(body)
        doc = _patched(db, site, app, version, operations)
        own = own_assets(version, store.get_presentation(db, app.id, build))
    desk = Desk(storage, files, settings)
    assets = resolve_assets(desk, site.caller, doc, own=own)
    with storage.writing(site.caller.id) as db:
        app = own_app(db, site.caller, app_key)
        version = visible_version(db, site.caller, app, build)
        doc = _patched(db, site, app, version, operations)
        actions.change_version(db, app, version, doc, assets)
        touch_app(db, app)
    return changed(paths.version(app_key, build))


def _patched(
    db: Reading, site: Site, app: App, version: Version, operations: list[dict[str, Any]]
) -> incoming.VersionIn:
    now = _shown(db, site, app, version)
    plain = apply_patch(actions.wire_form(now), operations, incoming.READ_ONLY)
    return shape(plain, incoming.VersionIn)


def _matching(db: Reading, site: Site, app: App, asked: VersionQuery) -> list[Version]:
    wanted = asked.wanted(db)
    found = listed_versions(db, site.caller, app, asked.include_private)
    if asked.after_version is not None:
        named = [version.build for version in found if version.name == asked.after_version]
        if not named:
            raise InvalidParameter(f"afterVersion: there is no version {asked.after_version}")
        found = [version for version in found if version.build > max(named)]
    return [version for version in found if wanted.suits(version)]


def _shown(db: Reading, site: Site, app: App, version: Version | None) -> AddonVersion:
    if version is None:
        raise NotFound(f"The app {app.key} has no such version")
    shown = store.get_presentation(db, app.id, version.build)
    licence = get_licence_type(db, shown.licence) if shown.licence else None
    return to_wire(site, app, version, shown, licence)


ROUTES = [
    list_app_versions,
    show_latest_version,
    show_version,
    show_version_by_name,
    create_version,
    change_version,
]

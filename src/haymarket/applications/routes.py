"""`/applications` over HTTP."""

from typing import Annotated, Any

from litestar import Request, Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter, RawBody

from haymarket import paths
from haymarket.accounts.identify import identify, require_admin
from haymarket.applications import actions, store, wire
from haymarket.applications.access import may_see, visible_application, visible_version
from haymarket.hal import Link
from haymarket.paging import Page, without_paging
from haymarket.settings import Settings
from haymarket.storage import Storage
from haymarket.web.answers import changed, created, document
from haymarket.web.bodies import read_json
from haymarket.web.parameters import pairs
from haymarket.web.patching import read_patch

ONE = f"{paths.APPLICATIONS}/{{application_key:str}}"
VERSIONS = f"{ONE}/versions"
VERSION = f"{VERSIONS}/build/{{application_build_number:int}}"

AnyRequest = Request[Any, Any, Any]
AfterBuild = Annotated[
    int | None,
    QueryParameter(
        name="afterBuildNumber",
        description="Only versions with a greater build number",
        ge=0,
        le=store.LARGEST_BUILD,
    ),
]


@get(paths.APPLICATIONS, summary="Get applications", sync_to_thread=True)
def list_applications(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
    page: NamedDependency[Page],
) -> Response[wire.ApplicationCollection]:
    """The host applications. Without `limit` all of them: nothing would tell that more follow."""
    with storage.reading() as db:
        caller = identify(db, request)
        known = [each for each in store.list_applications(db) if may_see(caller, each)]
    end = None if page.asked_limit is None else page.offset + page.limit
    return document(wire.to_collection(known[page.offset : end], settings.base_url))


@get(ONE, summary="Get application", sync_to_thread=True)
def show_application(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
    application_key: FromPath[str],
) -> Response[wire.Application]:
    """One application by its key or a former key."""
    with storage.reading() as db:
        application = visible_application(db, identify(db, request), application_key)
    return document(wire.to_wire(application, settings.base_url))


@get(
    VERSIONS,
    summary="Get application versions",
    operation_id="listApplicationVersions",
    sync_to_thread=True,
)
def list_versions(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    page: NamedDependency[Page],
    application_key: FromPath[str],
    after_build: AfterBuild = None,
) -> Response[wire.ApplicationVersionCollection]:
    """The versions of an application, newest first."""
    with storage.reading() as db:
        caller = identify(db, request)
        key = visible_application(db, caller, application_key).key
        listing = store.list_host_versions if caller.is_admin else store.list_published_versions
        versions, count = listing(db, key, after_build, page.offset, page.limit)
    links = _page_links(paths.application_versions(key), pairs(request.query_params), page, count)
    return document(wire.to_version_collection(versions, count, links))


@post(
    VERSIONS,
    summary="Create application version",
    operation_id="createApplicationVersion",
    sync_to_thread=True,
    opt={"body": wire.ApplicationVersionInput, "who": "admin"},
)
def create_version(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    application_key: FromPath[str],
    body: RawBody,
) -> Response[wire.ApplicationVersion]:
    """Add a version of an application; for administrators."""
    with storage.reading() as db:
        caller = require_admin(db, request)
    with storage.writing(caller.id) as db:
        key = visible_application(db, caller, application_key).key
        version = actions.add_version(db, key, read_json(body))
    return created(paths.application_version(key, version.build), wire.version_to_wire(version))


@get(
    VERSION,
    summary="Get application version (by number)",
    operation_id="showApplicationVersion",
    sync_to_thread=True,
)
def show_version(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    application_key: FromPath[str],
    application_build_number: FromPath[int],
) -> Response[wire.ApplicationVersion]:
    """One version by its build number."""
    with storage.reading() as db:
        caller = identify(db, request)
        key = visible_application(db, caller, application_key).key
        version = store.get_host_version(db, key, application_build_number)
        return document(wire.version_to_wire(visible_version(caller, version, key)))


@patch(
    VERSION,
    summary="Update application version",
    operation_id="changeApplicationVersion",
    status_code=204,
    sync_to_thread=True,
    opt={"body": "JsonPatchRequest", "who": "admin"},
)
def change_version(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    application_key: FromPath[str],
    application_build_number: FromPath[int],
    body: RawBody,
) -> Response[None]:
    """Change what is told of a version, but not its name and build; for administrators."""
    with storage.reading() as db:
        caller = require_admin(db, request)
    operations = read_patch(body)
    with storage.writing(caller.id) as db:
        key = visible_application(db, caller, application_key).key
        found = store.get_host_version(db, key, application_build_number)
        actions.change_version(db, visible_version(caller, found, key), operations)
    return changed(paths.application_version(key, application_build_number))


@get(
    f"{VERSIONS}/latest",
    summary="Get application version (latest)",
    operation_id="showLatestApplicationVersion",
    sync_to_thread=True,
)
def show_latest_version(
    request: AnyRequest, storage: NamedDependency[Storage], application_key: FromPath[str]
) -> Response[wire.ApplicationVersion]:
    """The newest published version."""
    with storage.reading() as db:
        caller = identify(db, request)
        key = visible_application(db, caller, application_key).key
        version = store.latest_host_version(db, key)
        return document(wire.version_to_wire(visible_version(caller, version, key)))


@get(
    f"{VERSIONS}/name/{{name:str}}",
    summary="Get application version (by name)",
    operation_id="showApplicationVersionByName",
    sync_to_thread=True,
)
def show_version_by_name(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    application_key: FromPath[str],
    name: FromPath[str],
) -> Response[wire.ApplicationVersion]:
    """One version by its name."""
    with storage.reading() as db:
        caller = identify(db, request)
        key = visible_application(db, caller, application_key).key
        version = store.get_host_version_by_name(db, key, name)
        return document(wire.version_to_wire(visible_version(caller, version, key)))


def _page_links(
    path: str, query: list[tuple[str, str]], page: Page, count: int
) -> wire.ApplicationVersionCollectionLinks:
    rest = without_paging(query)
    following, before = page.next(count), page.previous()
    return wire.ApplicationVersionCollectionLinks(
        self_=Link(paths.with_query(path, query)),
        next=None if following is None else Link(paths.with_query(path, rest + following)),
        prev=None if before is None else Link(paths.with_query(path, rest + before)),
    )


ROUTES = [
    list_applications,
    show_application,
    list_versions,
    create_version,
    show_version,
    change_version,
    show_latest_version,
    show_version_by_name,
]

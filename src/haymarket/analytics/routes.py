"""Heartbeats and what is counted of them over HTTP (apps.md, C.12 to 18)."""

from typing import Any

from anyio import to_thread
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from haymarket import paths
from haymarket.accounts.identify import identify, require_ingest
from haymarket.analytics import store, wire
from haymarket.analytics.intake import Intake
from haymarket.analytics.model import Dimension, series_of, week_of
from haymarket.applications.store import list_applications
from haymarket.apps.access import app_of_contact, visible_app
from haymarket.catalogue.schemas import AddonDistributionSummary
from haymarket.catalogue.wire import distribution
from haymarket.errors import TooLarge
from haymarket.settings import Settings
from haymarket.storage import Reading, Storage
from haymarket.web.answers import document

AnyRequest = Request[Any, Any, Any]
PLACE = f"{paths.ADDONS}/{{app_key:str}}/distribution"
CONTACT = {"who": "contact", "also": (400,)}


@post(
    paths.HEARTBEATS,
    summary="Report installations",
    status_code=200,
    request_max_body_size=None,
    opt={"body": wire.Heartbeat, "who": "host", "also": (415, 429, 503)},
)
async def take_heartbeats(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
    intake: NamedDependency[Intake],
) -> Response[wire.HeartbeatsCounted]:
    """Count what instances of host applications tell of their apps; 200 when it is kept."""
    await to_thread.run_sync(_require_ingest, storage, request)
    intake.check()  # before a body is taken that is refused anyway
    body = await _received(request, settings.heartbeat_limit)
    encoding = request.headers.get("content-encoding", "").strip().lower()
    return document(await intake.count(body, encoding, storage.clock()))


def _require_ingest(storage: Storage, request: AnyRequest) -> None:
    with storage.reading() as db:
        require_ingest(db, request)


async def _received(request: AnyRequest, limit: int) -> bytes:
    """The whole body. Raises TooLarge as soon as it is."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > limit:
            raise TooLarge(f"A batch has at most {limit} bytes")
    return bytes(content)


@get(PLACE, summary="Get app metrics", sync_to_thread=True)
def show_metrics(
    request: AnyRequest, app_key: FromPath[str], storage: NamedDependency[Storage]
) -> Response[AddonDistributionSummary]:
    """Downloads in all; installs and users of the last full week."""
    with storage.reading() as db:
        app = visible_app(db, identify(db, request), app_key)
    return document(distribution(app))


@get(f"{PLACE}/active", summary="Get app active installations", sync_to_thread=True, opt=CONTACT)
def show_active(
    request: AnyRequest, app_key: FromPath[str], storage: NamedDependency[Storage]
) -> Response[wire.AddonDistribution]:
    """How many instances reported the app in each full week."""
    return _distribution(request, app_key, storage, "active")


@get(
    f"{PLACE}/application",
    summary="Get app active installations (by application)",
    sync_to_thread=True,
    opt=CONTACT,
)
def show_applications(
    request: AnyRequest, app_key: FromPath[str], storage: NamedDependency[Storage]
) -> Response[wire.AddonDistribution]:
    """Active installations of each host application."""
    return _distribution(request, app_key, storage, "application")


@get(
    f"{PLACE}/application/version",
    summary="Get app active installations (by application version)",
    sync_to_thread=True,
    opt=CONTACT,
)
def show_application_versions(
    request: AnyRequest, app_key: FromPath[str], storage: NamedDependency[Storage]
) -> Response[wire.AddonDistribution]:
    """Active installations of each version of a host application."""
    return _distribution(request, app_key, storage, "host")


@get(
    f"{PLACE}/application/version/major",
    summary="Get app active installations (by major application version)",
    sync_to_thread=True,
    opt=CONTACT,
)
def show_major_versions(
    request: AnyRequest, app_key: FromPath[str], storage: NamedDependency[Storage]
) -> Response[wire.AddonDistribution]:
    """Active installations by the first number of the host application's version."""
    return _distribution(request, app_key, storage, "major")


@get(
    f"{PLACE}/application/version/minor",
    summary="Get app active installations (by minor application version)",
    sync_to_thread=True,
    opt=CONTACT,
)
def show_minor_versions(
    request: AnyRequest, app_key: FromPath[str], storage: NamedDependency[Storage]
) -> Response[wire.AddonDistribution]:
    """Active installations by the first two numbers of the host application's version."""
    return _distribution(request, app_key, storage, "minor")


@get(
    f"{PLACE}/version",
    summary="Get app active installations (by app version)",
    sync_to_thread=True,
    opt=CONTACT,
)
def show_versions(
    request: AnyRequest, app_key: FromPath[str], storage: NamedDependency[Storage]
) -> Response[wire.AddonDistribution]:
    """Active installations of each version of the app."""
    return _distribution(request, app_key, storage, "version")


def _distribution(
    request: AnyRequest, app_key: str, storage: Storage, dimension: Dimension
) -> Response[wire.AddonDistribution]:
    """The series of a dimension, for contacts and administrators, up to the last full week."""
    with storage.reading() as db:
        app = app_of_contact(db, identify(db, request), app_key)
        counts = store.counts_of(db, app.id, dimension, week_of(db.now()))
        shown_as = _names(db, dimension)
    shown = {each: shown_as(each) for each in {name for name, _, _ in counts}}
    series = series_of((shown[each], week, count) for each, week, count in counts)
    return document(wire.distribution(series))


def _names(db: Reading, dimension: Dimension) -> wire.Naming:
    """How the names of a dimension are shown."""
    if dimension == "active":
        return lambda name: "active"
    if dimension == "version":
        return lambda name: name
    applications = {
        key: each.name for each in list_applications(db) for key in (*each.key_aliases, each.key)
    }
    return lambda name: wire.shown_name(name, applications)


ROUTES = [
    take_heartbeats,
    show_metrics,
    show_active,
    show_applications,
    show_application_versions,
    show_major_versions,
    show_minor_versions,
    show_versions,
]

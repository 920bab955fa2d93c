"""`/download/apps/{id}/version/{build}`: the artifact of a version, byte for byte."""

from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from haymarket import paths
from haymarket.accounts.identify import identify
from haymarket.apps.access import may_see
from haymarket.apps.store import get_app_by_id
from haymarket.assets.files import Files
from haymarket.assets.routes import send_artifact
from haymarket.assets.store import get_asset
from haymarket.errors import NotFound
from haymarket.storage import Storage
from haymarket.versions.access import visible_version
from haymarket.versions.counter import DownloadCounter
from haymarket.web.heads import is_head
from haymarket.web.limits import address_of


@get(
    f"{paths.DOWNLOADS}/{{app_id:int}}/version/{{build:int}}",
    summary="Download the artifact of a version",
    opt={"also": (304,)},
    sync_to_thread=True,
)
def download(
    request: Request[Any, Any, Any],
    app_id: FromPath[int],
    build: FromPath[int],
    storage: NamedDependency[Storage],
    files: NamedDependency[Files],
    counter: NamedDependency[DownloadCounter],
) -> Response[bytes]:
    """The artifact, for whoever may see the version; counted once a day for each caller."""
    with storage.reading() as db:
        caller = identify(db, request)
        app = get_app_by_id(db, app_id)
        if app is None or not may_see(caller, app):
            raise NotFound(f"There is no app {app_id}, or it is not visible to you")
        version = visible_version(db, caller, app, build)
        asset = get_asset(db, version.artifact) if version.artifact else None
    if asset is None:
        raise NotFound(f"The version {build} has no artifact here")
    everyone = app.is_listed and version.status == "public"
    caching = "public, max-age=3600" if everyone else "private, no-store"
    answer = send_artifact(request, files, asset, caching)
    if answer.status_code != 304 and not is_head(request):
        who = address_of(request) if caller.is_anonymous else f"user {caller.id}"
        counter.note(app.id, build, who)
    return answer


ROUTES = [download]

"""Approval and release over HTTP (apps.md, C.10, 11, 24, 25; related.md, 1)."""

from typing import Any

from litestar import Request, Response, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, RawBody

from haymarket import paths
from haymarket.accounts.identify import identify
from haymarket.apps.access import app_of_contact, own_app
from haymarket.errors import NotFound
from haymarket.lifecycle.model import approval_of, approval_of_version
from haymarket.lifecycle.store import history
from haymarket.publishing import actions, wire
from haymarket.storage import Storage
from haymarket.versions.access import visible_version
from haymarket.web.answers import changed, document
from haymarket.web.bodies import read_json, shape

AnyRequest = Request[Any, Any, Any]
APP = f"{paths.ADDONS}/{{app_key:str}}"
VERSION = f"{APP}/versions/build/{{build:int}}"


@get(f"{APP}/approval", summary="Get app approval", sync_to_thread=True, opt={"who": "contact"})
def show_approval(
    request: AnyRequest, app_key: FromPath[str], storage: NamedDependency[Storage]
) -> Response[wire.ApprovalStatus]:
    """Where the review of an app stands, for its contacts and administrators."""
    with storage.reading() as db:
        app = app_of_contact(db, identify(db, request), app_key)
        status = approval_of(app.state)
        if status is None:
            raise NotFound(f"The app {app_key} was never submitted")
        reason = actions.reason_of(history(db, app.id)) if status == "rejected" else None
        return document(wire.app_approval(app, status, reason))


@put(
    f"{APP}/approval",
    summary="Update app approval",
    sync_to_thread=True,
    status_code=204,
    opt={"body": "ApprovalStatus", "who": "manage-addon-details"},
)
def decide_approval(
    request: AnyRequest,
    app_key: FromPath[str],
    body: RawBody,
    storage: NamedDependency[Storage],
) -> Response[None]:
    """Approve or reject an app as an administrator, or submit it again as a contact."""
    with storage.reading() as db:
        caller = identify(db, request)
        own_app(db, caller, app_key)
    asked = shape(read_json(body), wire.ApprovalIn)
    with storage.writing(caller.id) as db:
        actions.decide_app(db, caller, own_app(db, caller, app_key), asked)
    return changed(paths.app_part(app_key, "approval"))


@get(
    f"{VERSION}/approval",
    summary="Get app version approval",
    sync_to_thread=True,
    opt={"who": "contact"},
)
def show_version_approval(
    request: AnyRequest,
    app_key: FromPath[str],
    build: FromPath[int],
    storage: NamedDependency[Storage],
) -> Response[wire.ApprovalStatus]:
    """Where the review of a version stands, for the app's contacts and administrators."""
    with storage.reading() as db:
        caller = identify(db, request)
        app = app_of_contact(db, caller, app_key)
        version = visible_version(db, caller, app, build)
        status = approval_of_version(version.status, version.reviewed)
        if status is None:
            raise NotFound(f"The version {build} of the app {app_key} was never submitted")
        reason = actions.reason_of(history(db, app.id, build)) if status == "rejected" else None
        return document(wire.version_approval(app, build, status, reason))


@put(
    f"{VERSION}/approval",
    summary="Update app version approval",
    sync_to_thread=True,
    status_code=204,
    opt={"body": "ApprovalStatus", "who": "manage-addon-details"},
)
def decide_version_approval(
    request: AnyRequest,
    app_key: FromPath[str],
    build: FromPath[int],
    body: RawBody,
    storage: NamedDependency[Storage],
) -> Response[None]:
    """Approve or reject a version as an administrator, or submit it again as a contact."""
    with storage.reading() as db:
        caller = identify(db, request)
        visible_version(db, caller, own_app(db, caller, app_key), build)
    asked = shape(read_json(body), wire.ApprovalIn)
    with storage.writing(caller.id) as db:
        app = own_app(db, caller, app_key)
        version = visible_version(db, caller, app, build)
        actions.decide_version(db, caller, app, version, asked)
    return changed(paths.version_approval(app_key, build))


@get(
    f"{APP}/release", summary="Get app release status", sync_to_thread=True, opt={"who": "contact"}
)
def show_release(
    request: AnyRequest, app_key: FromPath[str], storage: NamedDependency[Storage]
) -> Response[wire.AddonReleaseStatus]:
    """Whether an app was released, for its contacts and administrators."""
    with storage.reading() as db:
        app = app_of_contact(db, identify(db, request), app_key)
        return document(wire.AddonReleaseStatus(released=app.is_listed))


@put(
    f"{APP}/release",
    summary="Release app",
    sync_to_thread=True,
    status_code=204,
    opt={"body": "AddonReleaseStatus", "who": "manage-addon-details"},
)
def release(
    request: AnyRequest,
    app_key: FromPath[str],
    body: RawBody,
    storage: NamedDependency[Storage],
) -> Response[None]:
    """Release an approved app to everyone."""
    with storage.reading() as db:
        caller = identify(db, request)
        own_app(db, caller, app_key)
    asked = shape(read_json(body), wire.ReleaseIn)
    with storage.writing(caller.id) as db:
        actions.release_app(db, own_app(db, caller, app_key), asked)
        db.record("release.asked", app_key)
    return changed(paths.app_part(app_key, "release"))


ROUTES = [
    show_approval,
    decide_approval,
    show_version_approval,
    decide_version_approval,
    show_release,
    release,
]

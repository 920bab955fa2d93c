"""`/assets` and the files themselves over HTTP."""

from functools import partial
from typing import Annotated, Any
from urllib.parse import unquote

from anyio import CapacityLimiter, to_thread
from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream

from haymarket import paths
from haymarket.accounts.identify import AnyRequest, identify, require_user
from haymarket.accounts.model import Caller
from haymarket.assets import actions, model, store, uploads, wire
from haymarket.assets.files import Files, artifact_key, image_key
from haymarket.assets.model import Asset
from haymarket.errors import NotFound
from haymarket.hal import encode
from haymarket.settings import Settings
from haymarket.storage import Storage
from haymarket.web.answers import document
from haymarket.web.heads import is_head

COLLECTION = encode(wire.COLLECTION)
YEAR = "max-age=31536000, immutable"
FETCHES = CapacityLimiter(4)
"""Fetches may wait long for others: they have threads of their own, and few."""

FileName = Annotated[str, QueryParameter(name="file", description="The name of the file")]
OptionalFileName = Annotated[
    str | None,
    QueryParameter(name="file", description="The name of the file, when it is the whole body"),
]
Uri = Annotated[str, QueryParameter(name="uri", description="Where to fetch the artifact")]


@get(paths.ASSETS, summary="Get asset links", sync_to_thread=False)
def show_assets() -> Response[wire.HasAssetsCollectionLinks]:
    """Where to upload artifacts and images."""
    return document(COLLECTION)


@post(
    paths.ASSETS_ARTIFACT,
    summary="Upload app artifact",
    opt={"body": "ArtifactFile"},
    status_code=200,
    request_max_body_size=None,
)
async def upload_artifact(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    files: NamedDependency[Files],
    settings: NamedDependency[Settings],
    file: OptionalFileName = None,
) -> Response[wire.AddonArtifactAsset]:
    """Keep a `.jar` or `.obr`: a form with the part `file`, or the bytes and `?file=NAME`."""
    caller = await to_thread.run_sync(_user, storage, request)
    with uploads.temporary_file(settings) as path:
        name = await uploads.receive_artifact(_body(request, file), path, settings.upload_limit)
        asset = await to_thread.run_sync(
            actions.keep_artifact, storage, files, settings, caller, path, name
        )
    return document(wire.to_artifact(settings.base_url, asset))


@post(paths.ASSETS_FETCH, summary="Validate app artifact", status_code=200)
async def fetch_artifact(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    files: NamedDependency[Files],
    settings: NamedDependency[Settings],
    uri: Uri,
) -> Response[wire.AddonArtifactAsset]:
    """Copy a `.jar` or `.obr` from outside and keep it."""
    caller = await to_thread.run_sync(_user, storage, request)
    fetched = partial(actions.fetch_artifact, storage, files, settings, caller, uri)
    asset = await to_thread.run_sync(fetched, limiter=FETCHES)
    return document(wire.to_artifact(settings.base_url, asset))


@post(
    f"{paths.ASSETS_IMAGE}/{{image_type:str}}",
    summary="Upload image",
    opt={"body": "ImageFile"},
    status_code=200,
    request_max_body_size=None,
)
async def upload_image(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    files: NamedDependency[Files],
    settings: NamedDependency[Settings],
    image_type: FromPath[model.ImageType],
    file: FileName,
) -> Response[wire.ImageAsset]:
    """Keep an image of one of the types, which fixes its size; the body is the file."""
    caller = await to_thread.run_sync(_user, storage, request)
    content = await uploads.receive_image(_body(request, file), settings.image_limit)
    asset = await to_thread.run_sync(
        actions.keep_image, storage, files, settings, caller, content, image_type, file
    )
    return document(wire.to_image(settings.base_url, asset))


@get(f"{paths.ASSETS}/{{asset_name:str}}", summary="Get asset details", sync_to_thread=True)
def show_asset(
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
    asset_name: FromPath[str],
) -> Response[wire.ImageAsset | wire.AddonArtifactAsset]:
    """One asset by its name, whose slashes are percent-encoded."""
    name = unquote(asset_name)
    with storage.reading() as db:
        asset = store.get_asset(db, name)
    if asset is None:
        raise NotFound(f"There is no asset {name}")
    return document(wire.to_wire(settings.base_url, asset))


@delete(
    f"{paths.ASSETS}/{{asset_name:str}}",
    summary="Delete asset",
    opt={"who": "uploader", "also": (409,)},
    status_code=204,
    sync_to_thread=True,
)
def delete_asset(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    files: NamedDependency[Files],
    asset_name: FromPath[str],
) -> None:
    """Delete an asset of one's own that nothing uses."""
    caller = _user(storage, request)
    actions.drop_asset(storage, files, caller, unquote(asset_name))


@get(f"{paths.FILES}/{{file_id:str}}", include_in_schema=False, sync_to_thread=True)
def send_image(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    files: NamedDependency[Files],
    file_id: FromPath[str],
) -> Response[Any]:
    """An image file, for anyone who knows its address."""
    if not model.is_file_id(file_id):
        raise NotFound("There is no such file")
    with storage.reading() as db:
        upload = store.get_asset(db, file_id)
    headers = {"Cache-Control": f"public, {YEAR}", "ETag": f'"{file_id}"'}
    content_type = upload.content_type if upload else "image/png"
    return _sent(request, files, image_key(file_id), headers, content_type)


@get(
    f"{paths.FILES}/artifacts/{{artifact_id:str}}/{{file_name:str}}",
    include_in_schema=False,
    sync_to_thread=True,
)
def send_own_artifact(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    files: NamedDependency[Files],
    artifact_id: FromPath[str],
    file_name: FromPath[str],
) -> Response[Any]:
    """An artifact, for its uploader and for administrators; versions have public downloads."""
    with storage.reading() as db:
        caller = identify(db, request)
        asset = store.get_asset(db, f"artifact/{artifact_id}/{file_name}")
    if asset is None or not actions.is_his(asset, caller):
        raise NotFound("There is no such file")
    return send_artifact(request, files, asset, f"private, {YEAR}")


def send_artifact(request: AnyRequest, files: Files, asset: Asset, caching: str) -> Response[Any]:
    """The answer with the file of an artifact; `caching` is the value of Cache-Control.

    304 when the caller has it. Raises NotFound. Who may have it is decided before.
    """
    name = model.last_part(asset.name)
    headers = {
        "Cache-Control": caching,
        "ETag": f'"{asset.sha256}"',
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return _sent(request, files, artifact_key(asset.name), headers, asset.content_type)


def _sent(
    request: AnyRequest, files: Files, key: str, headers: dict[str, str], content_type: str
) -> Response[Any]:
    headers["X-Content-Type-Options"] = "nosniff"
    known = request.headers.get("if-none-match", "")
    if headers["ETag"] in (each.strip().removeprefix("W/") for each in known.split(",")):
        return Response(None, status_code=304, headers=headers)
    opened = files.open(key)
    if opened is None:
        raise NotFound("There is no such file")
    headers["Content-Length"] = str(opened.size)
    chunks = () if is_head(request) else opened.chunks  # what nobody sees is not read
    return Stream(chunks, headers=headers, media_type=content_type)


def _user(storage: Storage, request: AnyRequest) -> Caller:
    with storage.reading() as db:
        return require_user(db, request)


def _body(request: AnyRequest, file_name: str | None) -> uploads.Body:
    content_type = request.headers.get("content-type", "")
    return uploads.Body(request.stream(), content_type, request.content_length, file_name)


ROUTES = [
    show_assets,
    upload_artifact,
    fetch_artifact,
    upload_image,
    show_asset,
    delete_asset,
    send_image,
    send_own_artifact,
]

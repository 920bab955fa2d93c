"""Keeps, fetches, resolves and drops assets.

Nothing here may be called inside a writing transaction: files are put in their place first, then
a transaction of its own adds the row. So other slices resolve links before they begin to write.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from haymarket import paths
from haymarket.accounts.model import Caller
from haymarket.assets import model, store
from haymarket.assets.archives import check_archive, has_archive_name
from haymarket.assets.descriptors import SUFFIX, is_json_name, looks_like_json, read_connect
from haymarket.assets.fetch import fetch
from haymarket.assets.files import Files, artifact_key, image_key, keys_of
from haymarket.assets.images import check_image
from haymarket.assets.model import Asset, ConnectDescriptor, ImageType, Kind
from haymarket.assets.network import INTERNET, Internet
from haymarket.assets.uploads import temporary_file
from haymarket.errors import Conflict, Invalid, NotFound
from haymarket.hal import image_file_id
from haymarket.settings import Settings
from haymarket.storage import Storage


def keep_artifact(
    storage: Storage,
    files: Files,
    settings: Settings,
    caller: Caller,
    local_path: Path,
    file_name: str,
    remote: str | None = None,
) -> Asset:
    """Check an archive or a Connect descriptor on disk and keep a copy of it.

    Raises Invalid (related.md, 3).
    """
    connect = _checked(local_path, file_name, settings)
    with local_path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    asset = Asset(
        name=model.artifact_name(file_name),
        kind="artifact",
        image_type=None,
        file_name=model.logical_file_name(file_name),
        size=local_path.stat().st_size,
        sha256=digest,
        content_type=model.artifact_type(file_name),
        width=None,
        height=None,
        uploader=caller.id,
        remote=remote,
        created_at=storage.clock(),
        connect=connect,
    )
    return _keep(storage, files, asset, {artifact_key(asset.name): local_path})


def keep_image(
    storage: Storage,
    files: Files,
    settings: Settings,
    caller: Caller,
    content: bytes,
    image_type: ImageType,
    file_name: str,
    remote: str | None = None,
) -> Asset:
    """Check an image and keep it with its smaller sizes. Raises Invalid (related.md, 3)."""
    if len(content) > settings.image_limit:
        raise Invalid(f"The image is larger than {settings.image_limit} bytes")
    checked = check_image(content, image_type)
    asset = Asset(
        name=model.image_name(),
        kind="image",
        image_type=image_type,
        file_name=model.logical_file_name(file_name),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content_type=checked.content_type,
        width=checked.width,
        height=checked.height,
        uploader=caller.id,
        remote=remote,
        created_at=storage.clock(),
    )
    sizes = {"unscaled": content, **checked.variants}
    contents = {image_key(image_file_id(asset.name, v)): sizes[v] for v in sizes}
    return _keep(storage, files, asset, contents)


def fetch_artifact(
    storage: Storage,
    files: Files,
    settings: Settings,
    caller: Caller,
    uri: str,
    internet: Internet = INTERNET,
) -> Asset:
    """Copy an archive from outside. Raises Invalid naming the reason."""
    with temporary_file(settings) as path:
        names = fetch(settings, uri, path, settings.upload_limit, internet).file_names
        name = _file_name(path, names)
        return keep_artifact(storage, files, settings, caller, path, name, uri)


def fetch_image(
    storage: Storage,
    files: Files,
    settings: Settings,
    caller: Caller,
    uri: str,
    image_type: ImageType,
    internet: Internet = INTERNET,
) -> Asset:
    """Copy an image from outside. Raises Invalid naming the reason."""
    with temporary_file(settings) as path:
        names = fetch(settings, uri, path, settings.image_limit, internet).file_names
        content = path.read_bytes()
    name = names[0] if names else ""
    return keep_image(storage, files, settings, caller, content, image_type, name, uri)


def resolve_image(
    storage: Storage,
    files: Files,
    settings: Settings,
    caller: Caller,
    href: str,
    image_type: ImageType,
    pointer: str,
    internet: Internet = INTERNET,
) -> str:
    """The name of the image that a link of a document means.

    A link to an asset must be an image of this type; an address outside is fetched and kept.
    Raises Invalid at `pointer`, the JSON Pointer of the link.
    """
    with _refused_at(pointer):
        known = _known(storage, href, "image")
        if known is None:
            return fetch_image(storage, files, settings, caller, href, image_type, internet).name
        if known.image_type != image_type:
            raise Invalid(f"An image of type {image_type} is needed; this is a {known.image_type}")
        return known.name


def resolve_artifact(
    storage: Storage,
    files: Files,
    settings: Settings,
    caller: Caller,
    href: str,
    pointer: str,
    internet: Internet = INTERNET,
) -> str:
    """The name of the artifact that a link of a document means; like `resolve_image`."""
    with _refused_at(pointer):
        known = _known(storage, href, "artifact")
        if known is None:
            return fetch_artifact(storage, files, settings, caller, href, internet).name
        return known.name


def drop_asset(storage: Storage, files: Files, caller: Caller, name: str) -> None:
    """Delete an asset that nothing uses; only its uploader and administrators may.

    Raises NotFound for others, and Conflict while it is in use (related.md, 3).
    """
    with storage.writing(caller.id) as db:
        asset = store.get_asset(db, name)
        if asset is None or not is_his(asset, caller):
            raise NotFound(f"There is no asset {name}")
        if store.is_used(db, name):
            raise Conflict("The asset is in use")
        store.delete_asset(db, name)
    files.delete_quietly(keys_of(asset))


def is_his(asset: Asset, caller: Caller) -> bool:
    """Whether a caller may read an artifact that is not public, and delete it."""
    return caller.is_admin or (asset.uploader is not None and asset.uploader == caller.id)


def _keep(
    storage: Storage, files: Files, asset: Asset, contents: Mapping[str, Path | bytes]
) -> Asset:
    """Store the files, then the row; without the row the files go again, as far as they can."""
    try:
        for key, content in contents.items():
            files.put(key, content)
        with storage.writing(asset.uploader) as db:
            store.add_asset(db, asset)
    except BaseException:
        files.delete_quietly(contents)
        raise
    return asset


def _checked(path: Path, file_name: str, settings: Settings) -> ConnectDescriptor | None:
    """What a descriptor says; None for a sound archive. Raises Invalid for anything else."""
    if is_json_name(file_name):
        return read_connect(path)
    check_archive(path, file_name, settings.unpacked_limit)
    return None


def _file_name(path: Path, names: Sequence[str]) -> str:
    """What a fetched file is called, of the names that its address and its headers offer."""
    first = names[0] if names else ""
    if looks_like_json(path):
        return next(filter(is_json_name, names), f"{first or 'descriptor'}{SUFFIX}")
    return next(filter(has_archive_name, names), first)


def _known(storage: Storage, href: str, kind: Kind) -> Asset | None:
    """The asset that a link names; None for an address outside. Raises Invalid for the rest."""
    name = paths.last_segment(href, paths.ASSETS)
    if name is None:
        if href.startswith(("http://", "https://")):
            return None
        raise Invalid(f"A link to an {kind} is an asset or a web address; this is {href}")
    with storage.reading() as db:
        asset = store.get_asset(db, name)
    if asset is None:
        raise Invalid(f"There is no asset {name}")
    if asset.kind != kind:
        raise Invalid(f"The asset {name} is an {asset.kind}, not an {kind}")
    return asset


@contextmanager
def _refused_at(pointer: str) -> Iterator[None]:
    try:
        yield
    except Invalid as error:
        raise Invalid(error.message, pointer) from None

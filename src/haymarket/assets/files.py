"""The files of assets: a folder by default, or a bucket, behind one set of verbs.

A file is stored before the row that names it and deleted after it, so a row always has its file.
A file without a row is harmless: nothing links to it and nobody can guess its address.
"""

import os
from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import obstore
from obstore.store import LocalStore, ObjectStore, S3Store

from haymarket.assets.model import Asset
from haymarket.hal import image_file_id
from haymarket.settings import Settings

CHUNK = 1024 * 1024
PART = 8 * CHUNK
PARTS_AT_ONCE = 2
LONGEST_TRANSFER = timedelta(hours=1)

VARIANTS = ("unscaled", "image", "smallImage")
"""The files of an image: the upload itself, at display size, and at half of that."""


@dataclass(frozen=True)
class Opened:
    """A file that is there to be read: its size in bytes, and its content in chunks, once."""

    size: int
    chunks: AsyncIterator[bytes]


class Files:
    """Files by key, over a folder or a bucket. Keys come from `keys_of` and its neighbours."""

    def __init__(self, place: ObjectStore) -> None:
        self._place = place

    def put(self, key: str, source: Path | bytes) -> None:
        """Keep a local file, or bytes, under a key; a large file goes over in parts."""
        obstore.put(self._place, key, source, chunk_size=PART, max_concurrency=PARTS_AT_ONCE)

    def open(self, key: str) -> Opened | None:
        """The file under a key, ready to be sent; None when there is none."""
        try:
            found = obstore.get(self._place, key)
        except FileNotFoundError:
            return None
        return Opened(found.meta["size"], found.stream(min_chunk_size=CHUNK))

    def copy_to(self, key: str, target: Path) -> None:
        """Write the file under a key to a local path. Raises FileNotFoundError."""
        chunks = obstore.get(self._place, key).stream(min_chunk_size=CHUNK)
        with target.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)

    def size(self, key: str) -> int | None:
        """The size of a file in bytes; None when there is none."""
        try:
            return obstore.head(self._place, key)["size"]
        except FileNotFoundError:
            return None

    def exists(self, key: str) -> bool:
        """Whether there is a file under a key."""
        return self.size(key) is not None

    def delete(self, key: str) -> None:
        """Delete a file; one that is not there is no error."""
        with suppress(FileNotFoundError):
            obstore.delete(self._place, key)

    def delete_quietly(self, keys: Iterable[str]) -> None:
        """Delete what can be deleted; what stays behind is harmless."""
        for key in keys:
            with suppress(OSError, obstore.exceptions.BaseError):
                self.delete(key)


def open_files(settings: Settings) -> Files:
    """The files of an instance: `<data>/files`, or a bucket (`AWS_*` gives the credentials)."""
    if settings.files is None:
        return Files(LocalStore(settings.data / "files", mkdir=True, automatic_cleanup=True))
    endpoint = os.environ.get("AWS_ENDPOINT_URL") or os.environ.get("AWS_ENDPOINT") or ""
    store = S3Store.from_url(
        settings.files,
        # a store of one's own in the next room is reached by http; whoever writes that means it
        client_options={"timeout": LONGEST_TRANSFER, "allow_http": endpoint.startswith("http:")},
    )
    return Files(store)


def image_key(file_id: str) -> str:
    """The key of an image file."""
    return f"images/{file_id}"


def artifact_key(name: str) -> str:
    """The key of the artifact `artifact/<uuid>/<file>`."""
    return f"artifacts/{name.removeprefix('artifact/')}"


def keys_of(asset: Asset) -> list[str]:
    """The keys of all files of an asset."""
    if asset.kind == "artifact":
        return [artifact_key(asset.name)]
    return [image_key(image_file_id(asset.name, variant)) for variant in VARIANTS]

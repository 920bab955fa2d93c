"""Reads out of a jar, an OBR or a Connect descriptor which version of which app it is."""

import shutil
import tempfile
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from haymarket.assets.archives import SUFFIXES, check_archive, read_descriptor
from haymarket.assets.descriptors import is_json_name, read_connect
from haymarket.assets.model import Descriptor
from haymarket.client.outcomes import Misused
from haymarket.errors import Invalid

LARGEST = 2_000_000_000
"""Bytes that a package may unpack to; what a marketplace accepts is less or the same."""


@dataclass(frozen=True)
class Package:
    """A file to publish, and what its descriptor says; what it does not say is None."""

    path: Path
    key: str | None
    name: str | None = None
    version: str | None = None
    build: int | None = None
    is_connect: bool = False


class _Told(msgspec.Struct):
    """Members that a Connect descriptor may have beside those that a marketplace reads."""

    name: str | None = None
    version: str | None = None


def read_package(path: Path) -> Package:
    """What a file says about itself. Raises Misused for a file that no marketplace takes."""
    try:
        if is_json_name(path.name):
            return _connect(path)
        check_archive(path, path.name, LARGEST)
        found = read_descriptor(path) or _within(path)
    except Invalid as error:
        raise Misused(f"{path}: {error.message}") from None
    except OSError as error:
        raise Misused(f"{path}: {error.strerror or error}") from None
    if found is None:
        return Package(path, None)
    return Package(path, found.key, found.name, found.version, found.build)


def _connect(path: Path) -> Package:
    known = Package(path, read_connect(path).key, is_connect=True)
    try:
        told = msgspec.json.decode(path.read_bytes().removeprefix(b"\xef\xbb\xbf"), type=_Told)
    except msgspec.ValidationError:
        return known
    return replace(known, name=told.name, version=told.version)


def _within(path: Path) -> Descriptor | None:
    """The descriptor of the one jar at the top of an OBR that has one."""
    with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
        jars = [
            entry
            for entry in archive.infolist()
            if "/" not in entry.filename and entry.filename.lower().endswith(SUFFIXES)
        ]
        for number, entry in enumerate(jars):
            inner = Path(folder) / str(number)
            with archive.open(entry) as source, inner.open("wb") as target:
                shutil.copyfileobj(source, target)
            found = read_descriptor(inner)
            inner.unlink()
            if found is not None:
                return found
    return None

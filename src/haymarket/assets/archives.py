"""Looks into a `.jar` or `.obr` without unpacking it."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.parsers import expat

from haymarket.assets.model import Descriptor
from haymarket.errors import Invalid

SUFFIXES = (".jar", ".obr")
MOST_ENTRIES = 100_000
LARGEST_DIRECTORY = 10_000_000
HIGHEST_RATIO = 200
RATIO_MATTERS_FROM = 50_000_000
DESCRIPTOR = "atlassian-plugin.xml"
LARGEST_DESCRIPTOR = 1_000_000
ENCRYPTED = 0x1
BUILD_AT = ["plugin-info", "param"]
BUILD_NAME = "build-number"


def has_archive_name(file_name: str) -> bool:
    """Whether a file is called `.jar` or `.obr`."""
    return file_name.lower().endswith(SUFFIXES)


def check_archive(path: Path, file_name: str, unpacked_limit: int) -> None:
    """Raises Invalid unless a file is a readable `.jar` or `.obr` that unpacks to a sane size.

    Only the directory of the archive is read: a reader unpacks no more than it claims. The limit
    is in bytes, for all entries together.
    """
    if not has_archive_name(file_name):
        raise Invalid(
            "An artifact is a .jar or .obr file, or a Connect descriptor that ends with .json;"
            f" this one is called {file_name}"
        )
    with _opened(path) as archive:
        entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise Invalid(f"The archive has {len(entries)} entries; the limit is {MOST_ENTRIES}")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise Invalid("The archive has encrypted entries")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > unpacked_limit:
        raise Invalid(f"The archive unpacks to {unpacked} bytes; the limit is {unpacked_limit}")
    ratio = unpacked / path.stat().st_size
    if unpacked > RATIO_MATTERS_FROM and ratio > HIGHEST_RATIO:
        raise Invalid(f"The archive unpacks to {ratio:.0f} times its size, as zip bombs do")


def read_descriptor(path: Path) -> Descriptor | None:
    """What a jar says about itself; None when it has no descriptor (an OBR holds it in its jars).

    Raises Invalid for a descriptor that is too large, is no XML or declares a document type.
    """
    with _opened(path) as archive:
        if DESCRIPTOR not in archive.namelist():
            return None
        with archive.open(DESCRIPTOR) as file:
            content = file.read(LARGEST_DESCRIPTOR + 1)
    if len(content) > LARGEST_DESCRIPTOR:
        raise Invalid(f"{DESCRIPTOR} is larger than {LARGEST_DESCRIPTOR} bytes")
    return _DescriptorReader().read(content)


class _BoundedFile(io.FileIO):
    """A file that gives no more than a large directory at once.

    zipfile reads the whole directory and makes an object of each entry, whatever number of
    entries the archive claims to have.
    """

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > LARGEST_DIRECTORY:
            raise Invalid(f"The directory of the archive is larger than {LARGEST_DIRECTORY} bytes")
        return super().read(size)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with _BoundedFile(path) as file, zipfile.ZipFile(file) as archive:
            yield archive
    except Invalid:
        raise
    except Exception as error:
        raise Invalid(f"The file is not a readable zip archive: {error}") from None


class _DescriptorReader:
    """Reads the members of a descriptor that matter; without document types, hence entities."""

    def __init__(self) -> None:
        self._root: dict[str, str] | None = None
        self._open: list[str] = []
        self._version = ""
        self._build: int | None = None

    def read(self, content: bytes) -> Descriptor:
        """The descriptor. Raises Invalid."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise Invalid(f"{DESCRIPTOR} is not well-formed XML: {error}") from None
        root = self._root or {}
        if not root.get("key"):
            raise Invalid(f"{DESCRIPTOR} has no plugin key")
        version = self._version.strip() or None
        return Descriptor(root["key"], root.get("name"), version, self._build)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._root is None:
            self._root = attributes
        self._open.append(name)
        if self._open[1:] == BUILD_AT and attributes.get("name") == BUILD_NAME:
            self._build = _number(attributes.get("value"))

    def _end(self, name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._open[1:] == ["plugin-info", "version"]:
            self._version += text

    def _refuse(self, *declaration: object) -> None:
        raise Invalid(f"{DESCRIPTOR} declares a document type, which is not read")


def _number(text: str | None) -> int | None:
    """A build number as a descriptor has it; None for what is none."""
    return int(text) if text and re.fullmatch(r"[1-9][0-9]{0,17}", text) else None

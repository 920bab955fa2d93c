"""What a new version shall be like: from the file `haymarket.toml` and what is said beside it."""

from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from haymarket.client.outcomes import Misused

FILE = "haymarket.toml"
Status = Literal["public", "private"]
Payment = Literal["free", "vendor", "atlassian"]
Release = int | str


class Bounds(Struct, frozen=True, forbid_unknown_fields=True):
    """The lowest and the highest release of a host: its name, its build number or `latest`."""

    min: Release
    max: Release = "latest"


class Hosts(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a version runs within one host application."""

    cloud: bool = False
    server: Bounds | None = None
    datacenter: Bounds | None = None


class Wanted(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A version as its vendor wants it; what is None is the descriptor's or the marketplace's."""

    to: str | None = None
    """Address of the marketplace."""
    app: str | None = None
    """Key of the app; needed where the package has no descriptor."""
    version: str | None = None
    """Name of the version."""
    build: int | None = None
    """Build number of the version."""
    status: Status = "public"
    """Whether everyone shall get it, or the vendor only for now."""
    payment: Payment | None = None
    """How it is paid for; as the version before by default."""
    summary: str | None = None
    """One line about the release."""
    notes: str | None = None
    """Release notes, HTML."""
    notes_file: str | None = field(name="notes-file", default=None)
    """A file with release notes, seen from the folder of haymarket.toml."""
    beta: bool = False
    supported: bool = True
    compatibility: dict[str, Hosts] = {}
    """What it runs on, by the key of the application; as the version before by default."""


def read_wanted(path: Path | None) -> Wanted:
    """What a file says; without a path `haymarket.toml` of this folder, if there is one.

    Raises Misused that names what is wrong.
    """
    if path is None and not Path(FILE).exists():
        return Wanted()
    path = path or Path(FILE)
    try:
        read = msgspec.toml.decode(path.read_bytes(), type=Wanted)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Misused(f"{path}: {error}") from None
    except OSError as error:
        raise Misused(f"{path}: {error.strerror}") from None
    if read.notes_file is None:
        return read
    return replace(read, notes=read_text(path.parent / read.notes_file))


def read_text(path: Path) -> str:
    """A text file. Raises Misused."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Misused(f"{path} can not be read: {error}") from None

"""A file of the load format: an object of lists, or a bare array; what does not fit is refused."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml
from msgspec import Struct, field

from haymarket.loading.format.apps import App
from haymarket.loading.format.feedback import Feedback
from haymarket.loading.format.lines import Reader, line_of
from haymarket.loading.format.parts import EXPECTED, Key, Part
from haymarket.loading.format.people import Application, Category, Licence, User, Vendor
from haymarket.loading.format.reviews import Review

NUL = (b"\\0", b"\\x00", b"\\u0000", b"\\U00000000")
"""How U+0000 is written in JSON and YAML, neither of which takes it as it is."""


class Document(Part, kw_only=True):
    """A file of the format."""

    haymarket: Literal[1]
    applications: list[Application] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)
    licences: list[Licence] = field(default_factory=list)
    users: list[User] = field(default_factory=list)
    vendors: list[Vendor] = field(default_factory=list)
    apps: list[App] = field(default_factory=list)
    feedbacks: list[Feedback] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)


class Listing(Struct):
    """An app in a bare array: only its key, name and summary are read."""

    key: Key
    name: str
    summary: str | None = None


class BadFile(Exception):
    """A file that can not be loaded: names the file, the place in it, the reason and the line."""

    def __init__(self, file: Path, place: str, reason: str) -> None:
        unknown = re.search(r"unknown field `([^`]+)`", reason)
        line = line_of(file, f"{place}.{unknown[1]}" if unknown else place)
        told = f" (line {line})" if line else ""
        super().__init__(f"{file}: {place + ': ' if place else ''}{reason}{told}")


def read_file(path: Path) -> Document | list[Listing]:
    """A file as what it holds: a document, or a bare array of listings. Raises BadFile."""
    value = _parse(path)
    kind: Any = list[Listing] if isinstance(value, list) else Document
    try:
        read: Document | list[Listing] = msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at `")
        at = place.rstrip("`").removeprefix("$").lstrip(".")
        raise BadFile(path, at, _readable(reason)) from None
    return read


def _readable(reason: str) -> str:
    for beginning, meant in EXPECTED.items():
        if f"regex '{beginning}" in reason or f"regex '^{beginning}" in reason:
            return meant
    return reason


def _parse(path: Path) -> Any:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadFile(path, "", error.strerror or "can not be read") from None
    value = _decode(path, content)
    if any(escape in content for escape in NUL):
        for place in _with_nul(value, ""):
            raise BadFile(path, place.lstrip("."), "the character U+0000 is not allowed")
    return value


def _decode(path: Path, content: bytes) -> Any:
    try:
        if path.suffix == ".json":
            return msgspec.json.decode(content)
        return yaml.load(content, Loader=Reader)  # noqa: S506 (a safe loader, only faster)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise BadFile(path, at, error.problem or "is not valid YAML") from None
    except RecursionError:
        raise BadFile(path, "", "is nested too deeply") from None
    except (msgspec.DecodeError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadFile(path, "", " ".join(str(error).split())) from None


def _with_nul(value: Any, place: str) -> Iterator[str]:
    """Where texts hold U+0000, which PostgreSQL can not keep."""
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _with_nul(member, f"{place}.{name}")
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _with_nul(member, f"{place}[{index}]")
    elif isinstance(value, str) and "\0" in value:
        yield place

"""Reads Connect descriptors: the JSON documents that stand for apps which run elsewhere."""

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from haymarket.assets.model import ConnectDescriptor
from haymarket.errors import Invalid

SUFFIX = ".json"
LARGEST = 1_000_000
ADDRESS = r"^https?://[^/?#\s\x00-\x1f\x7f][^\s\x00-\x1f\x7f]*\Z"
LINE = r"^[^\x00-\x1f\x7f]*\Z"
MEANT = {ADDRESS: "a web address is expected", LINE: "a text of one line is expected"}
"""What the patterns mean."""

Text = Annotated[str, Meta(pattern=LINE)]
"""A text that any database can keep."""


class _Written(Struct, rename="camel"):
    """The members of a descriptor that a marketplace looks at; the others are the host's."""

    key: Annotated[Text, Meta(min_length=1, max_length=255)]
    base_url: Annotated[str, Meta(pattern=ADDRESS, max_length=2000)]
    scopes: Annotated[list[Annotated[Text, Meta(max_length=100)]], Meta(max_length=100)] = []


def is_json_name(file_name: str) -> bool:
    """Whether a file is called `.json`."""
    return file_name.lower().endswith(SUFFIX)


def looks_like_json(path: Path) -> bool:
    """Whether a file begins as a JSON object does; archives begin otherwise."""
    with path.open("rb") as file:
        return file.read(256).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def read_connect(path: Path) -> ConnectDescriptor:
    """What a Connect descriptor says. Raises Invalid that names the member (related.md, 1)."""
    if path.stat().st_size > LARGEST:
        raise Invalid(f"The descriptor is larger than {LARGEST} bytes")
    content = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    try:
        written = msgspec.json.decode(content, type=_Written)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Invalid(f"The file is not a Connect descriptor: {_readable(error)}") from None
    except RecursionError:
        raise Invalid("The file is not a Connect descriptor: it is nested too deeply") from None
    base_url = written.base_url.rstrip("/")
    return ConnectDescriptor(written.key, base_url, tuple(dict.fromkeys(written.scopes)))


def _readable(error: Exception) -> str:
    told = str(error)
    for pattern, meant in MEANT.items():
        told = told.replace(f"Expected `str` matching regex {pattern!r}", meant)
    return told

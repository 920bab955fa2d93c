"""Reads a batch of heartbeats: unpacked, decoded, and refused at the first record that is wrong.

A batch is a JSON array, or a record on each line (NDJSON). The first character tells which.
"""

import zlib
from datetime import datetime
from typing import NamedTuple

from msgspec import DecodeError, Raw, ValidationError
from msgspec.json import Decoder

from haymarket.analytics.model import EARLY, LATE
from haymarket.analytics.wire import Heartbeat
from haymarket.errors import Invalid, TooLarge, Unsupported
from haymarket.web.bodies import invalid_at

MOST = 10_000
"""Heartbeats in one batch."""
MOST_MEMBERS = 1000
"""Parts that a gzip body is made of: each is unpacked by itself."""
GZIP = 31
"""What zlib calls the format of gzip with the largest window."""

_array = Decoder(list[Heartbeat])
_any_array = Decoder(list[Raw])
_one = Decoder(Heartbeat)
_UNREADABLE = (DecodeError, UnicodeDecodeError, RecursionError)


class Record(NamedTuple):
    """One heartbeat of a batch: what it is called in messages, its pointer, its bytes."""

    called: str
    pointer: str
    content: bytes | Raw


def read_heartbeats(body: bytes, encoding: str, limit: int, now: datetime) -> list[Heartbeat]:
    """The heartbeats of a batch of at most `limit` bytes when it is unpacked.

    Raises TooLarge, Unsupported for other encodings than gzip, and Invalid at the first record that
    is wrong: its line counted from 1 in the message, or its place in the array as pointer.
    """
    content = unpacked(body, encoding, limit)
    oldest, newest = now - LATE, now + EARLY
    is_array = content.lstrip(b" \t\r\n")[:1] == b"["
    found = _array_at_once(content) if is_array else _lines_at_once(content)
    if found is None or not all(oldest <= each.at <= newest for each in found):
        records = _of_array(content) if is_array else _of_lines(content)
        found = [_read(each, oldest, newest) for each in records]
    if len(found) > MOST:
        raise Invalid(f"A batch has at most {MOST} heartbeats; this one has {len(found)}", "")
    return found


def unpacked(body: bytes, encoding: str, limit: int) -> bytes:
    """A body without its content encoding, at most `limit` bytes. Raises TooLarge and Invalid."""
    if encoding in ("", "identity"):
        content = body
    elif encoding in ("gzip", "x-gzip"):
        content = _gunzipped(body, limit)
    else:
        raise Unsupported(f"Content-Encoding is gzip or absent; got {encoding}")
    if len(content) > limit:
        raise TooLarge(f"A batch has at most {limit} bytes when it is unpacked")
    return content


def _gunzipped(body: bytes, limit: int) -> bytes:
    """The members of a gzip body, unpacked no further than one byte over the limit."""
    content, members = b"", 0
    while body and len(content) <= limit:
        members += 1
        if members > MOST_MEMBERS:
            raise Invalid(f"The body can not be unpacked: it has over {MOST_MEMBERS} members", "")
        unpacking = zlib.decompressobj(GZIP)
        try:
            content += unpacking.decompress(body, limit + 1 - len(content))
        except zlib.error:
            raise Invalid("The body can not be unpacked: it is no gzip", "") from None
        if not unpacking.eof and len(content) <= limit:
            raise Invalid("The body can not be unpacked: its end is missing", "")
        body = unpacking.unused_data
    return content


def _array_at_once(content: bytes) -> list[Heartbeat] | None:
    try:
        return _array.decode(content)
    except _UNREADABLE:
        return None


def _lines_at_once(content: bytes) -> list[Heartbeat] | None:
    try:
        found: list[Heartbeat] = _one.decode_lines(content)
    except _UNREADABLE:
        return None
    is_one_each = len(found) == sum(1 for line in content.split(b"\n") if line.strip())
    return found if is_one_each else None


def _of_array(content: bytes) -> list[Record]:
    try:
        found = _any_array.decode(content)
    except _UNREADABLE as error:
        raise Invalid(f"The body is not valid JSON: {error}", "") from None
    return [Record("", f"/{index}", each) for index, each in enumerate(found)]


def _of_lines(content: bytes) -> list[Record]:
    numbered = enumerate(content.split(b"\n"), 1)
    return [Record(f"line {n}: ", "", line) for n, line in numbered if line.strip()]


def _clear(wrong: Invalid) -> str:
    """What is wrong with a member, without regular expressions."""
    if " matching regex " not in wrong.message:
        return wrong.message
    if wrong.path in ("/addonKey", "/application"):
        return "Only letters, digits, dots, underscores and dashes are allowed"
    return "Control characters are not allowed"


def _read(record: Record, oldest: datetime, newest: datetime) -> Heartbeat:
    """One record by itself, slowly, to tell where it is wrong."""
    called, pointer, content = record
    try:
        found = _one.decode(content)
    except ValidationError as error:
        wrong = invalid_at(str(error))
        raise Invalid(f"{called}{_clear(wrong)}", f"{pointer}{wrong.path}") from None
    except _UNREADABLE as error:
        raise Invalid(f"{called}it is not valid JSON: {error}", pointer) from None
    if found.at < oldest:
        raise Invalid(f"{called}at is more than {LATE.days} days ago", f"{pointer}/at")
    if found.at > newest:
        raise Invalid(f"{called}at is more than {EARLY.days} day ahead", f"{pointer}/at")
    return found

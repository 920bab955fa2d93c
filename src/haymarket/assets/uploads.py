"""Receives the body of an upload, chunk by chunk, never more of an artifact than fits a buffer."""

import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from anyio import to_thread
from multipart import (  # type: ignore[import-untyped]
    MultipartError,
    MultipartSegment,
    PushMultipartParser,
    parse_options_header,
)

from haymarket.errors import Invalid, InvalidParameter, TooLarge
from haymarket.settings import Settings

RAW_TYPES = (
    "application/octet-stream",
    "application/binary",
    "application/zip",
    "application/java-archive",
    "application/json",
)
FORM_TYPE = "multipart/form-data"
PART = "file"
MOST_PARTS = 16
FORM_OVERHEAD = 64 * 1024
BATCH = 1024 * 1024


@dataclass(frozen=True)
class Body:
    """A request body on its way in; `length` is what the client announced, in bytes."""

    chunks: AsyncIterator[bytes]
    content_type: str
    length: int | None
    file_name: str | None


class _Receiver(Protocol):
    """Writes what arrives to a file."""

    def take(self, chunk: bytes) -> None:
        """The next bytes of the body, never empty."""

    def finish(self) -> str | None:
        """The end of the body; returns the file name that it gave."""


@contextmanager
def temporary_file(settings: Settings) -> Iterator[Path]:
    """A path in the data folder for a file on its way in; it is gone afterwards."""
    folder = settings.data / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / uuid.uuid4().hex
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


async def receive_artifact(body: Body, into: Path, limit: int) -> str:
    """Write an artifact of at most `limit` bytes to a file; returns its file name.

    The body is the file itself, or a form with the part `file` (related.md, 3). Raises TooLarge,
    and Invalid for other types and for a form without that part.
    """
    kind, options = parse_options_header(body.content_type)
    is_form = kind == FORM_TYPE
    if not is_form and kind not in ("", *RAW_TYPES):
        raise Invalid(f"Content-Type: {FORM_TYPE} or {', '.join(RAW_TYPES)}; got {kind}")
    if not is_form and not body.file_name:
        raise InvalidParameter("file: the name of the file is required")
    if body.length is not None and body.length > limit + (FORM_OVERHEAD if is_form else 0):
        raise _too_large(limit)
    with into.open("wb") as file:
        receiver = _form(file, limit, options) if is_form else _Raw(file, limit)
        async for batch in _batches(body.chunks):
            await to_thread.run_sync(receiver.take, batch)
        name = receiver.finish() or body.file_name
    if not name:
        raise InvalidParameter("file: this part of the form has no file name")
    return name


async def receive_image(body: Body, limit: int) -> bytes:
    """The bytes of an image, at most `limit`. Raises TooLarge."""
    if body.length is not None and body.length > limit:
        raise _too_large(limit)
    content = bytearray()
    async for chunk in body.chunks:
        content += chunk
        if len(content) > limit:
            raise _too_large(limit)
    return bytes(content)


async def _batches(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same bytes in pieces that are worth a hop to a thread; none is empty."""
    waiting = bytearray()
    async for chunk in chunks:
        waiting += chunk
        if len(waiting) >= BATCH:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)


class _Raw:
    """The body is the file."""

    def __init__(self, file: BinaryIO, limit: int) -> None:
        self._file = file
        self._limit = limit
        self._size = 0

    def take(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size > self._limit:
            raise _too_large(self._limit)
        self._file.write(chunk)

    def finish(self) -> None:
        return None


class _Form:
    """The body is a form; the file is its part `file`, other parts are passed over."""

    def __init__(self, file: BinaryIO, limit: int, boundary: str) -> None:
        self._into = _Raw(file, limit)
        self._limit = limit
        self._size = 0
        self._parser = PushMultipartParser(boundary, max_segment_count=MOST_PARTS)
        self._found: MultipartSegment | None = None
        self._is_inside = False

    def take(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size > self._limit + FORM_OVERHEAD:
            raise _too_large(self._limit)
        if self._parser.closed:
            return
        with _readable_form():
            for event in self._parser.parse(chunk):
                self._see(event)

    def finish(self) -> str:
        with _readable_form():
            self._parser.close()
        if self._found is None:
            raise InvalidParameter(f"{PART}: the form has no part of this name")
        return str(self._found.filename or "")

    def _see(self, event: MultipartSegment | bytes | bytearray | None) -> None:
        if isinstance(event, MultipartSegment):
            self._is_inside = event.name == PART
            if self._is_inside and self._found is not None:
                raise InvalidParameter(f"{PART}: the form has more than one part of this name")
            self._found = event if self._is_inside else self._found
        elif event is not None and self._is_inside:
            self._into.take(bytes(event))


def _form(file: BinaryIO, limit: int, options: dict[str, str]) -> _Receiver:
    with _readable_form():
        return _Form(file, limit, options.get("boundary", ""))


@contextmanager
def _readable_form() -> Iterator[None]:
    try:
        yield
    except MultipartError as error:
        raise Invalid(f"The form can not be read: {error}") from None


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"The file is larger than {limit} bytes")

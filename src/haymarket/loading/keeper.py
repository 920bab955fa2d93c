"""Keeps the pictures and artifacts that files name, each content once."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from haymarket.accounts.model import Caller
from haymarket.assets.actions import keep_artifact, keep_image
from haymarket.assets.descriptors import is_json_name
from haymarket.assets.model import ConnectDescriptor, ImageType, Kind
from haymarket.assets.store import descriptors_of, same_content
from haymarket.assets.uploads import temporary_file
from haymarket.errors import Invalid
from haymarket.loading.format import BadFile
from haymarket.versions.actions import Desk

OPERATOR = Caller(None)
Content = Callable[[], bytes]


@dataclass(frozen=True)
class Place:
    """Where something stands: the file and the path within it."""

    file: Path
    at: str

    def within(self, member: str) -> "Place":
        """A member of what stands here."""
        return Place(self.file, f"{self.at}{'' if member.startswith('[') else '.'}{member}")

    def bad(self, reason: str) -> BadFile:
        """The refusal of what stands here."""
        return BadFile(self.file, self.at.lstrip("."), reason)


@dataclass
class Keeper:
    """Remembers what it kept, so that loading the same thing again keeps nothing new."""

    desk: Desk
    known: dict[tuple[str, str], str] = field(default_factory=dict)
    descriptors: dict[str, ConnectDescriptor] = field(default_factory=dict)

    def image(
        self, place: Place, asked: str | None, image_type: ImageType, draw: Content
    ) -> str | None:
        """The asset of an image: drawn, or read from the file that is named."""
        if asked is None:
            return None
        content = draw() if asked == "drawn" else _read(place, asked)
        name = f"{image_type}.png" if asked == "drawn" else Path(asked).name

        def keep() -> str:
            tools = (self.desk.storage, self.desk.files, self.desk.settings)
            return keep_image(*tools, OPERATOR, content, image_type, name).name

        return self._once(place, content, image_type, keep)

    def artifact(
        self, place: Place, asked: str | None, file_name: str, make: Content
    ) -> str | None:
        """The asset of an artifact: made, or read from the file that is named."""
        if asked is None:
            return None
        content = make() if asked == "made" else _read(place, asked)
        name = file_name if asked == "made" else Path(asked).name

        def keep() -> str:
            with temporary_file(self.desk.settings) as path:
                path.write_bytes(content)
                tools = (self.desk.storage, self.desk.files, self.desk.settings)
                return keep_artifact(*tools, OPERATOR, path, name).name

        return self._once(place, content, None, keep)

    def descriptor(self, name: str | None) -> ConnectDescriptor | None:
        """What an artifact says that is a Connect descriptor; None for an archive."""
        if name is None or not is_json_name(name):
            return None
        if name not in self.descriptors:
            with self.desk.storage.reading() as db:
                self.descriptors |= descriptors_of(db, [name])
        return self.descriptors[name]

    def _once(
        self, place: Place, content: bytes, image_type: ImageType | None, keep: Callable[[], str]
    ) -> str:
        digest = hashlib.sha256(content).hexdigest()
        key = (digest, image_type or "artifact")
        if key not in self.known:
            kind: Kind = "image" if image_type else "artifact"
            with self.desk.storage.reading() as db:
                same = same_content(db, digest, kind, image_type)
            try:
                self.known[key] = same or keep()
            except Invalid as error:
                raise place.bad(error.message) from None
        return self.known[key]


def _read(place: Place, asked: str) -> bytes:
    try:
        return (place.file.parent / asked).read_bytes()
    except OSError as error:
        raise place.bad(f"{asked}: {error.strerror}") from None

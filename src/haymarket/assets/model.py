"""What an asset is, how it is named, and what an image of each type must look like."""

import re
import unicodedata
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from haymarket.errors import Invalid

Kind = Literal["artifact", "image"]
ImageType = Literal[
    "banner", "hero", "icon", "logo", "screenshot", "screenshot-thumbnail", "title-logo"
]
IMAGE_TYPES: tuple[ImageType, ...] = get_args(ImageType)

LONGEST_FILE_NAME = 120
LONGEST_LOGICAL_NAME = 255
LARGEST_SIDE = 4096
LARGEST_ICON = 512

_FILE_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_UNCLEAN = re.compile(r"[^A-Za-z0-9._-]+")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}$")


@dataclass(frozen=True)
class ConnectDescriptor:
    """What the descriptor of an app that runs elsewhere says: where, and what it may do there."""

    key: str
    base_url: str
    scopes: tuple[str, ...]


@dataclass(frozen=True)
class Asset:
    """A kept file. `name` is its identity in links; `size` is in bytes.

    `connect` is what an artifact says that is a Connect descriptor and no archive.
    `image_type`, `width` and `height` (pixels) belong to images only. `uploader` is a user's id,
    None when the operator brought it; `remote` is where it was fetched from, if it was.
    """

    name: str
    kind: Kind
    image_type: ImageType | None
    file_name: str
    size: int
    sha256: str
    content_type: str
    width: int | None
    height: int | None
    uploader: int | None
    remote: str | None
    created_at: datetime
    connect: ConnectDescriptor | None = None


@dataclass(frozen=True)
class Descriptor:
    """What a jar says about itself in `atlassian-plugin.xml`."""

    key: str
    name: str | None
    version: str | None
    build: int | None = None


@dataclass(frozen=True)
class ImageRule:
    """The sizes in pixels that an image type accepts: exactly one, or up to the largest."""

    exact: tuple[int, int] | None = None
    largest: int = LARGEST_SIDE
    is_square: bool = False


IMAGE_RULES: Mapping[ImageType, ImageRule] = {
    "banner": ImageRule(exact=(1120, 548)),
    "hero": ImageRule(),
    "icon": ImageRule(largest=LARGEST_ICON, is_square=True),
    "logo": ImageRule(exact=(144, 144)),
    "screenshot": ImageRule(),
    "screenshot-thumbnail": ImageRule(),
    "title-logo": ImageRule(),
}
"""Sizes by image type. Only those of `logo` and `banner` are documented (related.md, 3).

The others are uncertain (older guides name 1840x900 and 580x330 for screenshots), so any size
within the largest is accepted, and an icon only has to be square and small.
"""


def check_image_size(image_type: ImageType, width: int, height: int) -> None:
    """Raises Invalid, naming the size that was expected and the one that was found."""
    rule = IMAGE_RULES[image_type]
    found = f"this one is {width}x{height}"
    if rule.exact is not None and (width, height) != rule.exact:
        expected = "x".join(map(str, rule.exact))
        raise Invalid(f"An image of type {image_type} is {expected} pixels; {found}")
    if rule.is_square and width != height:
        raise Invalid(f"An image of type {image_type} is square; {found}")
    if max(width, height) > rule.largest:
        limit = f"{rule.largest}x{rule.largest}"
        raise Invalid(f"An image of type {image_type} is at most {limit} pixels; {found}")


def image_name() -> str:
    """The name of a new image: a bare uuid, which is also the id of the uploaded file."""
    return str(uuid.uuid4())


def artifact_name(file_name: str) -> str:
    """The name of a new artifact: `artifact/<uuid>/<clean file name>`."""
    return f"artifact/{uuid.uuid4()}/{clean_file_name(file_name)}"


def artifact_type(file_name: str) -> str:
    """The media type of an artifact."""
    suffix = file_name.lower().rpartition(".")[2]
    return {"jar": "application/java-archive", "json": "application/json"}.get(
        suffix, "application/zip"
    )


def clean_file_name(file_name: str) -> str:
    """A file name cut down to `[A-Za-z0-9._-]` and 120 characters; the suffix stays.

    Neither empty nor starting with a dot or a dash, so it is safe in paths and headers.
    """
    plain = unicodedata.normalize("NFKD", last_part(file_name))
    clean = _UNCLEAN.sub("-", plain.encode("ascii", "ignore").decode()).lstrip(".-")
    if len(clean) > LONGEST_FILE_NAME:
        suffix = _SUFFIX.search(clean)
        end = suffix[0] if suffix else ""
        clean = clean[: LONGEST_FILE_NAME - len(end)] + end
    return clean or "file"


def logical_file_name(file_name: str) -> str:
    """A file name as people see it: no folders, no control characters, at most 255 characters."""
    shown = "".join(each for each in last_part(file_name) if each.isprintable()).strip()
    return shown[-LONGEST_LOGICAL_NAME:] or "file"


def last_part(path: str) -> str:
    """What follows the last slash of either kind."""
    return re.split(r"[/\\]", path)[-1]


def is_file_id(text: str) -> bool:
    """Whether a text has the form of an image file's id."""
    return _FILE_ID.fullmatch(text) is not None

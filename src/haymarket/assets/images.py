"""Looks at an uploaded image and makes the sizes that pages show."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from haymarket.assets.model import LARGEST_SIDE, ImageType, check_image_size
from haymarket.errors import Invalid

FORMATS = ("JPEG", "PNG", "GIF", "BMP")
CONTENT_TYPES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "GIF": "image/gif",
    "BMP": "image/bmp",
}
DISPLAY_WIDTH = 1840
AT_ONCE = 2

COMPRESSION = 3
"""Half the work of the usual 6; photos are no larger for it, flat pictures by some kilobytes."""

SIGNATURE = b"\x89PNG\r\n\x1a\n"
EIGHT_BITS = (b"\x08\x02", b"\x08\x06")
PIXELS = {b"IHDR", b"IDAT", b"IEND"}
"""The parts of a PNG that are its size, its pixels and its end."""

_decoding = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Checked:
    """An image that is what it should be. `variants` holds its other sizes, PNG, by name."""

    content_type: str
    width: int
    height: int
    variants: Mapping[str, bytes]


def check_image(content: bytes, image_type: ImageType) -> Checked:
    """Look at an upload: its format, its size in pixels, and whether it can be decoded.

    The size is known and checked before anything is decoded; at most two images are decoded at a
    time, which bounds the memory. Raises Invalid (general.md, 13: only jpg, png, gif, bmp).
    """
    image = _opened(content)
    width, height = image.size
    check_image_size(image_type, width, height)
    with _decoding:
        variants = _variants(image, content)
    return Checked(CONTENT_TYPES[str(image.format)], width, height, variants)


def _opened(content: bytes) -> Image.Image:
    try:
        return Image.open(BytesIO(content), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        limit = f"{LARGEST_SIDE}x{LARGEST_SIDE}"
        raise Invalid(f"The image is larger than {limit} pixels") from None
    except Exception:
        raise Invalid("The file is not an image: .jpg, .png, .gif and .bmp are accepted") from None


def _variants(image: Image.Image, content: bytes) -> dict[str, bytes]:
    """What pages show, upright and without the camera's notes: `image` and half of it.

    An upload that is just that already is taken as it is.
    """
    try:
        display = ImageOps.exif_transpose(_eight_bits(image))
        width = min(display.width, DISPLAY_WIDTH)
        shown = _resized(display, width, display.height * width // display.width)
        small = _resized(shown, shown.width // 2, shown.height // 2)
        is_ready = shown.size == image.size and is_plain_png(content)
        return {"image": content if is_ready else _png(shown), "smallImage": _png(small)}
    except Exception as error:
        raise Invalid(f"The image is damaged: {error}") from None


def _eight_bits(image: Image.Image) -> Image.Image:
    """The first frame in colours that every browser shows."""
    image.load()
    if image.mode.startswith("I"):
        image = image.point(lambda level: level * (1 / 256)).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _resized(image: Image.Image, width: int, height: int) -> Image.Image:
    size = (max(1, width), max(1, height))
    return image if size == image.size else image.resize(size, Image.Resampling.LANCZOS)


def _png(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG", compress_level=COMPRESSION)
    return buffer.getvalue()


def is_plain_png(content: bytes) -> bool:
    """Whether a file is a PNG of 8 bits a colour, with or without alpha, and nothing beside it."""
    if not content.startswith(SIGNATURE) or content[24:26] not in EIGHT_BITS:
        return False
    place, kinds = len(SIGNATURE), set()
    while place + 8 <= len(content):
        kinds.add(content[place + 4 : place + 8])
        place += 12 + int.from_bytes(content[place : place + 4], "big")
    return place == len(content) and kinds == PIXELS

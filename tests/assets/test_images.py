"""What is a good image, and the sizes that are made of it."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from assets.samples import a_png_that_claims, an_image
from haymarket.assets.images import check_image, is_plain_png
from haymarket.errors import Invalid


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("GIF", "image/gif"),
        ("BMP", "image/bmp"),
    ],
)
def test_four_formats_are_accepted(kind: str, content_type: str) -> None:
    checked = check_image(an_image(144, 144, kind), "logo")
    assert (checked.content_type, checked.width, checked.height) == (content_type, 144, 144)


@pytest.mark.parametrize("kind", ["TIFF", "WEBP", "PPM", "ICO"])
def test_other_formats_are_refused(kind: str) -> None:
    with pytest.raises(Invalid, match="not an image"):
        check_image(an_image(144, 144, kind), "logo")


def test_an_image_is_kept_at_display_size_and_at_half_of_it() -> None:
    variants = check_image(an_image(2000, 1000), "screenshot").variants
    shown, small = opened(variants["image"]), opened(variants["smallImage"])
    assert (shown.format, shown.size) == ("PNG", (1840, 920))
    assert (small.format, small.size) == ("PNG", (920, 460))


def test_a_small_image_keeps_its_size_and_its_colours() -> None:
    variants = check_image(an_image(144, 144), "logo").variants
    assert opened(variants["image"]).size == (144, 144)
    assert opened(variants["image"]).getpixel((3, 3)) == (0, 128, 128)


def test_an_image_of_one_pixel_has_a_half() -> None:
    variants = check_image(an_image(1, 1), "hero").variants
    assert opened(variants["smallImage"]).size == (1, 1)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_pixel_can_be_shown(mode: str) -> None:
    buffer = BytesIO()
    Image.new(mode, (20, 10)).save(buffer, "PNG")
    variants = check_image(buffer.getvalue(), "hero").variants
    assert opened(variants["image"]).mode == ("RGBA" if "A" in mode else "RGB")


def test_deep_greys_stay_grey() -> None:
    buffer = BytesIO()
    Image.new("I;16", (2, 2), 0x8000).save(buffer, "PNG")
    variants = check_image(buffer.getvalue(), "hero").variants
    assert opened(variants["image"]).getpixel((0, 0)) == (128, 128, 128)


def test_a_turned_photo_is_shown_upright_and_without_its_notes() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "A camera"
    buffer = BytesIO()
    Image.new("RGB", (40, 20)).save(buffer, "JPEG", exif=exif)
    shown = opened(check_image(buffer.getvalue(), "hero").variants["image"])
    assert shown.size == (20, 40)
    assert not shown.getexif()


def test_a_png_of_nothing_but_pixels_is_shown_as_it_is() -> None:
    content = an_image(144, 144)
    assert check_image(content, "logo").variants["image"] == content


def test_a_png_with_notes_or_with_something_behind_it_is_written_anew() -> None:
    notes = PngInfo()
    notes.add_text("Author", "Anna")
    buffer = BytesIO()
    Image.new("RGB", (144, 144)).save(buffer, "PNG", pnginfo=notes)
    for content in (buffer.getvalue(), an_image(144, 144) + b"<script>", an_image(144, 144)[:-1]):
        assert not is_plain_png(content)
    shown = check_image(buffer.getvalue(), "logo").variants["image"]
    assert is_plain_png(shown)


@pytest.mark.parametrize("side", [5000, 10_000, 2**31 - 1])
def test_a_huge_image_is_refused_before_it_is_decoded(side: int) -> None:
    with pytest.raises(Invalid, match="4096x4096"):
        check_image(a_png_that_claims(side, side), "screenshot")


def test_an_image_that_ends_too_early_is_damaged() -> None:
    with pytest.raises(Invalid, match="damaged"):
        check_image(a_png_that_claims(144, 144), "logo")


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_damaged_image_is_shown_or_refused(damage: list[tuple[int, int]]) -> None:
    for kind in ("PNG", "JPEG", "GIF", "BMP"):
        content = bytearray(an_image(16, 16, kind))
        for place, byte in damage:
            content[place % len(content)] = byte
        with suppress(Invalid):
            check_image(bytes(content), "icon")

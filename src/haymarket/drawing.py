"""Pictures drawn from a name, for apps and vendors that bring none: flat and calm."""

import colorsys
import io
import random
import zlib
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

LOGO = (144, 144)
BANNER = (1120, 548)
SCREENSHOT = (920, 450)
THUMBNAIL = (580, 330)

Colour = tuple[int, int, int]


def logo(name: str) -> bytes:
    """A PNG of 144 x 144: the initials of a name on a shape of its own colour."""
    dice = _dice(name, "logo")
    dark, light = _pair(dice)
    image = Image.new("RGB", LOGO, dark)
    draw = ImageDraw.Draw(image)
    _shape(draw, dice, light)
    initials = "".join(word[0] for word in name.split()[:2] if word).upper() or "?"
    _centred(draw, initials, (72, 72), 62 if len(initials) > 1 else 84, _WHITE)
    return _png(image)


def picture(initials: str, size: int) -> bytes:
    """A square PNG with so many pixels on a side: the one or two initials of a person."""
    image = Image.open(io.BytesIO(logo(" ".join(initials))))
    return _png(image.resize((size, size)))


def banner(name: str, line: str) -> bytes:
    """A PNG of 1120 x 548: name and tag line over soft waves."""
    dice = _dice(name, "banner")
    dark, light = _pair(dice)
    image = Image.new("RGB", BANNER, dark)
    draw = ImageDraw.Draw(image)
    for _ in range(4):
        x, y, radius = dice.randint(0, 1120), dice.randint(0, 548), dice.randint(120, 320)
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_mix(dark, light, 0.35))
    draw.text((64, 190), name[:40], font=_font(60), fill=_WHITE)
    draw.text((64, 280), line[:64], font=_font(30), fill=_mix(light, _WHITE, 0.6))
    return _png(image)


def screenshot(name: str, title: str, size: tuple[int, int] = SCREENSHOT) -> bytes:
    """A PNG like a page of an application: a side bar, a title, cards and a chart."""
    dice = _dice(name, title)
    dark, light = _pair(dice)
    image = Image.new("RGB", SCREENSHOT, (247, 248, 250))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 150, 450), fill=dark)
    draw.text((18, 20), name[:18], font=_font(14), fill=_WHITE)
    for row in range(7):
        top, right = 65 + row * 30, 125 - dice.randint(0, 45)
        draw.rounded_rectangle((18, top, right, top + 9), 4, _mix(dark, _WHITE, 0.45))
    draw.text((175, 25), title[:60], font=_font(22), fill=(23, 43, 77))
    for card in range(3):
        left = 175 + card * 240
        draw.rounded_rectangle((left, 75, left + 220, 180), 8, _WHITE, (223, 225, 230), 1)
        draw.rounded_rectangle((left + 15, 92, left + 100, 102), 5, _mix(light, _WHITE, 0.3))
        draw.text((left + 15, 120), str(dice.randint(3, 980)), font=_font(32), fill=dark)
    _chart(draw, dice, dark, light)
    return _png(image if size == SCREENSHOT else image.resize(size))


_WHITE: Colour = (255, 255, 255)


def _chart(draw: ImageDraw.ImageDraw, dice: random.Random, dark: Colour, light: Colour) -> None:
    draw.rounded_rectangle((175, 200, 875, 425), 8, _WHITE, (223, 225, 230), 1)
    for bar in range(24):
        height = dice.randint(20, 190)
        left = 195 + bar * 28
        fill = dark if bar % 5 == 4 else light
        draw.rounded_rectangle((left, 410 - height, left + 18, 410), 3, fill)


def _shape(draw: ImageDraw.ImageDraw, dice: random.Random, fill: Colour) -> None:
    width, height = LOGO
    shift = dice.randint(20, 70)
    kind = dice.randrange(4)
    if kind == 0:
        draw.ellipse((-shift, -shift, width - shift, height - shift), fill=fill)
    elif kind == 1:
        draw.polygon([(0, height), (width, height), (width, shift)], fill=fill)
    elif kind == 2:
        draw.rounded_rectangle((shift, shift, width + 40, height + 40), 28, fill=fill)
    else:
        draw.rectangle((0, height - shift, width, height), fill=fill)


def _centred(
    draw: ImageDraw.ImageDraw, text: str, at: tuple[int, int], size: int, fill: Colour
) -> None:
    draw.text(at, text, font=_font(size), fill=fill, anchor="mm")


@lru_cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _dice(*seeds: str) -> random.Random:
    return random.Random(zlib.crc32("\x00".join(seeds).encode()))


def _pair(dice: random.Random) -> tuple[Colour, Colour]:
    hue = dice.random()
    return _colour(hue, 0.32, 0.55), _colour(hue + dice.choice((0.04, 0.1, -0.08)), 0.56, 0.6)


def _colour(hue: float, lightness: float, saturation: float) -> Colour:
    red, green, blue = colorsys.hls_to_rgb(hue % 1, lightness, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()

"""HAL as the API speaks it: links, templates and what collections share (general.md, 5 and 6)."""

from functools import lru_cache
from uuid import NAMESPACE_URL, uuid5

import msgspec
from msgspec import Struct, field

from haymarket import paths

JSON = "application/json"
HTML = "text/html"


class Wire(Struct, rename="camel", omit_defaults=True, kw_only=True):
    """A document of the API: camel case, absent values left out."""


class Link(Struct, omit_defaults=True):
    """A link. Links inside the marketplace carry no host; external ones are absolute."""

    href: str
    type: str | None = None
    title: str | None = None


class LinkTemplate(Struct, omit_defaults=True):
    """An RFC 6570 template as the wire shows it, with the documented `template` beside it."""

    href: str
    templated: bool | None = None
    template: str | None = None
    type: str | None = None
    name: str | None = None


class PricingLinkTemplate(LinkTemplate):
    """A template of a price list; in the document of the API it has a name of its own."""


class SelfLinkOnly(Wire):
    """Links of a document that has nothing but its own address."""

    self_: Link = field(name="self")


class BooleanStateRepLinks(Wire):
    """Links of a state; `up` is what it is about."""

    self_: Link = field(name="self")
    up: Link


class BooleanState(Wire, kw_only=True):
    """Whether something holds, mostly for the caller."""

    links: BooleanStateRepLinks | None = field(name="_links", default=None)
    state: bool


class StateIn(Wire, kw_only=True):
    """What is sent of a state; everything but the state itself is ignored."""

    state: bool


class ImageAssetLinks(Wire):
    """The files of an image (related.md, 3)."""

    self_: Link = field(name="self")
    image: Link
    unscaled: Link
    high_res: Link | None = None
    small_image: Link | None = None
    small_high_res_image: Link | None = None


class ImageAssetSummary(Wire):
    """An image as other documents embed it."""

    links: ImageAssetLinks = field(name="_links")


def template(href: str) -> LinkTemplate:
    """A link template; clients read `href` and `templated`, the documentation `template`."""
    return LinkTemplate(href, True, href)


def boolean_state(path: str, up: str, state: bool) -> BooleanState:
    """A state that lies at `path` and is about what lies at `up`."""
    return BooleanState(links=BooleanStateRepLinks(self_=Link(path), up=Link(up)), state=state)


def page(href: str) -> Link:
    """A link to a web page."""
    return Link(href, HTML)


_encoder = msgspec.json.Encoder()


def encode(document: object) -> bytes:
    """The bytes of a document, UTF-8 JSON."""
    return _encoder.encode(document)


@lru_cache(maxsize=100_000)
def image_file_id(name: str, variant: str) -> str:
    """The file of an image asset: the upload itself has the asset's id, the others their own."""
    return name if variant == "unscaled" else str(uuid5(NAMESPACE_URL, f"{name}/{variant}"))


def image_summary(base_url: str, name: str) -> ImageAssetSummary:
    """The embedded form of the image asset `name`; its files follow from its name."""

    def file(variant: str) -> Link:
        return Link(paths.image_file(base_url, image_file_id(name, variant)), "image/png")

    return ImageAssetSummary(
        links=ImageAssetLinks(
            self_=Link(paths.asset(name)),
            image=file("image"),
            unscaled=file("unscaled"),
            small_image=file("smallImage"),
        )
    )

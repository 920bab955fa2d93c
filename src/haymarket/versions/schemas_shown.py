"""The shapes of what a version shows on its page: highlights, screenshots, instructions."""

from msgspec import field

from haymarket.hal import ImageAssetSummary, Link, Wire


class AddonHighlightLinks(Wire, kw_only=True):
    """The pictures of a highlight."""

    screenshot: Link
    thumbnail: Link


class AddonHighlightEmbedded(Wire, kw_only=True):
    """The pictures of a highlight, embedded."""

    screenshot: ImageAssetSummary
    thumbnail: ImageAssetSummary


class AddonHighlight(Wire, kw_only=True):
    """A highlight of a listing; `body` holds HTML."""

    links: AddonHighlightLinks = field(name="_links")
    embedded: AddonHighlightEmbedded | None = field(name="_embedded", default=None)
    title: str | None = None
    body: str | None = None
    explanation: str | None = None


class ScreenshotLinks(Wire, kw_only=True):
    """The picture of a screenshot."""

    image: Link


class ScreenshotEmbedded(Wire, kw_only=True):
    """The picture of a screenshot, embedded."""

    image: ImageAssetSummary


class Screenshot(Wire, kw_only=True):
    """A screenshot with its caption."""

    links: ScreenshotLinks = field(name="_links")
    embedded: ScreenshotEmbedded | None = field(name="_embedded", default=None)
    caption: str | None = None


class AddonInstructionLinks(Wire, kw_only=True):
    """The picture of a step."""

    image: Link | None = None


class AddonInstructionEmbedded(Wire, kw_only=True):
    """The picture of a step, embedded."""

    image: ImageAssetSummary | None = None


class AddonInstruction(Wire, kw_only=True):
    """One step of the installation; `body` is HTML with nothing but links."""

    links: AddonInstructionLinks = field(name="_links")
    embedded: AddonInstructionEmbedded | None = field(name="_embedded", default=None)
    body: str

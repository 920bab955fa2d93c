"""The shapes of lists of apps on the wire (apps.md, F), under the names of the API."""

from msgspec import field

from haymarket.catalogue.schemas import AddonSummary, ReviewCollectionSummary
from haymarket.hal import ImageAssetSummary, Link, LinkTemplate, Wire


class AddonCollectionLinks(Wire, kw_only=True):
    """Links of a list of apps: `next` and `prev` are pairs, JSON first, then the web page."""

    self_: Link = field(name="self")
    alternate: Link
    query: LinkTemplate | None = None
    by_key: LinkTemplate
    banners: LinkTemplate
    next: list[Link] | None = None
    prev: list[Link] | None = None


class AddonCollectionEmbedded(Wire, kw_only=True):
    """A page of apps."""

    addons: list[AddonSummary]


class AddonCollection(Wire, kw_only=True):
    """A page of apps; `count` is that of all that match."""

    links: AddonCollectionLinks = field(name="_links")
    embedded: AddonCollectionEmbedded = field(name="_embedded")
    count: int


class AddonListingLinks(Wire, kw_only=True):
    """Links of an app in short."""

    self_: Link = field(name="self")
    alternate: Link
    image: Link | None = None
    reviews: LinkTemplate | None = None
    vendor: Link


class AddonListingEmbedded(Wire, kw_only=True):
    """What an app in short embeds."""

    image: ImageAssetSummary | None = None
    reviews: ReviewCollectionSummary | None = None


class Recommendation(Wire, kw_only=True):
    """Why an app is recommended: on how many instances it is installed together with the other.

    Or else `alike`: the categories and words that they share, each with what it is worth.
    """

    installed_together: int | None = None
    alike: dict[str, float] | None = None


class AddonListing(Wire, kw_only=True):
    """An app in short, as banners, recommendations and archived apps show it.

    `explain` is there for recommendations that are asked for with `explain=true`.
    """

    links: AddonListingLinks = field(name="_links")
    embedded: AddonListingEmbedded = field(name="_embedded")
    key: str
    name: str
    last_modified: str | None = None
    explain: Recommendation | None = None


class AddonListingCollectionLinks(Wire, kw_only=True):
    """Links of a short list: `next` and `prev` are single links here."""

    self_: Link = field(name="self")
    alternate: Link
    prev: Link | None = None
    next: Link | None = None


class AddonListingCollectionEmbedded(Wire, kw_only=True):
    """A page of apps in short."""

    addons: list[AddonListing]


class AddonListingCollection(Wire, kw_only=True):
    """A page of apps in short; `count` is that of all that match."""

    links: AddonListingCollectionLinks = field(name="_links")
    embedded: AddonListingCollectionEmbedded = field(name="_embedded")
    count: int


class BriefSearchResultItemLinks(Wire, kw_only=True):
    """Links of a brief hit."""

    alternate: Link
    logo: Link | None = None


class BriefSearchResultItem(Wire, kw_only=True):
    """A brief hit."""

    name: str
    key: str
    links: BriefSearchResultItemLinks = field(name="_links")


class BriefSearchResult(Wire, kw_only=True):
    """Brief hits: one page, no links, no count."""

    addons: list[BriefSearchResultItem]

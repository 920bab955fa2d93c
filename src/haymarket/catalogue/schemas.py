"""The shapes of apps on the wire (apps.md, F), under the names of the API."""

from msgspec import field

from haymarket.categories.wire import AddonCategorySummary
from haymarket.hal import ImageAssetSummary, Link, LinkTemplate, PricingLinkTemplate, Wire
from haymarket.lifecycle.model import AppStatus
from haymarket.vendors.schemas import VendorSummary
from haymarket.versions.schemas import AddonVersion, AddonVersionSummary


class AddonDistributionSummary(Wire, kw_only=True):
    """Downloads in all; installs and users of the last full week."""

    bundled: bool
    bundled_cloud: bool
    downloads: int
    total_installs: int | None = None
    total_users: int | None = None


class ReviewCollectionSummary(Wire, kw_only=True):
    """How many reviews there are and what they give on average, from 0.0 to 4.0."""

    average_stars: float
    count: int


class ProductTag(Wire, kw_only=True):
    """A tag: category, keyword or marketing label."""

    id: str
    name: str | None = None


class Tags(Wire, kw_only=True):
    """The newer form of categories and keywords."""

    category: list[ProductTag]
    keywords: list[ProductTag]
    marketing: list[ProductTag] | None = None


class AddonExternalLinks(Wire, kw_only=True):
    """Addresses outside of the marketplace."""

    issue_tracker: str | None = None
    support_ticket_system: str | None = None
    app_status_page: str | None = None
    forums: str | None = None
    privacy: str | None = None


class AddonLegacyLinks(Wire, kw_only=True):
    """Addresses that only old apps have."""

    wiki: str | None = None
    source: str | None = None
    builds: str | None = None


class AddonLegacyProperties(Wire, kw_only=True):
    """What only old apps have; `description` holds HTML."""

    description: str | None = None
    vendor_links: AddonLegacyLinks


class AddonMarketingProperties(Wire, kw_only=True):
    """Labels that administrators give."""

    marketing_labels: list[str]


class AddonLinks(Wire, kw_only=True):
    """Links of an app; the last ones are for contacts and administrators."""

    self_: Link | None = field(name="self", default=None)
    alternate: Link | None = None
    banner: Link | None = None
    categories: list[Link] | None = None
    logo: Link | None = None
    pricing: list[PricingLinkTemplate] | None = None
    support: Link | None = None
    title_logo: Link | None = None
    tokens: Link | None = None
    distribution: Link | None = None
    recommendations: LinkTemplate | None = None
    reviews: list[LinkTemplate] | None = None
    vendor: Link
    versions: Link | None = None
    watch: Link | None = None
    approval: Link | None = None
    edit: Link | None = None
    transition: Link | None = None
    release: Link | None = None
    feedbacks: LinkTemplate | None = None


class AddonEmbedded(Wire, kw_only=True):
    """What an app embeds; `version` only when it is asked for."""

    banner: ImageAssetSummary | None = None
    categories: list[AddonCategorySummary] | None = None
    logo: ImageAssetSummary | None = None
    title_logo: ImageAssetSummary | None = None
    distribution: AddonDistributionSummary | None = None
    reviews: ReviewCollectionSummary | None = None
    vendor: VendorSummary | None = None
    version: AddonVersion | None = None


class Addon(Wire, kw_only=True):
    """An app."""

    links: AddonLinks = field(name="_links")
    embedded: AddonEmbedded | None = field(name="_embedded", default=None)
    name: str
    key: str
    status: AppStatus
    summary: str | None = None
    tag_line: str | None = None
    tags: Tags | None = None
    vendor_links: AddonExternalLinks | None = None
    enable_atlassian_answers: bool | None = None
    google_analytics_id: str | None = None
    legacy: AddonLegacyProperties | None = None
    marketing: AddonMarketingProperties | None = None
    last_modified: str | None = None
    codegeist: bool | None = None
    status_after_approval: AppStatus | None = None
    community_enabled: bool | None = None
    jsd_embedded_data_key: str | None = None
    data_center_review_issue_key: str | None = None
    stores_personal_data: bool | None = None


class AddonSummaryLinks(Wire, kw_only=True):
    """Links of an app in a list."""

    self_: Link = field(name="self")
    alternate: Link
    categories: list[Link]
    distribution: Link
    logo: Link | None = None
    pricing: list[PricingLinkTemplate] | None = None
    reviews: list[LinkTemplate]
    vendor: Link
    versions: Link


class AddonSummaryEmbedded(Wire, kw_only=True):
    """What an app in a list embeds."""

    categories: list[AddonCategorySummary]
    distribution: AddonDistributionSummary
    logo: ImageAssetSummary | None = None
    reviews: ReviewCollectionSummary
    vendor: VendorSummary | None = None
    version: AddonVersionSummary | None = None
    last_modified: str | None = None


class Explanation(Wire, kw_only=True):
    """Why a hit stands where it stands: parts of its score by what they come from."""

    score: float
    parts: dict[str, float]
    popularity: float


class AddonSummary(Wire, kw_only=True):
    """An app in a list. `explain` is there when it is asked for with `explain=true`."""

    links: AddonSummaryLinks = field(name="_links")
    embedded: AddonSummaryEmbedded = field(name="_embedded")
    id: str
    name: str
    key: str
    tag_line: str | None = None
    summary: str | None = None
    status: AppStatus
    explain: Explanation | None = None

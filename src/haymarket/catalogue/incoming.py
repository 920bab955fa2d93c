"""Apps as clients send them: the writable members, everything else is ignored."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, field

from haymarket.apps.model import LONGEST_TEXT
from haymarket.assets.model import ImageType
from haymarket.catalogue import schemas
from haymarket.lifecycle.model import AppStatus
from haymarket.versions.incoming import Incoming, LinkIn, Short, VersionIn

Text = Annotated[str, Meta(max_length=LONGEST_TEXT)]


class LinksIn(Incoming, kw_only=True):
    """The writable links."""

    vendor: LinkIn
    banner: LinkIn | None = None
    categories: Annotated[list[LinkIn], Meta(max_length=100)] | None = None
    logo: LinkIn | None = None
    title_logo: LinkIn | None = None


class EmbeddedIn(Incoming, kw_only=True):
    """The first version, which POST needs."""

    version: VersionIn | None = None


class LegacyIn(Incoming, kw_only=True):
    """What only old apps have."""

    description: Text | None = None
    vendor_links: schemas.AddonLegacyLinks


class AppIn(Incoming, kw_only=True):
    """An app as PATCH takes it."""

    links: LinksIn = field(name="_links")
    name: Text
    key: Short
    status: AppStatus
    summary: Text | None = None
    tag_line: Text | None = None
    tags: schemas.Tags | None = None
    vendor_links: schemas.AddonExternalLinks | None = None
    google_analytics_id: Short | None = None
    legacy: LegacyIn | None = None
    status_after_approval: AppStatus | None = None
    community_enabled: bool | None = None
    jsd_embedded_data_key: Short | None = None
    stores_personal_data: bool | None = None

    def image_links(self) -> Iterator[tuple[str, ImageType, str]]:
        """Every image that it refers to: address, image type, pointer."""
        if self.links.logo:
            yield self.links.logo.href, "logo", "/_links/logo"
        if self.links.banner:
            yield self.links.banner.href, "banner", "/_links/banner"
        if self.links.title_logo:
            yield self.links.title_logo.href, "title-logo", "/_links/titleLogo"


class NewAppIn(AppIn, kw_only=True):
    """An app as POST takes it, with its first version."""

    embedded: EmbeddedIn | None = field(name="_embedded", default=None)


READ_ONLY = (
    "/_embedded",
    "/_links/self",
    "/_links/alternate",
    "/_links/pricing",
    "/_links/support",
    "/_links/tokens",
    "/_links/distribution",
    "/_links/recommendations",
    "/_links/reviews",
    "/_links/versions",
    "/_links/watch",
    "/_links/approval",
    "/_links/edit",
    "/_links/transition",
    "/_links/release",
    "/_links/feedbacks",
    "/lastModified",
    "/codegeist",
    "/marketing",
    "/enableAtlassianAnswers",
    "/dataCenterReviewIssueKey",
)
"""Members of an app that a patch does not change (general.md, 8)."""

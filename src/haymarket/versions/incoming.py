"""Versions as clients send them: the writable members, everything else is ignored."""

from collections.abc import Iterator
from datetime import date as Day
from typing import Annotated

from msgspec import Meta, Struct, field

from haymarket.assets.model import ImageType
from haymarket.lifecycle.model import VersionStatus
from haymarket.versions import model, schemas
from haymarket.versions.model import Boundary, DataCenterStatus, IntegrationType, PaymentModel

Text = Annotated[str, Meta(max_length=model.LONGEST_TEXT)]
Short = Annotated[str, Meta(max_length=1000)]
Href = Annotated[str, Meta(min_length=1, max_length=2000)]
Build = Annotated[int, Meta(ge=1, le=model.LARGEST_BUILD)]


class Incoming(Struct, rename="camel", kw_only=True):
    """A document that a client sends; unknown members are ignored."""


class LinkIn(Incoming, kw_only=True):
    """A link; only `href` counts."""

    href: Href


class PointIn(Incoming, kw_only=True):
    """A host build; its version name is the server's to add."""

    build: Build


class BoundsIn(Incoming, kw_only=True):
    """The lowest and the highest host build."""

    min: PointIn
    max: PointIn


class HostingIn(Incoming, kw_only=True):
    """Where a version runs."""

    cloud: bool | None = None
    server: BoundsIn | None = None
    data_center: BoundsIn | None = None


class CompatibilityIn(Incoming, kw_only=True):
    """What a version runs on within one application."""

    application: Short
    hosting: HostingIn


class ReleaseIn(Incoming, kw_only=True):
    """When and by whom; both flags may be left out."""

    date: Day | None = None
    released_by: Short | None = None
    beta: bool = False
    supported: bool = True


class TextIn(Incoming, kw_only=True):
    """Texts; `moreDetails` and `releaseNotes` are cleaned of what HTML must not hold."""

    release_summary: Short | None = None
    more_details: Text | None = None
    release_notes: Text | None = None


class HighlightLinksIn(Incoming, kw_only=True):
    """The pictures of a highlight."""

    screenshot: LinkIn
    thumbnail: LinkIn


class HighlightIn(Incoming, kw_only=True):
    """A highlight."""

    links: HighlightLinksIn = field(name="_links")
    title: Short | None = None
    body: Text | None = None
    explanation: Short | None = None


class ScreenshotLinksIn(Incoming, kw_only=True):
    """The picture of a screenshot."""

    image: LinkIn


class ScreenshotIn(Incoming, kw_only=True):
    """A screenshot."""

    links: ScreenshotLinksIn = field(name="_links")
    caption: Short | None = None


class InstructionLinksIn(Incoming, kw_only=True):
    """The picture of a step."""

    image: LinkIn | None = None


class InstructionIn(Incoming, kw_only=True):
    """A step of the installation."""

    links: InstructionLinksIn | None = field(name="_links", default=None)
    body: Text


class EmbeddedIn(Incoming, kw_only=True):
    """The writable embedded parts."""

    highlights: Annotated[list[HighlightIn], Meta(max_length=model.MOST_PICTURES)] | None = None
    screenshots: Annotated[list[ScreenshotIn], Meta(max_length=model.MOST_PICTURES)] | None = None
    instructions: Annotated[list[InstructionIn], Meta(max_length=model.MOST_PICTURES)] | None = None


class LinksIn(Incoming, kw_only=True):
    """The writable links."""

    agreement: LinkIn | None = None
    artifact: LinkIn | None = None
    hero: LinkIn | None = None
    license: LinkIn | None = None


class VersionIn(Incoming, kw_only=True):
    """A version as POST and PATCH take it."""

    links: LinksIn = field(name="_links")
    embedded: EmbeddedIn | None = field(name="_embedded", default=None)
    build_number: Build | None = None
    name: str | None = None
    status: VersionStatus
    payment_model: PaymentModel | None = None
    release: ReleaseIn | None = None
    youtube_id: Short | None = None
    vendor_links: schemas.AddonVersionExternalLinks | None = None
    compatibilities: (
        Annotated[list[CompatibilityIn], Meta(max_length=model.MOST_COMPATIBILITIES)] | None
    ) = None
    text: TextIn | None = None
    integration_type: IntegrationType | None = None
    legacy: schemas.AddonVersionLegacyProperties | None = None
    cloud: schemas.AddonVersionCloudDeployment | None = None
    cloud_compliance_boundaries: list[Boundary] | None = None
    data_center_status: DataCenterStatus | None = None

    def image_links(self) -> Iterator[tuple[str, ImageType, str]]:
        """Every image that it refers to: address, image type, pointer."""
        if self.links.hero:
            yield self.links.hero.href, "hero", "/_links/hero"
        embedded = self.embedded or EmbeddedIn()
        for index, highlight in enumerate(embedded.highlights or ()):
            at = f"/_embedded/highlights/{index}/_links"
            yield highlight.links.screenshot.href, "screenshot", f"{at}/screenshot"
            yield highlight.links.thumbnail.href, "screenshot-thumbnail", f"{at}/thumbnail"
        for index, picture in enumerate(embedded.screenshots or ()):
            at = f"/_embedded/screenshots/{index}/_links/image"
            yield picture.links.image.href, "screenshot", at
        for index, step in enumerate(embedded.instructions or ()):
            if step.links and step.links.image:
                at = f"/_embedded/instructions/{index}/_links/image"
                yield step.links.image.href, "screenshot", at

    def host_builds(self) -> set[tuple[str, int]]:
        """Every host build that it names: application and build number."""
        return {
            (each.application, point.build)
            for each in self.compatibilities or ()
            for bounds in (each.hosting.server, each.hosting.data_center)
            if bounds
            for point in (bounds.min, bounds.max)
        }


READ_ONLY = (
    "/_embedded/artifact",
    "/_embedded/functionalCategories",
    "/_embedded/hero",
    "/_embedded/license",
    "/_links/self",
    "/_links/alternate",
    "/_links/edit",
    "/_links/approval",
    "/_links/transition",
    "/_links/functionalCategories",
    "/buildNumber",
    "/deployment",
    "/deployable",
    "/static",
)
"""Members of a version that a patch does not change (general.md, 8)."""

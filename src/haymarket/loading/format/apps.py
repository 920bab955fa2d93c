"""Apps and their versions in the load format."""

from datetime import date as Day
from typing import Annotated, Literal

from msgspec import Meta, field

from haymarket.lifecycle.model import AfterApproval, AppStatus, VersionStatus
from haymarket.loading.format.parts import Build, Count, Image, Key, Part, Url
from haymarket.loading.format.prices import PriceList
from haymarket.versions.model import PaymentModel


class NamedBounds(Part, kw_only=True):
    """The oldest and the newest host release, by their names."""

    min: str
    max: str


class Compatibility(Part, kw_only=True):
    """What a version runs on within one application."""

    application: str
    cloud: bool = False
    server: NamedBounds | None = None
    data_center: NamedBounds | None = None


class VersionLinks(Part, kw_only=True):
    """Addresses of a version."""

    documentation: Url | None = None
    learn_more: Url | None = None
    eula: Url | None = None
    purchase: Url | None = None
    release_notes: Url | None = None
    license: Url | None = None


class Highlight(Part, kw_only=True):
    """A highlight."""

    title: str
    body: str
    explanation: str | None = None
    image: Image


class Screenshot(Part, kw_only=True):
    """A screenshot."""

    caption: str | None = None
    image: Image


class Version(Part, kw_only=True):
    """A version of an app; `artifact` is `made` or the path of a file."""

    name: str
    build: Build
    status: VersionStatus = "public"
    payment_model: PaymentModel = "free"
    date: Day
    released_by: str | None = None
    beta: bool = False
    supported: bool = True
    compatibilities: list[Compatibility]
    release_summary: Annotated[str, Meta(max_length=80)] | None = None
    release_notes: str | None = None
    more_details: str | None = None
    licence: str | None = None
    links: VersionLinks = field(default_factory=VersionLinks)
    youtube_id: str | None = None
    artifact: str | None = None
    highlights: list[Highlight] = field(default_factory=list)
    screenshots: list[Screenshot] = field(default_factory=list)
    instructions: list[str] = field(default_factory=list)


class Figures(Part, kw_only=True):
    """What is counted about an app."""

    downloads: Count = 0
    installs: Count = 0
    users: Count = 0
    stars: Annotated[float, Meta(ge=0, le=4)] = 0.0
    reviews: Count = 0


class Installs(Part, kw_only=True):
    """For how many weeks the growth of an app is invented, up to its figures."""

    weeks: Annotated[int, Meta(ge=1, le=520)]


class AppLinks(Part, kw_only=True):
    """Addresses of an app."""

    issue_tracker: Url | None = None
    support_ticket_system: Url | None = None
    app_status_page: Url | None = None
    forums: Url | None = None
    privacy: Url | None = None


class App(Part, kw_only=True):
    """An app. YAML takes a bare `no` for false, so `hidden: false` stands for `no` too."""

    key: Key
    name: str
    vendor: int
    status: AppStatus = "public"
    status_after_approval: AfterApproval | None = None
    rejection_reason: str | None = None
    tag_line: str | None = None
    summary: str | None = None
    categories: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    marketing_labels: list[str] = field(default_factory=list)
    hidden: Literal["no", "site", "everywhere"] | bool = "no"
    archived: bool = False
    featured: bool = False
    codegeist: bool = False
    bundled: bool = False
    bundled_cloud: bool = False
    stores_personal_data: bool = False
    figures: Figures = field(default_factory=Figures)
    installs: Installs | None = None
    listed: Day | None = None
    modified: Day | None = None
    links: AppLinks = field(default_factory=AppLinks)
    community_enabled: bool = False
    google_analytics_id: str | None = None
    logo: Image | None = None
    banner: Image | None = None
    prices: list[PriceList] = field(default_factory=list)
    versions: list[Version]

    def __post_init__(self) -> None:
        """Refuse what no type says."""
        if self.hidden is True:
            raise ValueError("hidden is no, site or everywhere")
        builds = [version.build for version in self.versions]
        for index, build in enumerate(builds):
            if build in builds[:index]:
                raise ValueError(f"versions[{index}]: build {build} is there twice")

"""The load format (docs/loading.md) as types: a file that does not fit is refused by path."""

from datetime import date as Day
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import yaml
from msgspec import Meta, Struct, field

from haymarket.accounts.model import Permission, Role
from haymarket.lifecycle.model import AfterApproval, AppStatus, VersionStatus
from haymarket.versions.compatibility import CompatibilityMode, Hosting
from haymarket.versions.model import LARGEST_BUILD, PaymentModel

Key = Annotated[str, Meta(pattern=r"^[A-Za-z0-9._-]{1,255}$")]
Build = Annotated[int, Meta(ge=1, le=LARGEST_BUILD)]
Count = Annotated[int, Meta(ge=0, le=2**53)]
Published = Literal["published", "unpublished"]
Image = str
"""`drawn`, or the path of a file relative to the file that names it."""


class Part(Struct, rename="camel", forbid_unknown_fields=True):
    """An object of the format; a member that it does not know is refused."""


class HostRelease(Part, kw_only=True):
    """A release of a host application."""

    version: str
    build: Build
    date: Day
    data_center: bool = True
    status: Published = "published"
    end_of_life: Day | None = None


class Details(Part, kw_only=True):
    """Where more is said about an application."""

    description: str
    learn_more: str
    download_page: str | None = None


class Application(Part, kw_only=True):
    """A host application."""

    key: Key
    name: str
    introduction: str
    key_aliases: list[str] = []
    status: Published = "published"
    compatibility_mode: CompatibilityMode = "micro"
    hosting: list[Hosting]
    connect: list[Hosting] = []
    details: Details
    versions: list[HostRelease]


class Category(Part, kw_only=True):
    """A category."""

    id: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    name: str
    application: str = "jira"


class Licence(Part, kw_only=True):
    """A licence type."""

    key: Key
    name: str
    url: str | None = None


class User(Part, kw_only=True):
    """A person; `token` is for the sandbox only."""

    email: str
    name: str
    administrator: bool = False
    token: str | None = None


class Address(Part, kw_only=True):
    """A postal address."""

    line1: str
    line2: str | None = None
    city: str
    state: str
    post_code: str
    country: str


class VendorLinks(Part, kw_only=True):
    """Addresses of a vendor."""

    home_page: str | None = None
    sla: str | None = None


class Support(Part, kw_only=True):
    """Who answers, and when."""

    name: str
    email: str | None = None
    phone: str | None = None
    url: str | None = None
    target_response_hours: Annotated[int, Meta(ge=0, le=10_000)] | None = None
    timezone: str | None = None
    days: list[str] | None = None
    from_: str | None = field(name="from", default=None)
    until: str | None = None
    emergency_contact: str | None = None


class Contact(Part, kw_only=True):
    """A person who acts for a vendor."""

    email: str
    permissions: Literal["all"] | list[Permission]
    roles: list[Role] = []


class Vendor(Part, kw_only=True):
    """A vendor."""

    id: Annotated[int, Meta(ge=1, le=2**53)]
    name: str
    email: str
    description: str | None = None
    phone: str | None = None
    address: Address | None = None
    links: VendorLinks
    support: Support
    other_contact_details: str | None = None
    verified: bool = False
    top_vendor: bool = False
    atlassian: bool = False
    logo: Image | None = None
    contacts: list[Contact]


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

    documentation: str | None = None
    learn_more: str | None = None
    eula: str | None = None
    purchase: str | None = None
    release_notes: str | None = None
    license: str | None = None


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
    highlights: list[Highlight] = []
    screenshots: list[Screenshot] = []
    instructions: list[str] = []


class Figures(Part, kw_only=True):
    """What is counted about an app."""

    downloads: Count = 0
    installs: Count = 0
    users: Count = 0
    stars: Annotated[float, Meta(ge=0, le=4)] = 0.0
    reviews: Count = 0


class AppLinks(Part, kw_only=True):
    """Addresses of an app."""

    issue_tracker: str | None = None
    support_ticket_system: str | None = None
    app_status_page: str | None = None
    forums: str | None = None
    privacy: str | None = None


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
    categories: list[str] = []
    keywords: list[str] = []
    marketing_labels: list[str] = []
    hidden: Literal["no", "site", "everywhere"] | bool = "no"
    archived: bool = False
    featured: bool = False
    codegeist: bool = False
    bundled: bool = False
    bundled_cloud: bool = False
    stores_personal_data: bool = False
    figures: Figures = field(default_factory=Figures)
    listed: Day | None = None
    modified: Day | None = None
    links: AppLinks = field(default_factory=AppLinks)
    community_enabled: bool = False
    google_analytics_id: str | None = None
    logo: Image | None = None
    banner: Image | None = None
    versions: list[Version]


class Document(Part, kw_only=True):
    """A file of the format."""

    haymarket: Literal[1]
    applications: list[Application] = []
    categories: list[Category] = []
    licences: list[Licence] = []
    users: list[User] = []
    vendors: list[Vendor] = []
    apps: list[App] = []


class Listing(Struct):
    """An app in a bare array: only its key, name and summary are read."""

    key: Key
    name: str
    summary: str | None = None


class BadFile(Exception):
    """A file that can not be loaded: names the file, the place in it, and the reason."""

    def __init__(self, file: Path | str, place: str, reason: str) -> None:
        super().__init__(f"{file}: {place + ': ' if place else ''}{reason}")


def read_file(path: Path) -> Document | list[Listing]:
    """A file as what it holds: a document, or a bare array of listings. Raises BadFile."""
    value = _parse(path)
    kind: Any = list[Listing] if isinstance(value, list) else Document
    try:
        read: Document | list[Listing] = msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at `")
        raise BadFile(path, place.rstrip("`").removeprefix("$").lstrip("."), reason) from None
    return read


def _parse(path: Path) -> Any:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadFile(path, "", error.strerror or "can not be read") from None
    try:
        if path.suffix == ".json":
            return msgspec.json.decode(content)
        return yaml.load(content, Loader=LOADER)  # noqa: S506 (a safe loader, only faster)
    except (msgspec.DecodeError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadFile(path, "", str(error)) from None


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

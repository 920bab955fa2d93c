"""Applications, categories, licences, people and vendors of the load format."""

from datetime import date as Day
from typing import Annotated, Literal

from msgspec import Meta, field

from haymarket.accounts.model import USUAL_SCOPES, Permission, Role, Scope
from haymarket.loading.format.parts import Build, Email, Image, Key, Part, Published, Url
from haymarket.versions.compatibility import CompatibilityMode, Hosting


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
    learn_more: Url
    download_page: Url | None = None


class Application(Part, kw_only=True):
    """A host application."""

    key: Key
    name: str
    introduction: str
    key_aliases: list[str] = field(default_factory=list)
    status: Published = "published"
    compatibility_mode: CompatibilityMode = "micro"
    hosting: list[Hosting]
    connect: list[Hosting] = field(default_factory=list)
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
    url: Url | None = None


class User(Part, kw_only=True):
    """A person; `token` is for the sandbox only, `scopes` say what it is good for."""

    email: Email
    name: str
    administrator: bool = False
    token: str | None = None
    scopes: tuple[Scope, ...] = USUAL_SCOPES


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
    roles: list[Role] = field(default_factory=list)


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

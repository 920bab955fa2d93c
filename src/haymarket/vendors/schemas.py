"""The shapes of vendors on the wire (related.md, 8), under the names of the API."""

from datetime import date
from typing import Annotated

from msgspec import Meta, field

from haymarket.hal import ImageAssetSummary, Link, LinkTemplate, Wire
from haymarket.vendors.model import Day, TopVendorStatus, VerifiedStatus


class TopVendor(Wire):
    """Where a vendor stands in the programme of top vendors."""

    status: TopVendorStatus


class VendorPrograms(Wire):
    """The programmes that a vendor takes part in; empty for most."""

    top_vendor: TopVendor | None = None


class VendorSummaryLinks(Wire):
    """Links of an embedded vendor; `edit` is for its contacts."""

    self_: Link = field(name="self")
    alternate: Link
    edit: Link | None = None
    logo: Link | None = None


class VendorSummaryEmbedded(Wire):
    """The logo of an embedded vendor."""

    logo: ImageAssetSummary | None = None


class VendorSummary(Wire, kw_only=True):
    """A vendor as other documents embed it; its last two members are documented but not sent."""

    links: VendorSummaryLinks = field(name="_links")
    embedded: VendorSummaryEmbedded = field(name="_embedded")
    name: str
    verified_status: VerifiedStatus | None = None
    programs: VendorPrograms
    is_atlassian: bool | None = None


class VendorCollectionLinks(Wire, kw_only=True):
    """Links of a page of vendors: one for each of them."""

    self_: Link = field(name="self")
    query: LinkTemplate
    next: Link | None = None
    prev: Link | None = None
    vendors: list[Link]


class VendorCollectionEmbedded(Wire):
    """The vendors themselves."""

    vendors: list[VendorSummary]


class VendorCollection(Wire):
    """A page of vendors; `count` is how many there are on all pages."""

    links: VendorCollectionLinks = field(name="_links")
    embedded: VendorCollectionEmbedded = field(name="_embedded")
    count: int


class Address(Wire, kw_only=True):
    """A postal address; `country` is a code of ISO 3166-1."""

    line1: str
    line2: str | None = None
    city: str
    state: str
    post_code: str
    country: str


class VendorExternalLinks(Wire):
    """Addresses outside of the marketplace."""

    home_page: str | None = None
    sla: str | None = None


class SupportOrganization(Wire):
    """Who gives support."""

    name: str
    support_email: str | None = None
    support_url: str | None = None
    support_phone: str | None = None


class TimeRange(Wire):
    """Times of day such as `09:00`."""

    from_: str = field(name="from")
    until: str


class Holiday(Wire):
    """A day without support."""

    title: str
    date: date
    repeat_annually: bool


class SupportHours(Wire, kw_only=True):
    """When support is given; without a range, around the clock."""

    range: TimeRange | None = None
    timezone: str
    days: list[Day]
    holidays: list[Holiday]


class VendorSupportDetails(Wire):
    """How support is given; `targetResponseTime` is in hours."""

    support_org: SupportOrganization | None = None
    target_response_time: Annotated[int, Meta(ge=0, le=2**31 - 1)] | None = None
    support_hours: SupportHours | None = None
    emergency_contact: str | None = None


class VendorLinks(Wire):
    """Links of a vendor; reports and `edit` are for its contacts."""

    self_: Link = field(name="self")
    alternate: Link
    addons: Link
    archived_addons: Link
    contacts: Link
    sales: Link | None = None
    sales_report: Link | None = None
    license_report: Link | None = None
    reporting: Link | None = None
    logo: Link | None = None
    edit: Link | None = None


class VendorEmbedded(Wire):
    """The logo of a vendor."""

    logo: ImageAssetSummary | None = None


class Vendor(Wire, kw_only=True):
    """A vendor."""

    links: VendorLinks = field(name="_links")
    embedded: VendorEmbedded = field(name="_embedded")
    name: str
    id: int
    description: str | None = None
    address: Address | None = None
    email: str
    phone: str | None = None
    vendor_links: VendorExternalLinks
    support_details: VendorSupportDetails
    other_contact_details: str | None = None
    verified_status: VerifiedStatus
    programs: VendorPrograms
    is_atlassian: bool


class WritableVendorLinks(Wire):
    """The one link of a vendor that is written: an image asset."""

    logo: Link | None = None


class CreateVendorRepresentation(Wire, kw_only=True):
    """What a vendor writes of itself."""

    links: WritableVendorLinks = field(name="_links")
    name: str
    description: str | None = None
    address: Address | None = None
    email: str
    phone: str | None = None
    vendor_links: VendorExternalLinks
    support_details: VendorSupportDetails
    other_contact_details: str | None = None


class VendorDecisions(Wire):
    """What only administrators write of a vendor."""

    verified_status: VerifiedStatus = "not-requested"
    programs: VendorPrograms = field(default_factory=VendorPrograms)

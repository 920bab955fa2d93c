"""The shapes of prices on the wire (apps.md, F), under the names of the API."""

from typing import Annotated

from msgspec import Meta, field

from haymarket.hal import Link, SelfLinkOnly, Wire
from haymarket.pricing.model import State, Status
from haymarket.pricing.tiers import Hosting
from haymarket.versions.incoming import Incoming
from haymarket.versions.model import Boundary

MOST_ITEMS = 5000
"""More are refused before they are looked at."""


class AddonRole(Wire, kw_only=True):
    """What the units of role-based prices are called."""

    singular_name: str
    plural_name: str


class PricingItem(Wire, kw_only=True):
    """The price of a tier in US dollars. Clients send amount, unitCount, monthsValid, licenseType.

    A `unitCount` of -1 stands for no limit; `monthsValid` is 1 or 12.
    """

    description: str
    edition_id: str
    edition_description: str
    edition_type: str
    amount: float
    renewal_amount: float
    unit_count: int
    months_valid: int
    license_type: str


class Pricing(Wire, kw_only=True):
    """The prices of an app on one hosting: those that are live, or those that wait."""

    links: SelfLinkOnly = field(name="_links")
    items: list[PricingItem]
    per_unit_items: list[PricingItem] | None = None
    expert_discount_opt_out: bool
    cloud_compliance_boundary: Boundary | None = None
    contact_sales_for_additional_pricing: bool
    parent: str | None = None
    last_modified: str
    status: State
    default_: bool = field(name="default")
    has_published_prices: bool
    can_change_prices: bool
    role: AddonRole | None = None


class ItemIn(Incoming, kw_only=True):
    """A price as clients send it."""

    amount: float
    unit_count: int
    months_valid: int
    license_type: str


class PricingIn(Incoming, kw_only=True):
    """Prices as clients send them."""

    items: Annotated[list[ItemIn], Meta(max_length=MOST_ITEMS)]
    per_unit_items: Annotated[list[ItemIn], Meta(max_length=MOST_ITEMS)] | None = None
    expert_discount_opt_out: bool
    cloud_compliance_boundary: Boundary | None = None
    role: AddonRole | None = None


class PriceListItem(Wire, kw_only=True):
    """A price of the history, in US dollars."""

    amount: float
    unit_count: int
    months_valid: int
    license_type: str


class PriceList(Wire, kw_only=True):
    """A price list of the history. `submittedBy` is absent for what the operator loaded.

    `liveFrom` is absent for a list that never went live, and while an approval is awaited.
    `until` is when another list takes or took its place.
    """

    hosting: Hosting
    cloud_compliance_boundary: Boundary | None = None
    status: Status
    submitted: str
    submitted_by: str | None = None
    live_from: str | None = None
    until: str | None = None
    items: list[PriceListItem]
    per_unit_items: list[PriceListItem] | None = None
    expert_discount_opt_out: bool


class PriceListCollectionLinks(Wire, kw_only=True):
    """Links of a page of the history."""

    self_: Link = field(name="self")
    prev: Link | None = None
    next: Link | None = None


class PriceListCollectionEmbedded(Wire, kw_only=True):
    """The price lists, newest first."""

    price_lists: list[PriceList]


class PriceListCollection(Wire, kw_only=True):
    """A page of the history of an app's prices; `count` is how many lists there are."""

    links: PriceListCollectionLinks = field(name="_links")
    embedded: PriceListCollectionEmbedded = field(name="_embedded")
    count: int

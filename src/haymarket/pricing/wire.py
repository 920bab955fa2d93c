"""Prices as documents, out and in (apps.md, C.21 and 22)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from haymarket import paths
from haymarket.clock import wire_time
from haymarket.hal import Link, SelfLinkOnly
from haymarket.paging import Page, without_paging
from haymarket.pricing import model, schemas
from haymarket.pricing.editions import (
    Offer,
    description,
    edition_description,
    edition_id,
    per_unit_id,
    renewal_amount,
)
from haymarket.pricing.schemas import Pricing, PricingIn
from haymarket.pricing.tiers import Price, Prices, Role

Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Shown:
    """A price list as it is shown: what it is for, and what holds beside it at this moment."""

    one: model.PriceList
    state: model.State
    offer: Offer
    has_live: bool
    may_change: bool


def to_wire(shown: Shown, query: Pairs) -> Pricing:
    """A price list; `query` is echoed by its own link."""
    one, prices, offer = shown.one, shown.one.prices, shown.offer
    place = paths.app_pricing(offer.app_key, one.kind.hosting, shown.state)
    return Pricing(
        links=SelfLinkOnly(self_=Link(paths.with_query(place, query))),
        items=_items(offer, prices.items, edition_id),
        per_unit_items=_items(offer, prices.per_unit, per_unit_id) or None,
        expert_discount_opt_out=prices.expert_discount_opt_out,
        cloud_compliance_boundary=one.kind.boundary,
        contact_sales_for_additional_pricing=False,
        parent=offer.parent,
        last_modified=wire_time(one.submitted_at),
        status=shown.state,
        default_=False,
        has_published_prices=shown.has_live,
        can_change_prices=shown.may_change,
        role=_role(prices.role),
    )


def from_wire(asked: PricingIn) -> Prices:
    """Prices as they were sent, in that order, so that pointers of problems fit."""
    role = asked.role
    return Prices(
        tuple(_price(each) for each in asked.items),
        tuple(_price(each) for each in asked.per_unit_items or ()),
        asked.expert_discount_opt_out,
        None if role is None else Role(role.singular_name, role.plural_name),
    )


def to_history_item(
    one: model.PriceList, standing: model.Standing, email: str | None
) -> schemas.PriceList:
    """A list of the history with what became of it; `email` is that of who submitted it."""
    return schemas.PriceList(
        hosting=one.kind.hosting,
        cloud_compliance_boundary=one.kind.boundary,
        status=standing.status,
        submitted=wire_time(one.submitted_at),
        submitted_by=email,
        live_from=_moment(standing.live_from),
        until=_moment(standing.until),
        items=_plain(one.prices.items),
        per_unit_items=_plain(one.prices.per_unit) or None,
        expert_discount_opt_out=one.prices.expert_discount_opt_out,
    )


def to_history(
    place: str, query: Pairs, window: Page, count: int, items: Sequence[schemas.PriceList]
) -> schemas.PriceListCollection:
    """A page of the history that lies at `place`."""
    plain = without_paging(query)

    def link(moved: Pairs | None) -> Link | None:
        return None if moved is None else Link(paths.with_query(place, plain + moved))

    links = schemas.PriceListCollectionLinks(
        self_=Link(paths.with_query(place, query)),
        prev=link(window.previous()),
        next=link(window.next(count)),
    )
    embedded = schemas.PriceListCollectionEmbedded(price_lists=list(items))
    return schemas.PriceListCollection(links=links, embedded=embedded, count=count)


def _items(
    offer: Offer, prices: Iterable[Price], name: Callable[[Offer, Price], str]
) -> list[schemas.PricingItem]:
    return [
        schemas.PricingItem(
            description=description(offer, price),
            edition_id=name(offer, price),
            edition_description=edition_description(offer, price),
            edition_type=offer.edition_type,
            amount=float(price.amount),
            renewal_amount=float(renewal_amount(offer.hosting, price)),
            unit_count=price.units,
            months_valid=price.months,
            license_type=price.licence,
        )
        for price in prices
    ]


def _plain(prices: Iterable[Price]) -> list[schemas.PriceListItem]:
    return [
        schemas.PriceListItem(
            amount=float(price.amount),
            unit_count=price.units,
            months_valid=price.months,
            license_type=price.licence,
        )
        for price in prices
    ]


def _price(sent: schemas.ItemIn) -> Price:
    # as it was written: the shortest text of a float is the one that was sent
    amount = Decimal(str(sent.amount)) + 0  # and no zero has a sign
    return Price(sent.unit_count, amount, sent.months_valid, sent.license_type.upper())


def _role(role: Role | None) -> schemas.AddonRole | None:
    if role is None:
        return None
    return schemas.AddonRole(singular_name=role.singular, plural_name=role.plural)


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else wire_time(moment)

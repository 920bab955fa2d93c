"""What prices are called on the wire, and what a renewal costs: pure (apps.md, C.21 and F)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from haymarket.pricing.tiers import CENT, UNLIMITED, Hosting, Price, Role

EditionType = Literal["remote-agent-count", "role-tier", "user-tier"]

UNLIMITED_IN_ID = 987654321
COUNTED_BY_REMOTE_AGENTS = "bamboo"

KEY_ENDS: dict[Hosting, str] = {"cloud": ".ondemand", "datacenter": ".data-center", "server": ""}
"""What an edition's id adds to the key of the app."""

PLACES: dict[Hosting, str] = {"cloud": " (Cloud)", "datacenter": " (Data Center)", "server": ""}
LICENCES: dict[Hosting, str] = {
    "cloud": "Commercial Cloud Subscription",
    "datacenter": "Commercial Term License",
    "server": "Commercial License",
}


@dataclass(frozen=True)
class Offer:
    """What prices are for: an app on one hosting of an application, counted by some unit.

    `parent` is the key of the application and `application` its name, where the app has any.
    """

    app_key: str
    app_name: str
    hosting: Hosting
    parent: str | None = None
    application: str | None = None
    role: Role | None = None

    @property
    def edition_type(self) -> EditionType:
        """By what the tiers are counted."""
        if self.role:
            return "role-tier"
        return "remote-agent-count" if self.parent == COUNTED_BY_REMOTE_AGENTS else "user-tier"

    @property
    def unit(self) -> Role:
        """What one and several of its units are called."""
        if self.role:
            return self.role
        if self.edition_type == "remote-agent-count":
            return Role("Remote Agent", "Remote Agents")
        return Role("User", "Users")

    @property
    def title(self) -> str:
        """The app's name, and that of the application where it is not a part of the name."""
        if self.hosting == "server" or not self.application or self.application in self.app_name:
            return f"{self.app_name}{PLACES[self.hosting]}"
        return f"{self.app_name} for {self.application}{PLACES[self.hosting]}"


def edition_description(offer: Offer, price: Price) -> str:
    """The size of a tier in words: `10 Users`, `Unlimited Users`."""
    unit = offer.unit
    if price.units == UNLIMITED:
        return f"Unlimited {unit.plural}"
    return f"{price.units} {unit.singular if price.units == 1 else unit.plural}"


def description(offer: Offer, price: Price) -> str:
    """A price in words: `Draw (Data Center) 750 Users: Commercial Term License`."""
    return f"{offer.title} {edition_description(offer, price)}: {LICENCES[offer.hosting]}"


def edition_id(offer: Offer, price: Price) -> str:
    """The id of a flat price; monthly ones say so, since a tier may have a yearly one too."""
    key = f"{offer.app_key}{KEY_ENDS[offer.hosting]}"
    units = UNLIMITED_IN_ID if price.units == UNLIMITED else price.units
    end = ":monthly" if price.months == 1 else ""
    return f"newPricingPlanItem:{key}:{offer.edition_type}:{units}:{price.licence}{end}"


def per_unit_id(offer: Offer, price: Price) -> str:
    """The id of a price per unit."""
    return f"{edition_id(offer, price)}:per-unit"


def renewal_amount(hosting: Hosting, price: Price) -> Decimal:
    """What another term costs: half for a server licence, which stays; the same elsewhere."""
    if hosting != "server":
        return price.amount
    return (price.amount / 2).quantize(CENT, ROUND_HALF_UP)

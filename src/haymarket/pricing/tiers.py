"""Prices and the tiers that they are for, with the rules of both: pure (apps.md, C.21 and 22)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from haymarket.errors import Problem

Hosting = Literal["cloud", "datacenter", "server"]
HOSTINGS: tuple[Hosting, ...] = get_args(Hosting)

COMMERCIAL = "COMMERCIAL"
UNLIMITED = -1
MONTHS = (1, 12)
CENT = Decimal("0.01")
TOO_MUCH = Decimal(10**9)
"""Amounts are below it, in US dollars."""
STARTER = 10
"""The most units that a tier may have whose price is 0."""
MOST_PRICES = 500
LONGEST_ROLE = 100

_ON_OWN_SERVERS = (
    {1, 3, 5, 10, 15, 25, 50, 100, 150, 200, 250, 500, 750}
    | set(range(1000, 10_001, 1000))
    | set(range(15_000, 50_001, 5000))
)
_IN_THE_CLOUD = (
    {5, 10, 15, 20, 25, 50, 75, 100, 150, 200, 250, 300, 400, 500, 600, 750, 800}
    | set(range(1000, 2001, 200))
    | set(range(2500, 5001, 500))
    | set(range(6000, 20_001, 1000))
    | {7500}
    | set(range(25_000, 100_001, 5000))
)
TIERS: dict[Hosting, frozenset[int]] = {
    "cloud": frozenset(_IN_THE_CLOUD | {UNLIMITED}),
    "datacenter": frozenset(_ON_OWN_SERVERS | {UNLIMITED}),
    "server": frozenset(_ON_OWN_SERVERS | {UNLIMITED}),
}
"""The sizes that a tier may have: users, agents or remote agents, up to and including so many."""


@dataclass(frozen=True)
class Price:
    """What a tier costs: US dollars with at most two decimals, for 1 or 12 months.

    `units` is the size of the tier, -1 without a limit. `licence` is in upper case.
    """

    units: int
    amount: Decimal
    months: int
    licence: str = COMMERCIAL

    @property
    def tier(self) -> tuple[int, int, str]:
        """What there is one price for; unlimited ones sort first."""
        return self.units, self.months, self.licence


@dataclass(frozen=True)
class Role:
    """What the units of role-based prices are called, such as agent and agents."""

    singular: str
    plural: str


@dataclass(frozen=True)
class Prices:
    """What a vendor submits for an app on one hosting.

    `items` are flat prices of tiers, `per_unit` prices of each user within brackets (cloud only).
    `expert_discount_opt_out` says that partners get no discount.
    """

    items: tuple[Price, ...]
    per_unit: tuple[Price, ...] = ()
    expert_discount_opt_out: bool = False
    role: Role | None = None

    @property
    def in_order(self) -> "Prices":
        """The same, from the smallest tier to the largest; those without a limit come first."""
        items = tuple(sorted(self.items, key=lambda price: price.tier))
        per_unit = tuple(sorted(self.per_unit, key=lambda price: price.tier))
        return Prices(items, per_unit, self.expert_discount_opt_out, self.role)


def problems_of_prices(hosting: Hosting, prices: Prices) -> list[Problem]:
    """What is wrong with prices, each with the pointer of its member."""
    found = [] if prices.items else [Problem("At least one price is required", "/items")]
    if prices.per_unit and hosting != "cloud":
        found.append(Problem("Only prices for cloud are per unit", "/perUnitItems"))
    for name, some in (("items", prices.items), ("perUnitItems", prices.per_unit)):
        found += _problems_of_all(hosting, f"/{name}", some)
    return found + list(_problems_of_role(prices.role) if prices.role else ())


def _problems_of_all(hosting: Hosting, path: str, some: Sequence[Price]) -> list[Problem]:
    if len(some) > MOST_PRICES:
        return [Problem(f"There are at most {MOST_PRICES} prices in a list", path)]
    found: list[Problem] = []
    tiers = [price.tier for price in some]
    for index, price in enumerate(some):
        found += _problems_of_one(hosting, f"{path}/{index}", price)
        first = tiers.index(price.tier)
        if first < index:
            message = f"This tier has a price already, at {path}/{first}"
            found.append(Problem(message, f"{path}/{index}/unitCount"))
    return found


def _problems_of_one(hosting: Hosting, path: str, price: Price) -> Iterator[Problem]:
    amount = _problem_of_amount(price)
    if amount:
        yield Problem(amount, f"{path}/amount")
    if price.units not in TIERS[hosting]:
        message = f"There is no tier of {price.units} units for {hosting}"
        yield Problem(message, f"{path}/unitCount")
    if price.months not in MONTHS:
        yield Problem("A price is for 1 month or for 12", f"{path}/monthsValid")
    if price.licence != COMMERCIAL:
        message = "Only commercial prices are set; those of other licences follow from them"
        yield Problem(message, f"{path}/licenseType")


def _problem_of_amount(price: Price) -> str | None:
    amount = price.amount
    if amount.is_nan() or not 0 <= amount < TOO_MUCH:
        return f"An amount is a number from 0 to less than {TOO_MUCH:f}"
    if amount != amount.quantize(CENT):
        return "An amount has at most two decimals"
    if amount == 0 and not 0 < price.units <= STARTER:
        return f"Only a tier of at most {STARTER} units may be free"
    return None


def _problems_of_role(role: Role) -> Iterator[Problem]:
    for name, text in (("singularName", role.singular), ("pluralName", role.plural)):
        if not text.strip() or len(text) > LONGEST_ROLE or not text.isprintable():
            message = f"The name of a role has 1 to {LONGEST_ROLE} printable characters"
            yield Problem(message, f"/role/{name}")

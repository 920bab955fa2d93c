"""Prices in the load format."""

from datetime import date as Day
from typing import Literal

from msgspec import field

from haymarket.loading.format.parts import Part
from haymarket.pricing.tiers import Hosting
from haymarket.versions.model import Boundary


class Price(Part, kw_only=True):
    """What a tier costs for a year, or for a month; -1 users are a tier without a limit."""

    users: int
    amount: float
    months: Literal[1, 12] = 12


class UnitPrice(Part, kw_only=True):
    """What each user costs for a month, or for a year, within a bracket of up to `users`."""

    users: int
    amount: float
    months: Literal[1, 12] = 1


class PriceList(Part, kw_only=True):
    """The prices of an app on one hosting, and for cloud within one boundary."""

    hosting: Hosting
    boundary: Boundary | None = None
    items: list[Price]
    per_unit: list[UnitPrice] = field(default_factory=list)
    expert_discount_opt_out: bool = False
    submitted: Day | None = None

    def __post_init__(self) -> None:
        """Refuse what no type says."""
        if self.boundary is not None and self.hosting != "cloud":
            raise ValueError("only prices for cloud have a boundary")

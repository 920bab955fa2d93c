"""Loads the prices of apps: those of an approved app hold from the day when it was listed."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from decimal import Decimal

from haymarket.apps.model import App
from haymarket.errors import Problem
from haymarket.loading import format
from haymarket.loading.keeper import Place
from haymarket.pricing.actions import keep_list, submit_prices
from haymarket.pricing.model import Kind, PriceList, kind_of
from haymarket.pricing.store import current_lists
from haymarket.pricing.tiers import Price, Prices, problems_of_prices
from haymarket.storage import Writing

NAMES = {"perUnitItems": "perUnit", "unitCount": "users", "monthsValid": "months"}
"""What members are called in files that the API calls otherwise."""


def prepare_prices(place: Place, each: format.App, app: App) -> tuple[PriceList, ...]:
    """The price lists of an app as they will be kept. Raises BadFile."""
    found: dict[Kind, PriceList] = {}
    for index, told in enumerate(each.prices):
        at = place.within(f"prices[{index}]")
        prices = _prices(told)
        for problem in problems_of_prices(told.hosting, prices)[:1]:
            raise _where(at, problem).bad(problem.message)
        kind = kind_of(told.hosting, told.boundary)
        if kind in found:
            raise at.bad(f"there are prices for {' '.join(filter(None, vars(kind).values()))}")
        found[kind] = _price_list(told, app, PriceList(0, 0, kind, prices, app.created_at))
    return tuple(found.values())


def save_prices(db: Writing, app: App, lists: Sequence[PriceList]) -> None:
    """Keep prices that are new; they are submitted now where there are others of their kind."""
    current = current_lists(db, app.id) if lists else []
    for one in lists:
        there = [each.prices for each in current if each.kind == one.kind]
        if not there:
            keep_list(db, app, replace(one, app_id=app.id))
        elif one.prices.in_order not in there:
            submit_prices(db, app, one.kind.hosting, one.kind.boundary, one.prices)


def _price_list(told: format.PriceList, app: App, one: PriceList) -> PriceList:
    day = told.submitted
    submitted = datetime.combine(day, time(9), UTC) if day else one.submitted_at
    awaits = app.approved_at is None or submitted <= app.approved_at
    return replace(one, submitted_at=submitted, awaits_approval=awaits)


def _prices(told: format.PriceList) -> Prices:
    return Prices(
        tuple(_price(each) for each in told.items),
        tuple(_price(each) for each in told.per_unit),
        told.expert_discount_opt_out,
    )


def _price(told: format.Price | format.UnitPrice) -> Price:
    return Price(told.users, Decimal(str(told.amount)), told.months)


def _where(place: Place, problem: Problem) -> Place:
    """The place of a problem: its pointer in the words of files."""
    for part in (problem.path or "").split("/")[1:]:
        name = NAMES.get(part, part)
        place = place.within(f"[{name}]" if re.fullmatch(r"\d+", name) else name)
    return place

"""Prices for scenarios: live ones, and new ones that wait to follow them."""

from datetime import timedelta
from decimal import Decimal

from haymarket.apps.model import App
from haymarket.pricing.actions import keep_list, submit_prices
from haymarket.pricing.model import PriceList, kind_of, live_of, pending_of
from haymarket.pricing.store import lists_of_kind
from haymarket.pricing.tiers import Hosting, Price, Prices
from haymarket.sandbox.customers import DONE, existing_app
from haymarket.storage import Writing
from haymarket.versions.actions import Desk

HOSTING: Hosting = "datacenter"
KIND = kind_of(HOSTING, None)
SINCE = timedelta(days=30)
YEAR = 12
AMOUNTS = {50: Decimal(400), 100: Decimal(700), 250: Decimal(1200)}
"""What a year costs, by the size of the tier."""
RISE = Decimal("1.10")


def let_prices_live(desk: Desk, key: str) -> None:
    """See that an app has live prices."""
    with desk.storage.writing(None) as db:
        app = existing_app(db, key)
        db.record(DONE, key)
        _live(db, app)


def let_prices_wait(desk: Desk, key: str) -> None:
    """See that an app has live prices, and others that wait to follow them."""
    with desk.storage.writing(None) as db:
        app = existing_app(db, key)
        db.record(DONE, key)
        live = _live(db, app)
        if pending_of(lists_of_kind(db, app.id, KIND), app.approved_at, db.now()) is None:
            submit_prices(db, app, HOSTING, None, _raised(live.prices))


def _live(db: Writing, app: App) -> PriceList:
    live = live_of(lists_of_kind(db, app.id, KIND), app.approved_at, db.now())
    return live or keep_list(db, app, PriceList(0, app.id, KIND, _first(), db.now() - SINCE))


def _first() -> Prices:
    return Prices(tuple(Price(units, amount, YEAR) for units, amount in AMOUNTS.items()))


def _raised(prices: Prices) -> Prices:
    raised = ((each, (each.amount * RISE).quantize(Decimal(1))) for each in prices.items)
    return Prices(tuple(Price(each.units, amount, each.months) for each, amount in raised))

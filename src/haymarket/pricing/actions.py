"""Submitting prices, from the API, from files and for scenarios; and finding what is shown."""

from dataclasses import dataclass, replace

from haymarket.accounts.model import Caller
from haymarket.applications.store import get_application
from haymarket.apps.model import App
from haymarket.apps.store import mark_priced
from haymarket.errors import Invalid, NotFound
from haymarket.paging import Page
from haymarket.pricing import model, store
from haymarket.pricing.access import may_price
from haymarket.pricing.editions import Offer
from haymarket.pricing.model import Kind, PriceList, State
from haymarket.pricing.schemas import PriceListCollection
from haymarket.pricing.tiers import Hosting, Prices, Role, problems_of_prices
from haymarket.pricing.wire import Shown, to_history, to_history_item
from haymarket.storage import Reading, Writing
from haymarket.versions.model import Boundary
from haymarket.versions.store import newest_public, newest_version

VERSION_HOSTING = {"cloud": "cloud", "datacenter": "dataCenter", "server": "server"}
"""How versions call the hostings of price lists."""


@dataclass(frozen=True)
class HistoryOf:
    """A page of the prices of an app that is asked for: where, how it is echoed, which window."""

    path: str
    query: list[tuple[str, str]]
    window: Page


def submit_prices(
    db: Writing, app: App, hosting: Hosting, boundary: Boundary | None, prices: Prices
) -> PriceList:
    """Submit prices of an app now; they take the place of those that wait. Raises Invalid.

    They go live with the app's approval, or after 24 hours when it is approved already.
    """
    awaits = app.approved_at is None
    kind = model.kind_of(hosting, boundary)
    new = PriceList(0, app.id, kind, prices, db.now(), db.actor, awaits)
    return keep_list(db, app, new)


def keep_list(db: Writing, app: App, new: PriceList) -> PriceList:
    """Keep a list that was submitted at its moment, which may have passed. Raises Invalid."""
    problems = problems_of_prices(new.kind.hosting, new.prices)
    if problems:
        raise Invalid(problems[0].message, problems[0].path, problems=tuple(problems))
    before = store.lists_of_kind(db, app.id, new.kind)
    for one, since in model.superseded(before, app.approved_at, new.submitted_at):
        store.replace_list(db, one, since)
    mark_priced(db, app.id)
    return store.add_list(db, app.key, replace(new, prices=new.prices.in_order))


def shown_prices(db: Reading, caller: Caller, app: App, kind: Kind, state: State) -> Shown:
    """The live or the pending prices of an app. Raises NotFound when there are none."""
    lists = store.lists_of_kind(db, app.id, kind)
    live = model.live_of(lists, app.approved_at, db.now())
    pending = model.pending_of(lists, app.approved_at, db.now())
    one = live if state == "live" else pending
    if one is None:
        raise NotFound(f"The app {app.key} has no {state} prices for {kind.hosting}")
    offer = _offer(db, app, kind.hosting, one.prices.role)
    return Shown(one, state, offer, live is not None, may_price(caller, app))


def history_of(db: Reading, app: App, asked: HistoryOf) -> PriceListCollection:
    """A page of all price lists of an app, newest first."""
    window, current = asked.window, store.current_lists(db, app.id)
    found, count = store.history(db, app.id, window.offset, window.limit)
    items = []
    for one, email in found:
        of_kind = [each for each in current if each.kind == one.kind]
        standing = model.standing_of(one, of_kind, app.approved_at, db.now())
        items.append(to_history_item(one, standing, email))
    return to_history(asked.path, asked.query, window, count, items)


def _offer(db: Reading, app: App, hosting: Hosting, role: Role | None) -> Offer:
    key = _parent(db, app, hosting)
    application = get_application(db, key) if key else None
    return Offer(app.key, app.name, hosting, key, application.name if application else None, role)


def _parent(db: Reading, app: App, hosting: Hosting) -> str | None:
    """The application that the newest version runs on, the first one with this hosting."""
    version = newest_public(db, [app.id]).get(app.id) or newest_version(db, app.id)
    if version is None or not version.compatibilities:
        return None
    wanted = VERSION_HOSTING[hosting]
    for each in version.compatibilities:
        if wanted in each.hostings:
            return each.application
    return version.compatibilities[0].application

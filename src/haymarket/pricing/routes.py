"""Prices over HTTP (apps.md, C.21 and 22), and their history."""

from typing import Annotated, Any, get_args

from litestar import Request, Response, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, PathParameter, QueryParameter, RawBody

from haymarket import paths
from haymarket.accounts.identify import identify
from haymarket.apps.access import visible_app
from haymarket.errors import Invalid, NotFound
from haymarket.paging import Page
from haymarket.pricing import actions
from haymarket.pricing.access import app_to_price, app_with_prices
from haymarket.pricing.model import State, kind_of
from haymarket.pricing.schemas import PriceListCollection, Pricing, PricingIn
from haymarket.pricing.tiers import HOSTINGS, Hosting
from haymarket.pricing.wire import from_wire, to_wire
from haymarket.storage import Storage
from haymarket.versions.model import Boundary
from haymarket.web.answers import document
from haymarket.web.bodies import read_json, shape
from haymarket.web.parameters import pairs

AnyRequest = Request[Any, Any, Any]
STATES: tuple[State, ...] = get_args(State)
PRICING = f"{paths.ADDONS}/{{app_key:str}}/pricing/{{cloud_or_server:str}}/{{live_or_pending:str}}"
PRICE_LISTS = f"{paths.OWN_APPS}/{{app_key:str}}/price-lists"

# plain texts, since a value that is none of these is an address that does not exist
CloudOrServer = Annotated[
    str, PathParameter(enum=list(HOSTINGS), description="Where the app runs that is sold")
]
LiveOrPending = Annotated[
    str, PathParameter(enum=list(STATES), description="The prices that hold, or those that wait")
]
OneBoundary = Annotated[
    Boundary | None,
    QueryParameter(
        name="cloudComplianceBoundary",
        description="For cloud, the boundary whose prices are meant: commercial by default",
    ),
]


@get(PRICING, summary="Get app pricing", sync_to_thread=True)
def show_pricing(
    request: AnyRequest,
    app_key: FromPath[str],
    cloud_or_server: CloudOrServer,
    live_or_pending: LiveOrPending,
    storage: NamedDependency[Storage],
    boundary: OneBoundary = None,
) -> Response[Pricing]:
    """The live prices for everyone, or the pending ones for contacts with manage-pricing."""
    kind, state = kind_of(_hosting(cloud_or_server), boundary), _state(live_or_pending)
    find = visible_app if state == "live" else app_with_prices
    with storage.reading() as db:
        caller = identify(db, request)
        shown = actions.shown_prices(db, caller, find(db, caller, app_key), kind, state)
    return document(to_wire(shown, pairs(request.query_params)))


@put(
    PRICING,
    summary="Submit app pricing",
    status_code=200,
    sync_to_thread=True,
    opt={"body": "Pricing", "who": "manage-pricing"},
)
def submit_pricing(
    request: AnyRequest,
    app_key: FromPath[str],
    cloud_or_server: CloudOrServer,
    live_or_pending: LiveOrPending,
    body: RawBody,
    storage: NamedDependency[Storage],
) -> Response[Pricing]:
    """Submit prices: they go live after 24 hours, or together with the app's approval."""
    hosting, state = _hosting(cloud_or_server), _state(live_or_pending)
    with storage.reading() as db:
        caller = identify(db, request)
        app_to_price(db, caller, app_key)
    if state == "live":
        pending = paths.app_pricing(app_key, hosting, "pending")
        raise Invalid(f"Prices are not made live, they are submitted: PUT them to {pending}")
    asked = shape(read_json(body), PricingIn)
    boundary = _boundary(hosting, asked)
    with storage.writing(caller.id) as db:
        app = app_to_price(db, caller, app_key)
        new = actions.submit_prices(db, app, hosting, boundary, from_wire(asked))
        shown = actions.shown_prices(db, caller, app, new.kind, "pending")
    return document(to_wire(shown, _query(boundary)))


@get(
    PRICE_LISTS,
    summary="Get the price lists of an app",
    sync_to_thread=True,
    opt={"who": "manage-pricing"},
)
def list_price_lists(
    request: AnyRequest,
    app_key: FromPath[str],
    storage: NamedDependency[Storage],
    page: NamedDependency[Page],
) -> Response[PriceListCollection]:
    """Every price list that was ever submitted, newest first: who, when, and what became of it."""
    asked = actions.HistoryOf(paths.price_lists(app_key), pairs(request.query_params), page)
    with storage.reading() as db:
        app = app_with_prices(db, identify(db, request), app_key)
        return document(actions.history_of(db, app, asked))


def _hosting(name: str) -> Hosting:
    for known in HOSTINGS:
        if name == known:
            return known
    raise NotFound(f"There are prices for {', '.join(HOSTINGS)}, and none for {name}")


def _state(name: str) -> State:
    for known in STATES:
        if name == known:
            return known
    raise NotFound(f"Prices are {' or '.join(STATES)}, and never {name}")


def _boundary(hosting: Hosting, asked: PricingIn) -> Boundary | None:
    boundary = asked.cloud_compliance_boundary
    if boundary and hosting != "cloud":
        raise Invalid("Only prices for cloud have a boundary", "/cloudComplianceBoundary")
    return boundary


def _query(boundary: Boundary | None) -> list[tuple[str, str]]:
    return [("cloudComplianceBoundary", boundary)] if boundary else []


ROUTES = [show_pricing, submit_pricing, list_price_lists]

"""Short lists of apps: archived, banners, recommendations, brief search (apps.md, C.3 and C.6)."""

from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, QueryParameter

from haymarket import paths
from haymarket.accounts.identify import identify
from haymarket.apps.access import visible_app
from haymarket.catalogue.pages import ListOf
from haymarket.catalogue.query import AppQuery, Boundaries, the_app_query
from haymarket.catalogue.recommendations import recommended
from haymarket.catalogue.schemas_lists import AddonListingCollection, BriefSearchResult
from haymarket.catalogue.shelf import Shelf
from haymarket.catalogue.short_lists import brief_page, listing_page
from haymarket.paging import Page
from haymarket.settings import Settings
from haymarket.storage import Storage
from haymarket.vendors.access import existing_vendor
from haymarket.versions.wire import Site
from haymarket.web.answers import document
from haymarket.web.parameters import pairs

AnyRequest = Request[Any, Any, Any]
ASKED = {"asked": Provide(the_app_query, sync_to_thread=False)}
ARCHIVED = f"{paths.ADDONS}/archived"
BANNERS = f"{paths.ADDONS}/listings/banners"


def _page(
    request: AnyRequest, wished: ListOf, shelf: Shelf, storage: Storage, settings: Settings
) -> Response[Any]:
    with storage.reading() as db:
        site = Site(identify(db, request), settings.base_url)
        if not site.caller.is_anonymous:
            shelf.at_least(db.head())
        if wished.vendor_id is not None:
            existing_vendor(db, wished.vendor_id)
        return document(listing_page(db, shelf, site, wished))


@get(ARCHIVED, summary="Get archived apps", dependencies=ASKED, sync_to_thread=True)
def list_archived(
    request: AnyRequest,
    asked: NamedDependency[AppQuery],
    page: NamedDependency[Page],
    shelf: NamedDependency[Shelf],
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
    boundaries: Boundaries = None,
) -> Response[AddonListingCollection]:
    """Apps that are archived: gone from search, still there by their address."""
    query = pairs(request.query_params)
    wished = ListOf(ARCHIVED, query, page, asked.within(boundaries), ("archived",))
    return _page(request, wished, shelf, storage, settings)


@get(
    f"{ARCHIVED}/vendor/{{vendor_id:int}}",
    summary="Get archived apps (by vendor)",
    dependencies=ASKED,
    sync_to_thread=True,
)
def list_archived_of_vendor(
    request: AnyRequest,
    vendor_id: FromPath[int],
    asked: NamedDependency[AppQuery],
    page: NamedDependency[Page],
    shelf: NamedDependency[Shelf],
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
    boundaries: Boundaries = None,
) -> Response[AddonListingCollection]:
    """Archived apps of one vendor."""
    path, query = paths.archived_of_vendor(vendor_id), pairs(request.query_params)
    wished = ListOf(path, query, page, asked.within(boundaries), ("archived",), vendor_id)
    return _page(request, wished, shelf, storage, settings)


@get(BANNERS, summary="Get app banners", dependencies=ASKED, sync_to_thread=True)
def list_banners(
    request: AnyRequest,
    asked: NamedDependency[AppQuery],
    page: NamedDependency[Page],
    shelf: NamedDependency[Shelf],
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
) -> Response[AddonListingCollection]:
    """Apps with a banner image."""
    query = pairs(request.query_params)
    wished = ListOf(BANNERS, query, page, asked, ("banner", "!archived"))
    return _page(request, wished, shelf, storage, settings)


@get(
    f"{paths.ADDONS}/search/brief",
    summary="Get apps (brief)",
    sync_to_thread=False,
)
def search_brief(
    shelf: NamedDependency[Shelf],
    text: Annotated[
        str | None,
        QueryParameter(name="q", description="Words that names have", max_length=1000),
    ] = None,
    boundaries: Boundaries = None,
) -> Response[BriefSearchResult]:
    """The best matches among the names: one page, nothing around it."""
    return document(brief_page(shelf, AppQuery(text=text).within(boundaries)))


@get(
    f"{paths.ADDONS}/{{app_key:str}}/recommendations",
    summary="Get app recommendations",
    dependencies=ASKED,
    sync_to_thread=True,
)
def list_recommendations(
    request: AnyRequest,
    app_key: FromPath[str],
    asked: NamedDependency[AppQuery],
    page: NamedDependency[Page],
    shelf: NamedDependency[Shelf],
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
) -> Response[AddonListingCollection]:
    """Apps that are installed together with one, then those like it; never the app itself."""
    with storage.reading() as db:
        site = Site(identify(db, request), settings.base_url)
        app = visible_app(db, site.caller, app_key)
        if not site.caller.is_anonymous:
            shelf.at_least(db.head())
        path = paths.app_part(app.key, "recommendations")
        wished = ListOf(path, pairs(request.query_params), page, asked)
        return document(recommended(db, shelf, site, wished, app))


ROUTES = [
    list_archived,
    list_archived_of_vendor,
    list_banners,
    search_brief,
    list_recommendations,
]

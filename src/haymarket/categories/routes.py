"""`/addonCategories` over HTTP."""

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from haymarket import paths
from haymarket.categories import store, wire
from haymarket.errors import NotFound
from haymarket.storage import Storage
from haymarket.web.answers import document


@get(
    f"{paths.CATEGORIES}/app/{{application_key:str}}", summary="Get categories", sync_to_thread=True
)
def list_categories(
    storage: NamedDependency[Storage], application_key: FromPath[str]
) -> Response[wire.AddonCategoryCollection]:
    """Every category, whatever the application; which must be known."""
    with storage.reading() as db:
        if not store.knows_application(db, application_key):
            raise NotFound(f"There is no application {application_key}")
        return document(wire.to_collection(store.list_categories(db), application_key))


@get(f"{paths.CATEGORIES}/{{plugin_category_id:int}}", summary="Get category", sync_to_thread=True)
def show_category(
    storage: NamedDependency[Storage], plugin_category_id: FromPath[int]
) -> Response[wire.AddonCategory]:
    """One category by its number."""
    with storage.reading() as db:
        category = store.get_category(db, plugin_category_id)
        if category is None:
            raise NotFound(f"There is no category {plugin_category_id}")
        return document(wire.to_wire(category))


ROUTES = [list_categories, show_category]

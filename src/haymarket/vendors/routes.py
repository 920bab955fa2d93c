"""`/vendors` over HTTP."""

from typing import Annotated, Any

from litestar import Request, Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter, RawBody

from haymarket import paths
from haymarket.accounts.identify import identify, require_user
from haymarket.assets.files import Files
from haymarket.hal import Link, template
from haymarket.paging import Page, without_paging
from haymarket.settings import Settings
from haymarket.storage import Storage
from haymarket.vendors import actions, contact_routes, schemas, store, wire
from haymarket.vendors.access import existing_vendor, require_permission
from haymarket.web.answers import changed, created, document
from haymarket.web.bodies import read_json
from haymarket.web.parameters import pairs
from haymarket.web.patching import read_patch

ONE = f"{paths.VENDORS}/{{vendor_id:int}}"

AnyRequest = Request[Any, Any, Any]
ForThisUser = Annotated[
    bool, QueryParameter(name="forThisUser", description="Only vendors the caller belongs to")
]
ExcludeAtlassian = Annotated[
    bool, QueryParameter(name="excludeAtlassian", description="Without the operator's own vendors")
]
Text = Annotated[
    str | None,
    QueryParameter(name="text", description="A part of the name, in any case", max_length=1000),
]


@get(paths.VENDORS, summary="Get vendors", sync_to_thread=True)
def list_vendors(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
    page: NamedDependency[Page],
    for_this_user: ForThisUser = False,
    exclude_atlassian: ExcludeAtlassian = False,
    text: Text = None,
) -> Response[wire.VendorCollection]:
    """The vendors by name; `forThisUser` needs authentication."""
    with storage.reading() as db:
        caller = require_user(db, request) if for_this_user else identify(db, request)
        mine = caller.vendors if for_this_user else None
        found, count = store.find_vendors(
            db, text, mine, exclude_atlassian, page.offset, page.limit
        )
    links = _page_links(pairs(request.query_params), page, count)
    links.vendors = [Link(paths.vendor(each.id)) for each in found]
    shown = [wire.summary(each, settings.base_url, caller.belongs_to(each.id)) for each in found]
    return document(wire.to_collection(shown, count, links))


@post(
    paths.VENDORS,
    summary="Create vendor",
    sync_to_thread=True,
    opt={"body": schemas.CreateVendorRepresentation},
)
def create_vendor(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
    files: NamedDependency[Files],
    body: RawBody,
) -> Response[wire.Vendor]:
    """Add a vendor; the caller becomes its first contact, with all permissions."""
    with storage.reading() as db:
        caller = require_user(db, request)
    wanted = actions.read_vendor(caller, read_json(body))
    resolved = actions.resolve_logo(storage, files, settings, caller, wanted)
    with storage.writing(caller.id) as db:
        vendor = actions.add_vendor(db, caller, actions.with_logo(wanted, resolved))
    return created(
        paths.vendor(vendor.id), wire.to_wire(vendor, settings.base_url, for_contact=True)
    )


@get(ONE, summary="Get vendor", sync_to_thread=True)
def show_vendor(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
    vendor_id: FromPath[int],
) -> Response[wire.Vendor]:
    """One vendor; its contacts see more links."""
    with storage.reading() as db:
        caller = identify(db, request)
        vendor = existing_vendor(db, vendor_id)
    return document(wire.to_wire(vendor, settings.base_url, caller.belongs_to(vendor_id)))


@patch(
    ONE,
    summary="Update vendor",
    status_code=204,
    sync_to_thread=True,
    opt={"body": "JsonPatchRequest", "who": "manage-vendor-details"},
)
def change_vendor(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
    files: NamedDependency[Files],
    vendor_id: FromPath[int],
    body: RawBody,
) -> Response[None]:
    """Change what a vendor tells of itself; needs the permission manage-vendor-details."""
    with storage.reading() as db:
        caller = require_user(db, request)
        before = existing_vendor(db, vendor_id)
    require_permission(caller, vendor_id, "manage-vendor-details")
    operations = read_patch(body)
    wanted = actions.patched_vendor(caller, before, operations, settings.base_url)
    resolved = actions.resolve_logo(storage, files, settings, caller, wanted)
    with storage.writing(caller.id) as db:
        before = existing_vendor(db, vendor_id)
        wanted = actions.patched_vendor(caller, before, operations, settings.base_url)
        actions.save_vendor(db, actions.with_logo(wanted, resolved))
    return changed(paths.vendor(vendor_id))


def _page_links(
    query: list[tuple[str, str]], page: Page, count: int
) -> schemas.VendorCollectionLinks:
    rest = without_paging(query)
    following, before = page.next(count), page.previous()
    return schemas.VendorCollectionLinks(
        self_=Link(paths.with_query(paths.VENDORS, query)),
        query=template(paths.vendors_query()),
        next=None if following is None else Link(paths.with_query(paths.VENDORS, rest + following)),
        prev=None if before is None else Link(paths.with_query(paths.VENDORS, rest + before)),
        vendors=[],
    )


ROUTES = [list_vendors, create_vendor, show_vendor, change_vendor, *contact_routes.ROUTES]

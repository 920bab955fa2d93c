"""`/vendors/{vendorId}/contacts` over HTTP."""

from typing import Any

from litestar import Request, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, RawBody

from haymarket import paths
from haymarket.accounts import contacts
from haymarket.accounts.identify import identify, require_user
from haymarket.accounts.model import Caller
from haymarket.hal import Link, template
from haymarket.paging import Page, without_paging
from haymarket.storage import Reading, Storage
from haymarket.vendors import contact_actions, contact_wire
from haymarket.vendors.access import existing_vendor, require_permission
from haymarket.web.answers import changed, created, document
from haymarket.web.bodies import read_json, shape
from haymarket.web.parameters import pairs

CONTACTS = f"{paths.VENDORS}/{{vendor_id:int}}/contacts"
ONE = f"{CONTACTS}/{{contact_id:int}}"

AnyRequest = Request[Any, Any, Any]


@get(CONTACTS, summary="Get vendor contacts", sync_to_thread=True)
def list_contacts(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    page: NamedDependency[Page],
    vendor_id: FromPath[int],
) -> Response[contact_wire.VendorContactList]:
    """The contacts of a vendor; strangers see display names only."""
    with storage.reading() as db:
        caller = identify(db, request)
        vendor = existing_vendor(db, vendor_id)
        everyone = contacts.list_contacts(db, vendor_id)
    show = contact_wire.to_wire if caller.belongs_to(vendor_id) else contact_wire.to_public
    shown = [show(vendor, each) for each in everyone[page.offset : page.offset + page.limit]]
    links = _page_links(vendor_id, pairs(request.query_params), page, len(everyone))
    return document(contact_wire.to_list(shown, len(everyone), links))


@post(
    CONTACTS,
    summary="Create vendor contact",
    sync_to_thread=True,
    opt={"body": contact_wire.VendorContactInput, "who": "administer-vendor"},
)
def create_contact(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    vendor_id: FromPath[int],
    body: RawBody,
) -> Response[contact_wire.VendorContact]:
    """Make a user a contact; needs the permission administer-vendor, as do the rest below."""
    with storage.reading() as db:
        caller = _administrator(db, request, vendor_id)
        vendor = existing_vendor(db, vendor_id)
    asked = shape(read_json(body), contact_wire.VendorContactInput)
    with storage.writing(caller.id) as db:
        contact = contact_actions.add_contact(db, vendor_id, asked)
    return created(contact_wire.contact_path(contact), contact_wire.to_wire(vendor, contact))


@get(ONE, summary="Get vendor contact", sync_to_thread=True, opt={"who": "administer-vendor"})
def show_contact(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    vendor_id: FromPath[int],
    contact_id: FromPath[int],
) -> Response[contact_wire.VendorContact]:
    """One contact."""
    with storage.reading() as db:
        _administrator(db, request, vendor_id)
        vendor = existing_vendor(db, vendor_id)
        contact = contact_actions.existing_contact(db, vendor_id, contact_id)
        return document(contact_wire.to_wire(vendor, contact))


@put(
    ONE,
    summary="Update vendor contact",
    status_code=204,
    sync_to_thread=True,
    opt={"body": contact_wire.VendorContactInput, "who": "administer-vendor"},
)
def change_contact(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    vendor_id: FromPath[int],
    contact_id: FromPath[int],
    body: RawBody,
) -> Response[None]:
    """Replace the permissions and roles of a contact."""
    with storage.reading() as db:
        caller = _administrator(db, request, vendor_id)
    asked = shape(read_json(body), contact_wire.VendorContactInput)
    with storage.writing(caller.id) as db:
        contact = contact_actions.existing_contact(db, vendor_id, contact_id)
        contact_actions.change_contact(db, contact, asked)
    return changed(contact_wire.contact_path(contact))


@delete(ONE, summary="Delete vendor contact", sync_to_thread=True, opt={"who": "administer-vendor"})
def remove_contact(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    vendor_id: FromPath[int],
    contact_id: FromPath[int],
) -> None:
    """Take a contact away; the last who administers the vendor stays."""
    with storage.reading() as db:
        caller = _administrator(db, request, vendor_id)
    with storage.writing(caller.id) as db:
        contact = contact_actions.existing_contact(db, vendor_id, contact_id)
        contact_actions.remove_contact(db, contact)


def _administrator(db: Reading, request: AnyRequest, vendor_id: int) -> Caller:
    caller = require_user(db, request)
    existing_vendor(db, vendor_id)
    require_permission(caller, vendor_id, "administer-vendor")
    return caller


def _page_links(
    vendor_id: int, query: list[tuple[str, str]], page: Page, count: int
) -> contact_wire.VendorContactListLinks:
    path, rest = paths.vendor_part(vendor_id, "contacts"), without_paging(query)
    following, before = page.next(count), page.previous()
    return contact_wire.VendorContactListLinks(
        self_=Link(paths.with_query(path, query)),
        query=template(f"{paths.VENDORS}/{{vendorId}}/contacts{{?offset,limit}}"),
        next=None if following is None else Link(paths.with_query(path, rest + following)),
        prev=None if before is None else Link(paths.with_query(path, rest + before)),
    )


ROUTES = [list_contacts, create_contact, show_contact, change_contact, remove_contact]

"""`/rest/haymarket/1/vendors/{vendorId}/webhooks` over HTTP: an addition of Haymarket's own."""

from typing import Any

from litestar import Request, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, RawBody

from haymarket import paths
from haymarket.accounts.identify import require_user
from haymarket.accounts.model import Caller
from haymarket.hal import Link
from haymarket.paging import Page, without_paging
from haymarket.storage import Reading, Storage
from haymarket.vendors.access import existing_vendor, require_permission
from haymarket.watch import actions, deliveries, outbox, store, wire
from haymarket.watch.model import Webhook
from haymarket.watch.send import Outside, check_target, secret_of
from haymarket.web.answers import changed, created, document
from haymarket.web.bodies import read_json, shape
from haymarket.web.parameters import pairs
from haymarket.web.threads import apart

WEBHOOKS = f"{paths.OWN_VENDORS}/{{vendor_id:int}}/webhooks"
ONE = f"{WEBHOOKS}/{{webhook_id:int}}"
DELIVERIES = f"{ONE}/deliveries"
DELIVERY = f"{DELIVERIES}/{{delivery_id:int}}"

AnyRequest = Request[Any, Any, Any]
WHO = {"who": "manage-vendor-details"}
WRITES = {**WHO, "body": wire.WebhookInput}


@get(WEBHOOKS, summary="Get webhooks", sync_to_thread=True, opt=WHO)
def list_webhooks(
    request: AnyRequest, storage: NamedDependency[Storage], vendor_id: FromPath[int]
) -> Response[wire.WebhookList]:
    """The webhooks of a vendor."""
    with storage.reading() as db:
        _permitted(db, request, vendor_id)
        return document(wire.to_webhooks(vendor_id, store.list_webhooks(db, vendor_id)))


@post(WEBHOOKS, summary="Create webhook", opt=WRITES)
@apart
def create_webhook(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    outside: NamedDependency[Outside],
    vendor_id: FromPath[int],
    body: RawBody,
) -> Response[wire.Webhook]:
    """Add a webhook; the answer shows its secret, this once."""
    with storage.reading() as db:
        caller = _permitted(db, request, vendor_id)
    asked = _asked(outside, body)
    with storage.writing(caller.id) as db:
        webhook = actions.add_webhook(db, vendor_id, asked)
    shown = wire.to_webhook(webhook, secret_of(outside.secret, webhook.nonce))
    return created(paths.webhook(vendor_id, webhook.id), shown)


@get(ONE, summary="Get webhook", sync_to_thread=True, opt=WHO)
def show_webhook(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    vendor_id: FromPath[int],
    webhook_id: FromPath[int],
) -> Response[wire.Webhook]:
    """One webhook, without its secret."""
    with storage.reading() as db:
        return document(wire.to_webhook(_own(db, request, vendor_id, webhook_id)))


@put(ONE, summary="Update webhook", status_code=204, opt=WRITES)
@apart
def change_webhook(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    outside: NamedDependency[Outside],
    vendor_id: FromPath[int],
    webhook_id: FromPath[int],
    body: RawBody,
) -> Response[None]:
    """Replace the address, the events and the description of a webhook; its secret stays."""
    with storage.reading() as db:
        caller = _permitted(db, request, vendor_id)
        actions.existing_webhook(db, vendor_id, webhook_id)
    asked = _asked(outside, body)
    with storage.writing(caller.id) as db:
        webhook = actions.existing_webhook(db, vendor_id, webhook_id)
        actions.change_webhook(db, webhook, asked)
    return changed(paths.webhook(vendor_id, webhook_id))


@delete(ONE, summary="Delete webhook", sync_to_thread=True, opt=WHO)
def remove_webhook(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    vendor_id: FromPath[int],
    webhook_id: FromPath[int],
) -> None:
    """Take a webhook away; what it was not told yet it is never told."""
    with storage.reading() as db:
        caller = _permitted(db, request, vendor_id)
    with storage.writing(caller.id) as db:
        store.remove_webhook(db, actions.existing_webhook(db, vendor_id, webhook_id))


@post(f"{ONE}/ping", summary="Ping webhook", sync_to_thread=True, opt=WHO)
def ping_webhook(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    vendor_id: FromPath[int],
    webhook_id: FromPath[int],
) -> Response[wire.WebhookDelivery]:
    """Send the event `ping`, to try a webhook out; its delivery tells how that went."""
    with storage.reading() as db:
        webhook = _own(db, request, vendor_id, webhook_id)
    with storage.counting() as db:
        made = actions.ping(db, webhook)
    return created(paths.delivery(vendor_id, webhook_id, made.id), wire.to_delivery(webhook, made))


@get(DELIVERIES, summary="Get deliveries of webhook", sync_to_thread=True, opt=WHO)
def list_deliveries(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    page: NamedDependency[Page],
    vendor_id: FromPath[int],
    webhook_id: FromPath[int],
) -> Response[wire.DeliveryList]:
    """What a webhook was and will be sent, newest first, with every attempt of 30 days."""
    with storage.reading() as db:
        webhook = _own(db, request, vendor_id, webhook_id)
        found = deliveries.log_of(db, "webhook", webhook_id, (page.offset, page.limit))
        count = deliveries.count_of(db, "webhook", webhook_id)
    links = _page_links(webhook, pairs(request.query_params), page, count)
    return document(wire.to_deliveries(webhook, found, count, links))


@get(DELIVERY, summary="Get delivery of webhook", sync_to_thread=True, opt=WHO)
def show_delivery(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    vendor_id: FromPath[int],
    webhook_id: FromPath[int],
    delivery_id: FromPath[int],
) -> Response[wire.WebhookDelivery]:
    """One delivery."""
    with storage.reading() as db:
        webhook = _own(db, request, vendor_id, webhook_id)
        found = actions.existing_delivery(db, webhook, delivery_id)
    return document(wire.to_delivery(webhook, found))


@post(f"{DELIVERY}/redeliver", summary="Redeliver", status_code=204, sync_to_thread=True, opt=WHO)
def redeliver(
    request: AnyRequest,
    storage: NamedDependency[Storage],
    vendor_id: FromPath[int],
    webhook_id: FromPath[int],
    delivery_id: FromPath[int],
) -> Response[None]:
    """Send a delivery once more, or at once when it waits."""
    with storage.reading() as db:
        webhook = _own(db, request, vendor_id, webhook_id)
    with storage.counting() as db:
        outbox.again(db, actions.existing_delivery(db, webhook, delivery_id))
    return changed(paths.delivery(vendor_id, webhook_id, delivery_id))


def _permitted(db: Reading, request: AnyRequest, vendor_id: int) -> Caller:
    caller = require_user(db, request)
    existing_vendor(db, vendor_id)
    require_permission(caller, vendor_id, "manage-vendor-details")
    return caller


def _own(db: Reading, request: AnyRequest, vendor_id: int, webhook_id: int) -> Webhook:
    _permitted(db, request, vendor_id)
    return actions.existing_webhook(db, vendor_id, webhook_id)


def _asked(outside: Outside, body: bytes) -> wire.WebhookInput:
    asked = shape(read_json(body), wire.WebhookInput)
    actions.check(asked)
    check_target(outside, asked.url)
    return asked


def _page_links(
    webhook: Webhook, query: list[tuple[str, str]], page: Page, count: int
) -> wire.DeliveryListLinks:
    path, rest = paths.deliveries(webhook.vendor_id, webhook.id), without_paging(query)
    following, before = page.next(count), page.previous()
    return wire.DeliveryListLinks(
        self_=Link(paths.with_query(path, query)),
        next=None if following is None else Link(paths.with_query(path, rest + following)),
        prev=None if before is None else Link(paths.with_query(path, rest + before)),
    )


ROUTES = [
    list_webhooks,
    create_webhook,
    show_webhook,
    change_webhook,
    remove_webhook,
    ping_webhook,
    list_deliveries,
    show_delivery,
    redeliver,
]

"""Registers, changes and tries out webhooks."""

import secrets
from dataclasses import replace

from haymarket.accounts.model import Caller
from haymarket.apps.model import App
from haymarket.errors import Conflict, Invalid, NotFound
from haymarket.storage import Counting, Reading, Storage, Writing
from haymarket.watch import deliveries, outbox, store
from haymarket.watch.delivery import NO_APP, Announcement, Delivery
from haymarket.watch.model import MOST_WEBHOOKS, Webhook, problems_of_webhook
from haymarket.watch.payload import ping_of
from haymarket.watch.wire import WebhookInput

LARGEST_ID = 2**63 - 1


def set_watch(storage: Storage, caller: Caller, app: App, state: bool) -> None:
    """Let a user watch an app, or no longer. What is so already is not written again."""
    with storage.reading() as db:
        if store.is_watched(db, app, caller) == state:
            return
    with storage.writing(caller.id) as db:
        (store.watch if state else store.unwatch)(db, app, caller)


def check(asked: WebhookInput) -> None:
    """Raises Invalid with every problem of a webhook but that of a forbidden address."""
    found = tuple(problems_of_webhook(asked.url, asked.events, asked.description))
    if found:
        raise Invalid(found[0].message, found[0].path, problems=found)


def existing_webhook(db: Reading, vendor_id: int, webhook_id: int) -> Webhook:
    """The webhook of a vendor with a number. Raises NotFound."""
    for webhook in store.list_webhooks(db, vendor_id):
        if webhook.id == webhook_id:
            return webhook
    raise NotFound(f"The vendor {vendor_id} has no webhook {webhook_id}")


def add_webhook(db: Writing, vendor_id: int, asked: WebhookInput) -> Webhook:
    """Keep a new webhook. Raises Conflict when the vendor has as many as it may have."""
    if len(store.list_webhooks(db, vendor_id)) >= MOST_WEBHOOKS:
        raise Conflict(f"A vendor has at most {MOST_WEBHOOKS} webhooks")
    new = Webhook(0, vendor_id, "", (), secrets.token_urlsafe(24), db.now(), db.head())
    webhook = _as_asked(new, asked)
    return replace(webhook, id=store.add_webhook(db, webhook))


def change_webhook(db: Writing, webhook: Webhook, asked: WebhookInput) -> None:
    """Replace the address, the events and the description; the secret stays."""
    store.save_webhook(db, _as_asked(webhook, asked))


def ping(db: Counting, webhook: Webhook) -> Delivery:
    """Let a webhook hear of nothing but that it is reached."""
    number = outbox.announce(db, Announcement("ping", ping_of(db.now()), db.now()))
    outbox.deliver(db, "webhook", number, NO_APP, [webhook.id])
    [made] = deliveries.log_of(db, "webhook", webhook.id, (0, 1))
    return made


def existing_delivery(db: Reading, webhook: Webhook, delivery_id: int) -> Delivery:
    """The delivery to a webhook with a number. Raises NotFound."""
    found = deliveries.get_delivery(db, delivery_id) if 0 < delivery_id <= LARGEST_ID else None
    if found is None or (found.channel, found.target) != ("webhook", webhook.id):
        raise NotFound(f"The webhook {webhook.id} has no delivery {delivery_id}")
    return found


def _as_asked(webhook: Webhook, asked: WebhookInput) -> Webhook:
    return replace(
        webhook,
        url=asked.url,
        events=tuple(dict.fromkeys(asked.events)),
        description=asked.description,
    )

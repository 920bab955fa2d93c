"""Watching as documents: the state (apps.md, C.31, 32), webhooks, the log of deliveries."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import field

from haymarket import paths
from haymarket.apps.model import App
from haymarket.clock import wire_time
from haymarket.hal import BooleanState, Link, SelfLinkOnly, Wire, boolean_state
from haymarket.watch import model
from haymarket.watch.delivery import Attempt, Delivery, State
from haymarket.watch.model import EventName


class WebhookLinks(Wire):
    """Links of a webhook: `deliveries` is its log, a POST to `ping` tries it out."""

    self_: Link = field(name="self")
    vendor: Link
    deliveries: Link
    ping: Link


class Webhook(Wire, kw_only=True):
    """An address that hears of events; `secret` is shown once, when it is added."""

    links: WebhookLinks = field(name="_links")
    id: int
    url: str
    events: list[EventName]
    description: str | None = None
    created: str
    secret: str | None = None


class WebhookListEmbedded(Wire):
    """The webhooks of a vendor."""

    webhooks: list[Webhook]


class WebhookList(Wire, kw_only=True):
    """The webhooks of a vendor, oldest first, and how many there are."""

    links: SelfLinkOnly = field(name="_links")
    embedded: WebhookListEmbedded = field(name="_embedded")
    count: int


class WebhookInput(Wire, kw_only=True):
    """What is written of a webhook."""

    url: str
    events: list[EventName]
    description: str | None = None


class DeliveryAttempt(Wire, kw_only=True):
    """An attempt to deliver: when, the status of the answer, how long it took, what was wrong."""

    time: str
    status: int | None = None
    milliseconds: int
    error: str | None = None


class DeliveryLinks(Wire):
    """Links of a delivery; a POST to `redeliver` sends it once more."""

    self_: Link = field(name="self")
    webhook: Link
    redeliver: Link


class WebhookDelivery(Wire, kw_only=True):
    """What was or will be sent to a webhook, and how each attempt went.

    `payload` is the body that is sent. `nextAttempt` is there while it waits and nothing goes
    before it.
    """

    links: DeliveryLinks = field(name="_links")
    id: int
    event: EventName
    state: State
    created: str
    attempts: list[DeliveryAttempt]
    next_attempt: str | None = None
    payload: dict[str, Any]


class DeliveryListLinks(Wire):
    """Links of a page of deliveries."""

    self_: Link = field(name="self")
    next: Link | None = None
    prev: Link | None = None


class DeliveryListEmbedded(Wire):
    """A page of deliveries."""

    deliveries: list[WebhookDelivery]


class DeliveryList(Wire, kw_only=True):
    """A page of the deliveries to a webhook, newest first; `count` is for all pages."""

    links: DeliveryListLinks = field(name="_links")
    embedded: DeliveryListEmbedded = field(name="_embedded")
    count: int


def watch_state(app: App, is_watched: bool) -> BooleanState:
    """Whether the caller watches an app."""
    return boolean_state(paths.app_part(app.key, "watch"), paths.app(app.key), is_watched)


def to_webhook(webhook: model.Webhook, secret: str | None = None) -> Webhook:
    """A webhook; with its secret only when it is new."""
    own = paths.webhook(webhook.vendor_id, webhook.id)
    links = WebhookLinks(
        self_=Link(own),
        vendor=Link(paths.vendor(webhook.vendor_id)),
        deliveries=Link(f"{own}/deliveries"),
        ping=Link(f"{own}/ping"),
    )
    return Webhook(
        links=links,
        id=webhook.id,
        url=webhook.url,
        events=list(webhook.events),
        description=webhook.description,
        created=wire_time(webhook.created_at),
        secret=secret,
    )


def to_webhooks(vendor_id: int, webhooks: Sequence[model.Webhook]) -> WebhookList:
    """The webhooks of a vendor."""
    return WebhookList(
        links=SelfLinkOnly(self_=Link(paths.webhooks(vendor_id))),
        embedded=WebhookListEmbedded(webhooks=[to_webhook(each) for each in webhooks]),
        count=len(webhooks),
    )


def to_delivery(webhook: model.Webhook, delivery: Delivery) -> WebhookDelivery:
    """A delivery to a webhook."""
    own = paths.delivery(webhook.vendor_id, webhook.id, delivery.id)
    links = DeliveryLinks(
        self_=Link(own),
        webhook=Link(paths.webhook(webhook.vendor_id, webhook.id)),
        redeliver=Link(f"{own}/redeliver"),
    )
    return WebhookDelivery(
        links=links,
        id=delivery.id,
        event=delivery.event,
        state=delivery.state,
        created=wire_time(delivery.created_at),
        attempts=[_attempt(each) for each in delivery.attempts],
        next_attempt=wire_time(delivery.due_at) if delivery.due_at else None,
        payload=msgspec.json.decode(delivery.payload),
    )


def to_deliveries(
    webhook: model.Webhook, found: Sequence[Delivery], count: int, links: DeliveryListLinks
) -> DeliveryList:
    """A page of the log of a webhook."""
    shown = [to_delivery(webhook, each) for each in found]
    return DeliveryList(links=links, embedded=DeliveryListEmbedded(deliveries=shown), count=count)


def _attempt(attempt: Attempt) -> DeliveryAttempt:
    return DeliveryAttempt(
        time=wire_time(attempt.at),
        status=attempt.status,
        milliseconds=attempt.milliseconds,
        error=attempt.error,
    )

"""What happens to apps, and what becomes of it in the database."""

from sqlalchemy import text

from given import ACME
from haymarket.apps.model import App
from haymarket.lifecycle.store import record_transition
from haymarket.storage import Reading, Storage
from haymarket.watch import actions, follow
from haymarket.watch.follow import Channels
from haymarket.watch.model import EventName, Webhook
from haymarket.watch.wire import WebhookInput

CHANNELS = Channels("http://haymarket.test", has_mail=True)


def a_hook(storage: Storage, url: str, *events: EventName) -> Webhook:
    """A webhook of Acme."""
    with storage.writing(None) as db:
        return actions.add_webhook(db, ACME, WebhookInput(url=url, events=list(events)))


def publish(storage: Storage, app: App) -> None:
    """Let a version of an app become public, as far as the history tells."""
    with storage.writing(None) as db:
        record_transition(db, app.id, 1, "publish", ("private", "public"))


def follow_all(storage: Storage) -> None:
    """Take over all that the journal has."""
    with storage.counting() as db:
        while follow.follow(db, CHANNELS):
            pass


def waiting(storage: Storage) -> int:
    """How many deliveries wait."""
    with storage.reading() as db:
        return waiting_in(db)


def waiting_in(db: Reading) -> int:
    """The same within a transaction."""
    return int(db.value(text("SELECT count(*) FROM deliveries WHERE state = 'waiting'")))

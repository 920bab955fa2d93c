"""One errand: deliveries that go out together, each with how it ended. No transaction is open."""

from collections.abc import Sequence
from email.errors import MessageError
from email.message import EmailMessage

from haymarket.apps.store import apps_by_id
from haymarket.storage import Storage
from haymarket.watch import store
from haymarket.watch.delivery import Delivery, Outcome
from haymarket.watch.letters import letter
from haymarket.watch.mail import Mail
from haymarket.watch.model import Watcher, may_hear
from haymarket.watch.send import Outside, send

Ended = list[tuple[Delivery, Outcome]]

NO_WEBHOOK = Outcome(error="The webhook is gone", is_final=True)
NO_WATCHER = Outcome(error="Nobody watches any longer who may hear of it", is_final=True)


def send_webhook(storage: Storage, outside: Outside, delivery: Delivery) -> Ended:
    """Send a delivery to its webhook, if that is still there."""
    with storage.reading() as db:
        webhook = store.get_webhook(db, delivery.target)
    outcome = send(outside, webhook, delivery) if webhook else NO_WEBHOOK
    return [(delivery, outcome)]


def send_mails(
    storage: Storage, outside: Outside, mail: Mail, deliveries: Sequence[Delivery]
) -> Ended:
    """Send mails to those who still watch and may still hear of what happened."""
    watchers = _watchers(storage, deliveries)
    ended: Ended = []
    ready: list[tuple[Delivery, EmailMessage]] = []
    for each in deliveries:
        watcher = watchers.get(each.id)
        if watcher is None:
            ended.append((each, NO_WATCHER))
            continue
        try:
            ready.append((each, letter(outside.settings, watcher, each)))
        except (ValueError, MessageError) as error:
            ended.append((each, Outcome(error=f"No mail can be written: {error}", is_final=True)))
    outcomes = mail.send([(each.id, text) for each, text in ready]) if ready else []
    # those without an outcome stay due
    return ended + [(each, outcome) for (each, _), outcome in zip(ready, outcomes, strict=False)]


def _watchers(storage: Storage, deliveries: Sequence[Delivery]) -> dict[int, Watcher]:
    """Who gets each delivery, by its number; those who may not hear of it are left out."""
    found: dict[int, Watcher] = {}
    with storage.reading() as db:
        apps = apps_by_id(db, {each.app_id for each in deliveries})
        watchers = store.get_watchers(db, [(each.app_id, each.target) for each in deliveries])
    for each in deliveries:
        watcher, app = watchers.get((each.app_id, each.target)), apps.get(each.app_id)
        if watcher and app and may_hear(watcher, each.event, listed=app.is_listed):
            found[each.id] = watcher
    return found

"""The mails to watchers: plain text, written from what a delivery tells."""

from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit

from haymarket import paths
from haymarket.html import plain_text
from haymarket.settings import Settings
from haymarket.watch import payload
from haymarket.watch.delivery import Delivery
from haymarket.watch.model import EventName, Watcher
from haymarket.watch.payload import Payload

SUBJECTS: Mapping[EventName, str] = {
    "app.approved": "{app} was approved",
    "app.rejected": "{app} was rejected",
    "app.released": "{app} is public now",
    "version.approved": "{app} {version} was approved",
    "version.rejected": "{app} {version} was rejected",
    "version.published": "{app} {version} is out",
}


def letter(settings: Settings, watcher: Watcher, delivery: Delivery) -> EmailMessage:
    """The mail of a delivery; it has the same Message-ID each time. Raises ValueError and
    MessageError for an address that mail can not have.

    Only contacts and administrators read why something was rejected.
    """
    told = payload.read(delivery.payload)
    message = EmailMessage()
    message["Subject"] = _subject(told)
    message["From"] = settings.mail_from
    message["To"] = Address(addr_spec=watcher.email)
    message["Date"] = format_datetime(delivery.created_at)
    host = urlsplit(settings.base_url).hostname
    message["Message-ID"] = f"<delivery-{delivery.id}.{delivery.created_at:%Y%m%d%H%M%S}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_text(settings.base_url, told, is_inside=watcher.is_inside))
    return message


def _subject(told: Payload) -> str:
    app = told.app.name if told.app else ""
    version = told.version.name if told.version else ""
    return " ".join(SUBJECTS[told.event].format(app=app, version=version).split())


def _text(base_url: str, told: Payload, *, is_inside: bool) -> str:
    parts = [f"{_subject(told)}."]
    if told.reason and is_inside:
        parts.append(f"Why: {plain_text(told.reason)}")
    if told.app:
        watch = base_url + paths.app_part(told.app.key, "watch")
        parts += [
            (told.version or told.app).href,
            "You get this since you watch the app. To watch it no longer:\n"
            "curl -X PUT -H 'Content-Type: application/json' --user EMAIL:TOKEN \\\n"
            f"  -d '{{\"state\": false}}' {watch}",
        ]
    return "\n\n".join(parts) + "\n"

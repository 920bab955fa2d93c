"""What people do with watches and webhooks, and what they are told."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from calling import Api
from given import ACME, Json, Person

WEBHOOKS = f"/rest/haymarket/1/vendors/{ACME}/webhooks"
EVERYTHING = (
    "app.submitted",
    "app.approved",
    "app.rejected",
    "app.released",
    "version.submitted",
    "version.approved",
    "version.rejected",
    "version.published",
)


def watch(api: Api, who: Person, app: str, state: bool = True) -> None:
    """Watch an app, or no longer."""
    answer = api.put(who, f"{app}/watch", {"state": state})
    assert answer.status_code == 204, answer.text


def a_webhook(api: Api, who: Person, url: str, *events: str) -> Json:
    """A webhook that hears of some events, or of all; returns its document, with the secret."""
    answer = api.post(who, WEBHOOKS, {"url": url, "events": list(events or EVERYTHING)})
    assert answer.status_code == 201, answer.text
    document: Json = answer.json()
    return document


def own(document: Json) -> str:
    """The address of a document."""
    return str(document["_links"]["self"]["href"])


def the_log(api: Api, who: Person, webhook: Json) -> list[Any]:
    """The deliveries of a webhook, newest first."""
    answer = api.get(who, f"{own(webhook)}/deliveries", limit=50)
    assert answer.status_code == 200, answer.text
    found: list[Any] = answer.json()["_embedded"]["deliveries"]
    return found


def letters(folder: Path) -> list[EmailMessage]:
    """The mails in a folder, in the order of their deliveries."""
    files = sorted(folder.glob("*.eml"), key=lambda file: int(file.stem)) if folder.exists() else []
    found = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    assert all(isinstance(each, EmailMessage) for each in found)
    return found


def told(folder: Path) -> list[tuple[str, str]]:
    """Who was written what: address and subject of each mail."""
    return [(str(each["To"]), str(each["Subject"])) for each in letters(folder)]

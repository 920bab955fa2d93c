"""What a delivery tells: the JSON that webhooks are sent, and from which mails are written."""

from datetime import datetime

import msgspec

from haymarket import paths
from haymarket.apps.model import App
from haymarket.clock import wire_time
from haymarket.hal import Wire, encode
from haymarket.versions.model import Version
from haymarket.watch.model import EventName, Happening


class PayloadApp(Wire, kw_only=True):
    """The app that an event is about, its vendor's number, and where it is read."""

    key: str
    name: str
    status: str
    vendor: int
    href: str


class PayloadVersion(Wire, kw_only=True):
    """The version that an event is about; `href` is where it is read."""

    build_number: int
    name: str
    status: str
    href: str


class Payload(Wire, kw_only=True):
    """An event. `time` is when it happened; `reason` holds the HTML of a rejection."""

    event: EventName
    time: str
    app: PayloadApp | None = None
    version: PayloadVersion | None = None
    reason: str | None = None


def payload_of(told: Happening, app: App, version: Version | None, base_url: str) -> str:
    """The JSON text of an event. Statuses are those right after it."""
    made = told.transition
    is_about_app = made.build is None
    shown = PayloadApp(
        key=app.key,
        name=app.name,
        status=made.after if is_about_app else app.status,
        vendor=app.vendor_id,
        href=base_url + paths.app(app.key),
    )
    return encode(
        Payload(
            event=told.name,
            time=wire_time(made.at),
            app=shown,
            version=_version(app, version, made.after, base_url) if version else None,
            reason=made.reason,
        )
    ).decode()


def ping_of(now: datetime) -> str:
    """The JSON text of a ping."""
    return encode(Payload(event="ping", time=wire_time(now))).decode()


def read(text: str) -> Payload:
    """What a JSON text of these tells."""
    return msgspec.json.decode(text, type=Payload)


def _version(app: App, version: Version, status: str, base_url: str) -> PayloadVersion:
    return PayloadVersion(
        build_number=version.build,
        name=version.name,
        status=status,
        href=base_url + paths.version(app.key, version.build),
    )

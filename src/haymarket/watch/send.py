"""Sends a delivery to a webhook: one signed POST to a checked address, no redirects."""

import hashlib
import hmac
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import httpcore
from msgspec.structs import replace

from haymarket import __version__
from haymarket.assets.fetch import address_of, trust
from haymarket.assets.network import INTERNET, GuardedNetwork, Internet
from haymarket.clock import Clock, system_clock
from haymarket.errors import Invalid
from haymarket.secret import derived
from haymarket.settings import Settings
from haymarket.watch.delivery import Delivery, Outcome
from haymarket.watch.model import Webhook

LONGEST = 10
"""Seconds that a receiver has to answer."""


@dataclass(frozen=True)
class Outside:
    """What sending needs: the settings, the secret, the network, and the real time.

    Receivers compare the time of a signature with their own, so it is never that of a sandbox.
    """

    settings: Settings
    secret: bytes
    internet: Internet = INTERNET
    real_time: Clock = system_clock

    def network(self) -> GuardedNetwork:
        """A network for one attempt."""
        seconds = min(self.settings.fetch_timeout, LONGEST)
        return GuardedNetwork(replace(self.settings, fetch_timeout=seconds), self.internet)


def secret_of(secret: bytes, nonce: str) -> str:
    """The secret that a webhook is signed with."""
    return derived(secret, "webhook", nonce)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The hexadecimal HMAC-SHA256 of `timestamp.body`."""
    signed = timestamp.encode() + b"." + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def check_target(outside: Outside, url: str) -> None:
    """Raises Invalid unless `url` is a web address that may be called."""
    try:
        address = address_of(url)
        host = address.host.decode("ascii")
        if not outside.network().checked(host, address.port or 0):
            raise Invalid(f"The host {host} is not known")
    except Invalid as error:
        raise Invalid(error.message, "/url") from None
    except httpcore.TimeoutException:
        raise Invalid(f"The address of {url} was not found in time", "/url") from None


def send(outside: Outside, webhook: Webhook, delivery: Delivery) -> Outcome:
    """One attempt. Whatever goes wrong is told by the outcome."""
    began = time.monotonic()
    status, error = None, None
    try:
        status = _post(outside, webhook, delivery)
        error = _why_not(status)
    except Invalid as refused:
        error = refused.message
    except httpcore.TimeoutException:
        error = "No answer in time"
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as failed:
        error = f"The connection failed: {failed}"
    return Outcome(status, round((time.monotonic() - began) * 1000), error)


def _post(outside: Outside, webhook: Webhook, delivery: Delivery) -> int:
    body = delivery.payload.encode()
    secret = secret_of(outside.secret, webhook.nonce)
    headers = _headers(delivery, secret, outside.real_time(), body)
    address = address_of(webhook.url)
    with (
        httpcore.HTTPConnection(
            address.origin, trust(), network_backend=outside.network()
        ) as connection,
        connection.stream("POST", address, headers=headers, content=body) as answer,
    ):
        return answer.status


def _headers(
    delivery: Delivery, secret: str, now: datetime, body: bytes
) -> Mapping[bytes | str, bytes | str]:
    timestamp = str(int(now.timestamp()))
    return {
        "User-Agent": f"Haymarket/{__version__}",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Accept": "*/*",
        "Connection": "close",
        "X-Haymarket-Event": delivery.event,
        "X-Haymarket-Delivery": str(delivery.id),
        "X-Haymarket-Timestamp": timestamp,
        "X-Haymarket-Signature-256": f"sha256={signature(secret, timestamp, body)}",
    }


def _why_not(status: int) -> str | None:
    if 200 <= status < 300:
        return None
    if 300 <= status < 400:
        return f"The receiver answered with status {status}; redirects are not followed"
    return f"The receiver answered with status {status}"

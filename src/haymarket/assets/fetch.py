"""Fetches a file from an address that somebody gave, without becoming his tool.

The server may see hosts that the asker can not. So every connection goes through `network.py`,
which checks the address that it connects to, and redirects are followed one by one, each checked
again. Time and size are bounded as a whole, not for each read.
"""

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from functools import lru_cache
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

import httpcore

from haymarket import __version__
from haymarket.assets.model import last_part
from haymarket.assets.network import INTERNET, GuardedNetwork, Internet
from haymarket.errors import Invalid
from haymarket.settings import Settings

MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
HEADERS: Mapping[bytes | str, bytes | str] = {
    "User-Agent": f"Haymarket/{__version__}",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Fetched:
    """What was fetched: its size in bytes, and the file names it goes by, the best first."""

    size: int
    file_names: tuple[str, ...]


def fetch(
    settings: Settings, url: str, into: Path, limit: int, internet: Internet = INTERNET
) -> Fetched:
    """Write what lies at `url` to the file `into`, at most `limit` bytes.

    Takes at most `settings.fetch_timeout` seconds in all. Raises Invalid naming the reason.
    """
    network = GuardedNetwork(settings, internet)
    asked = url
    for _ in range(MOST_REDIRECTS + 1):
        with _answer(network, url) as answer:
            if answer.status not in REDIRECTS:
                size = _write(answer, into, limit)
                return Fetched(size, tuple(_file_names(asked, url, answer)))
            url = _next(url, answer)
    raise Invalid(f"{asked} redirects more than {MOST_REDIRECTS} times")


@contextmanager
def _answer(network: GuardedNetwork, url: str) -> Iterator[httpcore.Response]:
    address = address_of(url)
    try:
        with (
            httpcore.HTTPConnection(address.origin, trust(), network_backend=network) as connection,
            connection.stream("GET", address, headers=HEADERS) as answer,
        ):
            yield answer
    except httpcore.TimeoutException:
        raise Invalid(f"{url} did not answer in time") from None
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise Invalid(f"{url} can not be fetched: {error}") from None


def _next(url: str, answer: httpcore.Response) -> str:
    try:
        return urljoin(url, _header(answer, b"location"))
    except ValueError:
        raise Invalid(f"{url} redirects to what is no web address") from None


def address_of(url: str) -> httpcore.URL:
    """A URL in its parts. Raises Invalid for anything but http and https, and for passwords."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna"), parts.port
    except (ValueError, UnicodeError):
        raise Invalid(f"{url} is not a web address") from None
    if parts.scheme not in PORTS or not host:
        raise Invalid(f"{url} is not an http or https address")
    if parts.username is not None or parts.password is not None:
        raise Invalid("A web address with a user name or a password is not fetched")
    return httpcore.URL(
        scheme=parts.scheme.encode(),
        host=host,
        port=port or PORTS[parts.scheme],
        target=_target(parts),
    )


def _target(parts: SplitResult) -> bytes:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~?")
    return (f"{path}?{query}" if query else path).encode()


@lru_cache(maxsize=1)
def trust() -> ssl.SSLContext:
    """The certificates that browsers trust, and those that the machine does."""
    context = httpcore.default_ssl_context()
    context.load_default_certs()
    return context


def _write(answer: httpcore.Response, into: Path, limit: int) -> int:
    if answer.status != 200:
        raise Invalid(f"The address answered with status {answer.status}")
    announced = _header(answer, b"content-length")
    size = int(announced) if announced.isdecimal() else 0
    with into.open("wb") as file:
        if size <= limit:
            size = 0
            for chunk in answer.iter_stream():
                size += len(chunk)
                if size > limit:
                    break
                file.write(chunk)
    if size > limit:
        raise Invalid(f"The file is larger than {limit} bytes")
    return size


def _file_names(asked: str, url: str, answer: httpcore.Response) -> Iterator[str]:
    disposition = Message()
    disposition["Content-Disposition"] = _header(answer, b"content-disposition")
    given = disposition.get_filename("")
    for name in (unquote(urlsplit(asked).path), given, unquote(urlsplit(url).path)):
        last = last_part(name)
        if last:
            yield last


def _header(answer: httpcore.Response, name: bytes) -> str:
    for key, value in answer.headers:
        if key.lower() == name:
            return value.decode("latin-1")
    return ""

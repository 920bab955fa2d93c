"""One marketplace over HTTP: what its links lead to, read and changed with one's credentials."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import httpx
import msgspec

from haymarket import __version__
from haymarket.client.counted import Counted
from haymarket.client.credentials import Credentials
from haymarket.client.links import Document, Values, expand, link
from haymarket.client.outcomes import Misused, Problem, Refused, Unreachable

TIMEOUT = httpx.Timeout(60, connect=10)
TRIES = 4
LONGEST_WAIT = 30.0
BUSY = (429, 503)
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol)
Sleep = Callable[[float], None]


@dataclass(frozen=True)
class Line:
    """How a marketplace is reached; tests bring a transport, and no time to wait."""

    transport: httpx.BaseTransport | None = None
    sleep: Sleep = field(default=time.sleep)


class Marketplace:
    """A marketplace at the address of its entry point.

    Every method raises Unreachable when nothing that is a marketplace answers, and Refused with
    every problem that it names. Credentials go to this address only, wherever links lead.
    """

    def __init__(
        self, address: str, credentials: Credentials | None, line: Line | None = None
    ) -> None:
        self.address = address
        self.credentials = credentials
        self._line = line or Line()
        try:
            self._http = httpx.Client(
                auth=(credentials.user, credentials.token) if credentials else None,
                headers={"User-Agent": f"haymarket/{__version__}"},
                timeout=TIMEOUT,
                transport=self._line.transport,
            )
            self._origin = _origin(address)
        except ValueError as error:
            raise Misused(f"{address} is not an address: {error}") from None
        if not self._origin[1]:
            raise Misused(f"{address} is not an address: it begins with http:// or https://")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    @cached_property
    def entry(self) -> Document:
        """The entry point, from which everything is reached."""
        return self.get(self.address)

    def collection(self, relation: str) -> Document:
        """A collection of the entry point with its templates and without its items."""
        return self.get(f"{link(self.entry, relation)}?limit=0")

    def get(self, href: str) -> Document:
        """The document at an address."""
        return self._document(self._send("GET", href))

    def find(self, href: str) -> Document | None:
        """The document at an address; None when there is none, or none that one may see."""
        answer = self._send("GET", href, but=(404,))
        return None if answer.status_code == 404 else self._document(answer)

    def follow(self, document: Document, relation: str, values: Values) -> Document | None:
        """What a template of a document leads to, or None."""
        return self.find(expand(link(document, relation), values))

    def put(self, href: str, body: Mapping[str, Any]) -> Document | None:
        """Replace what is at an address; what the answer holds, if anything."""
        answer = self._send("PUT", href, json=body)
        return self._document(answer) if answer.content else None

    def post(self, href: str, body: Mapping[str, Any]) -> str:
        """Add to a collection; the address of what was made."""
        answer = self._send("POST", href, json=body)
        location = answer.headers.get("Location")
        if not location:
            raise Unreachable(f"{answer.url} took it, but does not say where it is: look there")
        return str(location)

    def upload(self, href: str, name: str, file: Counted) -> Document:
        """Send a file as the part `file` of a form (general.md, 1); the asset that it is now."""
        return self._document(self._send("POST", href, files={"file": (name, file)}))

    def _send(
        self, method: str, href: str, but: Sequence[int] = (), **content: Any
    ) -> httpx.Response:
        url = self._within(href)
        for attempt in range(1, TRIES + 1):
            answer = self._once(method, url, content)
            again = answer.status_code in BUSY and "files" not in content
            if not again or attempt == TRIES:
                break
            self._line.sleep(_wait(answer, attempt))
        if answer.status_code >= 300 and answer.status_code not in but:
            raise _failure(answer)
        return answer

    def _once(self, method: str, url: str, content: dict[str, Any]) -> httpx.Response:
        try:
            return self._http.request(method, url, **content)
        except httpx.TransportError as error:
            sent = method != "GET" and not isinstance(error, NEVER_SENT)
            asked = "; whether it was done is not known, look there" if sent else ""
            reason = str(error) or type(error).__name__
            raise Unreachable(f"{url} can not be reached: {reason}{asked}") from None
        except (httpx.InvalidURL, httpx.DecodingError) as error:
            raise Unreachable(f"{url}: {error}") from None

    def _within(self, href: str) -> str:
        """An address of this marketplace; links to elsewhere are not followed."""
        url = urljoin(self.address, href)
        if _origin(url) != self._origin:
            raise Unreachable(f"A link leads to {url}, which is not {self.address}; not followed")
        return url

    def _document(self, answer: httpx.Response) -> Document:
        try:
            read = msgspec.json.decode(answer.content)
        except msgspec.DecodeError:
            read = None
        if not isinstance(read, dict):
            raise Unreachable(f"{answer.url} answers, but not as a marketplace does")
        return read


def _origin(url: str) -> tuple[str, str | None, int | None]:
    split = urlsplit(url)
    usual = {"https": 443, "http": 80}.get(split.scheme)
    return split.scheme, split.hostname if usual else None, split.port or usual


def _wait(answer: httpx.Response, attempt: int) -> float:
    asked = answer.headers.get("Retry-After", "")
    return min(float(asked) if asked.isdecimal() else 2.0**attempt, LONGEST_WAIT)


def _failure(answer: httpx.Response) -> Exception:
    """What a status from 300 on means: a refusal, or no service."""
    if answer.is_redirect:
        return Unreachable(f"{answer.url} has moved to {answer.headers['Location']}: use that")
    if answer.status_code >= 500 or answer.status_code in BUSY:
        told = "; ".join(each.message for each in _problems(answer))
        return Unreachable(f"{answer.url} can not answer now ({answer.status_code}): {told}")
    return Refused(*_problems(answer))


def _problems(answer: httpx.Response) -> list[Problem]:
    """The problems of an error document, or the answer's own words when it is none."""
    try:
        errors = msgspec.json.decode(answer.content, type=_Errors).errors
    except msgspec.DecodeError:
        errors = []
    if errors:
        return errors
    return [Problem(f"{answer.url} answers {answer.status_code} {answer.reason_phrase}")]


class _Errors(msgspec.Struct):
    errors: list[Problem]

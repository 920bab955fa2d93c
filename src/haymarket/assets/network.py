"""The network outside, guarded: only checked addresses are reached, and only for a time.

Each name is resolved here, every address is checked, and the connection goes to exactly the
address that was checked, so that a name can not mean something else a moment later.
"""

import socket
import ssl
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpcore

from haymarket.assets.addresses import is_public
from haymarket.errors import Invalid
from haymarket.settings import Settings

LONGEST_CONNECT = 10.0

Resolver = Callable[[str, int], Sequence[str]]
"""From a host name and a port to numeric addresses. Raises OSError for an unknown name."""

Connector = Callable[[str, int, float], httpcore.NetworkStream]
"""From a numeric address, a port and seconds to an open stream. Raises httpcore's errors."""

_lookups = ThreadPoolExecutor(4, thread_name_prefix="lookup")


@dataclass(frozen=True)
class Internet:
    """The world outside: how names are resolved, and how addresses are reached."""

    resolve: Resolver
    connect: Connector


def look_up(host: str, port: int) -> list[str]:
    """The addresses of a host as the system resolves them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in found))


def connect(address: str, port: int, timeout: float) -> httpcore.NetworkStream:
    """A TCP connection."""
    return httpcore.SyncBackend().connect_tcp(address, port, timeout)


INTERNET = Internet(look_up, connect)


class GuardedNetwork(httpcore.NetworkBackend):
    """Connects to checked addresses only, until the time is over."""

    def __init__(self, settings: Settings, internet: Internet) -> None:
        self._internet = internet
        self._may_be_private = settings.allow_private_addresses
        self._end = time.monotonic() + settings.fetch_timeout

    def left(self) -> float:
        """The seconds that remain. Raises httpcore.TimeoutException when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left

    def connect_tcp(
        self, host: str, port: int, *arguments: Any, **options: Any
    ) -> httpcore.NetworkStream:
        """Resolve, check, and connect to the first address that answers."""
        refusal: Exception = httpcore.ConnectError("no address")
        for address in self.checked(host, port):
            try:
                stream = self._internet.connect(address, port, min(self.left(), LONGEST_CONNECT))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refusal = error
            else:
                return _TimedStream(stream, self)
        raise refusal

    def checked(self, host: str, port: int) -> Sequence[str]:
        """The addresses of a host. Raises Invalid unless all of them may be reached."""
        try:
            lookup = _lookups.submit(self._internet.resolve, host, port)
            addresses = lookup.result(self.left())
        except TimeoutError:
            raise httpcore.ConnectTimeout from None
        except (OSError, UnicodeError):
            raise Invalid(f"The host {host} is not known") from None
        if not self._may_be_private and not all(map(is_public, addresses)):
            raise Invalid(f"The host {host} is not on the public internet")
        return addresses


class _TimedStream(httpcore.NetworkStream):
    """A stream whose reads and writes share the time of the whole fetch."""

    def __init__(self, stream: httpcore.NetworkStream, network: GuardedNetwork) -> None:
        self._stream = stream
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._network.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._network.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secure = self._stream.start_tls(ssl_context, server_hostname, self._network.left())
        return _TimedStream(secure, self._network)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

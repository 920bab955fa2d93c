"""How often one address may do something: counted in memory, for each process by itself."""

import ipaddress
import math
import threading
from typing import Any

from litestar import Request

from haymarket.clock import Clock
from haymarket.errors import TooMany

WINDOW = 60
"""Seconds in which is counted."""
MOST_ADDRESSES = 10_000
NETWORK = 64
"""Bits of an IPv6 address that tell customers apart: each has all addresses below."""


class Limiter:
    """Lets each address do something `most` times a minute, beginning with its first time.

    It remembers 10,000 addresses; beyond that it forgets those that began to be counted first.
    """

    def __init__(self, most: int, clock: Clock) -> None:
        self._most = most
        self._clock = clock
        self._lock = threading.Lock()
        self._counted: dict[str, tuple[float, int]] = {}

    def forget(self) -> None:
        """Begin to count anew."""
        with self._lock:
            self._counted.clear()

    def check(self, address: str) -> None:
        """Raises TooMany when an address has done it too often."""
        with self._lock:
            self._check(address)

    def note(self, address: str) -> None:
        """Count one time."""
        with self._lock:
            self._note(address)

    def take(self, address: str) -> None:
        """Count one time, unless it is once too often. Raises TooMany."""
        with self._lock:
            self._check(address)
            self._note(address)

    def _check(self, address: str) -> None:
        began, times = self._counted.get(address, (0.0, 0))
        since = self._clock().timestamp() - began
        # a clock that was set back counts anew
        if times >= self._most and 0 <= since < WINDOW:
            wait = math.ceil(WINDOW - since)
            raise TooMany(f"Asked too often; ask again in {wait} seconds", wait)

    def _note(self, address: str) -> None:
        now = self._clock().timestamp()
        began, times = self._counted.get(address, (now, 0))
        if times and 0 <= now - began < WINDOW:
            self._counted[address] = (began, times + 1)
            return
        self._counted.pop(address, None)  # so that the order stays that of the beginnings
        while len(self._counted) >= MOST_ADDRESSES:
            del self._counted[next(iter(self._counted))]
        self._counted[address] = (now, 1)


def address_of(request: Request[Any, Any, Any]) -> str:
    """By what the one who asks is counted: an IPv4 address, or the network of an IPv6 one."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 4:
        return host
    mapped = address.ipv4_mapped
    return str(mapped or ipaddress.ip_network((address.packed, NETWORK), strict=False))

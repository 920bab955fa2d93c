"""A gate before all requests: one of them may ask to be alone, and the others wait."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

PATIENCE = 10.0
"""Seconds that requests under way have to end."""


class Busy(Exception):
    """Others were still under way after all patience."""


class Gate:
    """Knows how many requests are under way."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._inside = 0
        self._open = asyncio.Event()
        self._open.set()
        self._left = asyncio.Event()
        self._one = asyncio.Lock()

    def around(self, app: ASGIApp) -> ASGIApp:
        """An application whose requests pass the gate."""

        async def passed(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != ScopeType.HTTP:
                await app(scope, receive, send)
                return
            while not self._open.is_set():
                await self._open.wait()
            self._inside += 1
            try:
                await app(scope, receive, send)
            finally:
                self._leave()

        return passed

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Within a request: wait until no other one is under way, and keep new ones out.

        Raises Busy when one of them takes too long; nobody is kept out then.
        """
        self._leave()
        try:
            async with self._one:
                self._open.clear()
                try:
                    await self._wait_for_the_others()
                    yield
                finally:
                    self._open.set()
        finally:
            self._inside += 1

    def _leave(self) -> None:
        self._inside -= 1
        self._left.set()

    async def _wait_for_the_others(self) -> None:
        try:
            async with asyncio.timeout(self._patience):
                while self._inside:
                    self._left.clear()
                    await self._left.wait()
        except TimeoutError:
            raise Busy(f"{self._inside} requests") from None

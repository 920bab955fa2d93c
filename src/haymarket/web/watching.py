"""What each request leaves behind: a line in the access log, and a note for the figures."""

import time
from typing import Any, Protocol

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from haymarket.logs import AccessLog, without_token


class Noted(Protocol):
    """Who wants to know of every request that ended."""

    def note(self, method: str, status: int, seconds: float) -> None:
        """One request."""


class Watched:
    """An ASGI layer that counts, times and logs every request."""

    def __init__(self, app: ASGIApp, figures: Noted, *, log: AccessLog | None) -> None:
        self._app = app
        self._figures = figures
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and note how it ended."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 0

        async def noting(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            self._note(scope, status, time.perf_counter() - began)

    def _note(self, scope: Any, status: int, seconds: float) -> None:
        method = scope["method"]
        self._figures.note(method, status, seconds)
        if self._log:
            path = without_token(scope.get("raw_path", b"").decode("latin-1"))
            who = (scope.get("client") or ("-",))[0]
            self._log(who, method, path, status, seconds)

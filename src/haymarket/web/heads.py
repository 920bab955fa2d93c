"""Answers HEAD as GET would, without the body; few routes need to know of it."""

from typing import Any

from litestar import Request
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

_HEAD = "haymarket.head"


def is_head(request: Request[Any, Any, Any]) -> bool:
    """Whether nobody will see the body of the answer."""
    return _HEAD in request.scope


class HeadAsGet:
    """An ASGI layer around the router."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; what comes back to a HEAD loses its body and keeps its headers."""
        if scope["type"] != ScopeType.HTTP or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def without_body(message: Any) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        as_get: Any = {**scope, "method": "GET", _HEAD: True}
        await self._app(as_get, receive, without_body)

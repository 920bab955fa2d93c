"""Keeps percent-encoded slashes inside their path segment (general.md, 4).

Asset names such as `artifact%2F<id>%2F<file>` are one segment. Servers hand over a decoded path
in which the slashes would split it; here they stay `%2F` until the handler decodes the name.
"""

from typing import Any
from urllib.parse import unquote

from litestar.types import ASGIApp, Receive, Scope, Send

from haymarket.hal import encode
from haymarket.web.errors import JsonError, JsonErrorsDoc


class EncodedSlashes:
    """An ASGI layer around the router."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, its path decoded segment by segment."""
        raw: bytes = scope.get("raw_path") or b""
        if b"%00" in raw or b"%00" in scope.get("query_string", b""):
            await _refuse_nul(send)
            return
        if b"%2" in raw and b"%2f" in raw.lower():
            segments = raw.split(b"?")[0].decode("ascii", "replace").split("/")
            scope["path"] = "/".join(unquote(each).replace("/", "%2F") for each in segments)
        await self._app(scope, receive, send)


async def _refuse_nul(send: Any) -> None:
    """No text of the marketplace holds the character NUL, and PostgreSQL takes none."""
    problem = JsonError("An address can not hold the character NUL", None, "INVALID_PARAMETER")
    body = encode(JsonErrorsDoc(errors=[problem]))
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 400, "headers": headers})
    await send({"type": "http.response.body", "body": body})

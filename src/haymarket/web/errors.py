"""The one error body of the API, and the one table from refusals to statuses (general.md, 9)."""

from typing import Any

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, MethodNotAllowedException, ValidationException
from msgspec import Struct

from haymarket import errors
from haymarket.hal import JSON, Wire, encode
from haymarket.logs import without_token
from haymarket.web.unreadable import unreadable

log = structlog.get_logger()

STATUS: dict[type[errors.Refused], int] = {
    errors.Invalid: 400,
    errors.InvalidParameter: 400,
    errors.Unauthorized: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.TooLarge: 413,
    errors.Unsupported: 415,
    errors.TooMany: 429,
    errors.NotBuilt: 501,
    errors.Unavailable: 503,
}


class JsonError(Struct, omit_defaults=True):
    """One thing that went wrong; `path` is a JSON Pointer into the request document."""

    message: str
    path: str | None = None
    code: str | None = None


class JsonErrorsDoc(Wire):
    """The body of every answer of 400 and above."""

    errors: list[JsonError]


def refused(request: Request[Any, Any, Any], error: errors.Refused) -> Response[bytes]:
    """The answer to a refusal."""
    status = STATUS[type(error)]
    headers = {"WWW-Authenticate": 'Basic realm="Haymarket"'} if status == 401 else {}
    if isinstance(error, errors.TooMany | errors.Unavailable):
        headers["Retry-After"] = str(error.wait)
    if isinstance(error, errors.Invalid):
        found = [JsonError(p.message, p.path, p.code) for p in error.problems]
    else:
        found = [JsonError(error.message, error.path, error.code)]
    return _answer(status, found, headers)


def bad_parameters(request: Request[Any, Any, Any], error: ValidationException) -> Response[bytes]:
    """Parameters that the typed routes could not read: each is named."""
    found = [JsonError(each.message, None, each.code) for each in unreadable(request)]
    return _answer(400, found or [JsonError(error.detail, None, "INVALID_PARAMETER")])


def failed(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    """What the router itself refuses, in the same shape."""
    headers = {k: v for k, v in (error.headers or {}).items() if k.lower() != "content-type"}
    if isinstance(error, MethodNotAllowedException):
        headers = {name: _with_head(value) for name, value in headers.items()}
        message, code = f"{request.method} is not offered here", "METHOD_NOT_ALLOWED"
    elif error.status_code == 404:
        message, code = "There is nothing at this address", "NOT_FOUND"
    elif error.status_code == 413:
        message, code = "The body is larger than this marketplace takes", "TOO_LARGE"
    else:
        message, code = error.detail, "HTTP_ERROR"
    return _answer(error.status_code, [JsonError(message, None, code)], headers)


def _with_head(allowed: str) -> str:
    """The methods of an Allow header, sorted; HEAD goes with GET (web/heads.py)."""
    methods = {each.strip() for each in allowed.split(",")}
    return ", ".join(sorted(methods | ({"HEAD"} if "GET" in methods else set())))


def broken(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """A defect of ours: logged whole, told in one line."""
    log.error("request failed", path=without_token(request.url.path), exc_info=error)
    return _answer(500, [JsonError("Something went wrong at our side", None, "INTERNAL_ERROR")])


def _answer(
    status: int, found: list[JsonError], headers: dict[str, str] | None = None
) -> Response[bytes]:
    return Response(
        encode(JsonErrorsDoc(errors=found)),
        status_code=status,
        media_type=JSON,
        headers=headers or {},
    )


HANDLERS: dict[Any, Any] = {
    errors.Refused: refused,
    ValidationException: bad_parameters,
    HTTPException: failed,
    Exception: broken,
}

"""Who is calling: HTTP Basic with e-mail and API token (general.md, 3)."""

import base64
from typing import Any

from litestar import Request

from haymarket.accounts import store
from haymarket.accounts.model import ANONYMOUS, Caller, token_hash
from haymarket.accounts.usage import TokenUsage
from haymarket.errors import Forbidden, Unauthorized
from haymarket.storage import Reading

AnyRequest = Request[Any, Any, Any]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def has_credentials(request: AnyRequest) -> bool:
    """Whether the request says who it comes from."""
    return "authorization" in request.headers


def identify(db: Reading, request: AnyRequest) -> Caller:
    """The caller, or ANONYMOUS without credentials.

    Raises Unauthorized for credentials that are wrong, and Forbidden for a change with a token
    that may only read.
    """
    header = request.headers.get("authorization")
    if header is None:
        return ANONYMOUS
    email, token = _basic(header)
    hashed = token_hash(token)
    found = store.token_owner(db, email, hashed)
    if found is None:
        raise Unauthorized("The e-mail address or the API token is not valid")
    user, key = found
    if not user.is_active or not key.is_valid(db.now()):
        raise Unauthorized("The API token is no longer valid")
    usage: TokenUsage = request.app.state.token_usage
    usage.note(key.id, db.now())
    may_write = "write" in key.scopes
    if request.method not in SAFE and not may_write:
        raise Forbidden("This API token may only read")
    return Caller(
        user.id,
        user.email,
        user.name,
        user.is_admin and "administer" in key.scopes,
        may_write,
        store.permissions_of(db, user.id),
    )


def require_user(db: Reading, request: AnyRequest) -> Caller:
    """The caller. Raises Unauthorized when there are no credentials."""
    caller = identify(db, request)
    if caller.is_anonymous:
        raise Unauthorized("Authentication is required")
    return caller


def require_admin(db: Reading, request: AnyRequest) -> Caller:
    """The caller, who must be an administrator. Raises Unauthorized or Forbidden."""
    caller = require_user(db, request)
    if not caller.is_admin:
        raise Forbidden("Only administrators may do this")
    return caller


def _basic(header: str) -> tuple[str, str]:
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        raise Unauthorized("Credentials are sent as HTTP Basic: e-mail address and API token")
    try:
        text = base64.b64decode(encoded.strip(), validate=True).decode()
    except ValueError:  # whatever is wrong with it: not ASCII, not base 64, not UTF-8
        raise Unauthorized("The Authorization header can not be read") from None
    email, _, token = text.partition(":")
    return email.replace("\0", ""), token  # PostgreSQL takes no NUL in a text

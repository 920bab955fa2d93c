"""Who is calling: HTTP Basic with e-mail and API token, an access token beside it or instead.

(general.md, 3)
"""

import base64
from dataclasses import replace
from typing import Any

from litestar import Request

from haymarket.accounts import store
from haymarket.accounts.app_tokens import get_app_token
from haymarket.accounts.contacts import permissions_of
from haymarket.accounts.model import (
    ANONYMOUS,
    ApiToken,
    AppToken,
    Caller,
    User,
    token_hash,
)
from haymarket.accounts.usage import TokenUsage
from haymarket.errors import Forbidden, Unauthorized
from haymarket.storage import Reading
from haymarket.web.limits import Limiter, address_of

AnyRequest = Request[Any, Any, Any]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ACCESS_TOKEN = ("accessToken", "access-token")
"""What the parameter is called in requests of the API, and in addresses of descriptors."""


def has_credentials(request: AnyRequest) -> bool:
    """Whether the request says who it comes from."""
    return "authorization" in request.headers


def identify(db: Reading, request: AnyRequest) -> Caller:
    """The caller, or ANONYMOUS without credentials, with the app that an access token opens.

    Raises Unauthorized for credentials that are wrong, Forbidden for a change with a token that
    may only read, and TooMany for an address that sent too many unknown access tokens.
    """
    caller = _signed_in(db, request)
    opened = access_token(db, request)
    return replace(caller, apps=frozenset({opened.app_id})) if opened else caller


def access_token(db: Reading, request: AnyRequest) -> AppToken | None:
    """The access token of the query, None when there is none or it is unknown. Raises TooMany."""
    sent = sent_access_token(request)
    return known_token(db, request.app.state.token_guesses, address_of(request), sent)


def sent_access_token(request: AnyRequest) -> str | None:
    """The access token of the query, known or not; of several the last, as of any parameter."""
    if not request.scope["query_string"]:
        return None
    query = request.query_params
    return next((query.getall(name)[-1] for name in ACCESS_TOKEN if name in query), None)


def known_token(db: Reading, guesses: Limiter, address: str, sent: str | None) -> AppToken | None:
    """The access token that was sent; an unknown one is counted. Raises TooMany."""
    if sent is None:
        return None
    guesses.check(address)
    found = get_app_token(db, token_hash(sent))
    if found is None:
        guesses.note(address)
    return found


def _signed_in(db: Reading, request: AnyRequest) -> Caller:
    header = request.headers.get("authorization")
    if header is None:
        return ANONYMOUS
    user, key = _owner(db, request, header)
    if set(key.scopes) == {"ingest"}:
        raise Forbidden("This API token may only send heartbeats")
    may_write = "write" in key.scopes
    if request.method not in SAFE and not may_write:
        raise Forbidden("This API token may only read")
    return Caller(
        user.id,
        user.email,
        user.name,
        user.is_admin and "administer" in key.scopes,
        may_write,
        permissions_of(db, user.id),
    )


def _owner(db: Reading, request: AnyRequest, header: str) -> tuple[User, ApiToken]:
    """Whose API token is sent, and the token. Raises Unauthorized."""
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
    return user, key


def require_ingest(db: Reading, request: AnyRequest) -> None:
    """Refuse whoever may not send heartbeats. Raises Unauthorized, or Forbidden for a token that
    lacks the scope.
    """
    header = request.headers.get("authorization")
    if header is None:
        raise Unauthorized("Authentication is required")
    _, key = _owner(db, request, header)
    if "ingest" not in key.scopes:
        raise Forbidden("This needs an API token with the scope ingest")


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

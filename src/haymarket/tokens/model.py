"""Access tokens of apps: how they are derived, and which host may use one: pure (apps.md, C.26)."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from haymarket.accounts.model import AppToken
from haymarket.errors import Forbidden, InvalidParameter

PURPOSE = "app-token"
"""What the secret of the instance is used for here (secret.py)."""
LONGEST_ORIGIN = 255
PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class ShownToken:
    """An access token as its owners see it, with the origin of the host that claimed it."""

    token: str
    instance: str | None = None


def origin_of(header: str | None) -> str | None:
    """The host that an Origin header names, such as `https://jira.example.com`; None without one.

    Written alike however it comes: lower case, no port that goes without saying, no slash at the
    end. Raises InvalidParameter for what names no host.
    """
    text = (header or "").strip().lower()
    if not text:
        return None
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _no_origin() from None
    rest = (parts.path not in ("", "/"), parts.query, parts.fragment, "@" in parts.netloc)
    if parts.scheme not in PORTS or not parts.hostname or any(rest):
        raise _no_origin()
    if len(text) > LONGEST_ORIGIN or not (text.isascii() and text.isprintable()) or " " in text:
        raise _no_origin()
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    plain = port is None or port == PORTS[parts.scheme]
    return f"{parts.scheme}://{host}" if plain else f"{parts.scheme}://{host}:{port}"


def must_bind(token: AppToken, origin: str | None) -> bool:
    """Whether a validation by the host with an origin binds the token to it.

    Raises Forbidden when it is bound to another host. Without an origin nothing is bound.
    """
    if origin is None or token.instance == origin:
        return False
    if token.instance is None:
        return True
    raise Forbidden("This access token is in use by another host")


def _no_origin() -> InvalidParameter:
    return InvalidParameter("Origin: must be the scheme and host of a http or https address")

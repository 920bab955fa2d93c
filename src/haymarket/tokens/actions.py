"""Creating, showing and claiming the access tokens of an app (apps.md, C.26 to C.30)."""

import secrets

from haymarket.accounts.app_tokens import (
    add_app_token,
    bind_app_token,
    count_app_tokens,
    get_app_token,
)
from haymarket.accounts.model import AppToken, token_hash
from haymarket.apps.model import App
from haymarket.errors import Conflict
from haymarket.secret import derived
from haymarket.storage import Storage, Writing
from haymarket.tokens.access import unknown
from haymarket.tokens.model import PURPOSE, ShownToken, must_bind

NONCE_BYTES = 16


def create_token(db: Writing, app: App, secret: bytes, most: int) -> AppToken:
    """A new access token of an app, which has at most `most` of them. Raises Conflict."""
    if count_app_tokens(db, app.id) >= most:
        raise Conflict(f"An app has at most {most} access tokens; delete one first")
    nonce = secrets.token_hex(NONCE_BYTES)
    hashed = token_hash(derived(secret, PURPOSE, nonce))
    return add_app_token(db, app.key, app.id, nonce, hashed)


def shown(token: AppToken, secret: bytes) -> ShownToken:
    """A token as its owners see it: derived anew, since it is not kept."""
    return ShownToken(derived(secret, PURPOSE, token.nonce), token.instance)


def claim(storage: Storage, app: App, token: AppToken, origin: str | None) -> None:
    """Let a host use a token, which is bound to the first that says where it is.

    Of two hosts at the same moment one is the first. Raises Forbidden for the other, and NotFound
    when the token was deleted meanwhile.
    """
    if origin is None or not must_bind(token, origin):
        return
    with storage.writing(None) as db:
        now = get_app_token(db, token.hash)
        if now is None:
            raise unknown(app.key)
        if must_bind(now, origin):
            bind_app_token(db, app.key, now, origin)
        else:
            db.record("app_token.validated", app.key, token=now.id)

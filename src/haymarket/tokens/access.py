"""Who may see the access tokens of an app: its contacts, and who has one sees this one."""

from haymarket.accounts.app_tokens import get_app_token, list_app_tokens
from haymarket.accounts.model import AppToken, Caller, token_hash
from haymarket.apps.access import app_of_contact, visible_app
from haymarket.apps.model import App
from haymarket.errors import NotFound
from haymarket.storage import Reading


def seen_tokens(
    db: Reading, caller: Caller, key: str, sent: str | None
) -> tuple[App, list[AppToken]]:
    """An app and those of its tokens that the caller sees, who may have sent one of them.

    Raises NotFound for everyone else, but Unauthorized for anonymous callers who see the app.
    """
    app = visible_app(db, caller, key)
    if app.id in caller.apps and not caller.belongs_to(app.vendor_id):
        hashed = token_hash(sent or "")
        return app, [each for each in list_app_tokens(db, app.id) if each.hash == hashed]
    app = app_of_contact(db, caller, key)
    return app, list_app_tokens(db, app.id)


def token_of(db: Reading, app: App, token: str) -> AppToken:
    """An access token of an app. Raises NotFound for one that it does not have."""
    found = get_app_token(db, token_hash(token))
    if found is None or found.app_id != app.id:
        raise unknown(app.key)
    return found


def unknown(key: str) -> NotFound:
    """The refusal of a token that the app with a key does not have; maybe there is no such app."""
    return NotFound(f"The app {key} has no such access token")

"""Who may read and change prices: contacts with manage-pricing, and administrators."""

from haymarket.accounts.model import Caller
from haymarket.apps.access import visible_app
from haymarket.apps.model import App
from haymarket.errors import Forbidden, NotFound, Unauthorized
from haymarket.storage import Reading


def app_to_price(db: Reading, caller: Caller, key: str) -> App:
    """An app whose prices the caller may change.

    Raises NotFound when it is invisible, Unauthorized for anonymous callers and Forbidden for
    others without the permission.
    """
    app = _app_of_user(db, caller, key)
    if not may_price(caller, app):
        raise Forbidden("This needs the permission manage-pricing of the app's vendor")
    return app


def app_with_prices(db: Reading, caller: Caller, key: str) -> App:
    """An app whose prices to come and of the past the caller may read.

    Raises NotFound for everyone else, but Unauthorized for anonymous callers who see the app.
    """
    app = _app_of_user(db, caller, key)
    if not may_price(caller, app):
        raise NotFound(f"This part of the app {key} is not visible to you")
    return app


def may_price(caller: Caller, app: App) -> bool:
    """Whether the caller may change the prices of an app."""
    return caller.may(app.vendor_id, "manage-pricing")


def _app_of_user(db: Reading, caller: Caller, key: str) -> App:
    app = visible_app(db, caller, key)
    if caller.is_anonymous:
        raise Unauthorized("Authentication is required")
    return app

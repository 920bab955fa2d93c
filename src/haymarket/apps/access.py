"""Who may see an app and who may change it (general.md, 3). Invisible is 404, everywhere."""

from haymarket.accounts.model import Caller
from haymarket.apps.model import App
from haymarket.apps.store import get_app
from haymarket.errors import Forbidden, NotFound, Unauthorized
from haymarket.storage import Reading


def may_see(caller: Caller, app: App) -> bool:
    """Public apps are for everyone, all others for those who belong to the vendor.

    An access token opens its one app to whoever has it (apps.md, C.26).
    """
    return app.is_listed or caller.belongs_to(app.vendor_id) or app.id in caller.apps


def visible_app(db: Reading, caller: Caller, key: str) -> App:
    """The app with a key. Raises NotFound unless the caller may see it."""
    app = get_app(db, key)
    if app is None or not may_see(caller, app):
        raise NotFound(f"There is no app {key}, or it is not visible to you")
    return app


def own_app(db: Reading, caller: Caller, key: str) -> App:
    """An app whose details the caller may change.

    Raises NotFound when it is invisible, Unauthorized for anonymous callers and Forbidden for
    others without the permission.
    """
    app = visible_app(db, caller, key)
    if caller.is_anonymous:
        raise Unauthorized("Authentication is required")
    if not caller.may(app.vendor_id, "manage-addon-details"):
        raise Forbidden("This needs the permission manage-addon-details of the app's vendor")
    return app


def app_of_contact(db: Reading, caller: Caller, key: str) -> App:
    """An app whose private parts the caller may read.

    Raises NotFound for everyone else, but Unauthorized for anonymous callers who see the app.
    """
    app = visible_app(db, caller, key)
    if caller.is_anonymous:
        raise Unauthorized("Authentication is required")
    if not caller.belongs_to(app.vendor_id):
        raise NotFound(f"This part of the app {key} is not visible to you")
    return app

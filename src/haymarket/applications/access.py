"""Which applications and versions a caller sees: what is unpublished, only administrators do."""

from haymarket.accounts.model import Caller
from haymarket.applications import store
from haymarket.applications.model import Application, HostVersion
from haymarket.errors import NotFound
from haymarket.storage import Reading


def may_see(caller: Caller, what: Application | HostVersion) -> bool:
    """Whether it is published, or the caller is an administrator."""
    return what.status == "published" or caller.is_admin


def visible_application(db: Reading, caller: Caller, key: str) -> Application:
    """The application with a key or a former key. Raises NotFound unless the caller may see it."""
    application = store.get_application(db, key)
    if application is None or not may_see(caller, application):
        raise NotFound(f"There is no application {key}")
    return application


def visible_version(caller: Caller, version: HostVersion | None, key: str) -> HostVersion:
    """A version of the application `key`, passed on. Raises NotFound unless the caller sees it."""
    if version is None or not may_see(caller, version):
        raise NotFound(f"The application {key} has no such version")
    return version

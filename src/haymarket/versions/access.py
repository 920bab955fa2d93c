"""Who may see a version: public ones whoever sees the app, others its contacts (general.md, 3)."""

from haymarket.accounts.model import Caller
from haymarket.apps.model import App
from haymarket.errors import NotFound
from haymarket.storage import Reading
from haymarket.versions.model import Version
from haymarket.versions.store import get_version, list_versions


def visible_version(db: Reading, caller: Caller, app: App, build: int) -> Version:
    """The version of a visible app with a build number. Raises NotFound unless it is visible."""
    version = get_version(db, app.id, build)
    if version is None or not may_see_version(caller, app, version):
        raise NotFound(f"The app {app.key} has no version with build number {build}")
    return version


def may_see_version(caller: Caller, app: App, version: Version) -> bool:
    """Whether the caller, who sees the app, sees this version of it too."""
    return version.status == "public" or caller.belongs_to(app.vendor_id)


def listed_versions(
    db: Reading, caller: Caller, app: App, include_private: bool | None
) -> list[Version]:
    """The versions that lists and `latest` choose from, newest first.

    Private ones only when asked for, and only for those who may see them.
    """
    everything = bool(include_private) and caller.belongs_to(app.vendor_id)
    return list_versions(db, app.id, public_only=not everything)

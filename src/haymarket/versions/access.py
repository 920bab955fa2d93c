"""Who may see a version: public ones whoever sees the app, others its contacts (general.md, 3).

An access token opens the newest version of its app that is not public, too (apps.md, C.26).
"""

from collections.abc import Sequence

from haymarket.accounts.model import Caller
from haymarket.apps.model import App
from haymarket.errors import NotFound
from haymarket.storage import Reading
from haymarket.versions.model import Version
from haymarket.versions.store import get_version, list_versions, newest_not_public


def visible_version(db: Reading, caller: Caller, app: App, build: int) -> Version:
    """The version of a visible app with a build number. Raises NotFound unless it is visible."""
    version = get_version(db, app.id, build)
    if version is None or not _may_see(db, caller, app, version):
        raise NotFound(f"The app {app.key} has no version with build number {build}")
    return version


def seen_versions(caller: Caller, app: App, versions: Sequence[Version]) -> list[Version]:
    """Those of all versions of an app, newest first, that the caller sees, who sees the app."""
    opened = newest_private(versions) if app.id in caller.apps else None
    return [each for each in versions if _is_for(caller, app, each) or each is opened]


def newest_private(versions: Sequence[Version]) -> Version | None:
    """The first of an app's versions, newest first, that is not public."""
    return next((each for each in versions if each.status != "public"), None)


def _may_see(db: Reading, caller: Caller, app: App, version: Version) -> bool:
    if _is_for(caller, app, version):
        return True
    return app.id in caller.apps and newest_not_public(db, app.id) == version


def _is_for(caller: Caller, app: App, version: Version) -> bool:
    return version.status == "public" or caller.belongs_to(app.vendor_id)


def listed_versions(
    db: Reading, caller: Caller, app: App, include_private: bool | None
) -> list[Version]:
    """The versions that lists and `latest` choose from, newest first.

    Private ones only when asked for, and only for those who may see them; who sends an access
    token asks for the one that it opens.
    """
    if app.id in caller.apps and not caller.belongs_to(app.vendor_id):
        return seen_versions(caller, app, list_versions(db, app.id))
    everything = bool(include_private) and caller.belongs_to(app.vendor_id)
    return list_versions(db, app.id, public_only=not everything)

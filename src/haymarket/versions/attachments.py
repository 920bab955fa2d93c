"""The files that versions refer to: found, fetched, and marked as used."""

from dataclasses import dataclass

from haymarket import paths
from haymarket.accounts.model import Caller
from haymarket.assets.actions import resolve_artifact, resolve_image
from haymarket.assets.files import Files
from haymarket.assets.store import set_uses
from haymarket.settings import Settings
from haymarket.storage import Storage, Writing
from haymarket.versions.incoming import VersionIn
from haymarket.versions.model import Presentation, Version
from haymarket.versions.surroundings import NOTHING, Resolved


@dataclass(frozen=True)
class Desk:
    """What a change needs beside its transaction: the files, the settings, the way outside."""

    storage: Storage
    files: Files
    settings: Settings


def resolve_assets(
    desk: Desk, caller: Caller, doc: VersionIn, at: str = "", own: Resolved = NOTHING
) -> Resolved:
    """The names of the assets that a document refers to, by the kinds and addresses in it.

    Fetches what lies outside, so it runs before the transaction. `at` is where the version lies
    in the request document; `own` is what the version refers to already, and is taken as it is.
    Raises Invalid for what is missing, wrong or unreachable.
    """
    found = dict(own)
    tools = (desk.storage, desk.files, desk.settings, caller)
    artifact = doc.links.artifact
    if artifact and ("artifact", artifact.href) not in found:
        name = resolve_artifact(*tools, artifact.href, f"{at}/_links/artifact")
        found["artifact", artifact.href] = name
    for href, image_type, pointer in doc.image_links():
        if (image_type, href) not in found:
            found[image_type, href] = resolve_image(*tools, href, image_type, f"{at}{pointer}")
    return found


def own_assets(version: Version, shown: Presentation) -> Resolved:
    """The names of the assets that a version refers to, by the addresses in its document.

    An artifact that was never copied stands there under its address outside, with no name.
    """
    own = {(kind, paths.asset(name)): name for kind, name in shown.kinds_of_images}
    if version.artifact:
        own["artifact", paths.asset(version.artifact)] = version.artifact
    elif version.artifact_remote:
        own["artifact", version.artifact_remote] = ""
    return own


def use_assets(db: Writing, version: Version, shown: Presentation) -> None:
    """Say that a version uses its files now."""
    names = shown.images | ({version.artifact} if version.artifact else set())
    set_uses(db, f"version:{version.app_id}/{version.build}", names)

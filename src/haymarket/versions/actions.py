"""Creating and changing versions: decisions longer than a handler."""

import re
from dataclasses import dataclass, replace
from typing import Any

from msgspec import convert, to_builtins

from haymarket.apps.model import App
from haymarket.assets.descriptors import is_json_name
from haymarket.assets.store import descriptors_of
from haymarket.errors import Invalid, InvalidParameter
from haymarket.licences.store import list_licence_types
from haymarket.lifecycle.model import Event, VersionStatus, version_after
from haymarket.lifecycle.store import record_transition
from haymarket.storage import Reading, Writing
from haymarket.versions import store
from haymarket.versions.attachments import Desk as Desk
from haymarket.versions.attachments import own_assets, use_assets
from haymarket.versions.build import make_version
from haymarket.versions.hosts import host_facts
from haymarket.versions.incoming import VersionIn
from haymarket.versions.model import LARGEST_BUILD, Presentation, Version, needs_approval
from haymarket.versions.surroundings import Resolved, Surroundings

TWIN_HEADER = "X-Mpac-DataCenter-BuildNumber"


@dataclass(frozen=True)
class NewVersion:
    """A version to be added: what was sent, its assets, and the build of its Data Center twin."""

    doc: VersionIn
    assets: Resolved
    twin_build: int | None = None


def add_version(db: Writing, app: App, new: NewVersion) -> Version:
    """Add a version, and its Data Center twin when one is asked for; returns the first.

    Build number, name, payment model and compatibilities are taken on from the version before
    when they are left out. Raises Invalid with pointers.
    """
    previous = store.newest_version(db, app.id)
    build = _free_build(db, app, new.doc.build_number, previous)
    start = _start(db, app, build, previous)
    known = _surroundings(db, new)
    version, shown = make_version(new.doc, known, start, Presentation())
    _refuse_other_key(app, version, known)
    if new.twin_build is None:
        return _keep_new(db, app, version, shown, new.doc)
    _check_twin_build(db, app, new.twin_build, build)
    server, data_center = _twins(version, new.twin_build)
    kept = _keep_new(db, app, server, shown, new.doc)
    _keep_new(db, app, data_center, shown, new.doc)
    return kept


def change_version(
    db: Writing, app: App, version: Version, doc: VersionIn, assets: Resolved
) -> Version:
    """Bring a version to what `doc` says. Raises Invalid with pointers."""
    shown = store.get_presentation(db, app.id, version.build)
    known = _surroundings(db, NewVersion(doc, {**assets, **own_assets(version, shown)}))
    changed, presentation = make_version(doc, known, version, shown)
    _refuse_other_key(app, changed, known)
    _refuse_unreviewed(version, changed)
    if version.boundary and changed.boundary not in (version.boundary, None):
        raise Invalid("The boundary of a version can not change", "/cloudComplianceBoundaries")
    _refuse_same_name(db, changed)
    asked = doc.status if doc.status != version.status else None
    if asked:
        changed = _moved(db, app, changed, asked)
    store.save_version(db, app.key, changed, presentation)
    use_assets(db, changed, presentation)
    return changed


def wire_form(document: object) -> dict[str, Any]:
    """A document of ours as plain JSON values, for a patch to work on."""
    plain: dict[str, Any] = to_builtins(document, builtin_types=())
    return plain


def as_sent(plain: dict[str, Any]) -> VersionIn:
    """A document of ours, read as if a client had sent it."""
    return convert(plain, VersionIn)


def move_versions(
    db: Writing, app: App, event: Event, statuses: frozenset[VersionStatus], reason: str | None
) -> None:
    """Let an event of the app happen to its versions too, since they are reviewed together."""
    for version in store.list_versions(db, app.id):
        if version.status in statuses:
            move_version(db, app, version, event, reason)


def move_version(
    db: Writing, app: App, version: Version, event: Event, reason: str | None = None
) -> Version:
    """Let an event happen to a version, and write it down."""
    status = version_after(version.status, event)
    reviewed = version.reviewed or event == "approve"
    moved = replace(version, status=status, reviewed=reviewed)
    store.save_status(db, app.key, moved)
    record_transition(db, app.id, version.build, event, (version.status, status), reason)
    return moved


def _surroundings(db: Reading, new: NewVersion) -> Surroundings:
    named = [each.application for each in new.doc.compatibilities or ()]
    hosts = host_facts(db, named, new.doc.host_builds())
    licences = (
        frozenset(each.key for each in list_licence_types(db))
        if new.doc.links.license
        else frozenset[str]()
    )
    written = [name for name in new.assets.values() if is_json_name(name)]
    descriptors = descriptors_of(db, written)
    return Surroundings(new.assets, hosts, frozenset(licences), db.now(), descriptors)


def _free_build(db: Reading, app: App, asked: int | None, previous: Version | None) -> int:
    if asked is None:
        return previous.build + 1 if previous else 1
    if store.build_exists(db, app.id, asked):
        raise Invalid("Build number already exists", "/buildNumber")
    return asked


def _check_twin_build(db: Reading, app: App, asked: int, build: int) -> None:
    if not 0 < asked <= LARGEST_BUILD:
        raise InvalidParameter(f"{TWIN_HEADER}: must be from 1 to {LARGEST_BUILD}, got {asked}")
    if asked == build or store.build_exists(db, app.id, asked):
        raise InvalidParameter(f"{TWIN_HEADER}: build number {asked} already exists")


def _start(db: Writing, app: App, build: int, previous: Version | None) -> Version:
    return Version(
        app_id=app.id,
        build=build,
        name=_next_name(previous),
        status="private",
        payment_model=previous.payment_model if previous else "free",
        released_on=db.now().date(),
        created_at=db.now(),
        modified_at=db.now(),
        compatibilities=previous.compatibilities if previous else (),
    )


def _next_name(previous: Version | None) -> str:
    """The name of a version that was sent without: the last number of the one before, plus one."""
    if previous is None:
        return "1.0.0"
    digits = re.search(r"(\d+)(\D*)$", previous.name)
    if digits is None:
        return f"{previous.name}.1"
    return f"{previous.name[: digits.start()]}{int(digits[1]) + 1}{digits[2]}"


def _twins(version: Version, twin_build: int) -> tuple[Version, Version]:
    server = [replace(each, data_center=None) for each in version.compatibilities if each.server]
    data_center = [
        replace(each, server=None, cloud=False)
        for each in version.compatibilities
        if each.data_center
    ]
    if not server or not data_center:
        raise Invalid("Twins need compatibilities for server and dataCenter", "/compatibilities")
    return (
        replace(version, compatibilities=tuple(server)),
        replace(version, build=twin_build, compatibilities=tuple(data_center), boundary=None),
    )


def _keep_new(
    db: Writing,
    app: App,
    version: Version,
    shown: Presentation,
    doc: VersionIn,
) -> Version:
    _refuse_same_name(db, version)
    record_transition(db, app.id, version.build, "create", (None, version.status))
    store.add_version(db, app.key, version, shown)
    use_assets(db, version, shown)
    if doc.status == "private":
        return version
    moved = _moved(db, app, version, doc.status)
    if moved.status != version.status:
        store.save_status(db, app.key, moved)
    return moved


def _moved(db: Writing, app: App, version: Version, asked: VersionStatus) -> Version:
    """A version after its vendor asked for `public` or `submitted`.

    Versions of an app that is not approved go its way: they wait with it, or stay private.
    """
    if asked not in ("public", "submitted") or version.status != "private":
        raise Invalid(f"A version that is {version.status} can not become {asked}", "/status")
    event = _event_of_asking(db, app, version)
    if event is None:
        return version
    status = version_after(version.status, event)
    record_transition(db, app.id, version.build, event, (version.status, status))
    return replace(version, status=status)


def _event_of_asking(db: Reading, app: App, version: Version) -> Event | None:
    if app.status == "submitted":
        return "submit"
    if not app.state.approved:
        return None
    public = store.list_versions(db, app.id, public_only=True)
    return "submit" if needs_approval(version, public) else "publish"


def _refuse_other_key(app: App, version: Version, known: Surroundings) -> None:
    """A Connect descriptor belongs to the app whose key it has."""
    found = known.descriptors.get(version.artifact or "")
    if found and found.key != app.key:
        message = f"The descriptor is that of {found.key}; this app is {app.key}"
        raise Invalid(message, "/_links/artifact")


def _refuse_unreviewed(before: Version, changed: Version) -> None:
    """What a review has seen is not changed behind its back; that takes a new version."""
    if before.status != "public":
        return
    if changed.payment_model != before.payment_model and "atlassian" in (
        changed.payment_model,
        before.payment_model,
    ):
        raise Invalid("Payment via Atlassian changes with a new version only", "/paymentModel")
    if changed.base_url != before.base_url:
        raise Invalid("A base address changes with a new version only", "/_links/artifact")
    if changed.hostings - before.hostings:
        raise Invalid("A hosting is added with a new version only", "/compatibilities")


def _refuse_same_name(db: Reading, version: Version) -> None:
    for other in store.versions_named(db, version.app_id, version.name):
        if other.build != version.build and other.hostings & version.hostings:
            raise Invalid(f"There is a version {version.name} already", "/name")

"""The document of one app, as a caller may see it, and what a patch would make of it."""

from dataclasses import dataclass

from haymarket.accounts.model import Caller
from haymarket.apps.access import visible_app
from haymarket.apps.model import App
from haymarket.catalogue import incoming, wire
from haymarket.catalogue.listing import Listing, listing_of
from haymarket.catalogue.query import AppQuery
from haymarket.catalogue.schemas import Addon
from haymarket.catalogue.search.ask import ORDER_OF
from haymarket.errors import NotFound, Unauthorized
from haymarket.licences.store import get_licence_type
from haymarket.storage import Reading
from haymarket.versions.access import seen_versions
from haymarket.versions.actions import wire_form
from haymarket.versions.hosts import wanted_host
from haymarket.versions.model import Version
from haymarket.versions.schemas import AddonVersion
from haymarket.versions.store import get_presentation, list_versions
from haymarket.versions.wanted import Wanted, hostings_of, newest
from haymarket.versions.wire import Site
from haymarket.versions.wire import to_wire as version_to_wire
from haymarket.web.bodies import shape
from haymarket.web.patching import apply_patch, read_patch


@dataclass(frozen=True)
class OneApp:
    """An app that is asked for by its key, and the filters beside it."""

    key: str
    asked: AppQuery


def app_document(db: Reading, site: Site, one: OneApp) -> Addon:
    """The full document. Raises NotFound when it is invisible, or a filter excludes it.

    The version that it embeds is the newest visible one that suits the filters.
    """
    app = visible_app(db, site.caller, one.key)
    listing = listing_of(db, app)
    asked = one.asked
    if _is_excluded(listing, asked) or not _is_for(site.caller, app, asked):
        raise NotFound(f"The filters exclude the app {app.key}")
    host = wanted_host(db, asked.application, asked.application_build)
    wanted = Wanted(host, hostings_of(asked.hosting), asked.cost, frozenset(asked.boundaries))
    if wanted.is_empty and not asked.with_version:
        return wire.to_wire(site, listing)
    version = newest(_visible_versions(db, site, app), wanted)
    if version is None and not wanted.is_empty:
        raise NotFound(f"The app {app.key} has no version that suits the filters")
    embedded = _version(db, site, app, version) if version and asked.with_version else None
    return wire.to_wire(site, listing, embedded)


def patched(db: Reading, site: Site, app: App, body: bytes) -> incoming.AppIn:
    """What a JSON Patch makes of an app. Raises Invalid."""
    operations = read_patch(body)
    now = wire_form(wire.to_wire(site, listing_of(db, app)))
    now.setdefault("statusAfterApproval", app.after_approval)
    return shape(apply_patch(now, operations, incoming.READ_ONLY), incoming.AppIn)


def _is_excluded(listing: Listing, asked: AppQuery) -> bool:
    app = listing.app
    names = {category.name for category in listing.categories}
    labels, personal = app.flags.marketing_labels, asked.stores_personal_data
    return bool(
        (asked.category and names.isdisjoint(asked.category))
        or (asked.marketing_label and set(labels).isdisjoint(asked.marketing_label))
        or (personal is not None and personal != app.stores_personal_data)
        or (asked.filter and asked.filter not in {*ORDER_OF, *listing.marks})
    )


def _is_for(caller: Caller, app: App, asked: AppQuery) -> bool:
    if asked.for_this_user and caller.is_anonymous:
        raise Unauthorized("forThisUser: authentication is required")
    return not asked.for_this_user or app.vendor_id in caller.vendors


def _visible_versions(db: Reading, site: Site, app: App) -> list[Version]:
    return seen_versions(site.caller, app, list_versions(db, app.id))


def _version(db: Reading, site: Site, app: App, version: Version) -> AddonVersion:
    shown = get_presentation(db, app.id, version.build)
    licence = get_licence_type(db, shown.licence) if shown.licence else None
    return version_to_wire(site, app, version, shown, licence)

"""Apps read from SQL and made into documents of the index."""

from collections.abc import Sequence

from tantivy import Document

from haymarket.accounts.model import ANONYMOUS
from haymarket.applications.store import known_builds, list_applications
from haymarket.apps.model import App
from haymarket.catalogue import wire
from haymarket.catalogue.listing import Listing, listings_of
from haymarket.catalogue.search.schema import Kept, Known, to_document
from haymarket.hal import encode
from haymarket.storage import Reading
from haymarket.versions.compatibility import KnownApplication, Point
from haymarket.versions.model import Version
from haymarket.versions.store import versions_of
from haymarket.versions.wire import Site


def known_applications(db: Reading) -> Known:
    """The host applications that compatibility is resolved against, by keys and aliases."""
    builds = known_builds(db)
    keys, aliases = {}, {}
    for each in list_applications(db):
        releases = tuple(Point(*release) for release in builds.get(each.key, ()))
        known = KnownApplication(each.key, each.compatibility_mode, releases)
        keys[each.key] = known
        aliases.update(dict.fromkeys(each.key_aliases, known))
    return aliases | keys


def render(db: Reading, apps: Sequence[App], base_url: str, known: Known) -> list[Document]:
    """The index documents of some apps."""
    site = Site(ANONYMOUS, base_url)
    versions = versions_of(db, [app.id for app in apps])
    return [
        to_document(
            Kept(
                listing,
                _found_by(listing.app, versions.get(listing.app.id, ())),
                _documents(site, listing),
            ),
            known,
        )
        for listing in listings_of(db, apps)
    ]


def _found_by(app: App, versions: Sequence[Version]) -> Sequence[Version]:
    """The versions that an app is found by: public ones, or all where only its vendor looks."""
    return [each for each in versions if each.status == "public" or not app.is_listed]


def _documents(site: Site, listing: Listing) -> dict[str, bytes]:
    """What strangers may see of an app; nothing of one that is not public."""
    if not listing.app.is_listed:
        return {}
    return {
        "full": encode(wire.to_wire(site, listing)),
        "in_list": encode(wire.to_summary(site, listing)),
        "in_short": encode(wire.to_listing(site, listing.app)),
        "in_brief": encode(wire.to_brief(listing.app)),
    }

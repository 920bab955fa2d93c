"""Short lists of apps: what is in them and in which order."""

from haymarket.apps.access import may_see
from haymarket.apps.store import apps_by_id
from haymarket.catalogue.collection import listing_collection
from haymarket.catalogue.pages import ListOf, find, sight_of
from haymarket.catalogue.query import AppQuery
from haymarket.catalogue.schemas_lists import AddonListingCollection
from haymarket.catalogue.search.ask import Sight, by_name
from haymarket.catalogue.search.index import Found
from haymarket.catalogue.shelf import Shelf
from haymarket.catalogue.wire import to_listing
from haymarket.paging import DEFAULT_LIMIT
from haymarket.storage import Reading
from haymarket.versions.wanted import Wanted
from haymarket.versions.wire import Site


def listing_page(db: Reading, shelf: Shelf, site: Site, wished: ListOf) -> AddonListingCollection:
    """A page of the apps that match."""
    answer = find(shelf, wished, sight_of(site.caller, wished))
    return _collection(db, site, wished, answer.found)


def brief_page(shelf: Shelf, asked: AppQuery) -> bytes:
    """The best matches among the names of public apps; none without a text."""
    question = by_name(shelf.index, asked, Wanted(boundaries=frozenset(asked.boundaries)), Sight())
    items = shelf.search(question, 0, DEFAULT_LIMIT).documents("in_brief")
    return b'{"addons":[%b]}' % b",".join(items)


def _collection(db: Reading, site: Site, wished: ListOf, found: Found) -> AddonListingCollection:
    kept = apps_by_id(db, found.ids())
    items = [
        to_listing(site, kept[each])
        for each in found.ids()
        if each in kept and may_see(site.caller, kept[each])
    ]
    return listing_collection(wished.path, wished.query, wished.window, found.count, items)

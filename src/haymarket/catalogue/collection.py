"""Lists of apps as documents: links and items around them (apps.md, C.1 and C.3)."""

from collections.abc import Sequence

from haymarket import paths
from haymarket.catalogue.schemas_lists import (
    AddonCollectionLinks,
    AddonListing,
    AddonListingCollection,
    AddonListingCollectionEmbedded,
    AddonListingCollectionLinks,
)
from haymarket.hal import HTML, JSON, Link, encode, page, template
from haymarket.paging import Page, without_paging

Pairs = list[tuple[str, str]]
ON_SITE = {"text": "query", "q": "query"}
"""How parameters are called on the web page of the search; `application` is not carried."""

QUERY = template(paths.apps_query())
BY_KEY = template(f"{paths.ADDONS}/{{addonKey}}")
BANNERS = template(paths.banners_query())
"""Templates that are the same in every list."""


def collection(path: str, query: Pairs, window: Page, count: int, items: Sequence[bytes]) -> bytes:
    """A list of apps, its items encoded already."""
    links = encode(_links(path, query, window, count))
    joined = b",".join(items)
    return b'{"_links":%b,"_embedded":{"addons":[%b]},"count":%d}' % (links, joined, count)


def listing_collection(
    path: str, query: Pairs, window: Page, count: int, items: list[AddonListing]
) -> AddonListingCollection:
    """A short list of apps."""
    plain = without_paging(query)

    def link(parameters: Pairs | None) -> Link | None:
        return None if parameters is None else Link(paths.with_query(path, plain + parameters))

    links = AddonListingCollectionLinks(
        self_=Link(paths.with_query(path, query)),
        alternate=page(paths.search_page(_on_site(query))),
        prev=link(window.previous()),
        next=link(window.next(count)),
    )
    embedded = AddonListingCollectionEmbedded(addons=items)
    return AddonListingCollection(links=links, embedded=embedded, count=count)


def _links(path: str, query: Pairs, window: Page, count: int) -> AddonCollectionLinks:
    plain = without_paging(query)

    def pair(parameters: Pairs | None) -> list[Link] | None:
        if parameters is None:
            return None
        moved = plain + parameters
        return [
            Link(paths.with_query(path, moved), JSON),
            Link(paths.search_page(_on_site(moved)), HTML),
        ]

    return AddonCollectionLinks(
        self_=Link(paths.with_query(path, query)),
        alternate=page(paths.search_page(_on_site(query))),
        query=QUERY,
        by_key=BY_KEY,
        banners=BANNERS,
        next=pair(window.next(count)),
        prev=pair(window.previous()),
    )


def _on_site(query: Pairs) -> Pairs:
    return [(ON_SITE.get(name, name), value) for name, value in query if name != "application"]

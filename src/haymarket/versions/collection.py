"""The collection of an app's versions as a document (related.md, 1)."""

from collections.abc import Sequence

from msgspec import field

from haymarket import paths
from haymarket.apps.model import App
from haymarket.hal import Link, LinkTemplate, Wire, page, template
from haymarket.paging import Page, without_paging
from haymarket.versions.model import Version
from haymarket.versions.schemas import AddonVersionSummary
from haymarket.versions.wire import Site, to_summary


class AddonVersionCollectionLinks(Wire, kw_only=True):
    """Links of the collection; `next` and `prev` are single links here."""

    self_: Link = field(name="self")
    alternate: Link
    query: LinkTemplate
    by_build: LinkTemplate
    by_name: LinkTemplate
    latest: LinkTemplate
    next: Link | None = None
    prev: Link | None = None


class AddonVersionCollectionEmbedded(Wire, kw_only=True):
    """A page of versions, newest first."""

    versions: list[AddonVersionSummary]


class AddonVersionCollection(Wire, kw_only=True):
    """A page of an app's versions; `count` is that of all that match."""

    links: AddonVersionCollectionLinks = field(name="_links")
    embedded: AddonVersionCollectionEmbedded = field(name="_embedded")
    count: int


def to_collection(
    site: Site, app: App, found: Sequence[Version], window: Page, query: list[tuple[str, str]]
) -> AddonVersionCollection:
    """The page that `window` cuts out of the versions that were found."""
    path = paths.versions(app.key)
    plain = without_paging(query)

    def link(parameters: list[tuple[str, str]] | None) -> Link | None:
        return None if parameters is None else Link(paths.with_query(path, plain + parameters))

    links = AddonVersionCollectionLinks(
        self_=Link(paths.with_query(path, query)),
        alternate=page(f"{paths.app_page(app.id, app.name)}/version-history"),
        query=template(paths.versions_query(app.key)),
        by_build=template(paths.version_by_build(app.key)),
        by_name=template(paths.version_by_name(app.key)),
        latest=template(paths.version_latest(app.key)),
        next=link(window.next(len(found))),
        prev=link(window.previous()),
    )
    shown = found[window.offset : window.offset + window.limit]
    embedded = AddonVersionCollectionEmbedded(
        versions=[to_summary(site, app, version) for version in shown]
    )
    return AddonVersionCollection(links=links, embedded=embedded, count=len(found))

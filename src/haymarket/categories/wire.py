"""Categories as documents (related.md, 4)."""

from collections.abc import Sequence

from msgspec import field

from haymarket import paths
from haymarket.categories import model
from haymarket.hal import Link, SelfLinkOnly, Wire


class AddonCategoryLinks(Wire):
    """Links of a category; `addons` are the apps in it."""

    self_: Link = field(name="self")
    application: Link
    addons: Link


class AddonCategory(Wire):
    """A category; `functional` is always false."""

    links: AddonCategoryLinks = field(name="_links")
    name: str
    functional: bool


class AddonCategorySummary(Wire):
    """A category as other documents embed it."""

    links: SelfLinkOnly = field(name="_links")
    name: str


class AddonCategoryCollectionLinks(Wire):
    """Links of the collection; `parent` is the application."""

    self_: Link = field(name="self")
    parent: Link


class AddonCategoryCollectionEmbedded(Wire):
    """The categories themselves."""

    categories: list[AddonCategory]


class AddonCategoryCollection(Wire):
    """All categories; no paging and no count."""

    links: AddonCategoryCollectionLinks = field(name="_links")
    embedded: AddonCategoryCollectionEmbedded = field(name="_embedded")


def summary(category: model.Category) -> AddonCategorySummary:
    """A category as other documents embed it."""
    links = SelfLinkOnly(self_=Link(paths.category(category.id)))
    return AddonCategorySummary(links=links, name=category.name)


def to_wire(category: model.Category) -> AddonCategory:
    """A category as the wire shows it."""
    links = AddonCategoryLinks(
        self_=Link(paths.category(category.id)),
        application=Link(paths.application(category.application)),
        addons=Link(paths.with_query(paths.ADDONS, [("category", category.name)])),
    )
    return AddonCategory(links=links, name=category.name, functional=False)


def to_collection(
    categories: Sequence[model.Category], application_key: str
) -> AddonCategoryCollection:
    """The collection document, as asked for by way of an application."""
    links = AddonCategoryCollectionLinks(
        self_=Link(paths.categories_of(application_key)),
        parent=Link(paths.application(application_key)),
    )
    embedded = AddonCategoryCollectionEmbedded(categories=[to_wire(each) for each in categories])
    return AddonCategoryCollection(links=links, embedded=embedded)

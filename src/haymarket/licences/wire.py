"""Licence types as documents (related.md, 5)."""

from collections.abc import Sequence

from msgspec import field

from haymarket import paths
from haymarket.hal import Link, Wire, page
from haymarket.licences import model


class LicenseTypeLinks(Wire):
    """Links of a licence type; `alternate` is the page with its text."""

    self_: Link = field(name="self")
    alternate: Link | None = None


class LicenseType(Wire):
    """A licence type."""

    links: LicenseTypeLinks = field(name="_links")
    key: str
    name: str


class LicenseTypesCollectionLinks(Wire):
    """Links of the collection: one for each licence type."""

    self_: Link = field(name="self")
    types: list[Link]


class LicenseTypesCollectionEmbedded(Wire):
    """The licence types themselves."""

    types: list[LicenseType]


class LicenseTypesCollection(Wire):
    """All licence types; no paging and no count."""

    links: LicenseTypesCollectionLinks = field(name="_links")
    embedded: LicenseTypesCollectionEmbedded = field(name="_embedded")


def to_wire(licence: model.LicenceType) -> LicenseType:
    """A licence type as the wire shows it."""
    links = LicenseTypeLinks(
        self_=Link(paths.licence_type(licence.key)),
        alternate=page(licence.url) if licence.url else None,
    )
    return LicenseType(links=links, key=licence.key, name=licence.name)


def to_collection(licences: Sequence[model.LicenceType]) -> LicenseTypesCollection:
    """The collection document."""
    links = LicenseTypesCollectionLinks(
        self_=Link(paths.LICENCE_TYPES),
        types=[Link(paths.licence_type(licence.key)) for licence in licences],
    )
    embedded = LicenseTypesCollectionEmbedded(types=[to_wire(each) for each in licences])
    return LicenseTypesCollection(links=links, embedded=embedded)

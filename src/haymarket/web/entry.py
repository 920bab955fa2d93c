"""The entry point of the API: nothing but links to its six collections (general.md, 2)."""

from litestar import Response, get
from msgspec import field

from haymarket import paths
from haymarket.hal import Link, Wire, encode
from haymarket.web.answers import document


class EntryLinks(Wire):
    """Where a client starts."""

    self_: Link = field(name="self")
    addons: Link
    applications: Link
    assets: Link
    license_types: Link
    products: Link
    vendors: Link


class Entry(Wire):
    """The entry point."""

    links: EntryLinks = field(name="_links")


ENTRY = encode(
    Entry(
        links=EntryLinks(
            self_=Link(paths.API),
            addons=Link(paths.ADDONS),
            applications=Link(paths.APPLICATIONS),
            assets=Link(paths.ASSETS),
            license_types=Link(paths.LICENCE_TYPES),
            products=Link(paths.PRODUCTS),
            vendors=Link(paths.VENDORS),
        )
    )
)


@get(paths.API, summary="Get the entry point", sync_to_thread=False)
def show_entry() -> Response[Entry]:
    """Links to the collections, from which a client reaches everything else."""
    return document(ENTRY)

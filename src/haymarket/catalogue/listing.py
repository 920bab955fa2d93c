"""An app with what its documents show of others: read in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass

from haymarket.apps.model import App
from haymarket.categories.model import Category
from haymarket.categories.store import categories_by_id
from haymarket.storage import Reading
from haymarket.vendors.model import Vendor
from haymarket.vendors.store import vendors_by_id


@dataclass(frozen=True)
class Listing:
    """An app, its vendor, and its categories in the vendor's order."""

    app: App
    vendor: Vendor
    categories: tuple[Category, ...]

    @property
    def marks(self) -> frozenset[str]:
        """Those values of the parameter `filter` that hold for it."""
        holds = {
            "atlassian": self.vendor.is_atlassian,
            "codegeist": self.app.flags.codegeist,
            "featured": self.app.flags.featured,
            "top-vendor": self.vendor.top_vendor_status == "approved",
            "verified": self.vendor.verified_status == "verified",
        }
        return frozenset(name for name, yes in holds.items() if yes)


def listings_of(db: Reading, apps: Sequence[App]) -> list[Listing]:
    """The listings of several apps, in their order, in two statements."""
    vendors = vendors_by_id(db, {app.vendor_id for app in apps})
    categories = categories_by_id(db, {each for app in apps for each in app.category_ids})
    return [
        Listing(
            app,
            vendors[app.vendor_id],
            tuple(categories[each] for each in app.category_ids if each in categories),
        )
        for app in apps
    ]


def listing_of(db: Reading, app: App) -> Listing:
    """The listing of one app."""
    return listings_of(db, [app])[0]

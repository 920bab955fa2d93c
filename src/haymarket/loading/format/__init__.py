"""The load format (docs/loading.md) as types: a file that does not fit is refused by path."""

from haymarket.loading.format.apps import (
    App,
    AppLinks,
    Compatibility,
    Figures,
    Highlight,
    Installs,
    NamedBounds,
    Screenshot,
    Version,
    VersionLinks,
)
from haymarket.loading.format.feedback import Feedback
from haymarket.loading.format.files import BadFile, Document, Listing, read_file
from haymarket.loading.format.parts import Part
from haymarket.loading.format.people import (
    Address,
    Application,
    Category,
    Contact,
    Details,
    HostRelease,
    Licence,
    Support,
    User,
    Vendor,
    VendorLinks,
)
from haymarket.loading.format.prices import Price, PriceList, UnitPrice
from haymarket.loading.format.reviews import Review

__all__ = [
    "Address",
    "App",
    "AppLinks",
    "Application",
    "BadFile",
    "Category",
    "Compatibility",
    "Contact",
    "Details",
    "Document",
    "Feedback",
    "Figures",
    "Highlight",
    "HostRelease",
    "Installs",
    "Licence",
    "Listing",
    "NamedBounds",
    "Part",
    "Price",
    "PriceList",
    "Review",
    "Screenshot",
    "Support",
    "UnitPrice",
    "User",
    "Vendor",
    "VendorLinks",
    "Version",
    "VersionLinks",
    "read_file",
]

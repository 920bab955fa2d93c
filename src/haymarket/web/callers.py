"""Who may call an operation: what handlers say with `opt={"who": …}`, for documentation.

The handlers themselves decide; tests/contract holds their answers against what is said here.
"""

from collections.abc import Mapping

from litestar.handlers import HTTPRouteHandler

ANYONE = "anyone"
CONTACT = "contact"
HOLDER = "holder"
"""Contacts, and whoever sends an access token instead of credentials."""
ADMIN = "admin"

PERMISSIONS: Mapping[str, str] = {
    "administer-vendor": "See, add, change and remove the contacts of the vendor",
    "manage-addon-details": "Publish and change apps and versions, submit and release them",
    "manage-payment": "Change how the vendor is paid",
    "manage-pricing": "Change prices",
    "manage-promotions": "Change promotions",
    "manage-vendor-details": "Change what the vendor tells of itself",
    "view-sales-reports": "Read what was sold",
    "view-usage-reports": "Read how apps are used",
}
"""What a permission of a vendor's contact opens."""

WHO: Mapping[str, str] = {
    ANYONE: "Anyone",
    "user": "Every user",
    CONTACT: "Contacts of the vendor, administrators",
    HOLDER: "Contacts of the vendor, administrators, whoever has an access token",
    **{name: f"Contacts with {name}, administrators" for name in PERMISSIONS},
    "customer": "Every user but contacts of the vendor",
    "author": "The author",
    "moderator": "The author, administrators",
    "uploader": "The uploader, administrators",
    "host": "Whoever has an API token with the scope ingest",
    ADMIN: "Administrators",
}
"""Kinds of callers, and how the documentation calls them."""

TOKEN_SCOPES: Mapping[str, str] = {
    "read": "Read whatever its owner may read",
    "write": "Change what its owner may change; without it every change is 403",
    "administer": "Use the rights of an administrator, if its owner is one",
    "ingest": "Send heartbeats, and nothing else unless another scope is given too",
}
"""What an API token is good for."""


def caller_of(handler: HTTPRouteHandler) -> str:
    """Who may call a handler: a key of WHO. Without a word of its own, GET is for anyone."""
    default = ANYONE if handler.http_methods <= {"GET"} else "user"
    said: str = handler.opt.get("who", default)
    if said not in WHO:
        raise ValueError(f"{handler.handler_name}: there are no callers called {said}")
    return said


def knows_its_caller(handler: HTTPRouteHandler) -> bool:
    """Whether a handler looks at credentials at all; wrong ones are 401 there."""
    return "request" in handler.parsed_fn_signature.parameters

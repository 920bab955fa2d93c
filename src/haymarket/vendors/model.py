"""A vendor, what it tells of itself, and the rule for its contacts: pure (related.md, 8)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from haymarket.accounts.model import Contact
from haymarket.errors import Problem

VerifiedStatus = Literal[
    "flagged", "needs-verification", "not-requested", "rejected", "requested", "verified"
]
TopVendorStatus = Literal[
    "approved", "flagged", "needs-approval", "not-requested", "rejected", "requested"
]
Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

LONGEST_NAME = 120
LONGEST_TEXT = 10_000
LONGEST_URL = 2_000
LONGEST_EMAIL = 254
EMAIL = re.compile(r"[^@\s\x00]+@[^@\s\x00]+")
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-][0-2]\d:[0-5]\d)?")


@dataclass(frozen=True)
class Vendor:
    """Who publishes apps. `id` is 0 until it is kept.

    `address`, `links` and `support_details` hold the wire form of these sub-documents; `logo` is
    the name of an image asset. The last three are decided by the operator.
    """

    id: int
    name: str
    email: str
    description: str | None = None
    phone: str | None = None
    address: Mapping[str, Any] | None = None
    other_contact_details: str | None = None
    links: Mapping[str, Any] = field(default_factory=dict)
    support_details: Mapping[str, Any] = field(default_factory=dict)
    logo: str | None = None
    verified_status: VerifiedStatus = "not-requested"
    top_vendor_status: TopVendorStatus | None = None
    is_atlassian: bool = False


def keeps_an_administrator(contacts: Iterable[Contact]) -> bool:
    """Whether one of the contacts may administer the vendor; there is always one."""
    return any("administer-vendor" in contact.permissions for contact in contacts)


def problems_of_vendor(vendor: Vendor) -> list[Problem]:
    """What is wrong with what a vendor tells, each with the pointer of its member."""
    return [
        Problem(message, path)
        for path, text in _texts(_told(vendor), "")
        if (message := RULES.get(path, _problem_of_text)(text))
    ]


def _told(vendor: Vendor) -> dict[str, Any]:
    return {
        "name": vendor.name,
        "email": vendor.email,
        "description": vendor.description,
        "phone": vendor.phone,
        "address": vendor.address,
        "otherContactDetails": vendor.other_contact_details,
        "vendorLinks": vendor.links,
        "supportDetails": vendor.support_details,
    }


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield from _texts(part, f"{path}/{name}")
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _texts(part, f"{path}/{index}")


def _problem_of_text(text: str) -> str | None:
    if len(text) > LONGEST_TEXT:
        return f"Cannot be longer than {LONGEST_TEXT} characters (it has {len(text)})"
    return "Cannot contain the character NUL" if "\0" in text else None


def _problem_of_name(name: str) -> str | None:
    if not name.strip():
        return "A name is required"
    if len(name) > LONGEST_NAME:
        return f"Cannot be longer than {LONGEST_NAME} characters (it has {len(name)})"
    return None if name.isprintable() else "Can only have printable characters"


def _problem_of_email(email: str) -> str | None:
    if EMAIL.fullmatch(email) and len(email) <= LONGEST_EMAIL:
        return None
    return f"Not an e-mail address of at most {LONGEST_EMAIL} characters"


def _problem_of_url(url: str) -> str | None:
    if len(url) <= LONGEST_URL and url.isprintable() and " " not in url and _has_host(url):
        return None
    return f"Not a http or https address of at most {LONGEST_URL} characters"


def _has_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _problem_of_time(time: str) -> str | None:
    return None if TIME.fullmatch(time) else "Not a time of day such as 09:00"


RULES: Mapping[str, Callable[[str], str | None]] = {
    "/name": _problem_of_name,
    "/email": _problem_of_email,
    "/vendorLinks/homePage": _problem_of_url,
    "/vendorLinks/sla": _problem_of_url,
    "/supportDetails/supportOrg/supportEmail": _problem_of_email,
    "/supportDetails/supportOrg/supportUrl": _problem_of_url,
    "/supportDetails/supportHours/range/from": _problem_of_time,
    "/supportDetails/supportHours/range/until": _problem_of_time,
}
"""What holds for the text at a pointer; all others only have a longest length."""

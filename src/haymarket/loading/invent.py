"""Invents what a bare array of listings lacks, always the same for the same key.

Nothing invented says anything about a real app.
"""

import random
import re
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from haymarket.apps.model import LONGEST_NAME, LONGEST_SUMMARY, LONGEST_TAG_LINE
from haymarket.loading import format
from haymarket.versions.model import PaymentModel

SEED = "haymarket"
TODAY = date(2026, 11, 1)
PRODUCTS = ("jira", "confluence", "bitbucket", "bamboo", "crowd", "fecru")
OPERATOR_CONTACT = "invented@example.com"
TOPICS = {
    "Admin tools": r"admin|permission|user|security|sso|saml|login|audit",
    "Charts & diagramming": r"chart|diagram|uml|draw|gantt|mind",
    "Email": r"mail|notif",
    "Integrations": r"integrat|connector|sync|slack|salesforce|github|gitlab",
    "IT & helpdesk": r"helpdesk|service|support|sla|asset",
    "Project management": r"project|plan|roadmap|portfolio|epic|scrum|agile|okr",
    "Testing & QA": r"test|qa|quality",
    "Workflow": r"workflow|automat|script|condition",
    "Time tracking": r"time|worklog|timesheet",
    "Custom fields": r"field",
    "Dashboard gadgets": r"gadget|dashboard",
    "Reports": r"report|export|pdf|excel|bi",
    "Tasks": r"task|todo|checklist|subtask",
    "Document management": r"document|file|attachment|office",
    "Documentation": r"docs|page|template|publish|wiki",
    "Messaging": r"chat|messag|comment",
    "Macros": r"macro|table|format|gallery|calendar",
    "Continuous integration": r"build|deploy|jenkins|ci|docker",
}


def invent(
    listings: Sequence[format.Listing],
    releases: Mapping[str, Mapping[str, int]],
    categories: Mapping[str, int],
) -> format.Document:
    """A document with an app for each listing, and the vendors that they need."""
    vendors: dict[int, format.Vendor] = {}
    apps = []
    for listing in listings:
        vendor = _vendor(listing.key)
        vendors.setdefault(vendor.id, vendor)
        apps.append(_app(listing, vendor.id, releases, categories))
    contact = format.User(email=OPERATOR_CONTACT, name="Contact of invented vendors")
    return format.Document(haymarket=1, users=[contact], vendors=list(vendors.values()), apps=apps)


def _dice(key: str) -> random.Random:
    return random.Random(f"{SEED}/{key}")


def _vendor(key: str) -> format.Vendor:
    """The vendor that the front of a key suggests: `com.acme.tool` is of Acme."""
    parts = key.split(".")
    front = ".".join(parts[:2]) if len(parts) > 1 else parts[0]
    name = re.sub(r"[^a-z0-9]+", " ", parts[1 if len(parts) > 1 else 0].lower()).strip().title()
    domain = re.sub(r"[^a-z0-9]+", "-", front.lower()).strip("-") or "vendor"
    dice = _dice(front)
    return format.Vendor(
        id=1_000_000 + zlib.crc32(front.encode()),
        name=(name or "Vendor")[:60],
        email=f"hello@{domain}.example",
        links=format.VendorLinks(home_page=f"https://{domain}.example"),
        support=format.Support(name="Support", url=f"https://{domain}.example/support"),
        verified=dice.random() < 0.4,
        top_vendor=dice.random() < 0.15,
        contacts=[format.Contact(email=OPERATOR_CONTACT, permissions="all")],
    )


def _app(
    listing: format.Listing,
    vendor_id: int,
    releases: Mapping[str, Mapping[str, int]],
    categories: Mapping[str, int],
) -> format.App:
    dice = _dice(listing.key)
    summary = (listing.summary or listing.name)[:LONGEST_SUMMARY]
    installs = int(10 ** dice.uniform(0, 4.6))
    listed = TODAY - timedelta(days=dice.randint(30, 4000))
    first = re.split(r"(?<=[.!?])\s", summary)[0]
    return format.App(
        key=listing.key,
        name=listing.name[:LONGEST_NAME],
        vendor=vendor_id,
        tag_line=first[:LONGEST_TAG_LINE],
        summary=summary,
        categories=_categories(dice, f"{listing.name} {summary}", categories),
        featured=dice.random() < 0.01,
        stores_personal_data=dice.random() < 0.2,
        figures=format.Figures(
            downloads=installs * dice.randint(3, 12),
            installs=installs,
            users=installs * dice.randint(5, 200),
            stars=round(dice.uniform(2.2, 4.0), 2),
            reviews=int(installs ** dice.uniform(0.2, 0.6)),
        ),
        listed=listed,
        modified=listed + timedelta(days=dice.randint(0, (TODAY - listed).days)),
        versions=_versions(dice, listing, listed, releases),
    )


def _categories(dice: random.Random, text: str, known: Mapping[str, int]) -> list[str]:
    fitting = [
        name
        for name, pattern in TOPICS.items()
        if name in known and re.search(rf"\b(?:{pattern})", text, re.IGNORECASE)
    ]
    return fitting[:3] or dice.sample(sorted(known), min(1, len(known)))


def _versions(
    dice: random.Random,
    listing: format.Listing,
    listed: date,
    releases: Mapping[str, Mapping[str, int]],
) -> list[format.Version]:
    payments: list[PaymentModel] = ["free", "free", "vendor", "atlassian", "atlassian"]
    payment = dice.choice(payments)
    number = dice.randint(1, 4)
    compatibility = _compatibility(dice, listing, releases)
    step = max((TODAY - listed).days // (number + 1), 1)
    return [
        format.Version(
            name=f"{1 + index // 3}.{index % 3}.{dice.randint(0, 9)}",
            build=(index + 1) * 10,
            payment_model=payment,
            date=listed + timedelta(days=index * step),
            compatibilities=[compatibility],
            release_summary="Improvements and fixes",
        )
        for index in range(number)
    ]


def _compatibility(
    dice: random.Random, listing: format.Listing, releases: Mapping[str, Mapping[str, int]]
) -> format.Compatibility:
    text = f"{listing.name} {listing.key}".lower()
    named = [each for each in PRODUCTS if each in text and each in releases]
    application = named[0] if named else ("jira" if "jira" in releases else sorted(releases)[0])
    known = sorted(releases[application], key=lambda name: releases[application][name])
    newest = len(known) - 1
    low = dice.randint(0, newest)
    bounds = format.NamedBounds(min=known[low], max=known[dice.randint(low, newest)])
    kind = dice.randrange(4)
    if application not in ("jira", "confluence", "bitbucket"):
        return format.Compatibility(application=application, server=bounds)
    return format.Compatibility(
        application=application,
        cloud=kind in (0, 1),
        server=bounds if kind == 2 else None,
        data_center=bounds if kind in (1, 2, 3) else None,
    )

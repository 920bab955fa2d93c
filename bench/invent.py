"""Invents a marketplace in the load format, the same one on every machine and on every day."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from bench import words
from haymarket.loading import format
from haymarket.versions.model import PaymentModel

APPS = 10_000
VENDORS = 1_200
LOGOS = 24
SCREENSHOTS = 8
ARTIFACT = "app.jar"
TODAY = date(2026, 11, 24)

PRODUCTS = {"jira": 60, "confluence": 28, "bitbucket": 8, "bamboo": 4}
"""The host products, and how many of a hundred apps are made for each."""
IN_CLOUD = ("jira", "confluence", "bitbucket")
PAYMENTS: dict[PaymentModel, int] = {"free": 45, "atlassian": 40, "vendor": 15}
LICENCES = ("apache", "mit", "gpl", "commercial", "commercial-free")


@dataclass(frozen=True)
class Surroundings:
    """What apps refer to: the releases of each product, oldest first, and category names."""

    releases: Mapping[str, Sequence[str]]
    categories: Sequence[str]


def document(around: Surroundings, apps: int = APPS) -> format.Document:
    """A marketplace: its people, its vendors, its apps."""
    vendors = [_vendor(number) for number in range(VENDORS)]
    keys: set[str] = set()
    made = [_app(number, vendors, around, keys) for number in range(apps)]
    users = [
        format.User(email=email_of(number), name=f"Contact {number}", token=token_of(number))
        for number in range(VENDORS)
    ]
    return format.Document(haymarket=1, users=users, vendors=vendors, apps=made)


def email_of(vendor: int) -> str:
    """The address of a vendor's one contact, by the place of the vendor in the document."""
    return f"contact-{vendor}@bench.example"


def token_of(vendor: int) -> str:
    """The token of a vendor's one contact."""
    return f"bench-token-{vendor}"


def _dice(kind: str, number: int) -> random.Random:
    return random.Random(f"haymarket bench/{kind}/{number}")


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _vendor(number: int) -> format.Vendor:
    dice = _dice("vendor", number)
    names = list(product(words.FIRMS, words.TRADES))
    name = " ".join(names[number * 7 % len(names)])
    domain = f"{_slug(name)}.example"
    return format.Vendor(
        id=2000 + number,
        name=name,
        email=f"hello@{domain}",
        description=f"{name} makes apps for {dice.choice(words.PEOPLE)}.",
        links=format.VendorLinks(home_page=f"https://{domain}", sla=f"https://{domain}/sla"),
        support=format.Support(
            name=f"{name} Support", email=f"support@{domain}", url=f"https://support.{domain}"
        ),
        verified=dice.random() < 0.4,
        top_vendor=dice.random() < 0.15,
        logo=_logo(dice),
        contacts=[format.Contact(email=email_of(number), permissions="all")],
    )


def _logo(dice: random.Random) -> str:
    return f"logo-{dice.randrange(LOGOS)}.png"


def _screenshot(dice: random.Random) -> str:
    return f"screenshot-{dice.randrange(SCREENSHOTS)}.png"


def _app(
    number: int, vendors: Sequence[format.Vendor], around: Surroundings, keys: set[str]
) -> format.App:
    dice = _dice("app", number)
    vendor = vendors[int(VENDORS * dice.random() ** 1.7)]  # a few have many apps, most have few
    host = dice.choices(list(PRODUCTS), list(PRODUCTS.values()))[0]
    name, thing = _name(dice, host)
    listed = TODAY - timedelta(days=dice.randint(30, 4000))
    return format.App(
        key=_key(vendor, name, number, keys),
        name=name,
        vendor=vendor.id,
        tag_line=f"{dice.choice(words.VERBS)} every {thing.lower()} {dice.choice(words.GAINS)}",
        summary=_summary(dice, thing),
        categories=dice.sample(list(around.categories), dice.randint(1, 3)),
        keywords=[each.lower() for each in dice.sample(words.THINGS, dice.randint(0, 3))],
        featured=dice.random() < 0.01,
        stores_personal_data=dice.random() < 0.2,
        figures=_figures(dice),
        listed=listed,
        modified=listed + timedelta(days=dice.randint(0, (TODAY - listed).days)),
        links=format.AppLinks(
            issue_tracker=f"https://issues.{_slug(vendor.name)}.example/{number}",
            privacy=f"https://{_slug(vendor.name)}.example/privacy",
        ),
        logo=_logo(dice),
        versions=_versions(dice, host, thing, listed, around),
    )


def _key(vendor: format.Vendor, name: str, number: int, keys: set[str]) -> str:
    key = f"bench.{_slug(vendor.name).replace('-', '.')}.{_slug(name)}"
    if key in keys:
        key = f"{key}-{number}"
    keys.add(key)
    return key


def _summary(dice: random.Random, thing: str) -> str:
    verb, gain = dice.choice(words.VERBS), dice.choice(words.GAINS)
    habit, other = dice.choice(words.VERBS).lower(), dice.choice(words.THINGS).lower()
    return (
        f"{verb} the {thing.lower()} of your {dice.choice(words.PLACES)} {gain}: made for "
        f"{dice.choice(words.PEOPLE)} who {habit} {other}s every day."
    )


def _name(dice: random.Random, host: str) -> tuple[str, str]:
    """A name, and the thing that it is about."""
    thing = dice.choice(words.THINGS)
    forms = (
        f"{dice.choice(words.QUALITIES)} {thing}s",
        f"{thing} {dice.choice(words.ROLES)}",
        f"{dice.choice(words.QUALITIES)} {thing} {dice.choice(words.ROLES)}",
        f"{thing}{dice.choice(words.ROLES)}",
        f"{dice.choice(words.VERBS)} {thing}s",
    )
    tail = f" for {host.title()}" if dice.random() < 0.5 else ""
    return f"{dice.choice(forms)}{tail}", thing


def _figures(dice: random.Random) -> format.Figures:
    installs = int(10 ** dice.uniform(0, 4.6))
    return format.Figures(
        downloads=installs * dice.randint(3, 12),
        installs=installs,
        users=installs * dice.randint(5, 200),
        stars=round(dice.uniform(2.2, 4.0), 2),
        reviews=int(installs ** dice.uniform(0.2, 0.6)),
    )


def _versions(
    dice: random.Random, host: str, thing: str, listed: date, around: Surroundings
) -> list[format.Version]:
    number = dice.choices((1, 2, 3, 4, 8), (30, 30, 20, 15, 5))[0]
    payment = dice.choices(list(PAYMENTS), list(PAYMENTS.values()))[0]
    compatibility = _compatibility(dice, host, around.releases[host])
    step = max((TODAY - listed).days // (number + 1), 1)
    return [
        format.Version(
            name=f"{1 + index // 3}.{index % 3}.{dice.randint(0, 9)}",
            build=(index + 1) * 10,
            payment_model=payment,
            date=listed + timedelta(days=index * step),
            released_by="Release desk",
            compatibilities=[compatibility],
            release_summary=f"{dice.choice(words.VERBS)} {dice.choice(words.PLACES)}",
            release_notes=f"<p>{thing}: {dice.choice(words.GAINS)}.</p>",
            licence=dice.choice(LICENCES),
            links=format.VersionLinks(documentation="https://docs.example/guide"),
            artifact=ARTIFACT,
            highlights=_highlights(dice) if index == number - 1 else [],
        )
        for index in range(number)
    ]


def _compatibility(dice: random.Random, host: str, releases: Sequence[str]) -> format.Compatibility:
    low = dice.randrange(len(releases))
    high = dice.randrange(low, len(releases))
    bounds = format.NamedBounds(min=releases[low], max=releases[high])
    kind = dice.randrange(4) if host in IN_CLOUD else 2
    return format.Compatibility(
        application=host,
        cloud=kind in (0, 1),
        server=bounds if kind == 2 else None,
        data_center=bounds if kind in (1, 3) else None,
    )


def _highlights(dice: random.Random) -> list[format.Highlight]:
    return [
        format.Highlight(
            title=f"{verb} {dice.choice(words.PLACES)}",
            body=f"<p>{verb} {dice.choice(words.THINGS).lower()}s {dice.choice(words.GAINS)}.</p>",
            image=_screenshot(dice),
        )
        for verb in dice.sample(words.VERBS, 3)
    ]

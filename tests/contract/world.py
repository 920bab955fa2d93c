"""A small marketplace in which every operation has something to act on.

What an operation changes for good, each persona has of his or her own: so the callers do not
get into each other's way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from urllib.parse import unquote

from assets.samples import Website
from calling import Api
from contract.operations import PERSONAS, Operation, Persona
from contract.opinions import a_customer, reviews_of
from given import (
    ACME,
    ANONYMOUS,
    BRAMBLING,
    JIRA,
    Json,
    Person,
    a_category,
    a_contact,
    a_kept_app,
    a_licence_type,
    a_user,
    a_vendor,
    an_app_token,
    an_application,
    an_uploaded_image,
    an_uploaded_jar,
)
from haymarket.accounts.contacts import list_contacts
from haymarket.apps.store import get_app
from haymarket.pricing.actions import keep_list
from haymarket.pricing.model import Kind, PriceList
from haymarket.pricing.tiers import Price, Prices
from haymarket.storage import Storage
from haymarket.watch import actions as watching
from haymarket.watch.wire import WebhookInput

PUBLIC, HIDDEN = "com.acme.public", "com.acme.hidden"
FILES = {"/files/applications/": "jira.png", "/files/people/": "UC.png"}
"""The names of files that are drawn, by their folder."""
REVIEWERS: tuple[Persona, ...] = ("stranger", "other_vendor", "admin")
REVIEWED = 100
"""Above it lie the builds of the public app that each persona may decide."""


@dataclass(frozen=True)
class World:
    """What exists, and who calls."""

    api: Api
    website: Website
    people: Mapping[Persona, Person]
    numbers: Mapping[str, int]
    image: str
    jar: str
    own_images: Mapping[Persona, str]
    own_contacts: Mapping[Persona, int]
    tokens: Mapping[tuple[str, Persona], str]
    own_webhooks: Mapping[Persona, int]
    delivery: int
    reviews: Mapping[tuple[str, str], int]

    def place(self, operation: Operation, persona: Persona, hidden: bool) -> dict[str, str | int]:
        """The values of the path parameters."""
        key = HIDDEN if hidden else PUBLIC
        artifact = unquote(self.jar).split("/")
        values: dict[str, str | int] = {
            "addonKey": key,
            "appId": self.numbers[key],
            "pluginBuildNumber": 1,
            "name": "8.0.0" if operation.path.startswith("/applications") else "1.0.1",
            "vendorId": ACME,
            "contactId": self.own_contacts["clerk"],
            "applicationKey": "jira",
            "applicationBuildNumber": 800000,
            "pluginCategoryId": 10,
            "licenseTypeKey": "gpl",
            "imageType": "logo",
            "token": self.tokens[key, "clerk"],
            "webhookId": self.own_webhooks["clerk"],
            "deliveryId": self.delivery,
            "assetName": self.image,
            "fileId": self.image,
            "artifactId": artifact[1],
            "cloudOrServer": "server",
            "liveOrPending": "pending" if operation.method == "PUT" else "live",
            "fileName": FILES.get(operation.path.split("{")[0], artifact[2]),
            "reviewId": self.reviews[key, a_customer("admin")],
        }
        return values | self._own(operation, persona, hidden)

    def _own(self, operation: Operation, persona: Persona, hidden: bool) -> dict[str, str | int]:
        """What the persona has to him- or herself, since the operation uses it up."""
        number = PERSONAS.index(persona)
        key = HIDDEN if hidden else PUBLIC
        if "reviews" in operation.path:
            return self._own_review(operation, persona, key)
        match operation.method, operation.path.rpartition("/")[2], hidden:
            case "PUT", "approval", False:
                return {"pluginBuildNumber": REVIEWED + number}
            case "PUT", "approval", True if "build" not in operation.path:
                return {"addonKey": f"com.acme.review.{persona}"}
            case "PUT", "release", True:
                return {"addonKey": f"com.acme.launch.{persona}"}
            case "DELETE", "{assetName}", _:
                return {"assetName": self.own_images[persona]}
            case "DELETE", "{token}", _:
                return {"token": self.tokens[key, persona]}
            case "DELETE", "{webhookId}", _:
                return {"webhookId": self.own_webhooks[persona]}
            case "DELETE", "{contactId}", _:
                return {"contactId": self.own_contacts[persona]}
        return {}

    def _own_review(self, operation: Operation, persona: Persona, key: str) -> dict[str, str | int]:
        """A review that the persona wrote, or may take away."""
        email = self.people[persona].email
        match operation.method, operation.path.rpartition("/")[2]:
            case "PUT", "{reviewId}" if (key, email) in self.reviews:
                return {"reviewId": self.reviews[key, email]}
            case "DELETE", "mine":
                return {"addonKey": f"{key}.mine"}
            case "DELETE", "{reviewId}":
                other = self.reviews[f"{key}.one", a_customer("admin")]
                mine = self.reviews.get((f"{key}.one", email), other)
                return {"addonKey": f"{key}.one", "reviewId": mine}
            case "DELETE", "response":
                return {"reviewId": self.reviews[key, a_customer(persona)]}
        return {}


def a_world(api: Api, website: Website) -> World:
    """The marketplace, all of it put into the database."""
    storage = api.storage
    an_application(storage, "jira", JIRA)
    a_category(storage, 10, "Project management")
    a_licence_type(storage)
    people = _people(storage)
    contact = people["contact"]
    jar = _name(an_uploaded_jar(api, contact))
    numbers = {
        PUBLIC: _public_app(storage, unquote(jar)),
        HIDDEN: a_kept_app(
            storage,
            HIDDEN,
            [{"artifact": unquote(jar), "reviewed": True}],
            status="rejected",
            approved_at=None,
        ).id,
    }
    _apps_to_decide(storage)
    _prices(storage, (PUBLIC, HIDDEN))
    own_webhooks = {who: _a_webhook(storage, website.url("/hook")) for who in PERSONAS}
    world = World(
        api,
        website,
        people,
        numbers,
        image=_name(an_uploaded_image(api, contact)),
        jar=jar,
        own_images={who: _name(an_uploaded_image(api, contact)) for who in PERSONAS},
        own_contacts={who: _a_contact_for(storage, who) for who in PERSONAS},
        tokens={
            (key, who): an_app_token(api, contact, f"/rest/2/addons/{key}")
            for key in (PUBLIC, HIDDEN)
            for who in PERSONAS
        },
        own_webhooks=own_webhooks,
        delivery=_a_delivery(storage, own_webhooks["clerk"]),
        reviews={
            **reviews_of(storage, PUBLIC, [people[who] for who in REVIEWERS]),
            **reviews_of(storage, HIDDEN, [people["admin"]], status="rejected"),
        },
    )
    api.settle()
    return world


def _people(storage: Storage) -> dict[Persona, Person]:
    a_vendor(storage, ACME, "Acme")
    a_vendor(storage, BRAMBLING, "Brambling Works")
    for persona in PERSONAS:
        a_user(storage, f"new.{persona}@example.com")
    return {
        "anonymous": ANONYMOUS,
        "stranger": a_user(storage, "stranger@example.com"),
        "clerk": a_contact(storage, "clerk@acme.example", ACME, ("view-sales-reports",)),
        "contact": a_contact(storage, "anna@acme.example", ACME),
        "other_vendor": a_contact(storage, "bob@brambling.example", BRAMBLING),
        "admin": a_user(storage, "admin@example.com", admin=True),
    }


def _public_app(storage: Storage, artifact: str) -> int:
    reviewed: list[Json] = [
        {
            "build": REVIEWED + number,
            "name": f"2.{number}",
            "status": "submitted" if persona == "admin" else "rejected",
        }
        for number, persona in enumerate(PERSONAS)
    ]
    first = {"artifact": artifact, "reviewed": True}
    return a_kept_app(storage, PUBLIC, [first, *reviewed]).id


def _apps_to_decide(storage: Storage) -> None:
    """For each persona an app in review, and one that is approved and not released."""
    for persona in PERSONAS:
        status = "submitted" if persona == "admin" else "rejected"
        a_kept_app(storage, f"com.acme.review.{persona}", status=status, approved_at=None)
        a_kept_app(
            storage,
            f"com.acme.launch.{persona}",
            status="readytolaunch",
            after_approval="readytolaunch",
        )


def _prices(storage: Storage, keys: Iterable[str]) -> None:
    """For each app live prices, submitted two days ago."""
    for key in keys:
        with storage.writing(None) as db:
            app = get_app(db, key)
            assert app is not None
            prices = Prices((Price(10, Decimal(10), 12),))
            then = db.now() - timedelta(days=2)
            keep_list(db, app, PriceList(0, app.id, Kind("server"), prices, then))


def _a_webhook(storage: Storage, url: str) -> int:
    with storage.writing(None) as db:
        asked = WebhookInput(url=url, events=["app.released"])
        return watching.add_webhook(db, ACME, asked).id


def _a_delivery(storage: Storage, webhook: int) -> int:
    with storage.counting() as db:
        return watching.ping(db, watching.existing_webhook(db, ACME, webhook)).id


def _a_contact_for(storage: Storage, persona: Persona) -> int:
    email = f"victim.{persona}@acme.example"
    a_contact(storage, email, ACME, ("manage-payment",))
    with storage.reading() as db:
        found = {each.email: each.id for each in list_contacts(db, ACME)}
    return found[email]


def _name(href: str) -> str:
    """The name of an asset as it stands in a path."""
    return href.removeprefix("/rest/2/assets/")

"""What a caller sends with an operation, so that nothing but a missing right can be in the way."""

from collections.abc import Callable
from typing import Any

from assets.samples import a_jar, an_image
from calling import replace
from contract.operations import OWN_REVIEWS, REVIEW, REVIEWS, WEBHOOKS, Operation, Persona
from contract.world import PUBLIC, World
from given import Json, app_document, pricing_document, version_document

BINARY = {"Content-Type": "application/octet-stream"}
NOBODY_YET: Json = {
    "_links": {},
    "name": "Newcomer",
    "email": "hello@newcomer.example",
    "vendorLinks": {},
    "supportDetails": {},
}


def options_for(operation: Operation, world: World, persona: Persona) -> dict[str, Any]:
    """The options of the HTTP client."""
    maker = MAKERS.get(operation.name)
    return maker(world, persona) if maker else {}


def _decision(world: World, persona: Persona) -> dict[str, Any]:
    return {"json": {"status": "approved" if persona == "admin" else "pending"}}


def _host_version(world: World, persona: Persona) -> dict[str, Any]:
    document = {
        "buildNumber": 990000,
        "version": "9.9.0",
        "releaseDate": "2026-11-20",
        "status": "published",
    }
    return {"json": document}


def _new_contact(world: World, persona: Persona) -> dict[str, Any]:
    email = f"new.{persona}@example.com"
    return {"json": {"username": email, "permissions": ["view-sales-reports"]}}


def _fetched(world: World, persona: Persona) -> dict[str, Any]:
    return {"params": {"uri": world.website.url("/good.jar")}}


def _hook(world: World, persona: Persona) -> dict[str, Any]:
    return {"json": {"url": world.website.url("/hook"), "events": ["app.released"]}}


def _always(**options: Any) -> Callable[[World, Persona], dict[str, Any]]:
    return lambda world, persona: options


APP = "/addons/{addonKey}"
VERSION = f"{APP}/versions/build/{{pluginBuildNumber}}"
PRICING = f"{APP}/pricing/{{cloudOrServer}}/{{liveOrPending}}"
CONTACTS = "/vendors/{vendorId}/contacts"
HOST_VERSIONS = "/applications/{applicationKey}/versions"

MAKERS: dict[str, Callable[[World, Persona], dict[str, Any]]] = {
    "POST /addons": lambda world, persona: {"json": app_document(f"com.acme.new.{persona}")},
    f"PATCH {APP}": _always(json=[replace("/name", "Another name")]),
    f"PUT {APP}/approval": _decision,
    f"PUT {APP}/release": _always(json={"released": True}),
    f"PUT {PRICING}": _always(json=pricing_document()),
    f"GET {APP}/feedbacks/distribution": _always(params={"type": "disable"}),
    "POST /rest/haymarket/1/feedbacks": _always(
        json={"addonKey": PUBLIC, "addonVersion": "1.0.1", "type": "uninstall", "reason": "bugs"}
    ),
    f"PUT {APP}/watch": _always(json={"state": True}),
    f"POST {REVIEWS}": _always(json={"stars": 4, "review": "It draws"}),
    f"PUT {REVIEWS}/mine": _always(json={"stars": 3, "review": "It draws still"}),
    f"PUT {REVIEW}": _always(json={"stars": 2}),
    f"PUT {REVIEW}/up": _always(json={"state": True}),
    f"PUT {REVIEW}/down": _always(json={"state": True}),
    f"PUT {REVIEW}/flag": _always(json={"state": True}),
    f"PUT {REVIEW}/response": _always(json={"text": "<p>Thank you</p>"}),
    f"PUT {OWN_REVIEWS}/{{reviewId}}/hidden": _always(json={"state": False}),
    f"POST {WEBHOOKS}": _hook,
    f"PUT {WEBHOOKS}/{{webhookId}}": _hook,
    f"POST {APP}/versions": _always(json=version_document()),
    f"GET {APP}/versions/latest": _always(params={"includePrivate": "true"}),
    f"PATCH {VERSION}": _always(json=[replace("/text", {"releaseSummary": "Better"})]),
    f"PUT {VERSION}/approval": _decision,
    "POST /vendors": _always(json=NOBODY_YET),
    "PATCH /vendors/{vendorId}": _always(json=[replace("/name", "Acme and Sons")]),
    f"POST {CONTACTS}": _new_contact,
    f"PUT {CONTACTS}/{{contactId}}": _always(json={"permissions": ["manage-payment"]}),
    f"POST {HOST_VERSIONS}": _host_version,
    f"PATCH {HOST_VERSIONS}/build/{{applicationBuildNumber}}": _always(
        json=[replace("/releaseDate", "2020-02-02")]
    ),
    "POST /assets/artifact": _always(params={"file": "draw.jar"}, content=a_jar(), headers=BINARY),
    "POST /assets/artifact/fetch": _fetched,
    "POST /assets/image/{imageType}": _always(
        params={"file": "logo.png"}, content=an_image(144, 144), headers=BINARY
    ),
}
"""By method and path; the other operations are sent nothing."""

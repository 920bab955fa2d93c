"""Every operation that is served, and what it answers to every kind of caller.

Paths have the names of the API. `public` are the statuses for an app that everyone may see, or
for things that are never hidden; `hidden` those for an app that only its vendor may see.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Persona = Literal["anonymous", "stranger", "clerk", "contact", "other_vendor", "admin"]
"""`stranger` is a user of no vendor; `clerk` and `contact` are contacts of the vendor that owns
the thing, without and with the permission; `other_vendor` is a contact of another vendor."""
PERSONAS: tuple[Persona, ...] = get_args(Persona)
Statuses = Mapping[Persona, int]


@dataclass(frozen=True)
class Operation:
    """An operation. `path` lies below /rest/2 in API, and is whole in OUTSIDE."""

    method: str
    path: str
    public: Statuses
    hidden: Statuses | None = None

    @property
    def name(self) -> str:
        """Method and path."""
        return f"{self.method} {self.path}"


def everyone(status: int) -> Statuses:
    """The same for all."""
    return dict.fromkeys(PERSONAS, status)


def those(
    anonymous: int, stranger: int, clerk: int, contact: int, other_vendor: int, admin: int
) -> Statuses:
    """One for each."""
    found = (anonymous, stranger, clerk, contact, other_vendor, admin)
    return dict(zip(PERSONAS, found, strict=True))


READ = everyone(200)
OF_THE_VENDOR = those(404, 404, 200, 200, 404, 200)
"""What is hidden is there for contacts and administrators only."""
USERS = those(401, 200, 200, 200, 200, 200)
NEW_OF_USERS = those(401, 201, 201, 201, 201, 201)
WATCHED = those(404, 404, 204, 204, 404, 204)
PRIVATE_PART = those(401, 404, 200, 200, 404, 200)
"""What is private of an app that everyone may see."""


def with_permission(done: int) -> Statuses:
    """For contacts with the permission; the thing itself is public."""
    return those(401, 403, 403, done, 403, done)


def with_permission_hidden(done: int) -> Statuses:
    """The same for what others may not see."""
    return those(404, 404, 403, done, 404, done)


PRICES_OF_THE_VENDOR = those(401, 404, 404, 200, 404, 200)
HIDDEN_PRICES = those(404, 404, 404, 200, 404, 200)
"""What contacts with manage-pricing and administrators read."""


JUDGED = those(401, 204, 204, 204, 204, 204)
REVIEWED = those(401, 204, 403, 403, 204, 204)
"""Contacts do not review what their vendor has; the author of a review is who calls."""
REVIEWED_HIDDEN = those(404, 404, 403, 403, 404, 204)
ANSWERED = those(401, 403, 204, 204, 403, 204)


def by_admin(done: int) -> Statuses:
    """For administrators only."""
    return those(401, 403, 403, 403, 403, done)


APP = "/addons/{addonKey}"
VERSION = f"{APP}/versions/build/{{pluginBuildNumber}}"
PRICING = f"{APP}/pricing/{{cloudOrServer}}/{{liveOrPending}}"
REVIEWS = f"{APP}/reviews"
REVIEW = f"{REVIEWS}/id/{{reviewId}}"
OWN_REVIEWS = "/rest/haymarket/1/reviews"
APPLICATION = "/applications/{applicationKey}"
CONTACTS = "/vendors/{vendorId}/contacts"
WEBHOOKS = "/rest/haymarket/1/vendors/{vendorId}/webhooks"
DELIVERIES = f"{WEBHOOKS}/{{webhookId}}/deliveries"

API = (
    Operation("GET", "/", READ),
    # apps
    Operation("GET", "/addons", READ),
    Operation("POST", "/addons", with_permission(201)),
    Operation("GET", "/addons/vendor/{vendorId}", READ),
    Operation("GET", "/addons/archived", READ),
    Operation("GET", "/addons/archived/vendor/{vendorId}", READ),
    Operation("GET", "/addons/listings/banners", READ),
    Operation("GET", "/addons/search/brief", READ),
    Operation("GET", APP, READ, OF_THE_VENDOR),
    Operation("PATCH", APP, with_permission(204), with_permission_hidden(204)),
    Operation("GET", f"{APP}/recommendations", READ, OF_THE_VENDOR),
    Operation("GET", f"{APP}/approval", PRIVATE_PART, OF_THE_VENDOR),
    # what is public can neither be submitted again nor decided
    Operation("PUT", f"{APP}/approval", with_permission(400), with_permission_hidden(204)),
    Operation("GET", f"{APP}/release", PRIVATE_PART, OF_THE_VENDOR),
    Operation("PUT", f"{APP}/release", with_permission(204), with_permission_hidden(204)),
    # prices: GET of the live ones
    Operation("GET", PRICING, READ, OF_THE_VENDOR),
    Operation("PUT", PRICING, with_permission(200), with_permission_hidden(200)),
    # installs
    Operation("GET", f"{APP}/distribution", READ, OF_THE_VENDOR),
    Operation("GET", f"{APP}/distribution/active", PRIVATE_PART, OF_THE_VENDOR),
    Operation("GET", f"{APP}/distribution/application", PRIVATE_PART, OF_THE_VENDOR),
    Operation("GET", f"{APP}/distribution/application/version", PRIVATE_PART, OF_THE_VENDOR),
    Operation("GET", f"{APP}/distribution/application/version/major", PRIVATE_PART, OF_THE_VENDOR),
    Operation("GET", f"{APP}/distribution/application/version/minor", PRIVATE_PART, OF_THE_VENDOR),
    Operation("GET", f"{APP}/distribution/version", PRIVATE_PART, OF_THE_VENDOR),
    # feedback and access tokens
    Operation("GET", f"{APP}/feedbacks", PRIVATE_PART, OF_THE_VENDOR),
    Operation("GET", f"{APP}/feedbacks/distribution", PRIVATE_PART, OF_THE_VENDOR),
    Operation("GET", f"{APP}/tokens", PRIVATE_PART, OF_THE_VENDOR),
    Operation("POST", f"{APP}/tokens", with_permission(200), with_permission_hidden(200)),
    Operation("GET", f"{APP}/tokens/{{token}}", PRIVATE_PART, OF_THE_VENDOR),
    # the token itself is what opens a hidden app here
    Operation("POST", f"{APP}/tokens/{{token}}", everyone(204)),
    Operation(
        "DELETE", f"{APP}/tokens/{{token}}", with_permission(200), with_permission_hidden(200)
    ),
    # watching
    Operation("GET", f"{APP}/watch", USERS, OF_THE_VENDOR),
    Operation("PUT", f"{APP}/watch", those(401, 204, 204, 204, 204, 204), WATCHED),
    # reviews; those of contacts are none
    Operation("GET", REVIEWS, READ, OF_THE_VENDOR),
    Operation("POST", REVIEWS, REVIEWED, REVIEWED_HIDDEN),
    Operation(
        "GET",
        f"{REVIEWS}/mine",
        those(401, 200, 404, 404, 200, 200),
        those(404, 404, 404, 404, 404, 200),
    ),
    Operation("PUT", f"{REVIEWS}/mine", REVIEWED, REVIEWED_HIDDEN),
    Operation(
        "DELETE",
        f"{REVIEWS}/mine",
        those(401, 204, 404, 404, 204, 204),
        those(404, 404, 404, 404, 404, 204),
    ),
    Operation("GET", REVIEW, READ, OF_THE_VENDOR),
    Operation("PUT", REVIEW, REVIEWED, REVIEWED_HIDDEN),
    Operation("DELETE", REVIEW, REVIEWED, REVIEWED_HIDDEN),
    Operation("GET", f"{REVIEW}/up", USERS, OF_THE_VENDOR),
    Operation("PUT", f"{REVIEW}/up", JUDGED, WATCHED),
    Operation("GET", f"{REVIEW}/down", USERS, OF_THE_VENDOR),
    Operation("PUT", f"{REVIEW}/down", JUDGED, WATCHED),
    Operation("GET", f"{REVIEW}/flag", USERS, OF_THE_VENDOR),
    Operation("PUT", f"{REVIEW}/flag", JUDGED, WATCHED),
    Operation("GET", f"{REVIEW}/response", READ, OF_THE_VENDOR),
    Operation("PUT", f"{REVIEW}/response", ANSWERED, WATCHED),
    Operation("DELETE", f"{REVIEW}/response", ANSWERED, WATCHED),
    # versions
    Operation("GET", f"{APP}/versions", READ, OF_THE_VENDOR),
    Operation("POST", f"{APP}/versions", with_permission(201), with_permission_hidden(201)),
    Operation("GET", f"{APP}/versions/latest", READ, OF_THE_VENDOR),
    Operation("GET", f"{APP}/versions/name/{{name}}", READ, OF_THE_VENDOR),
    Operation("GET", VERSION, READ, OF_THE_VENDOR),
    Operation("PATCH", VERSION, with_permission(204), with_permission_hidden(204)),
    Operation("GET", f"{VERSION}/approval", PRIVATE_PART, OF_THE_VENDOR),
    # versions of an app that is not approved are decided with it
    Operation("PUT", f"{VERSION}/approval", with_permission(204), with_permission_hidden(400)),
    # vendors
    Operation("GET", "/vendors", READ),
    Operation("POST", "/vendors", NEW_OF_USERS),
    Operation("GET", "/vendors/{vendorId}", READ),
    Operation("PATCH", "/vendors/{vendorId}", with_permission(204)),
    Operation("GET", CONTACTS, READ),
    Operation("POST", CONTACTS, with_permission(201)),
    Operation("GET", f"{CONTACTS}/{{contactId}}", with_permission(200)),
    Operation("PUT", f"{CONTACTS}/{{contactId}}", with_permission(204)),
    Operation("DELETE", f"{CONTACTS}/{{contactId}}", with_permission(204)),
    # applications, categories, licence types
    Operation("GET", "/applications", READ),
    Operation("GET", APPLICATION, READ),
    Operation("GET", f"{APPLICATION}/versions", READ),
    Operation("POST", f"{APPLICATION}/versions", by_admin(201)),
    Operation("GET", f"{APPLICATION}/versions/latest", READ),
    Operation("GET", f"{APPLICATION}/versions/name/{{name}}", READ),
    Operation("GET", f"{APPLICATION}/versions/build/{{applicationBuildNumber}}", READ),
    Operation("PATCH", f"{APPLICATION}/versions/build/{{applicationBuildNumber}}", by_admin(204)),
    Operation("GET", "/addonCategories/app/{applicationKey}", READ),
    Operation("GET", "/addonCategories/{pluginCategoryId}", READ),
    Operation("GET", "/licenseTypes", READ),
    Operation("GET", "/licenseTypes/{licenseTypeKey}", READ),
    # assets: the contact is who uploaded them
    Operation("GET", "/assets", READ),
    Operation("POST", "/assets/artifact", USERS),
    Operation("POST", "/assets/artifact/fetch", USERS),
    Operation("POST", "/assets/image/{imageType}", USERS),
    Operation("GET", "/assets/{assetName}", READ),
    Operation("DELETE", "/assets/{assetName}", those(401, 404, 404, 204, 404, 204)),
    # the API about itself
    Operation("GET", "/openapi.json", READ),
    Operation("GET", "/postman.json", READ),
    Operation("GET", "/docs", READ),
)

OUTSIDE = (
    # a person's token lacks the scope, whoever the person is
    Operation("POST", "/rest/haymarket/1/heartbeats", those(401, 403, 403, 403, 403, 403)),
    Operation(
        "GET",
        "/rest/haymarket/1/apps/{addonKey}/price-lists",
        PRICES_OF_THE_VENDOR,
        HIDDEN_PRICES,
    ),
    Operation("POST", "/rest/haymarket/1/feedbacks", everyone(204)),
    Operation("GET", "/rest/haymarket/1/apps/{addonKey}/feed", READ, OF_THE_VENDOR),
    Operation("GET", f"{OWN_REVIEWS}/flagged", by_admin(200)),
    Operation("GET", f"{OWN_REVIEWS}/{{reviewId}}/hidden", by_admin(200)),
    Operation("PUT", f"{OWN_REVIEWS}/{{reviewId}}/hidden", by_admin(204)),
    Operation("GET", WEBHOOKS, with_permission(200)),
    Operation("POST", WEBHOOKS, with_permission(201)),
    Operation("GET", f"{WEBHOOKS}/{{webhookId}}", with_permission(200)),
    Operation("PUT", f"{WEBHOOKS}/{{webhookId}}", with_permission(204)),
    Operation("DELETE", f"{WEBHOOKS}/{{webhookId}}", with_permission(204)),
    Operation("POST", f"{WEBHOOKS}/{{webhookId}}/ping", with_permission(201)),
    Operation("GET", DELIVERIES, with_permission(200)),
    Operation("GET", f"{DELIVERIES}/{{deliveryId}}", with_permission(200)),
    Operation("POST", f"{DELIVERIES}/{{deliveryId}}/redeliver", with_permission(204)),
    Operation("GET", "/download/apps/{appId}/version/{pluginBuildNumber}", READ, OF_THE_VENDOR),
    Operation("GET", "/files/{fileId}", READ),
    Operation(
        "GET", "/files/artifacts/{artifactId}/{fileName}", those(404, 404, 404, 200, 404, 200)
    ),
    Operation("GET", "/files/applications/{fileName}", READ),
    Operation("GET", "/files/people/{fileName}", READ),
    Operation("GET", "/healthz", READ),
    Operation("GET", "/readyz", READ),
    Operation("GET", "/metrics", READ),
)

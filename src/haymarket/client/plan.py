"""Plans the publication of a version: what would be sent, and what would be refused and why.

Planning only reads, so it is also all that a dry run does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from haymarket.client.hosts import FoundHosts, find_hosts
from haymarket.client.links import Document, Values, link, possible_link
from haymarket.client.marketplace import Marketplace
from haymarket.client.outcomes import Misused, Problem, Refused
from haymarket.client.package import Package
from haymarket.client.wanted import Wanted

HOSTINGS = {"cloud": "cloud", "server": "server", "dataCenter": "datacenter"}
"""Hostings as documents name them, and as queries do."""
NEEDED = "manage-addon-details"


@dataclass(frozen=True)
class Plan:
    """What is to be done: the document but for its artifact, and where it goes.

    `problems` is what would be refused; `remarks` is what is worth knowing before.
    """

    package: Package
    app: Document
    versions: str
    document: dict[str, Any]
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...]


def plan(marketplace: Marketplace, package: Package, wanted: Wanted) -> Plan:
    """Look at the marketplace and plan. Raises Refused when the app is not there for the caller."""
    key = wanted.app or package.key
    if key is None:
        raise Misused(f"{package.path} has no descriptor that names its app: say --app KEY")
    app = find_app(marketplace, key)
    href = link(app, "versions")
    versions = marketplace.get(f"{href}?limit=0")
    hosts = find_hosts(marketplace, wanted.compatibility)
    document = _document(package, wanted, hosts.documents)
    before = _newest(marketplace, versions)
    hostings = _hostings(package, hosts, before)
    problems = [
        *_other_key(package, key),
        *_not_allowed(marketplace, app),
        *hosts.problems,
        *_taken(marketplace, versions, document, hostings),
    ]
    remarks = _remarks(app, document, hostings, marketplace.follow(versions, "latest", {}))
    return Plan(package, app, href, document, tuple(problems), tuple(remarks))


def find_app(marketplace: Marketplace, key: str) -> Document:
    """An app as the caller sees it. Raises Refused."""
    app = marketplace.follow(marketplace.collection("addons"), "byKey", {"addonKey": key})
    if app is None:
        seen = "you" if marketplace.credentials else "strangers; say who you are"
        raise Refused(Problem(f"There is no app {key}, or it is not visible to {seen}", "/key"))
    return app


def _document(
    package: Package, wanted: Wanted, compatibilities: list[dict[str, Any]]
) -> dict[str, Any]:
    text = {"releaseSummary": wanted.summary, "releaseNotes": wanted.notes}
    members = {
        "name": wanted.version or package.version,
        "buildNumber": wanted.build or package.build,
        "status": wanted.status,
        "paymentModel": wanted.payment,
        "release": {"beta": wanted.beta, "supported": wanted.supported},
        "text": {name: value for name, value in text.items() if value is not None},
        "compatibilities": compatibilities or None,
        "vendorLinks": {},
    }
    return {name: value for name, value in members.items() if value is not None}


def _newest(marketplace: Marketplace, versions: Document) -> Document | None:
    """The version before, which lends what is left out, also when it is private."""
    asked: Values = {"includePrivate": "true", "limit": "1"}
    found = marketplace.follow(versions, "query", asked) or {}
    listed = found.get("_embedded", {}).get("versions", [])
    return listed[0] if listed else None


def _hostings(package: Package, hosts: FoundHosts, before: Document | None) -> Sequence[str]:
    if package.is_connect:
        return ("cloud",)
    if hosts.documents:
        named = {name for each in hosts.documents for name in each["hosting"]}
        return [name for name in HOSTINGS if name in named]
    return _deployed(before)


def _deployed(version: Document | None) -> Sequence[str]:
    where = (version or {}).get("deployment", {})
    return [name for name in HOSTINGS if where.get(name)]


def _other_key(package: Package, key: str) -> list[Problem]:
    if package.key in (None, key):
        return []
    message = f"The package is that of {package.key}; the app is {key}"
    return [Problem(message, "/_links/artifact")]


def _not_allowed(marketplace: Marketplace, app: Document) -> list[Problem]:
    if marketplace.credentials is None:
        return [Problem("Publishing needs credentials, and there are none")]
    if possible_link(app, "approval") is None:
        return [Problem(f"{marketplace.credentials.user} is no contact of the app's vendor")]
    vendor = marketplace.get(link(app, "vendor"))
    where = possible_link(vendor, "contacts")
    listed = marketplace.get(where).get("contacts", []) if where else []
    for contact in listed:
        mine = str(contact.get("email", "")).lower() == marketplace.credentials.user.lower()
        if mine and NEEDED not in contact.get("permissions", [NEEDED]):
            return [Problem(f"This needs the permission {NEEDED} of the app's vendor")]
    return []


def _taken(
    marketplace: Marketplace,
    versions: Document,
    document: dict[str, Any],
    hostings: Sequence[str],
) -> list[Problem]:
    problems = []
    name, build = document.get("name"), document.get("buildNumber")
    asked: list[Values] = [{"name": name, "hosting": HOSTINGS[each]} for each in hostings if name]
    if any(marketplace.follow(versions, "byName", each) for each in asked):
        problems.append(Problem(f"There is a version {name} already", "/name"))
    if build and marketplace.follow(versions, "byBuild", {"pluginBuildNumber": str(build)}):
        problems.append(Problem(f"There is a version with build {build} already", "/buildNumber"))
    return problems


def _remarks(
    app: Document, document: dict[str, Any], hostings: Sequence[str], public: Document | None
) -> list[str]:
    if document["status"] == "private":
        return ["Only the vendor will see it, since it is private"]
    if app.get("status") != "public":
        return [f"The app is {app.get('status')}; the version goes its way"]
    added = [each for each in hostings if public and each not in _deployed(public)]
    remarks = [f"It waits for a review, since it adds the hosting {each}" for each in added]
    models = {document.get("paymentModel"), (public or {}).get("paymentModel")} - {None}
    if len(models) > 1 and "atlassian" in models:
        remarks.append("It waits for a review, since it changes the payment")
    return remarks

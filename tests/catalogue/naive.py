"""What a list of apps should hold, said in plain Python over the truth."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from given import CONFLUENCE, JIRA, Json
from haymarket.apps.model import App
from haymarket.versions.model import Version

RELEASES: dict[str, tuple[str, dict[int, str]]] = {
    "jira": ("micro", JIRA),
    "confluence": ("minor", CONFLUENCE),
}
ALIASES = {"jira-software": "jira"}
CATEGORIES = {10: "Project management", 20: "Reports", 30: "Diagrams"}
PAID = {"free": {"free"}, "paid": {"atlassian", "vendor"}}
COSTS = {**PAID, "marketplace": {"atlassian"}, "orderable": {"atlassian"}}
HOSTED = {"cloud": "cloud", "server": "server", "datacenter": "data_center"}


@dataclass(frozen=True)
class Known:
    """An app with its versions, and what its vendor is."""

    app: App
    versions: list[Version]
    vendor: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Asker:
    """Who asks: the vendors whose contact he is; None for administrators."""

    vendors: frozenset[int] | None = frozenset()

    def owns(self, app: App) -> bool:
        return self.vendors is None or app.vendor_id in self.vendors


def listed(world: Iterable[Known], asker: Asker, query: dict[str, Any]) -> list[App]:
    """The apps that a list shows, in its order."""
    found = [known for known in world if _is_listed(known, asker, query)]
    return [known.app for known in sorted(found, key=lambda known: _place(known, query))]


def shown_version(known: Known, asker: Asker, query: dict[str, Any]) -> int | None:
    """The build number of the version that is shown with an app."""
    asks = "includePrivate" in query and asker.owns(known.app)
    seen = [each for each in known.versions if each.status == "public" or asks]
    builds = [each.build for each in seen if _suits(each, query) and _is_within(each, query)]
    return max(builds, default=None)


def _is_listed(known: Known, asker: Asker, query: dict[str, Any]) -> bool:
    app = known.app
    hidden = {"all": (), "visibleInApp": ("everywhere",)}
    return all(
        (
            app.status == "public" or ("includePrivate" in query and asker.owns(app)),
            app.archived_at is None,
            app.flags.hidden
            not in hidden.get(query.get("includeHidden", ""), ("site", "everywhere")),
            "forThisUser" not in query or app.vendor_id in (asker.vendors or ()),
            _meets_any(query.get("category"), {CATEGORIES[each] for each in app.category_ids}),
            _meets_any(query.get("marketingLabel"), set(app.flags.marketing_labels)),
            query.get("storesPersonalData", app.stores_personal_data) == app.stores_personal_data,
            _is_marked(known, query.get("filter")),
            _has_version(known, query),
            _counts_as(known, query),
        )
    )


def _meets_any(asked: list[str] | None, has: set[str]) -> bool:
    return not asked or bool(has.intersection(asked))


def _is_marked(known: Known, mark: str | None) -> bool:
    flags = known.app.flags
    marks = {
        "featured": flags.featured,
        "codegeist": flags.codegeist,
        "atlassian": known.vendor.get("is_atlassian", False),
        "verified": known.vendor.get("verified_status") == "verified",
        "top-vendor": known.vendor.get("top_vendor_status") == "approved",
    }
    return mark not in marks or bool(marks[mark])


def _found_by(known: Known) -> list[Version]:
    """Public versions; all of them where only the vendor looks."""
    everything = known.app.status != "public"
    return [each for each in known.versions if everything or each.status == "public"]


def _has_version(known: Known, query: dict[str, Any]) -> bool:
    boundaries = query.get("cloudComplianceBoundaries")
    if boundaries and not any(each.boundary in boundaries for each in _found_by(known)):
        return False
    hostings = query.get("hosting") or ["any"]
    if not {"application", "cost"} & set(query) and "any" in hostings:
        return True
    return any(_suits(each, query) for each in _found_by(known))


def _counts_as(known: Known, query: dict[str, Any]) -> bool:
    payments = {each.payment_model for each in _found_by(known)}
    if "cost" not in query or "treatPartlyFreeAs" not in query:
        return True
    if "free" not in payments or payments == {"free"}:
        return True
    return bool((query["cost"] == "free") == (query["treatPartlyFreeAs"] == "free"))


def _is_within(version: Version, query: dict[str, Any]) -> bool:
    boundaries = query.get("cloudComplianceBoundaries")
    return not boundaries or version.boundary is None or version.boundary in boundaries


def _suits(version: Version, query: dict[str, Any]) -> bool:
    if "cost" in query and version.payment_model not in COSTS[query["cost"]]:
        return False
    hostings = query.get("hosting") or ["any"]
    names = HOSTED.values() if "any" in hostings else [HOSTED[each] for each in hostings]
    return any(_runs(each, name, query) for each in version.compatibilities for name in names)


def _runs(compatibility: Any, name: str, query: dict[str, Any]) -> bool:
    where = getattr(compatibility, name)
    if not where:
        return False
    if "application" not in query:
        return True
    application = ALIASES.get(query["application"], query["application"])
    if application != compatibility.application:
        return False
    if "applicationBuild" not in query:
        return True
    return where is not True and _covers(application, where, query["applicationBuild"])


def _covers(application: str, bounds: Any, asked: int) -> bool:
    mode, releases = RELEASES[application]
    known = [build for build in releases if build <= asked]
    if not known or max(known) < bounds.min.build:
        return False
    build = max(known)
    if build <= bounds.max.build:
        return True
    shared = 1 if mode == "minor" else 2
    one, other = (re.findall(r"\d+", releases[each])[:shared] for each in (build, bounds.max.build))
    return one == other


def _place(known: Known, query: dict[str, Any]) -> tuple[Any, ...]:
    app, figures = known.app, known.app.figures
    order = query.get("filter")
    if order == "name":
        return app.name.lower(), app.key
    if order == "recent":
        return -int(app.modified_at.timestamp()), app.id
    if order == "new":
        return -int((app.listed_at or app.created_at).timestamp()), app.id
    if order == "highest-rated":
        stars = (figures.stars * figures.reviews + 25) / (figures.reviews + 10)
        return -round(stars * 1_000_000), app.id
    if order == "top-grossing":
        sold = any(each.payment_model == "atlassian" for each in _found_by(known))
        return -((figures.users or figures.installs or 0) if sold else 0), app.id
    return -(figures.installs or 0), -min(figures.downloads // 1000, 999), app.id

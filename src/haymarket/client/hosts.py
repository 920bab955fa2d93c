"""Finds the builds of host releases that are written by name, and writes compatibilities."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from haymarket.client.links import Document, possible_link
from haymarket.client.marketplace import Marketplace
from haymarket.client.outcomes import Problem
from haymarket.client.wanted import Bounds, Hosts, Release

LATEST = "latest"


@dataclass
class FoundHosts:
    """Compatibilities as a version has them, and what is wrong with those that were asked for."""

    documents: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def find_hosts(marketplace: Marketplace, asked: Mapping[str, Hosts]) -> FoundHosts:
    """The compatibilities with build numbers, in the order in which they were asked for."""
    found = FoundHosts()
    if not asked:
        return found
    applications = marketplace.collection("applications")
    for index, (key, hosts) in enumerate(asked.items()):
        at = f"/compatibilities/{index}"
        application = marketplace.follow(applications, "byKey", {"applicationKey": key})
        if application is None:
            found.problems.append(Problem(f"There is no application {key}", f"{at}/application"))
            continue
        hosting = _hosting(found, _Application(marketplace, application), hosts, at)
        found.documents.append({"application": key, "hosting": hosting})
    return found


@dataclass(frozen=True)
class _Application:
    marketplace: Marketplace
    document: Document

    def build_of(self, release: Release) -> int | None:
        """The build number of a release, None when the marketplace does not know it."""
        found = self._find(release)
        return found.get("buildNumber") if found else None

    def _find(self, release: Release) -> Document | None:
        follow = self.marketplace.follow
        if release == LATEST:
            return follow(self.document, "latestVersion", {})
        if isinstance(release, int):
            asked = {"applicationBuildNumber": str(release)}
            return follow(self.document, "versionByBuild", asked)
        if possible_link(self.document, "versionByName") is None:
            return None
        name = {"name": release, "versionName": release}
        return follow(self.document, "versionByName", name)


def _hosting(found: FoundHosts, application: _Application, hosts: Hosts, at: str) -> dict[str, Any]:
    hosting: dict[str, Any] = {"cloud": True} if hosts.cloud else {}
    for name, bounds in (("server", hosts.server), ("dataCenter", hosts.datacenter)):
        if bounds is not None:
            hosting[name] = dict(_ends(found, application, bounds, f"{at}/hosting/{name}"))
    return hosting


def _ends(
    found: FoundHosts, application: _Application, bounds: Bounds, at: str
) -> Iterator[tuple[str, dict[str, int]]]:
    for end, release in (("min", bounds.min), ("max", bounds.max)):
        build = application.build_of(release)
        if build is None:
            name = application.document.get("name")
            message = f"There is no release {release} of {name}"
            found.problems.append(Problem(message, f"{at}/{end}/build"))
        else:
            yield end, {"build": build}

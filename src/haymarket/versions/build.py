"""Makes a version out of what a client sends, or says everything that is wrong with it."""

from dataclasses import replace

from msgspec import to_builtins

from haymarket import paths
from haymarket.errors import Invalid, Problem
from haymarket.versions import incoming as sent
from haymarket.versions.addresses import problems_of_addresses
from haymarket.versions.compatibility import Bounds, Compatibility, Point
from haymarket.versions.connect import permissions_of, with_descriptor
from haymarket.versions.incoming import VersionIn
from haymarket.versions.model import (
    Boundary,
    Presentation,
    Version,
    problems_of_showing,
    problems_of_version,
)
from haymarket.versions.showing import make_presentation
from haymarket.versions.surroundings import HostFacts, Surroundings

TEXT_LINKS = ("bonTermsSupported", "partnerSpecificTerms")


def make_version(
    doc: VersionIn, known: Surroundings, start: Version, shown: Presentation
) -> tuple[Version, Presentation]:
    """The version that `doc` describes, on top of `start` for whatever it leaves out.

    Raises Invalid with every problem, each with its pointer.
    """
    problems: list[Problem] = []
    version = replace(
        start,
        name=start.name if doc.name is None else doc.name,
        payment_model=doc.payment_model or start.payment_model,
        compatibilities=_compatibilities(doc, known, start, problems) or start.compatibilities,
        links=_external_links(doc, problems),
        modified_at=known.now,
    )
    version = _with_artifact(_released(version, doc), doc, known)
    descriptor = known.descriptors.get(version.artifact or "")
    version = with_descriptor(version, descriptor)
    version = replace(version, boundary=_boundary(doc, version, problems))
    presentation = replace(
        make_presentation(doc, known, shown, problems), permissions=permissions_of(descriptor)
    )
    problems += problems_of_version(version)
    if doc.status != "private":
        problems += problems_of_showing(version, presentation)
    if problems:
        raise Invalid(problems[0].message, problems[0].path, problems=tuple(problems))
    return version, presentation


def _with_artifact(version: Version, doc: VersionIn, known: Surroundings) -> Version:
    if doc.links.artifact is None:
        return replace(version, artifact=None, artifact_remote=None)
    href = doc.links.artifact.href
    name = known.assets["artifact", href] or None
    if name == version.artifact and (name or href == version.artifact_remote):
        return version
    remote = None if paths.last_segment(href, paths.ASSETS) else href
    return replace(version, artifact=name, artifact_remote=remote)


def _released(version: Version, doc: VersionIn) -> Version:
    if doc.release is None:
        return version
    return replace(
        version,
        released_on=doc.release.date or version.released_on,
        released_by=doc.release.released_by,
        beta=doc.release.beta,
        supported=doc.release.supported,
    )


def _boundary(doc: VersionIn, version: Version, problems: list[Problem]) -> Boundary | None:
    asked = doc.cloud_compliance_boundaries
    if asked and len(asked) > 1:
        at = "/cloudComplianceBoundaries"
        problems.append(Problem("A version belongs to one boundary", at))
    if asked:
        return asked[0]
    return version.boundary or "commercial" if "cloud" in version.hostings else None


def _external_links(doc: VersionIn, problems: list[Problem]) -> dict[str, object]:
    links: dict[str, object] = to_builtins(doc.vendor_links) if doc.vendor_links else {}
    addresses = {name: value for name, value in links.items() if name not in TEXT_LINKS}
    problems += problems_of_addresses(addresses, "/vendorLinks")
    return links


def _compatibilities(
    doc: VersionIn, known: Surroundings, start: Version, problems: list[Problem]
) -> tuple[Compatibility, ...]:
    found = []
    for index, each in enumerate(doc.compatibilities or ()):
        at = f"/compatibilities/{index}"
        kept = next((one for one in start.compatibilities if _says(each, one)), None)
        if kept:  # it stays, even if the application has changed since
            found.append(kept)
            continue
        host = known.hosts.get(each.application)
        if host is None:
            message = f"There is no application {each.application}"
            problems.append(Problem(message, f"{at}/application"))
            continue
        made = Compatibility(
            host.key,
            bool(each.hosting.cloud),
            _bounds(each.hosting.server, host, f"{at}/hosting/server", problems),
            _bounds(each.hosting.data_center, host, f"{at}/hosting/dataCenter", problems),
        )
        problems += _problems_of_hosting(made, host, at)
        found.append(made)
    applications = [each.application for each in found]
    if len(set(applications)) < len(applications):
        problems.append(Problem("An application is named once", "/compatibilities"))
    return tuple(found)


def _says(sent_one: sent.CompatibilityIn, kept: Compatibility) -> bool:
    hosting = sent_one.hosting
    pairs = ((hosting.server, kept.server), (hosting.data_center, kept.data_center))
    return (
        sent_one.application == kept.application
        and bool(hosting.cloud) == kept.cloud
        and all(_builds(one) == _builds(other) for one, other in pairs)
    )


def _builds(bounds: sent.BoundsIn | Bounds | None) -> tuple[int, int] | None:
    return (bounds.min.build, bounds.max.build) if bounds else None


def _problems_of_hosting(made: Compatibility, host: HostFacts, at: str) -> list[Problem]:
    if not made.hostings:
        return [Problem("At least one of cloud, server, dataCenter is needed", f"{at}/hosting")]
    return [
        Problem(f"{host.key} is not offered for {hosting}", f"{at}/hosting/{hosting}")
        for hosting in made.hostings
        if hosting not in host.hostings
    ]


def _bounds(
    bounds: sent.BoundsIn | None, host: HostFacts, at: str, problems: list[Problem]
) -> Bounds | None:
    if bounds is None:
        return None
    points = []
    for end, point in (("min", bounds.min), ("max", bounds.max)):
        name = host.builds.get(point.build)
        if name is None:
            message = f"{host.key} has no version with build number {point.build}"
            problems.append(Problem(message, f"{at}/{end}/build"))
        points.append(Point(point.build, name or ""))
    if points[0].build > points[1].build:
        problems.append(Problem("min is greater than max", f"{at}/min/build"))
    return Bounds(points[0], points[1])

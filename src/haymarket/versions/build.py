"""Makes a version out of what a client sends, or says everything that is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from msgspec import to_builtins

from haymarket import paths
from haymarket.errors import Invalid, Problem
from haymarket.html import clean_html, clean_links
from haymarket.versions import incoming as sent
from haymarket.versions.compatibility import Bounds, Compatibility, Point
from haymarket.versions.incoming import VersionIn
from haymarket.versions.model import (
    Boundary,
    Highlight,
    Instruction,
    Picture,
    Presentation,
    Version,
    problems_of_showing,
    problems_of_version,
)

TEXT_LINKS = ("bonTermsSupported", "partnerSpecificTerms")


@dataclass(frozen=True)
class HostFacts:
    """What is known of an application: its key, hostings, and the names of builds."""

    key: str
    hostings: frozenset[str]
    builds: Mapping[int, str]


@dataclass(frozen=True)
class Surroundings:
    """What a version is checked against.

    `assets` maps the addresses that the document refers to, to the names of kept assets;
    `hosts` maps what clients call an application to what is known of it; `licences` are the keys
    of the licence types.
    """

    assets: Mapping[str, str]
    hosts: Mapping[str, HostFacts]
    licences: frozenset[str]
    now: datetime


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
    version = replace(version, boundary=_boundary(doc, version, problems))
    presentation = _presentation(doc, known, shown, problems)
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
    name = known.assets[href] or None
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
    return "commercial" if "cloud" in version.hostings else None


def _external_links(doc: VersionIn, problems: list[Problem]) -> dict[str, object]:
    links: dict[str, object] = to_builtins(doc.vendor_links) if doc.vendor_links else {}
    for name, value in links.items():
        if name not in TEXT_LINKS and not is_web_address(str(value)):
            problems.append(Problem(f"{name} is not a web address", f"/vendorLinks/{name}"))
    return links


def is_web_address(text: str) -> bool:
    """Whether a text is an absolute http or https address."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(text) <= 2000


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


def _presentation(
    doc: VersionIn, known: Surroundings, start: Presentation, problems: list[Problem]
) -> Presentation:
    text = doc.text or sent.TextIn()
    embedded = doc.embedded or sent.EmbeddedIn()
    licence = _licence(doc, known, problems)
    return replace(
        start,
        release_summary=text.release_summary,
        more_details=text.more_details and clean_html(text.more_details),
        release_notes=text.release_notes and clean_html(text.release_notes),
        youtube_id=doc.youtube_id,
        licence=licence,
        hero=known.assets.get(doc.links.hero.href) if doc.links.hero else None,
        agreement=doc.links.agreement.href if doc.links.agreement else None,
        highlights=tuple(_highlight(each, known) for each in embedded.highlights or ()),
        screenshots=tuple(
            Picture(known.assets[each.links.image.href], each.caption)
            for each in embedded.screenshots or ()
        ),
        instructions=tuple(_instruction(each, known) for each in embedded.instructions or ()),
        legacy=to_builtins(doc.legacy) if start.legacy and doc.legacy else start.legacy,
        cloud=to_builtins(doc.cloud) if doc.cloud else None,
        integration_type=doc.integration_type,
    )


def _highlight(each: sent.HighlightIn, known: Surroundings) -> Highlight:
    return Highlight(
        known.assets[each.links.screenshot.href],
        known.assets[each.links.thumbnail.href],
        each.title,
        each.body and clean_html(each.body),
        each.explanation,
    )


def _instruction(each: sent.InstructionIn, known: Surroundings) -> Instruction:
    image = each.links and each.links.image
    return Instruction(clean_links(each.body), known.assets[image.href] if image else None)


def _licence(doc: VersionIn, known: Surroundings, problems: list[Problem]) -> str | None:
    if doc.links.license is None:
        return None
    key = paths.last_segment(doc.links.license.href, paths.LICENCE_TYPES)
    if key not in known.licences:
        problems.append(Problem("There is no such licence type", "/_links/license"))
    return key

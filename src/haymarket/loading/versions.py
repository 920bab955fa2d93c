"""Versions of a file as they will be kept: their host builds, artifacts and pictures found."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from functools import partial

from msgspec import to_builtins

from haymarket import drawing
from haymarket.html import clean_html, clean_links
from haymarket.loading import format
from haymarket.loading.keeper import Keeper, Place
from haymarket.loading.made import descriptor, jar
from haymarket.versions.compatibility import Bounds, Compatibility, Hosting, Point
from haymarket.versions.connect import permissions_of, with_descriptor
from haymarket.versions.model import Highlight, Instruction, Picture, Presentation, Version

Releases = Mapping[str, Mapping[str, int]]
"""For each application, its version names and their builds."""


@dataclass(frozen=True)
class Known:
    """What versions refer to: releases of applications, and keys of licences."""

    releases: Releases
    licences: frozenset[str]


def prepare_version(
    keeper: Keeper, place: Place, app: format.App, each: format.Version, known: Known
) -> tuple[Version, Presentation]:
    """A version and what it shows; keeps its artifact and pictures. Raises BadFile."""
    if each.licence is not None and each.licence not in known.licences:
        raise place.within("licence").bad(f"there is no licence {each.licence}")
    released = datetime.combine(each.date, time(9), UTC)
    compatibilities = tuple(
        _compatibility(place.within(f"compatibilities[{index}]"), one, known.releases)
        for index, one in enumerate(each.compatibilities)
    )
    hostings = {hosting for one in compatibilities for hosting in one.hostings}
    artifact = _artifact(keeper, place, app, each, hostings)
    connect = keeper.descriptor(artifact)
    links = {k: v for k, v in to_builtins(each.links).items() if v is not None}
    version = Version(
        app_id=0,
        build=each.build,
        name=each.name,
        status=each.status,
        payment_model=each.payment_model,
        released_on=each.date,
        created_at=released,
        modified_at=released,
        compatibilities=compatibilities,
        released_by=each.released_by,
        beta=each.beta,
        supported=each.supported,
        artifact=artifact,
        boundary="commercial" if "cloud" in hostings else None,
        links=links,
        reviewed=each.status in ("public", "rejected"),
    )
    shown = replace(_presentation(keeper, place, app, each), permissions=permissions_of(connect))
    return with_descriptor(version, connect), shown


def _artifact(
    keeper: Keeper, place: Place, app: format.App, each: format.Version, hostings: set[Hosting]
) -> str | None:
    """What a version is installed from: one for the cloud alone has a descriptor."""
    make, suffix = (descriptor, "json") if hostings == {"cloud"} else (jar, "jar")
    file_name = f"{app.key.rsplit('.', 1)[-1]}-{each.name}.{suffix}"
    made = partial(make, app.key, app.name, each.name)
    return keeper.artifact(place.within("artifact"), each.artifact, file_name, made)


def _compatibility(place: Place, each: format.Compatibility, releases: Releases) -> Compatibility:
    known = releases.get(each.application)
    if known is None:
        raise place.within("application").bad(f"there is no application {each.application}")
    return Compatibility(
        each.application,
        each.cloud,
        _bounds(place.within("server"), each.server, known),
        _bounds(place.within("dataCenter"), each.data_center, known),
    )


def _bounds(
    place: Place, named: format.NamedBounds | None, known: Mapping[str, int]
) -> Bounds | None:
    if named is None:
        return None
    for member, name in (("min", named.min), ("max", named.max)):
        if name not in known:
            raise place.within(member).bad(f"the application has no version {name}")
    if known[named.min] > known[named.max]:
        raise place.bad("min is newer than max")
    return Bounds(Point(known[named.min], named.min), Point(known[named.max], named.max))


def _presentation(
    keeper: Keeper, place: Place, app: format.App, each: format.Version
) -> Presentation:
    return Presentation(
        release_summary=each.release_summary,
        more_details=each.more_details and clean_html(each.more_details),
        release_notes=each.release_notes and clean_html(each.release_notes),
        youtube_id=each.youtube_id,
        licence=each.licence,
        highlights=tuple(
            _highlight(keeper, place.within(f"highlights[{index}].image"), app, one)
            for index, one in enumerate(each.highlights)
        ),
        screenshots=tuple(
            _picture(keeper, place.within(f"screenshots[{index}].image"), app, one)
            for index, one in enumerate(each.screenshots)
        ),
        instructions=tuple(Instruction(clean_links(text)) for text in each.instructions),
    )


def _highlight(keeper: Keeper, place: Place, app: format.App, each: format.Highlight) -> Highlight:
    def drawn() -> bytes:
        return drawing.screenshot(app.name, each.title)

    def small() -> bytes:
        return drawing.screenshot(app.name, each.title, drawing.THUMBNAIL)

    screenshot = keeper.image(place, each.image, "screenshot", drawn)
    thumbnail = keeper.image(place, each.image, "screenshot-thumbnail", small)
    body = clean_html(each.body)
    return Highlight(screenshot or "", thumbnail or "", each.title, body, each.explanation)


def _picture(keeper: Keeper, place: Place, app: format.App, each: format.Screenshot) -> Picture:
    def drawn() -> bytes:
        return drawing.screenshot(app.name, each.caption or app.name)

    return Picture(keeper.image(place, each.image, "screenshot", drawn) or "", each.caption)

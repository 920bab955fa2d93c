"""A version of an app and the rules of its facts (related.md, 1): pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, get_args

from haymarket.errors import Problem
from haymarket.lifecycle.model import VersionStatus
from haymarket.versions.compatibility import Compatibility, Hosting

PaymentModel = Literal["atlassian", "free", "vendor"]
Boundary = Literal["commercial", "fedramp_moderate", "isolated_cloud"]
DataCenterStatus = Literal["compatible", "pending", "rejected"]
IntegrationType = Literal["global", "informational", "room"]

PAYMENT_MODELS: tuple[PaymentModel, ...] = get_args(PaymentModel)
LONGEST_NAME = 100
LONGEST_TEXT = 100_000
LARGEST_BUILD = 2**53 - 1
MOST_COMPATIBILITIES = 50
MOST_PICTURES = 50


@dataclass(frozen=True)
class Version:
    """A version in short: all that lists and filters need.

    `build` is its identity within the app and its order. `links` holds the wire form of
    `vendorLinks`. `base_url` is where an app runs that has a Connect descriptor. `reviewed` says
    whether an approval is recorded for it.
    """

    app_id: int
    build: int
    name: str
    status: VersionStatus
    payment_model: PaymentModel
    released_on: date
    created_at: datetime
    modified_at: datetime
    compatibilities: tuple[Compatibility, ...]
    released_by: str | None = None
    beta: bool = False
    supported: bool = True
    artifact: str | None = None
    artifact_remote: str | None = None
    connect: bool = False
    base_url: str | None = None
    static: bool = False
    boundary: Boundary | None = None
    data_center_status: DataCenterStatus | None = None
    links: dict[str, Any] = field(default_factory=dict)
    reviewed: bool = False

    @property
    def hostings(self) -> frozenset[Hosting]:
        """Where it runs."""
        return frozenset(each for one in self.compatibilities for each in one.hostings)

    @property
    def is_deployable(self) -> bool:
        """Whether a host product can install it by itself."""
        return self.artifact is not None or self.artifact_remote is not None


@dataclass(frozen=True)
class Picture:
    """A screenshot with its caption; `image` is an asset name."""

    image: str
    caption: str | None = None


@dataclass(frozen=True)
class Highlight:
    """A highlight of a listing; `screenshot` and `thumbnail` are asset names."""

    screenshot: str
    thumbnail: str
    title: str | None = None
    body: str | None = None
    explanation: str | None = None


@dataclass(frozen=True)
class Instruction:
    """One step of the installation; HTML with nothing but links."""

    body: str
    image: str | None = None


@dataclass(frozen=True)
class Presentation:
    """What a version shows of itself on its page; HTML in `more_details` and `release_notes`."""

    release_summary: str | None = None
    more_details: str | None = None
    release_notes: str | None = None
    youtube_id: str | None = None
    licence: str | None = None
    hero: str | None = None
    agreement: str | None = None
    highlights: tuple[Highlight, ...] = ()
    screenshots: tuple[Picture, ...] = ()
    instructions: tuple[Instruction, ...] = ()
    permissions: tuple[dict[str, str], ...] = ()
    legacy: dict[str, Any] | None = None
    cloud: dict[str, Any] | None = None
    integration_type: IntegrationType | None = None

    @property
    def images(self) -> frozenset[str]:
        """The names of every image asset that it shows."""
        return frozenset(name for _, name in self.kinds_of_images)

    @property
    def kinds_of_images(self) -> frozenset[tuple[str, str]]:
        """The image type and the name of every image asset that it shows."""
        found = [("hero", self.hero)]
        found += [("screenshot", each.image) for each in self.screenshots]
        found += [("screenshot", each.image) for each in self.instructions]
        found += [("screenshot", each.screenshot) for each in self.highlights]
        found += [("screenshot-thumbnail", each.thumbnail) for each in self.highlights]
        return frozenset((kind, name) for kind, name in found if name)


def problems_of_version(version: Version) -> list[Problem]:
    """What is wrong with the short facts, each with the pointer of its member."""
    found = []
    if not 0 < version.build <= LARGEST_BUILD:
        found.append(Problem(f"A build number is from 1 to {LARGEST_BUILD}", "/buildNumber"))
    if not version.name.strip() or len(version.name) > LONGEST_NAME:
        found.append(Problem(f"A version name has 1 to {LONGEST_NAME} characters", "/name"))
    if not version.compatibilities:
        found.append(Problem("A version runs on at least one application", "/compatibilities"))
    if version.connect and version.hostings != {"cloud"}:
        found.append(Problem("A Connect app runs in the cloud only", "/compatibilities"))
    if version.boundary and "cloud" not in version.hostings:
        found.append(
            Problem("Only versions for cloud have a boundary", "/cloudComplianceBoundaries")
        )
    return found


def problems_of_showing(version: Version, presentation: Presentation) -> list[Problem]:
    """What a version lacks that leaves the vendor's desk, to review or to everyone."""
    found = []
    if not version.is_deployable and not version.links.get("binary"):
        found.append(
            Problem(
                "A version that is not private has an artifact, or a vendorLinks.binary",
                "/_links/artifact",
            )
        )
    for index, highlight in enumerate(presentation.highlights):
        for member, text in (("title", highlight.title), ("body", highlight.body)):
            if not text:
                found.append(
                    Problem(
                        f"A highlight needs a {member} unless the version is private",
                        f"/_embedded/highlights/{index}/{member}",
                    )
                )
    return found


def needs_approval(version: Version, public: Iterable[Version]) -> bool:
    """Whether a version of an approved app, with these public ones, waits for a review.

    It does for an added hosting, for a payment model that changes to or from Atlassian's, and for
    another base address of a Connect app; routine updates do not (apps.md, D). Each hosting is
    compared with the newest version for it, since the versions of an app may part by hosting.
    """
    newest = {
        hosting: each
        for each in sorted(public, key=lambda each: each.build)
        for hosting in each.hostings
    }
    if version.hostings - set(newest):
        return True
    if version.base_url and version.base_url != newest["cloud"].base_url:
        return True
    models = {version.payment_model, *(newest[each].payment_model for each in version.hostings)}
    return len(models) > 1 and "atlassian" in models

"""Approval and release as documents (apps.md, F)."""

from msgspec import field

from haymarket import paths
from haymarket.apps.model import App
from haymarket.hal import Link, Wire
from haymarket.lifecycle.model import ApprovalState
from haymarket.versions.incoming import Incoming


class ApprovalStatusLinks(Wire, kw_only=True):
    """Links of an approval; `parent` is what it is about."""

    self_: Link = field(name="self")
    parent: Link
    issue_portal: Link | None = None


class ApprovalStatus(Wire, kw_only=True):
    """Where a review stands; `reason` holds HTML and is there after a rejection."""

    links: ApprovalStatusLinks | None = field(name="_links", default=None)
    status: ApprovalState
    reason: str | None = None


class AddonReleaseStatus(Wire, kw_only=True):
    """Whether an app was released to everyone."""

    released: bool


class ApprovalIn(Incoming, kw_only=True):
    """What a vendor (`pending`) or a reviewer sends."""

    status: ApprovalState
    reason: str | None = None


class ReleaseIn(Incoming, kw_only=True):
    """What a vendor sends to release an app."""

    released: bool


def app_approval(app: App, status: ApprovalState, reason: str | None) -> ApprovalStatus:
    """The approval of an app."""
    links = ApprovalStatusLinks(
        self_=Link(paths.app_part(app.key, "approval")), parent=Link(paths.app(app.key))
    )
    return ApprovalStatus(links=links, status=status, reason=reason)


def version_approval(
    app: App, build: int, status: ApprovalState, reason: str | None
) -> ApprovalStatus:
    """The approval of a version."""
    links = ApprovalStatusLinks(
        self_=Link(paths.version_approval(app.key, build)),
        parent=Link(paths.version(app.key, build)),
    )
    return ApprovalStatus(links=links, status=status, reason=reason)

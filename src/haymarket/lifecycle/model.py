"""The state machine of apps and versions (apps.md, D): pure, and the only place that knows it.

An app and its versions are reviewed together: what waits is decided by one approval. There is
no way to `public` that does not pass through an approval.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from haymarket.errors import Invalid

AppStatus = Literal["private", "public", "readytolaunch", "rejected", "submitted"]
VersionStatus = Literal["private", "public", "rejected", "submitted"]
Event = Literal["create", "submit", "approve", "reject", "resubmit", "release", "publish"]
ApprovalState = Literal["approved", "pending", "rejected"]
AfterApproval = Literal["private", "public", "readytolaunch"]

APP_STATUSES: tuple[AppStatus, ...] = get_args(AppStatus)
VERSION_STATUSES: tuple[VersionStatus, ...] = get_args(VersionStatus)
EVENTS: tuple[Event, ...] = get_args(Event)
AFTER_APPROVAL: tuple[AfterApproval, ...] = get_args(AfterApproval)


@dataclass(frozen=True)
class AppState:
    """Where an app stands. `approved` says whether an approval is recorded for it."""

    status: AppStatus
    approved: bool
    after_approval: AfterApproval = "public"


NEW = AppState("private", False)


def after(state: AppState, event: Event) -> AppState:
    """Where an app stands after an event. Raises Invalid when the event is not possible."""
    match state.status, event:
        case "private", "submit":
            return AppState("submitted", state.approved, state.after_approval)
        case "submitted", "approve":
            return AppState(state.after_approval, True, state.after_approval)
        case "submitted", "reject":
            return AppState("rejected", state.approved, state.after_approval)
        case "rejected", "resubmit":
            return AppState("submitted", state.approved, state.after_approval)
        case "readytolaunch" | "private", "release" if state.approved:
            return AppState("public", True, state.after_approval)
        case _:
            raise Invalid(_why_not(state, event), "/status")


def _why_not(state: AppState, event: Event) -> str:
    if event == "release":
        return "Only an app that was approved can be released"
    if event in ("approve", "reject"):
        return f"Only a submitted app can be approved or rejected; this one is {state.status}"
    if event == "resubmit":
        return f"Only a rejected app can be submitted again; this one is {state.status}"
    return f"An app that is {state.status} can not be submitted"


def version_after(status: VersionStatus, event: Event) -> VersionStatus:
    """Where a version stands after an event. Raises Invalid when the event is not possible.

    `publish` is the way of a routine update of an approved app, which needs no review.
    """
    possible: dict[tuple[VersionStatus, Event], VersionStatus] = {
        ("private", "submit"): "submitted",
        ("private", "publish"): "public",
        ("submitted", "approve"): "public",
        ("submitted", "reject"): "rejected",
        ("rejected", "resubmit"): "submitted",
    }
    try:
        return possible[status, event]
    except KeyError:
        raise Invalid(f"A version that is {status} can not {event}", "/status") from None


def approval_of(state: AppState) -> ApprovalState | None:
    """The approval that belongs to an app's status; None when it was never submitted."""
    match state.status:
        case "submitted":
            return "pending"
        case "rejected":
            return "rejected"
        case "public" | "readytolaunch":
            return "approved"
        case _:
            return "approved" if state.approved else None


def approval_of_version(status: VersionStatus, reviewed: bool) -> ApprovalState | None:
    """The approval of a version; None for one that was never submitted."""
    if status == "submitted":
        return "pending"
    if status == "rejected":
        return "rejected"
    return "approved" if status == "public" and reviewed else None


@dataclass(frozen=True)
class Transition:
    """One line of the history: what happened to an app or a version, when, by whom and why."""

    at: datetime
    actor: int | None
    app_id: int
    build: int | None
    event: Event
    before: str | None
    after: str
    reason: str | None = None

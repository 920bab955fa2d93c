"""The state machine, held against a table that is written out (apps.md, D)."""

from itertools import product
from typing import get_args

import pytest

from haymarket.errors import Invalid
from haymarket.lifecycle.model import (
    AFTER_APPROVAL,
    APP_STATUSES,
    EVENTS,
    NEW,
    VERSION_STATUSES,
    AfterApproval,
    ApprovalState,
    AppState,
    AppStatus,
    Event,
    VersionStatus,
    after,
    approval_of,
    approval_of_version,
    version_after,
)

PRIVATE, SUBMITTED, READY = "private", "submitted", "readytolaunch"

# From (status, approved) by an event to (status, approved). `wanted` stands for the status that
# the vendor wants after the approval. Everything that is not here is refused.
TABLE: dict[tuple[str, bool, str], tuple[str, bool]] = {
    (PRIVATE, False, "submit"): (SUBMITTED, False),
    (PRIVATE, True, "submit"): (SUBMITTED, True),
    (PRIVATE, True, "release"): ("public", True),
    (SUBMITTED, False, "approve"): ("wanted", True),
    (SUBMITTED, True, "approve"): ("wanted", True),
    (SUBMITTED, False, "reject"): ("rejected", False),
    (SUBMITTED, True, "reject"): ("rejected", True),
    ("rejected", False, "resubmit"): (SUBMITTED, False),
    ("rejected", True, "resubmit"): (SUBMITTED, True),
    (READY, True, "release"): ("public", True),
}

VERSIONS: dict[tuple[str, str], str] = {
    (PRIVATE, "submit"): SUBMITTED,
    (PRIVATE, "publish"): "public",
    (SUBMITTED, "approve"): "public",
    (SUBMITTED, "reject"): "rejected",
    ("rejected", "resubmit"): SUBMITTED,
}


@pytest.mark.parametrize("wanted", AFTER_APPROVAL)
@pytest.mark.parametrize(
    ("status", "approved", "event"), [*product(APP_STATUSES, (False, True), EVENTS)]
)
def test_an_app_moves_as_the_table_says_and_in_no_other_way(
    status: AppStatus, approved: bool, event: Event, wanted: AfterApproval
) -> None:
    state = AppState(status, approved, wanted)
    expected = TABLE.get((status, approved, event))
    if expected is None:
        with pytest.raises(Invalid) as refused:
            after(state, event)
        assert refused.value.path == "/status"
        return
    moved = after(state, event)
    goes_to = wanted if expected[0] == "wanted" else expected[0]
    assert (moved.status, moved.approved, moved.after_approval) == (goes_to, expected[1], wanted)


@pytest.mark.parametrize(("status", "event"), [*product(VERSION_STATUSES, EVENTS)])
def test_a_version_moves_as_the_table_says_and_in_no_other_way(
    status: VersionStatus, event: Event
) -> None:
    expected = VERSIONS.get((status, event))
    if expected is None:
        with pytest.raises(Invalid, match=f"{status} can not {event}"):
            version_after(status, event)
    else:
        assert version_after(status, event) == expected


def reachable() -> set[AppState]:
    found = {AppState(NEW.status, NEW.approved, each) for each in AFTER_APPROVAL}
    waiting = list(found)
    while waiting:
        state = waiting.pop()
        for event in EVENTS:
            try:
                moved = after(state, event)
            except Invalid:
                continue
            if moved not in found:
                found.add(moved)
                waiting.append(moved)
    return found


def test_no_way_leads_to_public_without_an_approval() -> None:
    assert {each.status for each in reachable()} == set(APP_STATUSES)
    for state in reachable():
        assert state.approved or state.status not in ("public", READY)


def test_what_is_public_stays_public() -> None:
    for event in EVENTS:
        with pytest.raises(Invalid):
            after(AppState("public", True), event)


@pytest.mark.parametrize(
    ("status", "approved", "approval"),
    [
        (PRIVATE, False, None),
        (PRIVATE, True, "approved"),
        (SUBMITTED, False, "pending"),
        (SUBMITTED, True, "pending"),
        ("rejected", False, "rejected"),
        ("rejected", True, "rejected"),
        (READY, True, "approved"),
        ("public", True, "approved"),
    ],
)
def test_the_approval_follows_from_the_status(
    status: AppStatus, approved: bool, approval: ApprovalState | None
) -> None:
    assert approval_of(AppState(status, approved)) == approval


@pytest.mark.parametrize(
    ("status", "reviewed", "approval"),
    [
        (PRIVATE, False, None),
        (SUBMITTED, False, "pending"),
        ("rejected", False, "rejected"),
        ("public", True, "approved"),
        ("public", False, None),
    ],
)
def test_the_approval_of_a_version_follows_from_its_status(
    status: VersionStatus, reviewed: bool, approval: ApprovalState | None
) -> None:
    assert approval_of_version(status, reviewed) == approval


def test_the_tables_name_only_what_exists() -> None:
    for status, _, event in TABLE:
        assert status in get_args(AppStatus)
        assert event in get_args(Event)
    for status, event in VERSIONS:
        assert status in get_args(VersionStatus)
        assert event in get_args(Event)

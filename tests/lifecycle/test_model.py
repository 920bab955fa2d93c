"""The state machine, walked completely."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haymarket.errors import Invalid
from haymarket.lifecycle.model import (
    AFTER_APPROVAL,
    APP_STATUSES,
    EVENTS,
    VERSION_STATUSES,
    AfterApproval,
    AppState,
    AppStatus,
    Event,
    VersionStatus,
    after,
    approval_of,
    version_after,
)

POSSIBLE: dict[tuple[AppStatus, bool, Event], str] = {
    ("private", False, "submit"): "submitted",
    ("private", True, "submit"): "submitted",
    ("private", True, "release"): "public",
    ("submitted", False, "approve"): "as asked",
    ("submitted", True, "approve"): "as asked",
    ("submitted", False, "reject"): "rejected",
    ("submitted", True, "reject"): "rejected",
    ("rejected", False, "resubmit"): "submitted",
    ("rejected", True, "resubmit"): "submitted",
    ("readytolaunch", True, "release"): "public",
}
"""Every transition there is; all others are refused."""

OF_VERSIONS: dict[tuple[VersionStatus, Event], VersionStatus] = {
    ("private", "submit"): "submitted",
    ("private", "publish"): "public",
    ("submitted", "approve"): "public",
    ("submitted", "reject"): "rejected",
    ("rejected", "resubmit"): "submitted",
}


@pytest.mark.parametrize("status", APP_STATUSES)
@pytest.mark.parametrize("approved", [False, True])
@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("wish", AFTER_APPROVAL)
def test_an_app_goes_where_the_table_says(
    status: AppStatus, approved: bool, event: Event, wish: AfterApproval
) -> None:
    state = AppState(status, approved, wish)
    expected = POSSIBLE.get((status, approved, event))
    if expected is None:
        with pytest.raises(Invalid):
            after(state, event)
    else:
        moved = after(state, event)
        assert moved.status == (wish if expected == "as asked" else expected)
        assert moved.approved == (approved or event == "approve")


@pytest.mark.parametrize(("status", "event"), list(product(VERSION_STATUSES, EVENTS)))
def test_a_version_goes_where_the_table_says(status: VersionStatus, event: Event) -> None:
    expected = OF_VERSIONS.get((status, event))
    if expected is None:
        with pytest.raises(Invalid):
            version_after(status, event)
    else:
        assert version_after(status, event) == expected


@given(st.lists(st.sampled_from(EVENTS), max_size=30), st.sampled_from(AFTER_APPROVAL))
def test_nothing_becomes_public_without_an_approval(
    events: list[Event], wish: AfterApproval
) -> None:
    state, approvals = AppState("private", False, wish), 0
    for event in events:
        try:
            state = after(state, event)
        except Invalid:
            continue
        approvals += event == "approve"
        assert state.approved == (approvals > 0)
        if state.status in ("public", "readytolaunch"):
            assert approvals > 0


def test_the_approval_follows_from_the_status() -> None:
    assert approval_of(AppState("private", False)) is None
    assert approval_of(AppState("submitted", False)) == "pending"
    assert approval_of(AppState("rejected", False)) == "rejected"
    assert approval_of(AppState("readytolaunch", True)) == "approved"
    assert approval_of(AppState("public", True)) == "approved"

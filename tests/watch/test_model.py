"""What is told to whom, and when a delivery is tried again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haymarket.lifecycle.model import (
    AFTER_APPROVAL,
    NEW,
    AppState,
    Event,
    Transition,
    after,
    version_after,
)
from haymarket.watch.delivery import DELAYS, JITTER, next_delay
from haymarket.watch.model import (
    EVENT_NAMES,
    LONGEST_DESCRIPTION,
    LONGEST_URL,
    Moved,
    Watcher,
    first_change,
    happenings,
    heard_by,
    may_hear,
    names_of,
    problems_of_webhook,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
INSIDE, STRANGER = Watcher(1, "a@acme.example", True), Watcher(2, "s@example.com", False)


def moved(number: int, event: Event, after: str, build: int | None = None, app: int = 1) -> Moved:
    return Moved(number, Transition(NOON, 5, app, build, event, "submitted", after))


APPROVED = [moved(1, "approve", "public"), moved(2, "approve", "public", 1)]


def test_an_approval_that_lists_an_app_is_an_approval_and_a_release() -> None:
    told = [each.name for each in happenings(APPROVED, True)]
    assert told == ["app.approved", "app.released", "version.approved", "version.published"]


def test_an_approval_for_later_publishes_nothing() -> None:
    change = [moved(1, "approve", "readytolaunch"), moved(2, "approve", "public", 1)]
    assert [each.name for each in happenings(change, False)] == ["app.approved", "version.approved"]


@pytest.mark.parametrize(
    ("event", "after", "build", "listed", "names"),
    [
        ("create", "private", None, False, []),
        ("create", "private", 1, True, []),
        ("submit", "submitted", None, False, ["app.submitted"]),
        ("resubmit", "submitted", 1, True, ["version.submitted"]),
        ("reject", "rejected", None, False, ["app.rejected"]),
        ("reject", "rejected", 1, True, ["version.rejected"]),
        ("release", "public", None, True, ["app.released"]),
        ("publish", "public", 1, True, ["version.published"]),
        ("publish", "public", 1, False, []),
    ],
)
def test_what_a_transition_means(
    event: Event, after: str, build: int | None, listed: bool, names: list[str]
) -> None:
    assert names_of(moved(1, event, after, build).transition, listed) == names


def test_a_contact_hears_of_an_approval_once_and_a_stranger_of_what_is_public_in_it() -> None:
    told = happenings(APPROVED, True)
    heard = [heard_by(who, told, True) for who in (INSIDE, STRANGER)]
    assert [each.name if each else None for each in heard] == ["app.approved", "app.released"]


def test_a_stranger_hears_nothing_of_an_app_that_is_not_public() -> None:
    for name in EVENT_NAMES:
        assert not may_hear(STRANGER, name, False)


def test_nobody_is_written_of_a_submission() -> None:
    told = happenings([moved(1, "submit", "submitted")], False)
    assert heard_by(INSIDE, told, False) is None


def test_versions_that_move_with_their_app_belong_to_one_change() -> None:
    later = moved(3, "submit", "submitted", 2)
    assert first_change([*APPROVED, later]) == APPROVED
    assert first_change([later, *APPROVED]) == [later]
    assert first_change([]) == []
    other = moved(2, "approve", "public", 1, app=9)
    assert first_change([APPROVED[0], other]) == [APPROVED[0]]
    assert first_change(APPROVED[1:] * 2) == APPROVED[1:]


@given(st.lists(st.sampled_from(["submit", "approve", "reject", "resubmit", "release"])),
       st.sampled_from(AFTER_APPROVAL))  # fmt: skip
def test_a_stranger_hears_only_of_states_that_are_public(events: list[Event], wish: str) -> None:
    state: AppState = AppState(NEW.status, NEW.approved, wish)  # type: ignore[arg-type]
    for event in events:
        try:
            moved_on = after(state, event)
        except Exception:
            continue
        made = Transition(NOON, 1, 1, None, event, state.status, moved_on.status)
        listed = moved_on.status == "public"
        heard = heard_by(STRANGER, happenings([Moved(1, made)], listed), listed)
        assert (heard is not None) == listed
        state = moved_on
    assert version_after("private", "submit") == "submitted"


@given(st.integers(1, len(DELAYS)), st.floats(0, 1))
def test_a_pause_is_the_one_of_the_table_and_a_fifth_longer_at_most(
    failed: int, luck: float
) -> None:
    pause = next_delay(failed, luck)
    assert pause is not None
    assert DELAYS[failed - 1] <= pause <= DELAYS[failed - 1] * (1 + JITTER)


def test_after_the_last_pause_it_is_given_up() -> None:
    assert next_delay(len(DELAYS) + 1, 0.5) is None
    assert sum(DELAYS, timedelta()) == timedelta(hours=34, minutes=36, seconds=10)


@pytest.mark.parametrize(
    ("url", "events", "description", "path"),
    [
        ("https://a.example/" + "x" * LONGEST_URL, ["ping"], None, "/url"),
        ("https://a.example/\n", ["ping"], None, "/url"),
        ("https://a.example", [], None, "/events"),
        ("https://a.example", ["ping"], "x" * (LONGEST_DESCRIPTION + 1), "/description"),
    ],
)
def test_a_webhook_that_breaks_a_rule_is_told_where(
    url: str, events: list[str], description: str | None, path: str
) -> None:
    problems = list(problems_of_webhook(url, events, description))  # type: ignore[arg-type]
    assert [each.path for each in problems] == [path]

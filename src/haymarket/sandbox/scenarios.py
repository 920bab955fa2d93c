"""States that take long to reach by hand, each set up by one call (docs/sandbox.md)."""

from collections.abc import Callable
from dataclasses import dataclass

from haymarket import paths
from haymarket.errors import NotFound
from haymarket.lifecycle.model import VersionStatus
from haymarket.sandbox.customers import give_access, leave_feedback
from haymarket.sandbox.selling import HOSTING, let_prices_live, let_prices_wait
from haymarket.sandbox.staging import Wanted, app_in_state
from haymarket.versions.actions import Desk

Links = dict[str, str]
"""Paths of what a scenario made, by their relations."""

REASON = (
    "<p>Thank you for sending us this app. We can not list it yet:</p><ul><li>The privacy address"
    " answers with an error.</li><li>The tag line promises more than the app does.</li></ul>"
)


@dataclass(frozen=True)
class Scenario:
    """What can be set up; `set_up` returns links to what it made. Raises Conflict."""

    description: str
    set_up: Callable[[Desk], Links]


def named(name: str) -> Scenario:
    """The scenario of a name. Raises NotFound, which tells all names."""
    found = SCENARIOS.get(name)
    if found is None:
        raise NotFound(f"There is no scenario {name}. There are: {', '.join(SCENARIOS)}")
    return found


def descriptions() -> dict[str, str]:
    """What each scenario sets up, by its name."""
    return {name: scenario.description for name, scenario in SCENARIOS.items()}


def _approval_pending(desk: Desk) -> Links:
    wanted = Wanted("example.sandbox.waiting", "Waiting Room", "submitted", ("submitted",))
    return _with_approval(app_in_state(desk, wanted))


def _approval_rejected(desk: Desk) -> Links:
    wanted = Wanted(
        "example.sandbox.rejected",
        "Returned to Sender",
        "rejected",
        ("rejected",),
        rejection_reason=REASON,
    )
    return _with_approval(app_in_state(desk, wanted))


def _ready_to_launch(desk: Desk) -> Links:
    wanted = Wanted("example.sandbox.launch", "Ready to Launch", "readytolaunch", ("public",))
    key = app_in_state(desk, wanted)
    return {**_with_approval(key), "release": paths.app_part(key, "release")}


def _data_center_review(desk: Desk) -> Links:
    wanted = Wanted(
        "example.sandbox.review", "Under Review", "public", ("public", "submitted"), "atlassian"
    )
    key = app_in_state(desk, wanted)
    let_prices_live(desk, key)
    return {
        "app": paths.app(key),
        "version": paths.version(key, wanted.newest_build),
        "approval": paths.version_approval(key, wanted.newest_build),
    }


def _prices_pending(desk: Desk) -> Links:
    wanted = Wanted("example.sandbox.prices", "Dearer Soon", "public", ("public",), "atlassian")
    key = app_in_state(desk, wanted)
    let_prices_wait(desk, key)
    return {
        "app": paths.app(key),
        "live": paths.app_pricing(key, HOSTING, "live"),
        "pending": paths.app_pricing(key, HOSTING, "pending"),
    }


def _two_years_of_installs(desk: Desk) -> Links:
    statuses: tuple[VersionStatus, ...] = ("public",) * 8
    wanted = Wanted("example.sandbox.installs", "Growing Well", "public", statuses, weeks=104)
    key = app_in_state(desk, wanted)
    return {
        "app": paths.app(key),
        "distribution": paths.app_part(key, "distribution"),
        "active": paths.app_part(key, "distribution/active"),
    }


def _feedback(desk: Desk) -> Links:
    statuses: tuple[VersionStatus, ...] = ("public",) * 2
    wanted = Wanted("example.sandbox.feedback", "Not for Everyone", "public", statuses, weeks=26)
    key = app_in_state(desk, wanted)
    leave_feedback(desk, key)
    return {"app": paths.app(key), "feedbacks": paths.app_part(key, "feedbacks")}


def _private_app_with_token(desk: Desk) -> Links:
    wanted = Wanted("example.sandbox.private", "Among Friends", "private", ("private",))
    key = app_in_state(desk, wanted)
    token = give_access(desk, key)
    return {
        "app": paths.app(key),
        "token": paths.app_token(key, token),
        "shared": paths.with_query(paths.app(key), [("accessToken", token)]),
    }


def _with_approval(key: str) -> Links:
    return {"app": paths.app(key), "approval": paths.app_part(key, "approval")}


SCENARIOS: dict[str, Scenario] = {
    "approval-pending": Scenario(
        "An app that waits for a review: approve or reject it as the administrator",
        _approval_pending,
    ),
    "approval-rejected": Scenario(
        "An app that a reviewer rejected, with reasons: change it and send it in again",
        _approval_rejected,
    ),
    "ready-to-launch": Scenario(
        "An app that was approved and that its vendor has not released", _ready_to_launch
    ),
    "data-center-review": Scenario(
        "A public app with a newer paid version for Data Center that waits for a review",
        _data_center_review,
    ),
    "prices-pending": Scenario(
        "A paid app with new prices that become live 24 hours later", _prices_pending
    ),
    "two-years-of-installs": Scenario(
        "An app that was installed more and more for two years, with eight versions",
        _two_years_of_installs,
    ),
    "feedback": Scenario("An app whose vendor was told why people removed it", _feedback),
    "private-app-with-token": Scenario(
        "A private app that whoever has its access token may see", _private_app_with_token
    ),
}

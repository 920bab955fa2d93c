"""Random walks through the API: nothing becomes public without a recorded approval."""

from itertools import count, pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from calling import Api, replace
from given import Json, Person, app_document, bounds, runs_on, version_document
from haymarket.apps.store import get_app
from haymarket.lifecycle.model import Transition
from haymarket.lifecycle.store import history
from haymarket.versions.model import Version
from haymarket.versions.store import list_versions

STATUSES = st.sampled_from(["private", "public", "submitted", "rejected", "readytolaunch"])
DECISIONS = st.sampled_from(["approved", "rejected", "pending"])
KINDS = st.sampled_from(
    [
        {},
        {"paymentModel": "atlassian"},
        {"paymentModel": "vendor"},
        {"compatibilities": [runs_on(cloud=True)]},
        {"compatibilities": [runs_on(server=bounds(800000, 810000), cloud=True)]},
    ]
)
NUMBERS = count()


class Walk(RuleBasedStateMachine):
    """People who do everything that they can think of to one app."""

    api: Api
    people: dict[str, Person]

    def __init__(self) -> None:
        super().__init__()
        self.key = f"com.acme.walk{next(NUMBERS)}"
        self.path = f"/rest/2/addons/{self.key}"

    @initialize(
        status=st.sampled_from(["public", "public", "private"]),
        wish=st.sampled_from(["public", "public", "private", "readytolaunch"]),
        decision=st.sampled_from(["approved", "approved", "rejected", None]),
    )
    def create(self, status: str, wish: str, decision: str | None) -> None:
        document = app_document(self.key, status=status, statusAfterApproval=wish)
        assert self.api.post(self.people["vendor"], "addons", document).status_code == 201
        if decision:
            self._try("PUT", "admin", f"{self.path}/approval", {"status": decision})

    who = st.sampled_from(["vendor", "admin", "other", "stranger"])

    @rule()
    def submit(self) -> None:
        self._try("PATCH", "vendor", self.path, [replace("/status", "public")])

    @rule()
    def submit_prices(self) -> None:
        item = {"amount": 10, "unitCount": 10, "monthsValid": 12, "licenseType": "COMMERCIAL"}
        prices = {"items": [item], "expertDiscountOptOut": False}
        self._try("PUT", "vendor", f"{self.path}/pricing/server/pending", prices)

    @rule()
    def approve(self) -> None:
        self._try("PUT", "admin", f"{self.path}/approval", {"status": "approved"})

    @rule(kind=KINDS)
    def publish_version(self, kind: Json) -> None:
        document = version_document(status="public", **kind)
        self._try("POST", "vendor", f"{self.path}/versions", document)

    @rule(who=who, status=STATUSES)
    def change_status(self, who: str, status: str) -> None:
        self._try("PATCH", who, self.path, [replace("/status", status)])

    @rule(who=who, status=STATUSES)
    def change_wish(self, who: str, status: str) -> None:
        self._try("PATCH", who, self.path, [replace("/statusAfterApproval", status)])

    @rule(who=who, decision=DECISIONS)
    def decide(self, who: str, decision: str) -> None:
        self._try("PUT", who, f"{self.path}/approval", {"status": decision})

    @rule(who=who, released=st.booleans())
    def release(self, who: str, released: bool) -> None:
        self._try("PUT", who, f"{self.path}/release", {"released": released})

    @rule(who=who, status=STATUSES, kind=KINDS)
    def add_version(self, who: str, status: str, kind: Json) -> None:
        document = version_document(status=status, **kind)
        self._try("POST", who, f"{self.path}/versions", document)

    @rule(who=who, build=st.integers(1, 4), status=STATUSES)
    def change_version(self, who: str, build: int, status: str) -> None:
        path = f"{self.path}/versions/build/{build}"
        self._try("PATCH", who, path, [replace("/status", status)])

    @rule(who=who, build=st.integers(1, 4), decision=DECISIONS)
    def decide_version(self, who: str, build: int, decision: str) -> None:
        path = f"{self.path}/versions/build/{build}/approval"
        self._try("PUT", who, path, {"status": decision})

    def _try(self, method: str, who: str, path: str, document: Any) -> None:
        answer = self.api.call(method, self.people[who], path, json=document)
        assert answer.status_code in (200, 201, 204, 400, 403, 404), answer.text
        if who in ("other", "stranger"):
            assert answer.status_code in (403, 404), answer.text

    @invariant()
    def what_is_public_was_approved(self) -> None:
        with self.api.storage.reading() as db:
            app = get_app(db, self.key)
            assert app is not None
            past = history(db, app.id)
            versions = [
                (each, history(db, app.id, each.build)) for each in list_versions(db, app.id)
            ]
        self._holds(app.status, past)
        approvals = [each for each in past if each.event == "approve"]
        assert app.state.approved == bool(approvals)
        if app.status in ("public", "readytolaunch"):
            assert approvals
        for version, past_of_version in versions:
            self._holds(version.status, past_of_version)
            if version.status == "public":
                self._was_approved(version, past_of_version, approvals)
        self._is_seen_as_it_is(app.status == "public", [each for each, _ in versions])

    def _holds(self, status: str, past: list[Transition]) -> None:
        assert past[0].event == "create"
        assert past[-1].after == status
        assert all(one.after == other.before for one, other in pairwise(past))
        admin = self.people["admin"].id
        assert all(each.actor == admin for each in past if each.event in ("approve", "reject"))

    def _was_approved(
        self, version: Version, past: list[Transition], approvals: list[Transition]
    ) -> None:
        events = [each.event for each in past]
        assert ("approve" in events) == version.reviewed
        assert "approve" in events or ("publish" in events and approvals)

    def _is_seen_as_it_is(self, is_public: bool, versions: list[Version]) -> None:
        stranger = self.people["stranger"]
        assert self.api.get(stranger, self.path).status_code == (200 if is_public else 404)
        if is_public:
            shown = self.api.get(stranger, f"{self.path}/versions?limit=0").json()["count"]
            assert shown == sum(each.status == "public" for each in versions)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_no_walk_leads_to_public_without_a_recorded_approval(
    api: Api, vendor: Person, admin: Person, other_vendor: Person, stranger: Person
) -> None:
    class Here(Walk):
        pass

    Here.api = api
    Here.people = {
        "vendor": vendor,
        "admin": admin,
        "other": other_vendor,
        "stranger": stranger,
    }
    bounded = settings(
        max_examples=25,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Here, settings=bounded)

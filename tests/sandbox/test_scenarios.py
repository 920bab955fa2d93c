"""Scenarios: each is set up by one call, again and again, and is what its description says."""

from typing import Any

import pytest
from litestar.testing import TestClient

from commands.marketplaces import PARTNER
from haymarket.sandbox.scenarios import SCENARIOS

ADMIN = ("admin@example.com", "admin-token")
SCENES = "/sandbox/scenarios"
Client = TestClient[Any]


def set_up(client: Client, name: str) -> dict[str, str]:
    """The links of a scenario that was set up."""
    answer = client.post(f"{SCENES}/{name}")
    assert answer.status_code == 200, answer.text
    return {relation: link["href"] for relation, link in answer.json()["_links"].items()}


def test_the_list_tells_every_scenario_with_its_address(sandboxed: Client) -> None:
    shown = sandboxed.get(SCENES).json()
    assert shown["_links"]["self"]["href"] == SCENES
    assert [each["name"] for each in shown["scenarios"]] == list(SCENARIOS)
    for each in shown["scenarios"]:
        assert each["_links"]["self"]["href"] == f"{SCENES}/{each['name']}"
        assert each["description"]


def test_a_name_that_there_is_not_is_answered_with_all_that_there_are(sandboxed: Client) -> None:
    answer = sandboxed.post(f"{SCENES}/world-peace")
    assert answer.status_code == 404
    for name in SCENARIOS:
        assert name in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_link_leads_somewhere_and_a_second_call_answers_the_same(
    name: str, sandboxed: Client
) -> None:
    links = set_up(sandboxed, name)
    assert links.pop("self") == f"{SCENES}/{name}"
    assert "app" in links
    for href in links.values():
        assert sandboxed.get(href, auth=PARTNER).status_code == 200, href
    again = sandboxed.post(f"{SCENES}/{name}").json()["_links"]
    assert {key: link["href"] for key, link in again.items() if key != "self"} == links


@pytest.mark.parametrize(
    ("name", "status", "approval"),
    [
        ("approval-pending", "submitted", "pending"),
        ("approval-rejected", "rejected", "rejected"),
        ("ready-to-launch", "readytolaunch", "approved"),
        ("data-center-review", "public", "pending"),
    ],
)
def test_each_review_stands_where_it_should(
    name: str, status: str, approval: str, sandboxed: Client
) -> None:
    links = set_up(sandboxed, name)
    assert sandboxed.get(links["app"], auth=PARTNER).json()["status"] == status
    shown = sandboxed.get(links["approval"], auth=PARTNER).json()
    assert shown["status"] == approval
    assert ("reason" in shown) == (approval == "rejected")


def test_a_rejected_app_is_sent_in_again_and_the_next_call_makes_another_one(
    sandboxed: Client,
) -> None:
    links = set_up(sandboxed, "approval-rejected")
    pending = {"status": "pending"}
    assert sandboxed.put(links["approval"], json=pending, auth=PARTNER).status_code == 204
    again = set_up(sandboxed, "approval-rejected")
    assert again["app"] == f"{links['app']}-2"
    assert sandboxed.get(again["app"], auth=PARTNER).json()["status"] == "rejected"


def test_an_app_that_is_ready_is_released_by_its_vendor_and_then_found(sandboxed: Client) -> None:
    links = set_up(sandboxed, "ready-to-launch")
    assert sandboxed.get(links["app"]).status_code == 404
    released = sandboxed.put(links["release"], json={"released": True}, auth=PARTNER)
    assert released.status_code == 204
    assert sandboxed.get(links["app"]).status_code == 200


def test_a_version_under_review_becomes_public_when_the_administrator_approves(
    sandboxed: Client,
) -> None:
    links = set_up(sandboxed, "data-center-review")
    assert sandboxed.get(links["version"]).status_code == 404
    approved = sandboxed.put(links["approval"], json={"status": "approved"}, auth=ADMIN)
    assert approved.status_code == 204
    shown = sandboxed.get(links["version"]).json()
    assert shown["status"] == "public"
    assert "dataCenter" in shown["compatibilities"][0]["hosting"]


def test_prices_that_wait_become_live_after_24_hours(sandboxed: Client) -> None:
    links = set_up(sandboxed, "prices-pending")

    def amounts(which: str) -> list[float]:
        items = sandboxed.get(links[which], auth=PARTNER).json()["items"]
        return [item["amount"] for item in items]

    old, new = amounts("live"), amounts("pending")
    assert old != new
    sandboxed.post("/sandbox/clock", json={"advance": "PT23H59M"})
    assert amounts("live") == old
    sandboxed.post("/sandbox/clock", json={"advance": "PT1M"})
    assert amounts("live") == new
    assert sandboxed.get(links["pending"], auth=PARTNER).status_code == 404
    assert set_up(sandboxed, "prices-pending") == links
    assert amounts("pending") != new


def test_installs_have_grown_for_two_years_up_to_the_figures_of_the_app(
    sandboxed: Client,
) -> None:
    links = set_up(sandboxed, "two-years-of-installs")
    figures = sandboxed.get(links["distribution"], auth=PARTNER).json()
    series = sandboxed.get(links["active"], auth=PARTNER).json()
    weeks = series["series"][0]["elements"]
    assert len(weeks) > 100
    assert weeks[-1]["count"] == figures["totalInstalls"] > weeks[0]["count"]


def test_feedback_is_there_for_the_vendor_signed_and_anonymous(sandboxed: Client) -> None:
    href = set_up(sandboxed, "feedback")["feedbacks"]
    for query, number in (("", 2), ("?includeAnonymous=true", 5)):
        assert len(sandboxed.get(href + query, auth=PARTNER).json()["feedbacks"]) == number
    set_up(sandboxed, "feedback")
    again = sandboxed.get(f"{href}?includeAnonymous=true", auth=PARTNER).json()
    assert len(again["feedbacks"]) == 5


def test_a_private_app_is_seen_with_its_token(sandboxed: Client) -> None:
    links = set_up(sandboxed, "private-app-with-token")
    assert sandboxed.get(links["app"]).status_code == 404
    assert sandboxed.get(links["shared"]).json()["status"] == "private"


def test_lists_show_a_public_app_of_a_scenario_at_once(sandboxed: Client) -> None:
    key = set_up(sandboxed, "data-center-review")["app"].rpartition("/")[2]
    found = sandboxed.get("/rest/2/addons?text=under+review&limit=50").json()
    assert key in [app["key"] for app in found["_embedded"]["addons"]]


def test_a_reset_takes_what_a_scenario_made(sandboxed: Client) -> None:
    links = set_up(sandboxed, "approval-pending")
    assert sandboxed.post("/sandbox/reset").status_code == 200
    assert sandboxed.get(links["app"], auth=PARTNER).status_code == 404
    assert set_up(sandboxed, "approval-pending") == links

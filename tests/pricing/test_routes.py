"""Prices over HTTP (apps.md, C.21 and 22)."""

from collections.abc import Callable
from typing import Any

import pytest

from calling import Api, problem
from given import (
    ACME,
    FakeClock,
    Json,
    Person,
    a_contact,
    a_kept_app,
    a_price,
    an_app,
    an_application,
    bounds,
    decide,
    pricing_document,
    runs_on,
)
from haymarket.storage import Storage
from pricing.places import KEY, place

Put = Callable[..., Json]


def amounts(answer: Any) -> list[float]:
    """What the tiers cost, in their order."""
    assert answer.status_code == 200, answer.text
    return [each["amount"] for each in answer.json()["items"]]


# --- the document ---------------------------------------------------------------------------


def test_what_is_submitted_comes_back_whole_with_what_the_marketplace_adds(
    draw: str, put: Put
) -> None:
    document = put({"items": [a_price(25, 99.99)], "expertDiscountOptOut": True})
    assert document == {
        "_links": {"self": {"href": f"/rest/2/addons/{KEY}/pricing/server/pending"}},
        "items": [
            {
                "description": "Draw 25 Users: Commercial License",
                "editionId": f"newPricingPlanItem:{KEY}:user-tier:25:COMMERCIAL",
                "editionDescription": "25 Users",
                "editionType": "user-tier",
                "amount": 99.99,
                "renewalAmount": 50.0,
                "unitCount": 25,
                "monthsValid": 12,
                "licenseType": "COMMERCIAL",
            }
        ],
        "expertDiscountOptOut": True,
        "contactSalesForAdditionalPricing": False,
        "parent": "jira",
        "lastModified": "2026-11-24T09:30:00.000Z",
        "status": "pending",
        "default": False,
        "hasPublishedPrices": False,
        "canChangePrices": True,
    }


def test_tiers_are_sorted_and_the_one_without_a_limit_is_first(draw: str, put: Put) -> None:
    items = [a_price(50, 30), a_price(-1, 900), a_price(10, 0), a_price(10, 5, 1)]
    document = put(pricing_document(items=items))
    found = [(each["unitCount"], each["monthsValid"]) for each in document["items"]]
    assert found == [(-1, 12), (10, 1), (10, 12), (50, 12)]
    assert document["items"][0]["editionDescription"] == "Unlimited Users"
    assert document["items"][0]["editionId"].endswith(":987654321:COMMERCIAL")


def test_a_price_of_nothing_has_no_sign(draw: str, put: Put) -> None:
    [item] = put(pricing_document(items=[a_price(10, -0.0)]))["items"]
    assert (str(item["amount"]), str(item["renewalAmount"])) == ("0.0", "0.0")


def test_prices_for_cloud_have_a_boundary_and_prices_per_user(
    api: Api, vendor: Person, draw: str, put: Put
) -> None:
    per_unit = [a_price(100, 1.25, 1)]
    document = put(pricing_document(perUnitItems=per_unit), "cloud")
    assert document["cloudComplianceBoundary"] == "commercial"
    assert document["perUnitItems"][0]["editionDescription"] == "100 Users"
    assert document["perUnitItems"][0]["editionId"].endswith(
        ".ondemand:user-tier:100:COMMERCIAL:monthly:per-unit"
    )
    assert document["items"][1]["renewalAmount"] == 10.0
    assert "perUnitItems" not in put(pricing_document(), "cloud")


def test_prices_can_be_for_a_role(draw: str, put: Put) -> None:
    role = {"singularName": "agent", "pluralName": "agents"}
    document = put(pricing_document(role=role))
    assert document["role"] == role
    assert document["items"][1]["editionDescription"] == "10 agents"
    assert document["items"][1]["editionType"] == "role-tier"


def test_the_document_of_a_get_can_be_sent_back(
    api: Api, vendor: Person, draw: str, put: Put
) -> None:
    sent = put(pricing_document())
    again = api.put(vendor, place(), sent | {"default": True, "unknown": [1], "status": "live"})
    assert again.json() == sent
    dummies = {"_links": {"self": {"href": "http://default/uri"}}, "contactSales": 1}
    assert put(pricing_document(**dummies))["items"] == sent["items"]


def test_apps_for_bamboo_are_priced_by_remote_agents(
    api: Api, storage: Storage, vendor: Person, put: Put
) -> None:
    builds = an_application(storage, "bamboo", {900: "9.0.0"})
    hosting = {"server": bounds(*builds, *builds)}
    an_app(api, vendor, KEY, version={"compatibilities": [runs_on("bamboo", **hosting)]})
    document = put(pricing_document())
    assert document["parent"] == "bamboo"
    assert document["items"][1]["editionType"] == "remote-agent-count"
    assert document["items"][1]["description"] == "Draw 10 Remote Agents: Commercial License"


# --- when they are live ---------------------------------------------------------------------


def test_prices_of_an_approved_app_are_live_after_24_hours(
    api: Api, anonymous: Person, vendor: Person, clock: FakeClock, draw: str, put: Put
) -> None:
    put(pricing_document(items=[a_price(10, 1)]))
    clock.advance(hours=23, minutes=59)
    assert problem(api.get(anonymous, place("live")), 404)
    assert amounts(api.get(vendor, place("pending"))) == [1]
    clock.advance(minutes=1)
    live = api.get(anonymous, place("live"))
    assert amounts(live) == [1]
    assert (live.json()["status"], live.json()["hasPublishedPrices"]) == ("live", True)
    assert problem(api.get(vendor, place("pending")), 404)


def test_live_prices_stay_until_the_next_ones_are_due(
    api: Api, anonymous: Person, vendor: Person, clock: FakeClock, draw: str, put: Put
) -> None:
    put(pricing_document(items=[a_price(10, 1)]))
    clock.advance(hours=24)
    pending = put(pricing_document(items=[a_price(10, 2)]))
    assert pending["hasPublishedPrices"] is True
    assert amounts(api.get(anonymous, place("live"))) == [1]
    clock.advance(hours=24)
    assert amounts(api.get(anonymous, place("live"))) == [2]


def test_a_new_submission_takes_the_place_of_the_one_that_waits_and_waits_itself(
    api: Api, anonymous: Person, vendor: Person, clock: FakeClock, draw: str, put: Put
) -> None:
    put(pricing_document(items=[a_price(10, 1)]))
    clock.advance(hours=23)
    put(pricing_document(items=[a_price(10, 2)]))
    clock.advance(hours=23)
    assert problem(api.get(anonymous, place("live")), 404)
    assert amounts(api.get(vendor, place("pending"))) == [2]
    clock.advance(hours=1)
    assert amounts(api.get(anonymous, place("live"))) == [2]


def test_prices_of_an_app_in_review_are_live_with_its_approval_and_not_before(
    api: Api, anonymous: Person, vendor: Person, admin: Person, clock: FakeClock, put: Put
) -> None:
    path = an_app(api, vendor, KEY)
    put(pricing_document(items=[a_price(10, 1)]))
    clock.advance(days=3)
    assert problem(api.get(vendor, place("live")), 404)
    api.patch(vendor, path, {"op": "replace", "path": "/status", "value": "public"})
    decide(api, admin, path, "rejected", "No")
    decide(api, vendor, path, "pending")
    assert problem(api.get(vendor, place("live")), 404)
    decide(api, admin, path, "approved")
    assert amounts(api.get(anonymous, place("live"))) == [1]


def test_each_hosting_and_each_boundary_has_prices_of_its_own(
    api: Api, anonymous: Person, clock: FakeClock, draw: str, put: Put
) -> None:
    put(pricing_document(items=[a_price(10, 1)]), "server")
    put(pricing_document(items=[a_price(10, 2)]), "datacenter")
    put(pricing_document(items=[a_price(10, 3)]), "cloud")
    isolated = "isolated_cloud"
    sent = put(pricing_document(items=[a_price(10, 4)], cloudComplianceBoundary=isolated), "cloud")
    query = f"?cloudComplianceBoundary={isolated}"
    assert sent["_links"]["self"]["href"].endswith(f"/pricing/cloud/pending{query}")
    clock.advance(days=1)
    for hosting, amount in (("server", 1), ("datacenter", 2), ("cloud", 3)):
        assert amounts(api.get(anonymous, place("live", hosting))) == [amount]
    answer = api.get(anonymous, place("live", "cloud") + query)
    assert amounts(answer) == [4]
    assert answer.json()["_links"]["self"]["href"].endswith(f"/pricing/cloud/live{query}")
    moderate = place("live", "cloud") + "?cloudComplianceBoundary=fedramp_moderate"
    assert problem(api.get(anonymous, moderate), 404)
    assert amounts(api.get(anonymous, place("live", "server") + query)) == [1]


# --- who ------------------------------------------------------------------------------------


def test_pending_prices_are_for_contacts_who_manage_prices(
    api: Api,
    storage: Storage,
    anonymous: Person,
    stranger: Person,
    clerk: Person,
    other_vendor: Person,
    vendor: Person,
    admin: Person,
    draw: str,
    put: Put,
) -> None:
    put(pricing_document())
    pricer = a_contact(storage, "petra@acme.example", ACME, ("manage-pricing",))
    for who, status in (
        (anonymous, 401),
        (stranger, 404),
        (clerk, 404),
        (other_vendor, 404),
        (vendor, 200),
        (pricer, 200),
        (admin, 200),
    ):
        assert api.get(who, place("pending")).status_code == status, who.email


def test_prices_are_submitted_by_contacts_who_manage_prices(
    api: Api,
    storage: Storage,
    anonymous: Person,
    stranger: Person,
    clerk: Person,
    admin: Person,
    draw: str,
) -> None:
    pricer = a_contact(storage, "petra@acme.example", ACME, ("manage-pricing",))
    publisher = a_contact(storage, "paul@acme.example", ACME, ("manage-addon-details",))
    for who, status in (
        (anonymous, 401),
        (stranger, 403),
        (clerk, 403),
        (publisher, 403),
        (pricer, 200),
        (admin, 200),
    ):
        assert api.put(who, place(), pricing_document()).status_code == status, who.email


def test_a_private_app_has_no_prices_for_strangers(
    api: Api,
    storage: Storage,
    clock: FakeClock,
    anonymous: Person,
    stranger: Person,
    vendor: Person,
    put: Put,
) -> None:
    a_kept_app(storage, KEY, status="readytolaunch")
    put(pricing_document())
    clock.advance(days=1)
    assert api.get(vendor, place("live")).status_code == 200
    for who in (anonymous, stranger):
        for state in ("live", "pending"):
            assert problem(api.get(who, place(state)), 404)
            assert problem(api.put(who, place(state), pricing_document()), 404)


def test_only_who_may_change_prices_is_told_so(
    api: Api, anonymous: Person, vendor: Person, clock: FakeClock, draw: str, put: Put
) -> None:
    put(pricing_document())
    clock.advance(days=1)
    assert api.get(anonymous, place("live")).json()["canChangePrices"] is False
    assert api.get(vendor, place("live")).json()["canChangePrices"] is True


# --- what is refused ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        place("live", "dataCenter"),
        place("live", "mainframe"),
        place("former"),
        place("LIVE"),
        place("live", key="com.acme.nothing"),
    ],
)
def test_an_address_that_names_no_prices_is_not_found(
    api: Api, vendor: Person, draw: str, path: str
) -> None:
    assert problem(api.get(vendor, path), 404)
    assert problem(api.put(vendor, path, pricing_document()), 404)


def test_live_prices_are_not_written_and_the_answer_says_what_to_do(
    api: Api, vendor: Person, draw: str
) -> None:
    error = problem(api.put(vendor, place("live"), pricing_document()))
    assert f"/rest/2/{place('pending')}" in error["message"]
    assert problem(api.get(vendor, place("pending")), 404)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"items": []}, "/items"),
        ({"items": None}, "/items"),
        ({"items": {"0": a_price(10, 1)}}, "/items"),
        ({"items": [a_price(10, 1), a_price(25, 1.234)]}, "/items/1/amount"),
        ({"items": [a_price(10, 1), a_price(25, -1)]}, "/items/1/amount"),
        ({"items": [a_price(10, 1), a_price(25, 0)]}, "/items/1/amount"),
        ({"items": [a_price(10, 1e300)]}, "/items/0/amount"),
        ({"items": [a_price(10, 1) | {"amount": "1.00"}]}, "/items/0/amount"),
        ({"items": [a_price(10, 1) | {"amount": True}]}, "/items/0/amount"),
        ({"items": [a_price(7, 1)]}, "/items/0/unitCount"),
        ({"items": [a_price(10, 1) | {"unitCount": 10.5}]}, "/items/0/unitCount"),
        ({"items": [a_price(10**30, 1)]}, "/items/0/unitCount"),
        ({"items": [a_price(10, 1), a_price(10, 2)]}, "/items/1/unitCount"),
        ({"items": [a_price(10, 1, 6)]}, "/items/0/monthsValid"),
        ({"items": [a_price(10, 1, 12, "academic")]}, "/items/0/licenseType"),
        ({"items": [{"amount": 1, "unitCount": 10, "monthsValid": 12}]}, "/items/0/licenseType"),
        ({"expertDiscountOptOut": None}, "/expertDiscountOptOut"),
        ({"perUnitItems": [a_price(100, 1, 1)]}, "/perUnitItems"),
        ({"cloudComplianceBoundary": "commercial"}, "/cloudComplianceBoundary"),
        ({"cloudComplianceBoundary": "mars"}, "/cloudComplianceBoundary"),
        ({"role": {"singularName": "agent"}}, "/role/pluralName"),
        ({"role": {"singularName": "", "pluralName": "agents"}}, "/role/singularName"),
    ],
)
def test_prices_that_break_a_rule_are_refused_and_the_bad_one_is_named(
    api: Api, vendor: Person, draw: str, changes: Json, path: str
) -> None:
    error = problem(api.put(vendor, place(), pricing_document(**changes)))
    assert error["path"] == path, error
    assert problem(api.get(vendor, place("pending")), 404)


def test_what_is_required_is_named(api: Api, vendor: Person, draw: str) -> None:
    for member in ("items", "expertDiscountOptOut"):
        document = pricing_document()
        del document[member]
        assert problem(api.put(vendor, place(), document))["path"] == f"/{member}"
    assert problem(api.call("PUT", vendor, place(), content=b"{"))


def test_every_problem_is_told_at_once(api: Api, vendor: Person, draw: str) -> None:
    items = [a_price(7, -1), a_price(10, 1, 5)]
    answer = api.put(vendor, place(), pricing_document(items=items))
    found = [each["path"] for each in answer.json()["errors"]]
    assert found == ["/items/0/amount", "/items/0/unitCount", "/items/1/monthsValid"]


def test_a_refused_submission_leaves_what_waits_as_it_is(
    api: Api, vendor: Person, draw: str, put: Put
) -> None:
    before = put(pricing_document())
    assert problem(api.put(vendor, place(), pricing_document(items=[])))
    assert api.get(vendor, place("pending")).json() == before


def test_a_boundary_that_is_unknown_is_named(api: Api, vendor: Person, draw: str) -> None:
    path = place("live", "cloud") + "?cloudComplianceBoundary=mars"
    assert problem(api.get(vendor, path))["message"].startswith("cloudComplianceBoundary: ")


# --- the journal ----------------------------------------------------------------------------


def test_a_submission_is_in_the_journal_under_the_key_of_the_app(
    api: Api, vendor: Person, draw: str, put: Put
) -> None:
    with api.storage.reading() as db:
        head = db.head()
    put(pricing_document())
    with api.storage.reading() as db:
        [entry] = db.entries_after(head)
    assert (entry.kind, entry.subject, entry.actor) == ("prices.submitted", KEY, vendor.id)
    assert entry.details["hosting"] == "server"

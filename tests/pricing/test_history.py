"""The history of prices: every list that was ever submitted, and what became of it."""

from collections.abc import Callable

from calling import Api, problem
from given import FakeClock, Json, Person, a_price, an_app, decide, pricing_document
from pricing.places import HISTORY, KEY

Put = Callable[..., Json]


def lists(api: Api, who: Person, **query: object) -> list[Json]:
    """The price lists of a page."""
    answer = api.get(who, HISTORY, **query)
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["_embedded"]["priceLists"]
    return found


def test_every_list_is_there_with_who_and_when_and_what_became_of_it(
    api: Api, vendor: Person, clock: FakeClock, draw: str, put: Put
) -> None:
    for amount, hours in ((1, 24), (2, 1), (3, 24), (4, 5)):
        put(pricing_document(items=[a_price(10, amount)]))
        clock.advance(hours=hours)
    found = lists(api, vendor)
    assert [each["items"][0]["amount"] for each in found] == [4, 3, 2, 1]
    assert [each["status"] for each in found] == ["pending", "live", "replaced", "former"]
    assert {each["submittedBy"] for each in found} == {vendor.email}
    pending, live, replaced, former = found
    assert former == {
        "hosting": "server",
        "status": "former",
        "submitted": "2026-11-24T09:30:00.000Z",
        "submittedBy": vendor.email,
        "liveFrom": "2026-11-25T09:30:00.000Z",
        "until": "2026-11-26T10:30:00.000Z",
        "items": [{"amount": 1.0, "unitCount": 10, "monthsValid": 12, "licenseType": "COMMERCIAL"}],
        "expertDiscountOptOut": False,
    }
    assert live["liveFrom"] == former["until"]
    assert live["until"] == pending["liveFrom"] == "2026-11-27T10:30:00.000Z"
    assert "liveFrom" not in replaced
    assert replaced["until"] == live["submitted"]
    assert "until" not in pending


def test_what_awaits_an_approval_has_no_moment_until_it_comes(
    api: Api, vendor: Person, admin: Person, clock: FakeClock, put: Put
) -> None:
    path = an_app(api, vendor, KEY, status="public")
    put(pricing_document())
    [waiting] = lists(api, vendor)
    assert (waiting["status"], "liveFrom" in waiting) == ("pending", False)
    clock.advance(days=2)
    decide(api, admin, path, "approved")
    [live] = lists(api, vendor)
    assert (live["status"], live["liveFrom"]) == ("live", "2026-11-26T09:30:00.000Z")


def test_kinds_do_not_get_into_each_others_way(
    api: Api, vendor: Person, clock: FakeClock, draw: str, put: Put
) -> None:
    put(pricing_document())
    put(pricing_document(perUnitItems=[a_price(100, 2, 1)]), "cloud")
    put(pricing_document(cloudComplianceBoundary="isolated_cloud"), "cloud")
    clock.advance(days=1)
    found = lists(api, vendor)
    assert [each["status"] for each in found] == ["live"] * 3
    assert [each.get("cloudComplianceBoundary") for each in found] == [
        "isolated_cloud",
        "commercial",
        None,
    ]
    assert found[1]["perUnitItems"][0]["unitCount"] == 100


def test_the_history_has_pages(
    api: Api, vendor: Person, clock: FakeClock, draw: str, put: Put
) -> None:
    for amount in (1, 2, 3):
        put(pricing_document(items=[a_price(10, amount)]))
    first = api.get(vendor, HISTORY, limit=2).json()
    assert first["count"] == 3
    assert len(first["_embedded"]["priceLists"]) == 2
    assert first["_links"]["self"] == {"href": f"{HISTORY}?limit=2"}
    assert first["_links"]["next"] == {"href": f"{HISTORY}?limit=2&offset=2"}
    rest = api.get(vendor, first["_links"]["next"]["href"]).json()
    assert [each["items"][0]["amount"] for each in rest["_embedded"]["priceLists"]] == [1]
    assert "next" not in rest["_links"]
    assert lists(api, vendor, limit=0) == []


def test_the_history_is_for_those_who_manage_prices(
    api: Api,
    anonymous: Person,
    stranger: Person,
    clerk: Person,
    vendor: Person,
    admin: Person,
    draw: str,
    put: Put,
) -> None:
    put(pricing_document())
    assert problem(api.get(anonymous, HISTORY), 401)
    assert problem(api.get(stranger, HISTORY), 404)
    assert problem(api.get(clerk, HISTORY), 404)
    assert len(lists(api, vendor)) == len(lists(api, admin)) == 1


def test_an_app_without_prices_has_an_empty_history(api: Api, vendor: Person, draw: str) -> None:
    assert lists(api, vendor) == []
    assert problem(api.get(vendor, HISTORY.replace(KEY, "com.acme.nothing")), 404)

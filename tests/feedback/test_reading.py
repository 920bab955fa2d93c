"""Who reads feedback, how it is filtered, paged and counted."""

from typing import Any

import pytest

from calling import Api, problem
from feedback.sending import FEEDBACKS, anonymous_feedback, feedback, sent
from given import ACME, FakeClock, Json, Person, a_contact
from haymarket.storage import Storage

DISTRIBUTION = f"{FEEDBACKS}/distribution"


def messages(answer: Any) -> list[str]:
    """What a page of feedback says."""
    assert answer.status_code == 200, answer.text
    return [each.get("message", "-") for each in answer.json()["feedbacks"]]


def links(answer: Any) -> Json:
    """The addresses of a page."""
    return {name: link["href"] for name, link in answer.json()["_links"].items()}


@pytest.fixture
def analyst(storage: Storage, vendor: Person) -> Person:
    """A contact of Acme who may see how apps are used, and nothing more."""
    return a_contact(storage, "ana@acme.example", ACME, ("view-usage-reports",))


def test_names_and_addresses_are_for_those_who_may_see_usage(
    api: Api, app_path: str, vendor: Person, clerk: Person, analyst: Person, admin: Person
) -> None:
    sent(api, feedback())
    for who in (vendor, analyst, admin):
        [whole] = api.get(who, FEEDBACKS).json()["feedbacks"]
        assert (whole["email"], whole["fullName"]) == ("wren@customer.example", "Wren Field")
    [without] = api.get(clerk, FEEDBACKS).json()["feedbacks"]
    assert {name: whole[name] for name in whole if name not in ("email", "fullName")} == without


def test_anonymous_feedback_is_there_on_demand(api: Api, app_path: str, vendor: Person) -> None:
    sent(
        api,
        feedback(message="mail", fullName=None),
        feedback(message="name", email=None),
        anonymous_feedback(message="nobody"),
    )
    assert set(messages(api.get(vendor, FEEDBACKS))) == {"mail", "name"}
    assert messages(api.get(vendor, FEEDBACKS, includeAnonymous="false")) == ["name", "mail"]
    everything = api.get(vendor, FEEDBACKS, includeAnonymous="true")
    assert messages(everything) == ["nobody", "name", "mail"]


def test_the_newest_stand_first_whenever_they_arrived(
    api: Api, app_path: str, vendor: Person
) -> None:
    for day in (20, 22, 21):
        sent(api, feedback(message=f"{day}", at=f"2026-11-{day}T10:00:00Z"))
    assert messages(api.get(vendor, FEEDBACKS)) == ["22", "21", "20"]


def test_type_and_reason_narrow_the_list(api: Api, app_path: str, vendor: Person) -> None:
    for kind in ("disable", "uninstall"):
        for reason in ("bugs", "cost", None):
            sent(api, feedback(type=kind, reason=reason, message=f"{kind} {reason}"))

    def found(**query: str) -> set[str]:
        return set(messages(api.get(vendor, FEEDBACKS, **query)))

    assert found(type="disable") == {"disable bugs", "disable cost", "disable None"}
    assert found(reason="bugs") == {"disable bugs", "uninstall bugs"}
    assert found(type="uninstall", reason="cost") == {"uninstall cost"}
    assert found(reason="usefulness") == set()


def test_what_can_not_be_asked_for_is_refused(api: Api, app_path: str, vendor: Person) -> None:
    for query in (
        {"type": "unsubscribe"},
        {"reason": "weather"},
        {"includeAnonymous": "maybe"},
        {"offset": "-1"},
        {"limit": "many"},
    ):
        [name] = query
        told = problem(api.get(vendor, FEEDBACKS, **query))
        assert told["code"] == "INVALID_PARAMETER"
        assert told["message"].startswith(f"{name}: ")


def test_pages_lead_to_one_another_without_a_count(
    api: Api, app_path: str, vendor: Person, clock: FakeClock
) -> None:
    for number in range(5):
        clock.advance(minutes=1)
        sent(api, feedback(message=f"{number}"))
    first = api.get(vendor, FEEDBACKS, limit=2, type="uninstall")
    assert set(first.json()) == {"_links", "feedbacks"}
    assert links(first) == {
        "self": f"{FEEDBACKS}?limit=2&type=uninstall",
        "distributions": f"{DISTRIBUTION}{{?type,startDate,endDate}}",
        "next": f"{FEEDBACKS}?limit=2&offset=2&type=uninstall",
    }
    seen, page = [], first
    while True:
        seen += messages(page)
        following = links(page).get("next")
        if following is None:
            break
        page = api.get(vendor, following)
    assert seen == ["4", "3", "2", "1", "0"]
    assert links(page)["prev"] == f"{FEEDBACKS}?limit=2&offset=2&type=uninstall"
    whole = api.get(vendor, FEEDBACKS, limit=5)
    assert set(links(whole)) == {"self", "distributions"}


def test_a_limit_of_zero_gives_the_links_alone(api: Api, app_path: str, vendor: Person) -> None:
    sent(api, feedback())
    answer = api.get(vendor, FEEDBACKS, limit=0)
    assert messages(answer) == []
    assert set(links(answer)) == {"self", "distributions"}


def test_a_contact_finds_the_list_from_the_app(api: Api, app_path: str, vendor: Person) -> None:
    found = api.get(vendor, app_path).json()["_links"]["feedbacks"]["href"]
    assert found == f"{FEEDBACKS}{{?type,includeAnonymous,reason,offset,limit}}"


# --- in numbers -----------------------------------------------------------------------------


def series(answer: Any) -> dict[str, list[tuple[str, int]]]:
    """The series of a distribution."""
    assert answer.status_code == 200, answer.text
    return {
        each["name"]: [(element["date"], element["count"]) for element in each["elements"]]
        for each in answer.json()["series"]
    }


def test_reasons_are_counted_by_day_and_days_without_are_left_out(
    api: Api, app_path: str, vendor: Person
) -> None:
    for at, reason in (
        ("2026-11-20T23:59:59.999Z", "cost"),
        ("2026-11-20T00:00:00Z", "cost"),
        ("2026-11-18T12:00:00Z", "cost"),
        ("2026-11-20T12:00:00Z", "bugs"),
        ("2026-11-21T01:00:00+02:00", None),
    ):
        sent(api, anonymous_feedback(at=at, reason=reason))
    sent(api, feedback(type="disable"))
    answer = api.get(vendor, DISTRIBUTION, type="uninstall")
    assert series(answer) == {
        "bugs": [("2026-11-20", 1)],
        "cost": [("2026-11-18", 1), ("2026-11-20", 2)],
        "unspecified": [("2026-11-20", 1)],
    }
    assert [each["name"] for each in answer.json()["series"]] == ["bugs", "cost", "unspecified"]
    assert series(api.get(vendor, DISTRIBUTION, type="disable")) == {"cost": [("2026-11-24", 1)]}


def test_both_days_of_a_distribution_are_included(api: Api, app_path: str, vendor: Person) -> None:
    for day in range(18, 23):
        sent(api, feedback(at=f"2026-11-{day}T10:00:00Z"))

    def days(**query: str) -> list[str]:
        found = series(api.get(vendor, DISTRIBUTION, type="uninstall", **query))
        return [day[-2:] for day, _ in found.get("cost", [])]

    assert days(startDate="2026-11-20") == ["20", "21", "22"]
    assert days(endDate="2026-11-20") == ["18", "19", "20"]
    assert days(startDate="2026-11-19", endDate="2026-11-19") == ["19"]
    assert days(startDate="2026-11-23") == []


def test_a_distribution_names_what_it_can_not_read(api: Api, app_path: str, vendor: Person) -> None:
    for query, name in (
        ({}, "type"),
        ({"type": "unsubscribe"}, "type"),
        ({"type": "disable", "startDate": "24.11.2026"}, "startDate"),
        ({"type": "disable", "endDate": "2026-02-30"}, "endDate"),
        ({"type": "disable", "startDate": "2026-11-02", "endDate": "2026-11-01"}, "endDate"),
    ):
        told = problem(api.get(vendor, DISTRIBUTION, **query))
        assert told["message"].startswith(f"{name}: "), query


def test_what_others_say_stays_with_their_app(
    api: Api, app_path: str, vendor: Person, other_vendor: Person
) -> None:
    sent(api, feedback())
    assert api.get(other_vendor, FEEDBACKS).status_code == 404
    assert api.get(other_vendor, DISTRIBUTION, type="disable").status_code == 404

"""Recommendations: what is installed together comes first, then what is alike."""

from typing import Any

import pytest

from calling import Api, problem
from given import Json, Person, a_kept_app
from haymarket.apps.model import Flags
from haymarket.catalogue.companions import MOST, companions_of, replace_companions
from haymarket.storage import Storage

GANTT = "addons/com.acme.gantt/recommendations"


@pytest.fixture
def gantt(storage: Storage, vendor: Person) -> dict[str, int]:
    """An app, two that are like it, three that are not; their numbers by the ends of the keys."""
    kept = [
        a_kept_app(storage, "com.acme.gantt", name="Gantt Chart", category_ids=(10,)),
        a_kept_app(storage, "com.acme.other", name="Gantt Planner", category_ids=(10,)),
        a_kept_app(storage, "com.acme.plan", name="Planner", category_ids=(10,)),
        a_kept_app(storage, "com.acme.mail", name="Mail", category_ids=(20,)),
        a_kept_app(storage, "com.acme.clock", name="Clock", category_ids=(20,)),
        a_kept_app(storage, "com.acme.secret", name="Secret", status="private"),
    ]
    return {each.key.rpartition(".")[2]: each.id for each in kept}


def together(api: Api, numbers: dict[str, int], **counts: int) -> None:
    """Let apps be installed together with the first one on so many instances."""
    pairs = {(numbers["gantt"], numbers[name], count) for name, count in counts.items()}
    with api.storage.writing(None) as db:
        replace_companions(db, 2967, pairs | {(b, a, n) for a, b, n in pairs})
        db.record("test.companions", "")
    api.settle()


def items(answer: Any) -> list[Json]:
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["_embedded"]["addons"]
    return found


def keys(answer: Any) -> list[str]:
    return [each["key"].rpartition(".")[2] for each in items(answer)]


def test_what_is_installed_together_beats_what_is_alike(
    api: Api, anonymous: Person, gantt: dict[str, int]
) -> None:
    together(api, gantt, mail=3, clock=9)
    answer = api.get(anonymous, GANTT)
    assert keys(answer) == ["clock", "mail", "other", "plan"]
    assert answer.json()["count"] == 4


def test_an_app_that_is_both_is_there_once(
    api: Api, anonymous: Person, gantt: dict[str, int]
) -> None:
    together(api, gantt, plan=1, mail=2)
    answer = api.get(anonymous, GANTT)
    assert keys(answer) == ["mail", "plan", "other"]
    assert answer.json()["count"] == 3


def test_without_reports_it_is_what_is_alike(
    api: Api, anonymous: Person, gantt: dict[str, int]
) -> None:
    api.settle()
    assert keys(api.get(anonymous, GANTT)) == ["other", "plan"]


def test_pairs_that_are_counted_again_take_the_place_of_all_before(
    api: Api, anonymous: Person, gantt: dict[str, int]
) -> None:
    together(api, gantt, mail=3)
    together(api, gantt, clock=1)
    assert keys(api.get(anonymous, GANTT))[0] == "clock"
    assert "mail" not in keys(api.get(anonymous, GANTT))


def test_what_the_caller_may_not_see_is_not_recommended(
    api: Api, anonymous: Person, stranger: Person, vendor: Person, gantt: dict[str, int]
) -> None:
    together(api, gantt, secret=50, mail=1, gantt=99)
    for who in (anonymous, stranger, vendor):
        assert keys(api.get(who, GANTT)) == ["mail", "other", "plan"]
    for who in (anonymous, stranger):
        assert "secret" not in keys(api.get(who, GANTT, includePrivate="true"))
    assert keys(api.get(vendor, GANTT, includePrivate="true"))[:2] == ["secret", "mail"]


def test_hidden_and_archived_companions_are_left_out(
    api: Api, storage: Storage, anonymous: Person, gantt: dict[str, int]
) -> None:
    hidden = a_kept_app(storage, "com.acme.hidden", flags=Flags(hidden="everywhere"))
    old = a_kept_app(storage, "com.acme.old", archived_at=storage.clock())
    together(api, gantt | {"hidden": hidden.id, "old": old.id}, hidden=9, old=8, mail=7)
    assert keys(api.get(anonymous, GANTT)) == ["mail", "other", "plan"]


def test_filters_count_for_companions_too(
    api: Api, anonymous: Person, gantt: dict[str, int]
) -> None:
    together(api, gantt, mail=3)
    assert keys(api.get(anonymous, GANTT, category="Reports")) == ["mail"]
    assert keys(api.get(anonymous, GANTT, hosting="cloud")) == []


@pytest.mark.parametrize("limit", [0, 1, 2, 3, 5])
def test_pages_go_on_from_companions_to_what_is_alike(
    api: Api, anonymous: Person, gantt: dict[str, int], limit: int
) -> None:
    together(api, gantt, mail=3, clock=9)
    found: list[str] = []
    page = api.get(anonymous, GANTT, limit=limit)
    found += keys(page)
    while "next" in page.json()["_links"]:
        page = api.get(anonymous, page.json()["_links"]["next"]["href"])
        found += keys(page)
    assert found == (["clock", "mail", "other", "plan"] if limit else [])
    assert page.json()["count"] == 4


def test_each_one_says_why_it_is_there_when_that_is_asked_for(
    api: Api, anonymous: Person, gantt: dict[str, int]
) -> None:
    together(api, gantt, mail=3)
    mail, other, plan = items(api.get(anonymous, GANTT, explain="true"))
    assert mail["explain"] == {"installedTogether": 3}
    assert set(other["explain"]["alike"]) == {"category Project management", "gantt"}
    assert plan["explain"] == {"alike": {"category Project management": 4.0}}
    assert all("explain" not in each for each in items(api.get(anonymous, GANTT)))


def test_recommendations_of_what_is_invisible_are_not_found(
    api: Api, anonymous: Person, gantt: dict[str, int]
) -> None:
    together(api, gantt, secret=5)
    assert problem(api.get(anonymous, "addons/com.acme.secret/recommendations"), 404)


def test_an_app_has_at_most_twenty_companions_and_counting_needs_no_journal(
    storage: Storage,
) -> None:
    with storage.counting() as db:
        replace_companions(db, 2967, [(1, 100 + each, each) for each in range(1, 31)])
    with storage.reading() as db:
        found = companions_of(db, 1)
        assert len(found) == MOST
        assert list(found.items())[:2] == [(130, 30), (129, 29)]
        assert companions_of(db, 2) == {}


def test_pairs_that_break_off_leave_those_before(storage: Storage) -> None:
    with storage.counting() as db:
        replace_companions(db, 1, [(1, 2, 3)])
    with pytest.raises(ZeroDivisionError):
        break_off(storage)
    with storage.reading() as db:
        assert companions_of(db, 1) == {2: 3}


def break_off(storage: Storage) -> None:
    with storage.counting() as db:
        replace_companions(db, 2, ((1, 3 // each, 1) for each in (1, 0)))

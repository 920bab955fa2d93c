"""Short lists: archived apps, banners, recommendations, brief search (apps.md, C.3 and C.6)."""

from typing import Any

import pytest

from calling import Api, problem
from given import (
    BRAMBLING,
    Json,
    Person,
    a_kept_app,
    a_public_app,
    a_vendor,
    an_app,
)
from haymarket.apps.model import Flags
from haymarket.storage import Storage


def keys(answer: Any) -> list[str]:
    """The last parts of the keys of a page of apps, in order."""
    assert answer.status_code == 200, answer.text
    return [app["key"].rpartition(".")[2] for app in answer.json()["_embedded"]["addons"]]


# --- archived -------------------------------------------------------------------------------


@pytest.fixture
def archived(api: Api, storage: Storage, vendor: Person) -> None:
    """Three archived apps of Acme, one of Brambling, and one that is not archived."""
    a_vendor(storage, BRAMBLING, "Brambling")
    now = storage.clock()
    for key in "abc":
        a_kept_app(storage, f"com.acme.{key}", archived_at=now)
    a_kept_app(storage, "org.brambling.d", archived_at=now, vendor_id=BRAMBLING)
    a_kept_app(storage, "com.acme.private", archived_at=now, status="private")
    a_kept_app(storage, "com.acme.fresh")
    api.settle()


def test_archived_apps_are_listed_in_short_with_single_links(
    api: Api, anonymous: Person, archived: None
) -> None:
    answer = api.get(anonymous, "addons/archived?limit=2&filter=name")
    assert answer.json()["_links"] == {
        "self": {"href": "/rest/2/addons/archived?filter=name&limit=2"},
        "alternate": {"href": "/search?filter=name&limit=2", "type": "text/html"},
        "next": {"href": "/rest/2/addons/archived?filter=name&limit=2&offset=2"},
    }
    assert (keys(answer), answer.json()["count"]) == (["a", "b"], 4)
    rest = api.get(anonymous, answer.json()["_links"]["next"]["href"])
    assert keys(rest) == ["c", "d"]
    assert rest.json()["_links"]["prev"] == {
        "href": "/rest/2/addons/archived?filter=name&limit=2&offset=0"
    }
    assert "next" not in rest.json()["_links"]


def test_an_app_in_short_has_the_members_of_a_listing(
    api: Api, storage: Storage, anonymous: Person, vendor: Person, admin: Person
) -> None:
    a_public_app(api, vendor, admin)
    a_kept_app(storage, "com.acme.bare", name="Bare", banner="1234", category_ids=(10,))
    api.settle()
    [bare] = api.get(anonymous, "addons/listings/banners").json()["_embedded"]["addons"]
    assert list(bare) == ["_links", "_embedded", "key", "name", "lastModified"]
    assert bare["_links"]["image"] == {"href": "/rest/2/assets/1234"}
    reviews = "/rest/2/addons/com.acme.bare/reviews{?sort,offset,limit}"
    assert bare["_links"]["reviews"] == {"href": reviews, "templated": True, "template": reviews}
    assert bare["_links"]["vendor"] == {"href": "/rest/2/vendors/12"}
    assert set(bare["_embedded"]) == {"image", "reviews"}


def test_archived_apps_of_one_vendor(
    api: Api, anonymous: Person, vendor: Person, archived: None
) -> None:
    assert keys(api.get(anonymous, "addons/archived/vendor/7")) == ["d"]
    answer = api.get(anonymous, "addons/archived/vendor/12?filter=name")
    assert keys(answer) == ["a", "b", "c"]
    links = answer.json()["_links"]
    assert links["self"] == {"href": "/rest/2/addons/archived/vendor/12?filter=name"}
    private = "addons/archived/vendor/12?includePrivate=true&filter=name"
    assert keys(api.get(anonymous, private)) == ["a", "b", "c"]
    assert keys(api.get(vendor, private)) == ["a", "b", "c", "private"]
    assert problem(api.get(anonymous, "addons/archived/vendor/99"), 404)


# --- banners --------------------------------------------------------------------------------


def test_banners_are_apps_with_a_banner_that_match(
    api: Api, storage: Storage, anonymous: Person, vendor: Person
) -> None:
    a_kept_app(storage, "com.acme.plain")
    a_kept_app(storage, "com.acme.banner", banner="1", category_ids=(10,))
    a_kept_app(storage, "com.acme.archived", banner="2", archived_at=storage.clock())
    a_kept_app(storage, "com.acme.hidden", banner="3", flags=Flags(hidden="site"))
    a_kept_app(storage, "com.acme.private", banner="4", status="private")
    api.settle()
    assert keys(api.get(anonymous, "addons/listings/banners")) == ["banner"]
    path = "addons/listings/banners?category="
    assert keys(api.get(anonymous, f"{path}Project management")) == ["banner"]
    assert keys(api.get(anonymous, f"{path}Reports")) == []
    assert set(keys(api.get(vendor, "addons/listings/banners?includePrivate=true"))) == {
        "banner",
        "private",
    }


# --- recommendations ------------------------------------------------------------------------


def test_recommendations_are_apps_that_are_alike_and_never_the_app_itself(
    api: Api, storage: Storage, anonymous: Person, vendor: Person
) -> None:
    a_kept_app(storage, "com.acme.gantt", name="Gantt Chart", category_ids=(10,))
    a_kept_app(storage, "com.acme.other", name="Gantt Planner", category_ids=(10,))
    a_kept_app(storage, "com.acme.plan", name="Planner", category_ids=(10,))
    a_kept_app(storage, "com.acme.mail", name="Mail", category_ids=(20,))
    a_kept_app(storage, "com.acme.secret", name="Gantt", category_ids=(10,), status="private")
    a_kept_app(storage, "com.acme.old", name="Gantt", archived_at=storage.clock())
    api.settle()
    answer = api.get(anonymous, "addons/com.acme.gantt/recommendations")
    assert keys(answer) == ["other", "plan"]
    assert answer.json()["count"] == 2
    page = api.get(anonymous, "addons/com.acme.gantt/recommendations?limit=1").json()
    assert page["_links"]["next"] == {
        "href": "/rest/2/addons/com.acme.gantt/recommendations?limit=1&offset=1"
    }
    assert keys(api.get(anonymous, "addons/com.acme.gantt/recommendations?hosting=cloud")) == []


def test_an_app_that_is_like_no_other_has_no_recommendations(
    api: Api, storage: Storage, anonymous: Person, vendor: Person
) -> None:
    a_kept_app(storage, "com.acme.a", name="日本")
    a_kept_app(storage, "com.acme.b", name="+++")
    api.settle()
    for key in "ab":
        answer = api.get(anonymous, f"addons/com.acme.{key}/recommendations")
        assert (keys(answer), answer.json()["count"]) == ([], 0)


def test_recommendations_of_an_unknown_app_are_not_found(
    api: Api, anonymous: Person, vendor: Person
) -> None:
    path = an_app(api, vendor)
    assert problem(api.get(anonymous, "addons/nothing/recommendations"), 404)
    assert problem(api.get(anonymous, f"{path}/recommendations"), 404)
    assert api.get(vendor, f"{path}/recommendations").status_code == 200


# --- brief search ---------------------------------------------------------------------------


def brief(api: Api, who: Person, **query: Any) -> list[Json]:
    answer = api.get(who, "addons/search/brief", **query)
    assert answer.status_code == 200
    assert list(answer.json()) == ["addons"]
    found: list[Json] = answer.json()["addons"]
    return found


def test_the_brief_search_shows_names_and_nothing_around_them(
    api: Api, storage: Storage, anonymous: Person, vendor: Person
) -> None:
    a_kept_app(storage, "com.acme.gantt", name="Gantt Chart", logo="1234")
    a_kept_app(storage, "com.acme.mail", name="Mail", summary="for Gantt")
    a_kept_app(storage, "com.acme.secret", name="Gantt", status="private")
    a_kept_app(storage, "com.acme.old", name="Gantt", archived_at=storage.clock())
    api.settle()
    alternate = {"href": "/apps/1/gantt-chart?tab=overview", "type": "text/html"}
    for who in (anonymous, vendor):
        assert brief(api, who, q="gant") == [
            {
                "name": "Gantt Chart",
                "key": "com.acme.gantt",
                "_links": {"alternate": alternate, "logo": {"href": "/rest/2/assets/1234"}},
            }
        ]
    assert brief(api, anonymous, q="mail")[0]["_links"].keys() == {"alternate"}


WITHOUT_WORDS: list[dict[str, str]] = [{}, {"q": ""}, {"q": " "}, {"q": "+"}, {"text": "gantt"}]


def test_the_brief_search_without_words_finds_nothing(
    api: Api, storage: Storage, anonymous: Person, vendor: Person
) -> None:
    a_kept_app(storage, "com.acme.gantt", name="Gantt Chart")
    api.settle()
    for query in WITHOUT_WORDS:
        assert brief(api, anonymous, **query) == []


def test_the_brief_search_has_one_page(
    api: Api, storage: Storage, anonymous: Person, vendor: Person
) -> None:
    for number in range(15):
        a_kept_app(storage, f"com.acme.n{number}", name=f"Gantt {number}")
    api.settle()
    assert len(brief(api, anonymous, q="gantt")) == 10
    assert len(brief(api, anonymous, q="gantt", limit=5, offset=3)) == 10


SHORT_LISTS: list[str] = ["archived", "listings/banners", "archived/vendor/12"]


def test_a_parameter_that_can_not_be_read_is_named(
    api: Api, anonymous: Person, vendor: Person
) -> None:
    for path in SHORT_LISTS:
        for query, name in (
            ("filter=x", "filter"),
            ("offset=-1", "offset"),
            ("hosting=x", "hosting"),
        ):
            error = problem(api.get(anonymous, f"addons/{path}?{query}"))
            assert error["message"].startswith(f"{name}: ")
        long = problem(api.get(anonymous, "addons/search/brief?q=" + "x" * 1001))
        assert long["message"].startswith("q: ")

"""Lists of apps over HTTP: shape, pages, parameters, costs (apps.md, C.1)."""

import pytest
from litestar import Litestar

from calling import Api, problem
from catalogue.world import a_template, keys, twelve_apps, web
from given import (
    Person,
    a_kept_app,
    a_public_app,
    an_uploaded_image,
)
from haymarket.storage import Storage

FILTERS = (
    "application,applicationBuild,category*,cloudFortifiedStatus*,cost,filter,forThisUser,"
    "hosting*,includeHidden,includePrivate,marketingLabel*,text,withVersion,withPricingInfo,"
    "storesPersonalData,cloudComplianceBoundaries*,offset,limit"
)


# --- shape -----------------------------------------------------------------------------------


def test_no_app_is_an_empty_list(api: Api, anonymous: Person) -> None:
    body = api.get(anonymous, "addons").json()
    assert (body["_embedded"], body["count"]) == ({"addons": []}, 0)


def test_a_list_without_items_shows_the_count_and_every_template(
    api: Api, anonymous: Person, stranger: Person, vendor: Person
) -> None:
    twelve_apps(api)
    for who in (anonymous, stranger):
        assert api.get(who, "addons", limit=0).json() == {
            "_links": {
                "self": {"href": "/rest/2/addons?limit=0"},
                "alternate": web("/search?limit=0"),
                "query": a_template(f"/rest/2/addons{{?{FILTERS}}}"),
                "byKey": a_template("/rest/2/addons/{addonKey}"),
                "banners": a_template(f"/rest/2/addons/listings/banners{{?{FILTERS}}}"),
            },
            "_embedded": {"addons": []},
            "count": 12,
        }


def test_a_page_has_ten_apps_and_pairs_of_links(
    api: Api, anonymous: Person, vendor: Person
) -> None:
    twelve_apps(api)
    answer = api.get(anonymous, "addons", text="tool", filter="name")
    body = answer.json()
    assert (len(keys(answer)), body["count"]) == (10, 12)
    assert body["_links"]["self"] == {"href": "/rest/2/addons?filter=name&text=tool"}
    assert body["_links"]["alternate"] == web("/search?filter=name&query=tool")
    assert body["_links"]["next"] == [
        {"href": "/rest/2/addons?filter=name&offset=10&text=tool", "type": "application/json"},
        {"href": "/search?filter=name&offset=10&query=tool", "type": "text/html"},
    ]
    assert "prev" not in body["_links"]
    last = api.get(anonymous, body["_links"]["next"][0]["href"])
    assert keys(last) == ["k", "l"]
    assert last.json()["_links"]["prev"][0]["href"] == (
        "/rest/2/addons?filter=name&offset=0&text=tool"
    )
    assert "next" not in last.json()["_links"]


@pytest.mark.parametrize("caller", ["anonymous", "stranger"])
def test_the_links_to_other_pages_keep_the_query_as_it_was_given(
    api: Api, request: pytest.FixtureRequest, vendor: Person, caller: str
) -> None:
    twelve_apps(api)
    who = request.getfixturevalue(caller)
    query = "text=tool&limit=5&hosting=server&hosting=any&application=jira&offset=5&x=%C3%BC%26"
    links = api.get(who, f"/rest/2/addons?{query}").json()["_links"]
    kept = "application=jira&hosting=server&hosting=any&limit=5"
    assert links["self"]["href"] == f"/rest/2/addons?{kept}&offset=5&text=tool&x=%C3%BC%26"
    assert links["next"][0]["href"] == f"/rest/2/addons?{kept}&offset=10&text=tool&x=%C3%BC%26"
    assert links["prev"][0]["href"] == f"/rest/2/addons?{kept}&offset=0&text=tool&x=%C3%BC%26"
    site = "/search?hosting=server&hosting=any&limit=5&offset=10&query=tool&x=%C3%BC%26"
    assert links["next"][1]["href"] == site


def test_following_the_pages_shows_every_app_once(
    api: Api, anonymous: Person, stranger: Person, vendor: Person
) -> None:
    twelve_apps(api)
    for who in (anonymous, stranger):
        seen, at = [], "/rest/2/addons?limit=5&filter=recent"
        while at:
            answer = api.get(who, at)
            seen += keys(answer)
            at = answer.json()["_links"].get("next", [{"href": ""}])[0]["href"]
        assert seen == list("abcdefghijkl")


def test_a_page_has_fifty_apps_at_most(api: Api, anonymous: Person, vendor: Person) -> None:
    for number in range(52):
        a_kept_app(api.storage, f"com.acme.n{number}")
    api.settle()
    answer = api.get(anonymous, "addons", limit=100)
    assert len(keys(answer)) == 50
    assert answer.json()["_links"]["next"][0]["href"] == "/rest/2/addons?limit=100&offset=50"
    assert len(keys(api.get(vendor, "addons", limit=51))) == 50


FAR: list[int] = [11, 12, 13, 1_000_000, 2**31 - 1]


def test_a_page_beyond_the_end_is_empty(api: Api, anonymous: Person, vendor: Person) -> None:
    twelve_apps(api)
    for offset in FAR:
        for who in (anonymous, vendor):
            for text in ("", "tool"):
                answer = api.get(who, "addons", offset=offset, text=text)
                assert len(keys(answer)) == max(0, 12 - offset)
                assert answer.json()["count"] == 12
                assert "next" not in answer.json()["_links"]


MEMBERS = ["_links", "_embedded", "id", "name", "key", "tagLine", "summary", "status"]
EMBEDDED = ["categories", "distribution", "logo", "reviews", "vendor", "lastModified"]


def test_an_app_in_a_list_has_the_members_of_a_summary_in_their_order(
    api: Api, anonymous: Person, stranger: Person, vendor: Person, admin: Person
) -> None:
    logo = {"href": an_uploaded_image(api, vendor)}
    path = a_public_app(api, vendor, admin, _links={"logo": logo})
    api.settle()
    for who in (anonymous, stranger):
        [shown] = api.get(who, "addons").json()["_embedded"]["addons"]
        assert list(shown) == MEMBERS
        links = {
            "self": {"href": path},
            "alternate": web("/apps/1/draw?tab=overview"),
            "categories": [],
            "distribution": {"href": f"{path}/distribution"},
            "logo": logo,
            "reviews": [
                a_template(f"{path}/reviews{{?sort,offset,limit}}"),
                web("/apps/1/draw?tab=reviews"),
            ],
            "vendor": {"href": "/rest/2/vendors/12"},
            "versions": {"href": f"{path}/versions"},
        }
        assert shown["_links"] == links
        assert list(shown["_links"]) == list(links)
        assert list(shown["_embedded"]) == EMBEDDED
        assert shown["id"] == "1"


def test_strangers_with_and_without_credentials_are_answered_alike(
    api: Api, anonymous: Person, stranger: Person, vendor: Person
) -> None:
    twelve_apps(api)
    for query in ("", "?text=tool", "?hosting=server&limit=3", "?withPricingInfo=true&offset=2"):
        first = api.get(anonymous, f"addons{query}").json()
        assert first == api.get(stranger, f"addons{query}").json()


# --- parameters ------------------------------------------------------------------------------


UNREADABLE: list[tuple[str, str]] = [
    ("offset=-1", "offset"),
    ("offset=2147483648", "offset"),
    ("offset=1.5", "offset"),
    ("limit=many", "limit"),
    ("limit=-1", "limit"),
    ("filter=best", "filter"),
    ("filter=Name", "filter"),
    ("hosting=moon", "hosting"),
    ("hosting=cloud&hosting=dataCenter", "hosting"),
    ("cost=gratis", "cost"),
    ("includeHidden=some", "includeHidden"),
    ("includePrivate=perhaps", "includePrivate"),
    ("forThisUser=me", "forThisUser"),
    ("withVersion=2", "withVersion"),
    ("withPricingInfo=2", "withPricingInfo"),
    ("storesPersonalData=no way", "storesPersonalData"),
    ("treatPartlyFreeAs=both", "treatPartlyFreeAs"),
    ("cloudComplianceBoundaries=moon", "cloudComplianceBoundaries"),
    ("applicationBuild=800000", "applicationBuild"),
    ("application=jira&applicationBuild=new", "applicationBuild"),
    ("text=" + "x" * 1001, "text"),
]


def test_a_parameter_that_can_not_be_read_is_named(
    api: Api, anonymous: Person, vendor: Person
) -> None:
    for query, name in UNREADABLE:
        for who, path in (
            (anonymous, "addons"),
            (vendor, "addons"),
            (anonymous, "addons/vendor/12"),
        ):
            error = problem(api.get(who, f"{path}?{query}"))
            assert error["message"].startswith(f"{name}: ")
            assert error["code"] == "INVALID_PARAMETER"


def test_unknown_parameters_are_ignored(api: Api, anonymous: Person, vendor: Person) -> None:
    twelve_apps(api)
    answer = api.get(anonymous, "addons?colour=red&cloudFortifiedStatus=approved&limit=1")
    assert answer.json()["count"] == 12


def test_a_text_of_any_characters_is_answered(api: Api, anonymous: Person, vendor: Person) -> None:
    twelve_apps(api)
    for text in ("", " ", "*", '"', "a OR b", "tool AND (", "ü" * 300, "x " * 400, "日本", "\t\n"):
        for more in ({}, {"explain": "true"}, {"filter": "name"}):
            assert api.get(anonymous, "addons", text=text, **more).status_code == 200


# --- costs -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "addons?",
        "addons?withVersion=true&",
        "addons?includePrivate=true&withPricingInfo=true&",
        "addons/vendor/12?withVersion=true&",
        "addons/listings/banners?",
        "addons/com.acme.n0/recommendations?",
    ],
)
def test_a_page_costs_the_same_number_of_statements_whatever_its_length(
    api: Api, app: Litestar, storage: Storage, vendor: Person, path: str
) -> None:
    for number in range(21):
        a_kept_app(
            storage, f"com.acme.n{number}", category_ids=(10, 20), name=f"Same {number}", banner="x"
        )
    api.settle()
    spent = [cost_of(app, api, vendor, f"{path}limit={limit}") for limit in (2, 20)]
    assert spent[0] == spent[1]
    assert spent[0] < 14


def cost_of(app: Litestar, api: Api, who: Person, path: str) -> int:
    """The statements that a question costs; the least of some, since the shelf looks on."""
    storage: Storage = app.state.storage
    costs = []
    for _ in range(5):
        before = storage.statements
        assert api.get(who, path).status_code == 200
        costs.append(storage.statements - before)
    return min(costs)


def test_a_stranger_page_costs_no_statement_at_all(
    api: Api, anonymous: Person, vendor: Person
) -> None:
    twelve_apps(api)
    before = api.storage.statements
    assert len(keys(api.get(anonymous, "addons", limit=12))) == 12
    assert api.storage.statements - before <= 2, "at most the follower looks at the journal"


def test_what_was_approved_is_found_with_its_version_despite_a_typo(
    api: Api, anonymous: Person, vendor: Person, admin: Person
) -> None:
    a_public_app(api, vendor, admin, "com.acme.scriptrunner")
    api.settle()
    answer = api.get(anonymous, "addons", text="scriptruner", withVersion="true")
    [app] = answer.json()["_embedded"]["addons"]
    assert app["_embedded"]["version"]["name"] == "1.0.0"

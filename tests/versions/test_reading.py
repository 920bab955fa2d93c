"""Reading versions over HTTP (related.md, 1)."""

from typing import Any
from urllib.parse import quote

import pytest
from litestar import Litestar

from calling import Api, problem
from given import (
    Json,
    Person,
    a_kept_app,
    a_public_app,
    a_version,
    an_app,
    an_application,
    runs_on,
)
from haymarket.storage import Storage
from haymarket.versions.compatibility import Bounds, Compatibility, Point

FILTERS = "afterVersion,application,applicationBuild,cost,hosting,includePrivate"


def a_template(href: str) -> Json:
    return {"href": href, "templated": True, "template": href}


def builds(answer: Any) -> list[int]:
    assert answer.status_code == 200, answer.text
    hrefs = [each["_links"]["self"]["href"] for each in answer.json()["_embedded"]["versions"]]
    return [int(href.rpartition("/")[2]) for href in hrefs]


def on_jira(lowest: int = 800000, highest: int = 810000, **hosting: Any) -> tuple[Any, ...]:
    names = {800000: "8.0.0", 800001: "8.0.1", 810000: "8.1.0", 900000: "9.0.0", 910000: "9.1.0"}
    bounds = Bounds(Point(lowest, names[lowest]), Point(highest, names[highest]))
    where: Json = {name: bounds if value == "bounds" else value for name, value in hosting.items()}
    return (Compatibility("jira", **(where or {"server": bounds})),)


@pytest.fixture
def many(storage: Storage, vendor: Person) -> str:
    """A public app with versions of all kinds, by build number."""
    versions = [
        {"build": 1, "name": "1.0"},
        {"build": 2, "name": "2.0", "compatibilities": on_jira(900000, 900000)},
        {"build": 3, "name": "3.0", "compatibilities": on_jira(server="bounds")},
        {
            "build": 4,
            "name": "3.0",
            "compatibilities": on_jira(900000, 910000, data_center="bounds"),
        },
        {
            "build": 5,
            "name": "3.0",
            "payment_model": "atlassian",
            "compatibilities": on_jira(cloud=True),
            "boundary": "commercial",
        },
        {"build": 6, "name": "4.0", "payment_model": "vendor"},
        {"build": 7, "name": "5.0", "status": "private"},
        {"build": 8, "name": "6.0", "status": "submitted"},
        {"build": 9, "name": "7.0", "status": "rejected"},
    ]
    a_kept_app(storage, "com.acme.many", versions)
    return "/rest/2/addons/com.acme.many"


# --- the collection -------------------------------------------------------------------------


def test_the_collection_without_items_shows_the_count_and_every_template(
    api: Api, anonymous: Person, many: str
) -> None:
    assert api.get(anonymous, f"{many}/versions?limit=0").json() == {
        "_links": {
            "self": {"href": f"{many}/versions?limit=0"},
            "alternate": {"href": "/apps/1/com-acme-many/version-history", "type": "text/html"},
            "query": a_template(
                f"{many}/versions{{?{FILTERS},cloudComplianceBoundary,offset,limit}}"
            ),
            "byBuild": a_template(f"{many}/versions/build/{{pluginBuildNumber}}"),
            "byName": a_template(f"{many}/versions/name/{{name}}{{?hosting}}"),
            "latest": a_template(f"{many}/versions/latest{{?{FILTERS},cloudComplianceBoundary}}"),
        },
        "_embedded": {"versions": []},
        "count": 6,
    }


def test_versions_are_listed_newest_first_page_by_page_with_single_links(
    api: Api, anonymous: Person, many: str
) -> None:
    first = api.get(anonymous, f"{many}/versions?limit=4&cost=paid&cost=free")
    page = api.get(anonymous, f"{many}/versions", limit=4)
    assert builds(page) == [6, 5, 4, 3]
    assert page.json()["_links"]["next"] == {"href": f"{many}/versions?limit=4&offset=4"}
    assert "prev" not in page.json()["_links"]
    rest = api.get(anonymous, page.json()["_links"]["next"]["href"])
    assert builds(rest) == [2, 1]
    assert rest.json()["_links"]["prev"] == {"href": f"{many}/versions?limit=4&offset=0"}
    assert "next" not in rest.json()["_links"]
    assert first.json()["_links"]["self"]["href"] == f"{many}/versions?cost=paid&cost=free&limit=4"


def test_a_version_in_a_list_has_the_members_of_a_summary_in_their_order(
    api: Api, anonymous: Person, many: str
) -> None:
    item = api.get(anonymous, f"{many}/versions?hosting=cloud").json()["_embedded"]["versions"][0]
    assert list(item) == [
        "_links",
        "_embedded",
        "name",
        "status",
        "paymentModel",
        "release",
        "static",
        "deployable",
        "deployment",
        "vendorLinks",
        "cloudComplianceBoundaries",
    ]
    assert item["_links"] == {
        "self": {"href": f"{many}/versions/build/5"},
        "functionalCategories": [],
    }
    assert item["_embedded"] == {"functionalCategories": []}


# --- filters --------------------------------------------------------------------------------


FILTERED = [
    ("", [6, 5, 4, 3, 2, 1]),
    ("hosting=server", [6, 3, 2, 1]),
    ("hosting=datacenter", [4]),
    ("hosting=cloud", [5]),
    ("hosting=cloud&hosting=datacenter", [5, 4]),
    ("hosting=any", [6, 5, 4, 3, 2, 1]),
    ("cost=free", [4, 3, 2, 1]),
    ("cost=paid", [6, 5]),
    ("cost=marketplace", [5]),
    ("cost=orderable", [5]),
    ("cost=free&hosting=cloud", []),
    ("application=jira", [6, 5, 4, 3, 2, 1]),
    ("application=jira-software", [6, 5, 4, 3, 2, 1]),
    ("application=confluence", []),
    ("application=trello", []),
    ("application=jira&applicationBuild=800000", [6, 3, 1]),
    ("application=jira&applicationBuild=800001", [6, 3, 1]),
    ("application=jira&applicationBuild=805000", [6, 3, 1]),
    ("application=jira&applicationBuild=900000", [4, 2]),
    ("application=jira&applicationBuild=910000", [4]),
    ("application=jira&applicationBuild=999999", [4]),
    ("application=jira&applicationBuild=5", []),
    ("application=jira&applicationBuild=900000&hosting=server", [2]),
    ("cloudComplianceBoundary=commercial", [6, 5, 4, 3, 2, 1]),
    ("cloudComplianceBoundary=isolated_cloud", [6, 4, 3, 2, 1]),
    ("afterVersion=1.0", [6, 5, 4, 3, 2]),
    ("afterVersion=3.0", [6]),
    ("afterVersion=4.0", []),
    ("afterVersion=1.0&hosting=server&limit=1&offset=1", [3]),
    ("nothing=5", [6, 5, 4, 3, 2, 1]),
    ("includePrivate=true", [6, 5, 4, 3, 2, 1]),
]


def test_each_filter_narrows_the_list_and_the_latest(
    api: Api, anonymous: Person, many: str
) -> None:
    for query, found in FILTERED:
        assert builds(api.get(anonymous, f"{many}/versions?{query}")) == found
        latest = api.get(anonymous, f"{many}/versions/latest?{query}")
        if found and "offset" not in query:
            assert latest.json()["buildNumber"] == found[0]
            assert latest.json()["_links"]["self"]["href"] == f"{many}/versions/build/{found[0]}"
        elif not found:
            assert latest.status_code == 404


def test_the_mode_of_the_application_says_what_is_inherited(
    api: Api, storage: Storage, anonymous: Person, vendor: Person
) -> None:
    old = (Compatibility("confluence", server=Bounds(Point(7000, "7.0.0"), Point(7000, "7.0.0"))),)
    a_kept_app(storage, "com.acme.old", [{"compatibilities": old}])
    path = "/rest/2/addons/com.acme.old/versions?application=confluence&applicationBuild="
    assert [len(builds(api.get(anonymous, path + each))) for each in ("7000", "7100", "8000")] == [
        1,
        1,
        0,
    ]
    an_application(storage, "confluence", {7200: "7.2.0"}, compatibility_mode="micro")
    assert [len(builds(api.get(anonymous, path + each))) for each in ("7000", "7100")] == [1, 0]


UNREADABLE: list[str] = [
    "applicationBuild=800000",
    "application=jira&applicationBuild=x",
    "cost=cheap",
    "hosting=dataCenter",
    "hosting=cloud&hosting=moon",
    "includePrivate=perhaps",
    "cloudComplianceBoundary=lunar",
    "offset=-1",
    "limit=-1",
    "limit=ten",
    "afterVersion=nothing",
]


def test_a_parameter_that_can_not_be_read_is_named(api: Api, anonymous: Person, many: str) -> None:
    for query in UNREADABLE:
        error = problem(api.get(anonymous, f"{many}/versions?{query}"))
        name = query.rpartition("&")[2].partition("=")[0]
        assert error["message"].startswith(f"{name}: ")
        assert error["code"] == "INVALID_PARAMETER"


# --- who sees what --------------------------------------------------------------------------


def test_lists_and_the_latest_show_private_versions_only_to_those_who_may_and_ask(
    api: Api,
    anonymous: Person,
    stranger: Person,
    other_vendor: Person,
    vendor: Person,
    clerk: Person,
    admin: Person,
    many: str,
) -> None:
    for who in (anonymous, stranger, other_vendor):
        assert builds(api.get(who, f"{many}/versions?includePrivate=true"))[0] == 6
        assert (
            api.get(who, f"{many}/versions/latest?includePrivate=true").json()["buildNumber"] == 6
        )
    for who in (vendor, clerk, admin):
        assert builds(api.get(who, f"{many}/versions"))[0] == 6
        assert builds(api.get(who, f"{many}/versions?includePrivate=true")) == [*range(9, 0, -1)]
        assert api.get(who, f"{many}/versions/latest").json()["buildNumber"] == 6
        assert (
            api.get(who, f"{many}/versions/latest?includePrivate=true").json()["buildNumber"] == 9
        )


@pytest.mark.parametrize("build", [7, 8, 9])
def test_a_version_that_is_not_public_is_unknown_to_strangers(
    api: Api,
    anonymous: Person,
    stranger: Person,
    other_vendor: Person,
    vendor: Person,
    clerk: Person,
    admin: Person,
    many: str,
    build: int,
) -> None:
    path, name = f"{many}/versions/build/{build}", f"{many}/versions/name/{build - 2}.0"
    for who in (anonymous, stranger, other_vendor):
        assert api.get(who, path).status_code == 404
        assert api.get(who, name).status_code == 404
        assert api.get(who, f"{path}/approval").status_code in (401, 404)
    for who in (vendor, clerk, admin):
        assert api.get(who, path).status_code == 200
        assert api.get(who, name).json()["buildNumber"] == build


def test_only_contacts_and_administrators_get_the_links_for_them(
    api: Api, anonymous: Person, stranger: Person, vendor: Person, admin: Person, many: str
) -> None:
    for who in (anonymous, stranger):
        links = api.get(who, f"{many}/versions/build/6").json()["_links"]
        assert list(links) == ["self", "alternate", "functionalCategories"]
    for who in (vendor, admin):
        links = api.get(who, f"{many}/versions/build/6").json()["_links"]
        assert links["edit"] == {"href": "/manage/apps/1/versions/6/details", "type": "text/html"}
        assert links["approval"] == {"href": f"{many}/versions/build/6/approval"}
        assert "transition" not in links
        assert "transition" in api.get(who, f"{many}/versions/build/7").json()["_links"]


def test_every_part_of_an_invisible_app_is_unknown(
    api: Api, anonymous: Person, stranger: Person, other_vendor: Person, vendor: Person
) -> None:
    path = an_app(api, vendor)
    for part in ("", "/latest", "/build/1", "/name/1.0.0", "/build/1/approval"):
        for who in (anonymous, stranger, other_vendor):
            assert api.get(who, f"{path}/versions{part}").status_code == 404
    assert api.get(vendor, f"{path}/versions").json()["count"] == 0
    assert api.get(vendor, f"{path}/versions?includePrivate=true").json()["count"] == 1


# --- one version ----------------------------------------------------------------------------


def test_a_version_by_name_is_chosen_by_its_hosting(api: Api, anonymous: Person, many: str) -> None:
    def build(query: str) -> int:
        return int(api.get(anonymous, f"{many}/versions/name/3.0{query}").json()["buildNumber"])

    assert [
        build(query)
        for query in (
            "",
            "?hosting=server",
            "?hosting=datacenter",
            "?hosting=cloud",
            "?hosting=any",
        )
    ] == [5, 3, 4, 5, 5]
    assert build("?cloudComplianceBoundary=isolated_cloud") == 4


NOT_THERE: list[str] = [
    "build/99",
    "build/0",
    "build/-1",
    f"build/{2**63}",
    f"build/{10**30}",
    "build/x",
    "name/nothing",
    "name/6.0",
    "latest?application=trello",
]


def test_a_version_that_is_not_there_is_not_found(api: Api, anonymous: Person, many: str) -> None:
    for part in NOT_THERE:
        assert api.get(anonymous, f"{many}/versions/{part}").status_code == 404


NO_BUILDS: list[str] = ["1", "0", "-1", str(2**63), str(10**30)]


def test_a_download_that_is_not_there_is_not_found(api: Api, many: str) -> None:
    for build in NO_BUILDS:
        assert api.client.get(f"/download/apps/1/version/{build}").status_code == 404
        assert api.client.get(f"/download/apps/{build}0/version/1").status_code == 404


@pytest.mark.parametrize("name", ["1.0 beta/2", "ünï", "a+b", "100%", "x?y#z"])
def test_a_name_may_hold_any_character(
    api: Api, anonymous: Person, vendor: Person, admin: Person, name: str
) -> None:

    path = a_public_app(api, vendor, admin, version={"name": name})
    shown = api.get(anonymous, f"{path}/versions/name/{quote(name, safe='')}")
    assert shown.status_code == 200
    assert shown.json()["name"] == name


def test_a_version_has_its_members_in_the_order_of_the_wire(
    api: Api, anonymous: Person, vendor: Person, admin: Person
) -> None:
    path = a_public_app(api, vendor, admin)
    shown = api.get(anonymous, f"{path}/versions/build/1").json()
    assert list(shown) == [
        "_links",
        "_embedded",
        "buildNumber",
        "name",
        "status",
        "paymentModel",
        "release",
        "vendorLinks",
        "compatibilities",
        "text",
        "static",
        "deployable",
        "deployment",
    ]
    assert shown["_embedded"] == {"functionalCategories": [], "highlights": [], "screenshots": []}
    assert shown["_links"]["alternate"] == {
        "href": "/apps/1/draw/version-history#b1",
        "type": "text/html",
    }


# --- costs ----------------------------------------------------------------------------------


def test_a_page_of_versions_costs_the_same_number_of_statements_whatever_its_length(
    api: Api, app: Litestar, storage: Storage, vendor: Person, many: str
) -> None:
    a_kept_app(storage, "com.acme.few", [{}])
    a_kept_app(storage, "com.acme.more", [{} for _ in range(20)])
    counts = []
    for key in ("few", "more"):
        tries = []
        for _ in range(5):  # since the shelf looks on
            before = app.state.storage.statements
            assert api.get(vendor, f"addons/com.acme.{key}/versions?limit=50").status_code == 200
            tries.append(app.state.storage.statements - before)
        counts.append(min(tries))
    assert counts[0] == counts[1]
    assert counts[0] < 10


def test_a_version_of_the_app_stays_the_newest_whatever_is_changed(
    api: Api, vendor: Person
) -> None:
    path = an_app(api, vendor)
    a_version(api, vendor, path, buildNumber=10, name="10", compatibilities=[runs_on(cloud=True)])
    latest = api.get(vendor, f"{path}/versions/latest?includePrivate=true&hosting=server").json()
    assert latest["buildNumber"] == 1

"""Host applications and their versions over HTTP."""

from typing import Any

import pytest
from litestar.testing import TestClient

from applications.samples import JIRA_8, VERSIONS
from given import Json, Person
from haymarket.applications import store
from haymarket.applications.model import Application
from haymarket.storage import Storage

pytestmark = pytest.mark.usefixtures("hosts")


def a_template(href: str) -> Json:
    return {"href": href, "templated": True, "template": href}


JIRA = {
    "_links": {
        "self": {"href": "/rest/2/applications/jira"},
        "logo": {"href": "http://haymarket.test/files/applications/jira.png", "type": "image/png"},
        "versions": a_template(f"{VERSIONS}{{?afterBuildNumber,offset,limit}}"),
        "latestVersion": {"href": f"{VERSIONS}/latest"},
        "versionByBuild": a_template(f"{VERSIONS}/build/{{applicationBuildNumber}}"),
        "versionByName": a_template(f"{VERSIONS}/name/{{name}}"),
        "addons": {"href": "/rest/2/addons?application=jira"},
        "addonCategories": {"href": "/rest/2/addonCategories/app/jira"},
    },
    "name": "Jira",
    "key": "jira",
    "keyAliases": ["jira-software"],
    "introduction": "Plan and track",
    "status": "published",
    "hostingSupport": {
        "cloud": {"enabled": True},
        "server": {"enabled": True},
        "dataCenter": {"enabled": True},
    },
    "atlassianConnectSupport": {"cloud": True, "server": False, "dataCenter": False},
    "compatibilityMode": "micro",
    "details": {
        "description": "A tracker",
        "learnMore": "https://jira.example",
        "downloadPage": "https://jira.example/get",
    },
}


def test_the_applications_without_items_show_the_templates(client: TestClient[Any]) -> None:
    answer = client.get("/rest/2/applications?limit=0")
    assert answer.status_code == 200
    assert answer.json() == {
        "_links": {
            "self": {"href": "/rest/2/applications"},
            "byKey": a_template("/rest/2/applications/{applicationKey}"),
            "latestVersion": a_template("/rest/2/applications/{applicationKey}/versions/latest"),
            "versionByBuild": a_template(
                "/rest/2/applications/{applicationKey}/versions/build/{applicationBuildNumber}"
            ),
        },
        "_embedded": {"applications": []},
    }


def test_an_application_is_shown_whole_and_in_the_order_of_the_reference(
    client: TestClient[Any],
) -> None:
    body = client.get("/rest/2/applications/jira").json()
    assert body == JIRA
    assert list(body) == list(JIRA)
    assert list(body["_links"]) == list(JIRA["_links"])


def test_a_former_key_shows_the_application_under_its_present_key(client: TestClient[Any]) -> None:
    assert client.get("/rest/2/applications/jira-software").json() == JIRA
    latest = client.get("/rest/2/applications/jira-software/versions/latest").json()
    assert latest["_links"]["self"]["href"] == f"{VERSIONS}/build/800011"


@pytest.mark.parametrize("key", ["none", "secret", "a%2Fb"])
def test_an_unknown_or_unpublished_application_is_not_found(
    client: TestClient[Any], key: str
) -> None:
    for part in ("", "/versions", "/versions/latest", "/versions/build/1", "/versions/name/1"):
        answer = client.get(f"/rest/2/applications/{key}{part}")
        assert answer.status_code == 404
        assert answer.json()["errors"][0]["code"] == "NOT_FOUND"


def test_an_administrator_sees_what_is_unpublished(client: TestClient[Any], admin: Person) -> None:
    listed = client.get("/rest/2/applications", auth=admin.auth).json()
    assert [each["key"] for each in listed["_embedded"]["applications"]] == ["jira", "secret"]
    assert client.get(f"{VERSIONS}/build/900000", auth=admin.auth).status_code == 200
    assert client.get(VERSIONS, auth=admin.auth).json()["count"] == 13


def test_all_applications_are_listed_without_a_limit(
    client: TestClient[Any], storage: Storage
) -> None:
    with storage.writing(None) as db:
        for number in range(20):
            store.save_application(db, Application(f"app{number:02}", "An application"))

    def keys(query: str) -> list[str]:
        body = client.get(f"/rest/2/applications{query}").json()
        return [each["key"] for each in body["_embedded"]["applications"]]

    assert len(keys("")) == 21
    assert keys("?limit=2&offset=3") == ["app03", "app04"]
    assert keys("?offset=19") == ["app19", "jira"]


def test_versions_come_newest_first_in_pages(client: TestClient[Any]) -> None:
    body = client.get(f"{VERSIONS}?limit=5&offset=5").json()
    assert body["_links"] == {
        "self": {"href": f"{VERSIONS}?limit=5&offset=5"},
        "next": {"href": f"{VERSIONS}?limit=5&offset=10"},
        "prev": {"href": f"{VERSIONS}?limit=5&offset=0"},
    }
    assert body["count"] == 12
    assert [each["buildNumber"] for each in body["_embedded"]["versions"]] == [
        800006,
        800005,
        800004,
        800003,
        800002,
    ]


def test_versions_without_a_limit_come_by_ten(client: TestClient[Any]) -> None:
    body = client.get(VERSIONS).json()
    assert body["_links"] == {
        "self": {"href": VERSIONS},
        "next": {"href": f"{VERSIONS}?offset=10"},
    }
    assert len(body["_embedded"]["versions"]) == 10
    assert client.get(f"{VERSIONS}?limit=0").json() == {
        "_links": {"self": {"href": f"{VERSIONS}?limit=0"}},
        "_embedded": {"versions": []},
        "count": 12,
    }


def test_versions_after_a_build_number_keep_it_in_the_links(client: TestClient[Any]) -> None:
    body = client.get(f"{VERSIONS}?limit=1&afterBuildNumber=800009").json()
    assert body["count"] == 2
    assert [each["buildNumber"] for each in body["_embedded"]["versions"]] == [800011]
    assert body["_links"] == {
        "self": {"href": f"{VERSIONS}?afterBuildNumber=800009&limit=1"},
        "next": {"href": f"{VERSIONS}?afterBuildNumber=800009&limit=1&offset=1"},
    }


@pytest.mark.parametrize("value", ["x", "-1", str(2**63), "1.5"])
def test_a_build_number_that_is_none_is_refused(client: TestClient[Any], value: str) -> None:
    answer = client.get(f"{VERSIONS}?afterBuildNumber={value}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "INVALID_PARAMETER"


@pytest.mark.parametrize("part", ["build/800007", "name/8.0.7"])
def test_a_version_is_shown_by_build_and_by_name(client: TestClient[Any], part: str) -> None:
    assert client.get(f"{VERSIONS}/{part}").json() == JIRA_8


def test_the_latest_version_is_the_newest_that_is_published(client: TestClient[Any]) -> None:
    assert client.get(f"{VERSIONS}/latest").json()["buildNumber"] == 800011


@pytest.mark.parametrize(
    "part", ["build/1", "build/900000", f"build/{2**64}", "name/none", "name/9.0.0"]
)
def test_an_unknown_or_unpublished_version_is_not_found(client: TestClient[Any], part: str) -> None:
    assert client.get(f"{VERSIONS}/{part}").status_code == 404


def test_wrong_credentials_are_refused_where_none_are_needed(client: TestClient[Any]) -> None:
    assert client.get("/rest/2/applications", auth=("no", "body")).status_code == 401

"""Administrators add and change versions of host applications over HTTP."""

from datetime import date
from typing import Any

import pytest
from litestar.testing import TestClient

from applications.samples import JIRA_8, VERSIONS
from given import Json, Person
from haymarket.applications import store
from haymarket.applications.model import HostVersion
from haymarket.storage import Storage

pytestmark = pytest.mark.usefixtures("hosts")


NEW = {
    "_links": {"self": {"href": "http://default/uri"}},
    "buildNumber": 810000,
    "dataCenterCompatible": True,
    "version": "8.1.0",
    "releaseDate": "2026-11-24",
    "status": "published",
}


def test_an_administrator_adds_a_version(client: TestClient[Any], admin: Person) -> None:
    answer = client.request("POST", VERSIONS, json=NEW, auth=admin.auth)
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"{VERSIONS}/build/810000"
    assert answer.json() == NEW | {
        "_links": {
            "self": {"href": f"{VERSIONS}/build/810000"},
            "parent": {"href": "/rest/2/applications/jira"},
        }
    }
    assert client.get(f"{VERSIONS}/latest").json() == answer.json()


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"buildNumber": 800007}, "/buildNumber"),
        ({"buildNumber": 0}, "/buildNumber"),
        ({"buildNumber": 2**63}, "/buildNumber"),
        ({"buildNumber": "9"}, "/buildNumber"),
        ({"version": "8.0.7"}, "/version"),
        ({"version": " "}, "/version"),
        ({"version": "8\0"}, "/version"),
        ({"version": "8" * 101}, "/version"),
        ({"releaseDate": "2026-02-30"}, "/releaseDate"),
        ({"status": "public"}, "/status"),
    ],
)
def test_a_bad_version_is_refused_with_its_member(
    client: TestClient[Any], admin: Person, change: Json, path: str
) -> None:
    answer = client.request("POST", VERSIONS, json=NEW | change, auth=admin.auth)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["path"] == path
    assert client.get(VERSIONS).json()["count"] == 12


@pytest.mark.parametrize("name", ["buildNumber", "version", "releaseDate", "status"])
def test_a_version_without_a_required_member_is_refused(
    client: TestClient[Any], admin: Person, name: str
) -> None:
    body = {key: value for key, value in NEW.items() if key != name}
    answer = client.request("POST", VERSIONS, json=body, auth=admin.auth)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["path"] == f"/{name}"


def test_only_administrators_write_versions(
    client: TestClient[Any], anonymous: Person, stranger: Person
) -> None:
    for person, status in ((anonymous, 401), (stranger, 403)):
        assert client.request("POST", VERSIONS, json=NEW, auth=person.auth).status_code == status
        answer = client.request("PATCH", f"{VERSIONS}/build/800007", json=[], auth=person.auth)
        assert answer.status_code == status


def test_a_version_of_an_unknown_application_is_not_found(
    client: TestClient[Any], admin: Person
) -> None:
    path = "/rest/2/applications/none/versions"
    assert client.request("POST", path, json=NEW, auth=admin.auth).status_code == 404
    assert client.request("PATCH", f"{path}/build/1", json=[], auth=admin.auth).status_code == 404
    assert (
        client.request("PATCH", f"{VERSIONS}/build/1", json=[], auth=admin.auth).status_code == 404
    )


def test_an_administrator_changes_a_version(
    client: TestClient[Any], admin: Person, storage: Storage
) -> None:
    before = HostVersion(
        "jira", 800007, "8.0.7", date(2019, 2, 9), True, "published", date(2021, 2, 9)
    )
    with storage.writing(None) as db:
        store.save_host_version(db, before)
    answer = client.request(
        "PATCH",
        f"{VERSIONS}/build/800007",
        json=[
            {"op": "replace", "path": "/status", "value": "unpublished"},
            {"op": "replace", "path": "/releaseDate", "value": "2019-02-10"},
            {"op": "replace", "path": "/dataCenterCompatible", "value": False},
            {"op": "remove", "path": "/_links/parent"},
            {"op": "replace", "path": "/version", "value": "8.0.7"},
        ],
        auth=admin.auth,
    )
    assert answer.status_code == 204
    assert answer.headers["Location"] == f"{VERSIONS}/build/800007"
    assert answer.content == b""
    with storage.reading() as db:
        assert store.get_host_version(db, "jira", 800007) == HostVersion(
            "jira", 800007, "8.0.7", date(2019, 2, 10), False, "unpublished", date(2021, 2, 9)
        )


@pytest.mark.parametrize(
    ("member", "value"), [("buildNumber", 5), ("version", "9"), ("status", "x")]
)
def test_the_build_and_the_name_of_a_version_can_not_be_changed(
    client: TestClient[Any], admin: Person, member: str, value: Any
) -> None:
    patch = [{"op": "replace", "path": f"/{member}", "value": value}]
    answer = client.request("PATCH", f"{VERSIONS}/build/800007", json=patch, auth=admin.auth)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["path"] == f"/{member}"
    assert client.get(f"{VERSIONS}/build/800007").json() == JIRA_8


def test_a_failed_test_leaves_a_version_as_it_is(client: TestClient[Any], admin: Person) -> None:
    patch = [
        {"op": "replace", "path": "/status", "value": "unpublished"},
        {"op": "test", "path": "/version", "value": "7"},
    ]
    answer = client.request("PATCH", f"{VERSIONS}/build/800007", json=patch, auth=admin.auth)
    assert answer.status_code == 400
    assert client.get(f"{VERSIONS}/build/800007").json() == JIRA_8

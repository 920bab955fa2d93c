"""Licence types over HTTP."""

from typing import Any

from litestar.testing import TestClient

from haymarket.licences.model import LicenceType
from haymarket.licences.store import save_licence_type
from haymarket.storage import Storage


def given_licences(storage: Storage) -> None:
    with storage.writing(None) as db:
        save_licence_type(db, LicenceType("gpl", "GNU Public License", "https://gpl.example"))
        save_licence_type(db, LicenceType("commercial", "Commercial"))


def test_licence_types_are_listed_with_a_link_to_each(
    client: TestClient[Any], storage: Storage
) -> None:
    given_licences(storage)
    answer = client.get("/rest/2/licenseTypes")
    assert answer.status_code == 200
    body = answer.json()
    assert body["_links"]["types"] == [
        {"href": "/rest/2/licenseTypes/commercial"},
        {"href": "/rest/2/licenseTypes/gpl"},
    ]
    assert [each["key"] for each in body["_embedded"]["types"]] == ["commercial", "gpl"]


def test_a_licence_type_shows_the_page_of_its_text(
    client: TestClient[Any], storage: Storage
) -> None:
    given_licences(storage)
    assert client.get("/rest/2/licenseTypes/gpl").json() == {
        "_links": {
            "self": {"href": "/rest/2/licenseTypes/gpl"},
            "alternate": {"href": "https://gpl.example", "type": "text/html"},
        },
        "key": "gpl",
        "name": "GNU Public License",
    }


def test_an_unknown_licence_type_is_not_found(client: TestClient[Any]) -> None:
    answer = client.get("/rest/2/licenseTypes/none")
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["code"] == "NOT_FOUND"

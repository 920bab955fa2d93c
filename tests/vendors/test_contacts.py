"""Contacts of vendors over HTTP."""

from typing import Any

import pytest
from litestar.testing import TestClient

from given import Json, Person, a_user
from haymarket.accounts.contacts import list_contacts
from haymarket.accounts.model import PERMISSIONS
from haymarket.storage import Storage
from vendors.people import a_contact, contact_path

CONTACTS = "/rest/2/vendors/12/contacts"
QUERY = "/rest/2/vendors/{vendorId}/contacts{?offset,limit}"

pytestmark = pytest.mark.usefixtures("two_vendors")


def call(
    client: TestClient[Any], person: Person, method: str, path: str, body: Json | None = None
) -> Any:
    return client.request(method, path, json=body, auth=person.auth)


def problem(answer: Any) -> str | None:
    assert answer.status_code == 400
    path: str | None = answer.json()["errors"][0].get("path")
    return path


def names(client: TestClient[Any]) -> list[str]:
    return [each["displayName"] for each in client.get(CONTACTS).json()["contacts"]]


def public(path: str, name: str) -> Json:
    return {
        "_links": {
            "self": {"href": path},
            "alternate": {"href": "/vendors/12/acme-sohne", "type": "text/html"},
        },
        "displayName": name,
    }


def test_strangers_see_only_the_names_of_contacts(
    client: TestClient[Any],
    storage: Storage,
    vendor: Person,
    clerk: Person,
    anonymous: Person,
    other_vendor: Person,
) -> None:
    for person in (anonymous, other_vendor):
        body = call(client, person, "GET", CONTACTS).json()
        assert body == {
            "_links": {
                "self": {"href": CONTACTS},
                "query": {"href": QUERY, "templated": True, "template": QUERY},
            },
            "contacts": [
                public(contact_path(storage, vendor), "Boss"),
                public(contact_path(storage, clerk), "Clerk"),
            ],
            "count": 2,
        }


def test_contacts_and_administrators_see_all_of_them(
    client: TestClient[Any], storage: Storage, clerk: Person, admin: Person
) -> None:
    for person in (clerk, admin):
        boss, shown = call(client, person, "GET", CONTACTS).json()["contacts"]
        assert boss["permissions"] == list(PERMISSIONS)
        assert shown == public(contact_path(storage, clerk), "Clerk") | {
            "username": clerk.email,
            "email": clerk.email,
            "permissions": ["view-sales-reports"],
            "roles": ["finance"],
        }


def test_contacts_come_in_pages(client: TestClient[Any], storage: Storage) -> None:
    for number in range(4):
        a_contact(storage, f"c{number}@acme.example", ("administer-vendor",))
    body = client.get(f"{CONTACTS}?limit=1&offset=1").json()
    assert [each["displayName"] for each in body["contacts"]] == ["C1"]
    assert body["count"] == 4
    assert body["_links"]["self"] == {"href": f"{CONTACTS}?limit=1&offset=1"}
    assert body["_links"]["next"] == {"href": f"{CONTACTS}?limit=1&offset=2"}
    assert body["_links"]["prev"] == {"href": f"{CONTACTS}?limit=1&offset=0"}
    assert client.get(f"{CONTACTS}?limit=0").json()["contacts"] == []


def test_a_vendor_without_contacts_has_an_empty_list(client: TestClient[Any]) -> None:
    body = client.get(CONTACTS).json()
    assert (body["contacts"], body["count"]) == ([], 0)
    assert client.get("/rest/2/vendors/1/contacts").status_code == 404


def test_only_who_administers_the_vendor_writes_contacts(
    client: TestClient[Any],
    storage: Storage,
    anonymous: Person,
    clerk: Person,
    other_vendor: Person,
) -> None:
    one = contact_path(storage, clerk)
    body: Json = {"username": clerk.email, "permissions": list(PERMISSIONS)}
    calls = (("POST", CONTACTS), ("GET", one), ("PUT", one), ("DELETE", one))
    for person, status in ((anonymous, 401), (clerk, 403), (other_vendor, 403)):
        for method, path in calls:
            sent = body if method in ("POST", "PUT") else None
            assert call(client, person, method, path, sent).status_code == status
    with storage.reading() as db:
        assert list_contacts(db, 12)[1].permissions == ("view-sales-reports",)


def test_a_user_becomes_a_contact_by_the_e_mail_address(
    client: TestClient[Any], vendor: Person, stranger: Person
) -> None:
    body = {
        "username": "  Stranger@Example.com ",
        "displayName": "ignored",
        "permissions": ["manage-pricing", "manage-pricing"],
        "roles": ["support", "security"],
    }
    answer = call(client, vendor, "POST", CONTACTS, body)
    assert answer.status_code == 201
    path = answer.headers["Location"]
    assert answer.json() == public(path, "Stranger") | {
        "username": stranger.email,
        "email": stranger.email,
        "permissions": ["manage-pricing"],
        "roles": ["support", "security"],
    }
    assert call(client, vendor, "GET", path).json() == answer.json()


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"username": "nobody@example.com"}, "/username"),
        ({"username": "a\0b"}, "/username"),
        ({"username": None}, "/username"),
        ({"username": "boss@acme.example"}, "/username"),
        ({"permissions": []}, "/permissions"),
        ({"permissions": ["rule"]}, "/permissions/0"),
        ({"roles": ["boss"]}, "/roles/0"),
    ],
)
def test_a_bad_contact_is_refused_with_its_member(
    client: TestClient[Any], vendor: Person, stranger: Person, change: Json, path: str
) -> None:
    body = {"username": stranger.email, "permissions": ["manage-pricing"], "roles": []} | change
    assert problem(call(client, vendor, "POST", CONTACTS, body)) == path
    assert names(client) == ["Boss"]


def test_the_first_contact_of_a_vendor_administers_it(
    client: TestClient[Any], admin: Person, stranger: Person
) -> None:
    body: Json = {"username": stranger.email, "permissions": ["manage-pricing"]}
    assert problem(call(client, admin, "POST", CONTACTS, body)) == "/permissions"
    body["permissions"].append("administer-vendor")
    assert call(client, admin, "POST", CONTACTS, body).status_code == 201


def test_a_contact_is_replaced_as_a_whole(
    client: TestClient[Any], storage: Storage, vendor: Person, clerk: Person
) -> None:
    path = contact_path(storage, clerk)
    body: Json = {"permissions": ["manage-payment", "view-usage-reports"]}
    answer = call(client, vendor, "PUT", path, body)
    assert answer.status_code == 204
    assert answer.headers["Location"] == path
    shown = call(client, vendor, "GET", path).json()
    assert (shown["permissions"], shown["roles"]) == (body["permissions"], [])
    assert shown["username"] == clerk.email


def test_a_contact_does_not_become_somebody_else(
    client: TestClient[Any], storage: Storage, vendor: Person, clerk: Person, stranger: Person
) -> None:
    path = contact_path(storage, clerk)
    body: Json = {"username": stranger.email, "permissions": ["manage-payment"]}
    assert problem(call(client, vendor, "PUT", path, body)) == "/username"
    assert problem(call(client, vendor, "PUT", path, {"permissions": []})) == "/permissions"


def test_a_contact_is_taken_away(
    client: TestClient[Any], storage: Storage, vendor: Person, clerk: Person
) -> None:
    path = contact_path(storage, clerk)
    answer = call(client, vendor, "DELETE", path)
    assert (answer.status_code, answer.content) == (204, b"")
    assert names(client) == ["Boss"]
    assert call(client, vendor, "DELETE", path).status_code == 404


def test_the_last_who_administers_a_vendor_stays(
    client: TestClient[Any], storage: Storage, vendor: Person, clerk: Person
) -> None:
    path = contact_path(storage, vendor)
    lesser: Json = {"permissions": ["manage-payment"]}
    assert problem(call(client, vendor, "DELETE", path)) is None
    assert problem(call(client, vendor, "PUT", path, lesser)) == "/permissions"
    assert names(client) == ["Boss", "Clerk"]
    promoted: Json = {"permissions": ["administer-vendor"]}
    assert call(client, vendor, "PUT", contact_path(storage, clerk), promoted).status_code == 204
    assert call(client, vendor, "DELETE", path).status_code == 204
    assert names(client) == ["Clerk"]


def test_who_is_no_longer_a_contact_has_no_rights(
    client: TestClient[Any], storage: Storage, vendor: Person
) -> None:
    second = a_contact(storage, "second@acme.example", ("administer-vendor",))
    assert call(client, second, "DELETE", contact_path(storage, vendor)).status_code == 204
    assert call(client, vendor, "DELETE", contact_path(storage, second)).status_code == 403


def test_a_contact_of_another_vendor_is_not_found(
    client: TestClient[Any], storage: Storage, clerk: Person, other_vendor: Person
) -> None:
    path = contact_path(storage, clerk).replace("/12/", "/7/")
    for method, body in (("GET", None), ("PUT", {"permissions": ["manage-payment"]})):
        assert call(client, other_vendor, method, path, body).status_code == 404
    assert call(client, other_vendor, "DELETE", path).status_code == 404


def test_the_same_user_is_a_contact_of_two_vendors(
    client: TestClient[Any], storage: Storage, vendor: Person
) -> None:
    a_user(storage, "both@example.com")
    a_contact(storage, "both@example.com", ("administer-vendor",), vendor_id=7)
    body: Json = {"username": "both@example.com", "permissions": ["manage-pricing"]}
    assert call(client, vendor, "POST", CONTACTS, body).status_code == 201

"""Vendors are changed over HTTP."""

from typing import Any

import pytest
from litestar.testing import TestClient

from given import Json, Person
from haymarket.storage import Storage
from vendors.people import a_contact, a_logo
from vendors.samples import ACME, ACME_SHOWN, VENDORS, shown

pytestmark = pytest.mark.usefixtures("two_vendors")


def patch(client: TestClient[Any], person: Person, *operations: Json) -> Any:
    return client.request("PATCH", ACME, json=list(operations), auth=person.auth)


def replaced(path: str, value: Any) -> Json:
    return {"op": "replace", "path": path, "value": value}


def test_a_contact_changes_what_the_vendor_tells(client: TestClient[Any], vendor: Person) -> None:
    answer = patch(
        client,
        vendor,
        replaced("/name", "Acme"),
        {"op": "remove", "path": "/address"},
        {"op": "add", "path": "/vendorLinks/sla", "value": "http://acme.example/s"},
        replaced("/supportDetails/supportHours/days", ["sunday"]),
    )
    assert answer.status_code == 204
    assert answer.headers["Location"] == ACME
    assert answer.content == b""
    body = shown(client)
    assert body["name"] == "Acme"
    assert body["_links"]["alternate"]["href"] == "/vendors/12/acme"
    assert "address" not in body
    assert body["vendorLinks"]["sla"] == "http://acme.example/s"
    assert body["supportDetails"]["supportHours"]["days"] == ["sunday"]
    assert body["verifiedStatus"] == "verified"
    assert body["programs"] == ACME_SHOWN["programs"]


def test_operations_on_what_is_read_only_do_nothing(
    client: TestClient[Any], vendor: Person
) -> None:
    answer = patch(
        client,
        vendor,
        replaced("/id", 1),
        replaced("/isAtlassian", True),
        replaced("/verifiedStatus", "nonsense"),
        {"op": "remove", "path": "/programs/topVendor"},
        {"op": "remove", "path": "/_embedded/logo"},
        replaced("/_links/self", {"href": "http://default/uri"}),
        {"op": "remove", "path": "/_links/edit"},
    )
    assert answer.status_code == 204
    assert shown(client) == ACME_SHOWN


def test_an_administrator_changes_verification_and_programmes(
    client: TestClient[Any], admin: Person
) -> None:
    answer = patch(
        client,
        admin,
        replaced("/verifiedStatus", "flagged"),
        replaced("/programs/topVendor/status", "rejected"),
        replaced("/isAtlassian", True),
    )
    assert answer.status_code == 204
    body = shown(client)
    assert (body["verifiedStatus"], body["isAtlassian"]) == ("flagged", False)
    assert body["programs"] == {"topVendor": {"status": "rejected"}}
    assert patch(client, admin, {"op": "remove", "path": "/programs/topVendor"}).status_code == 204
    assert shown(client)["programs"] == {}


def test_an_administrator_gives_only_statuses_that_exist(
    client: TestClient[Any], admin: Person
) -> None:
    answer = patch(client, admin, replaced("/programs/topVendor/status", "best"))
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["path"] == "/programs/topVendor/status"


@pytest.mark.parametrize(
    ("operation", "path"),
    [
        (replaced("/name", ""), "/name"),
        (replaced("/vendorLinks/homePage", "acme"), "/vendorLinks/homePage"),
        ({"op": "remove", "path": "/email"}, "/email"),
        ({"op": "remove", "path": "/none"}, "/0"),
        ({"op": "test", "path": "/name", "value": "x"}, "/0"),
        ({"op": "remove", "path": "/_links"}, "/_links"),
        ({"op": "add", "path": "/_links/logo", "value": {"href": "x"}}, "/_links/logo"),
    ],
)
def test_a_bad_change_is_refused_and_changes_nothing(
    client: TestClient[Any], vendor: Person, operation: Json, path: str
) -> None:
    answer = patch(client, vendor, operation)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["path"] == path
    assert shown(client) == ACME_SHOWN


def test_changing_a_vendor_needs_the_permission(
    client: TestClient[Any],
    anonymous: Person,
    clerk: Person,
    other_vendor: Person,
    storage: Storage,
) -> None:
    editor = a_contact(storage, "editor@acme.example", ("manage-vendor-details",))
    for person, status in ((anonymous, 401), (clerk, 403), (other_vendor, 403), (editor, 204)):
        assert patch(client, person, replaced("/name", "Mine")).status_code == status
    assert client.request("PATCH", f"{VENDORS}/1", json=[], auth=editor.auth).status_code == 404


def test_a_logo_is_shown_and_can_not_be_deleted_until_it_is_taken_away(
    client: TestClient[Any], vendor: Person
) -> None:
    href = a_logo(client, vendor)
    added = {"op": "add", "path": "/_links/logo", "value": {"href": f"http://haymarket.test{href}"}}
    assert patch(client, vendor, added).status_code == 204
    body = shown(client)
    assert body["_links"]["logo"] == {"href": href}
    assert body["_embedded"]["logo"]["_links"]["self"] == {"href": href}

    kept = [{"op": "remove", "path": "/_embedded/logo"}, replaced("/name", "Acme")]
    assert patch(client, vendor, *kept).status_code == 204
    assert shown(client)["_links"]["logo"] == {"href": href}
    assert client.request("DELETE", href, auth=vendor.auth).status_code == 409

    assert patch(client, vendor, {"op": "remove", "path": "/_links/logo"}).status_code == 204
    assert shown(client)["_embedded"] == {}
    assert client.request("DELETE", href, auth=vendor.auth).status_code == 204


def test_a_logo_is_replaced_by_another(client: TestClient[Any], vendor: Person) -> None:
    first, second = a_logo(client, vendor), a_logo(client, vendor)
    patch(client, vendor, {"op": "add", "path": "/_links/logo", "value": {"href": first}})
    assert patch(client, vendor, replaced("/_links/logo/href", second)).status_code == 204
    assert shown(client)["_links"]["logo"] == {"href": second}
    assert client.request("DELETE", first, auth=vendor.auth).status_code == 204

"""Vendors are added over HTTP."""

from typing import Any

import pytest
from litestar.testing import TestClient

from given import Json, Person
from haymarket.accounts.contacts import list_contacts
from haymarket.accounts.model import PERMISSIONS
from haymarket.storage import Storage
from vendors.people import a_logo
from vendors.samples import VENDORS, shown

pytestmark = pytest.mark.usefixtures("two_vendors")


NEW: Json = {
    "_links": {"self": {"href": "http://default/uri"}, "alternate": {"href": "http://default/uri"}},
    "name": "New Makers",
    "email": "new@makers.example",
    "vendorLinks": {},
    "supportDetails": {},
}


def test_any_user_adds_a_vendor_and_administers_it(
    client: TestClient[Any], stranger: Person, storage: Storage
) -> None:
    answer = client.request("POST", VENDORS, json=NEW, auth=stranger.auth)
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"{VENDORS}/13"
    body = answer.json()
    assert body == client.get(f"{VENDORS}/13", auth=stranger.auth).json()
    assert body["name"] == "New Makers"
    assert (body["verifiedStatus"], body["programs"]) == ("not-requested", {})
    assert "edit" in body["_links"]
    with storage.reading() as db:
        [contact] = list_contacts(db, 13)
    assert (contact.email, contact.permissions) == (stranger.email, PERMISSIONS)


def test_nobody_adds_a_vendor_without_credentials(client: TestClient[Any]) -> None:
    assert client.post(VENDORS, json=NEW).status_code == 401
    assert shown(client, VENDORS)["count"] == 2


@pytest.mark.parametrize("member", ["_links", "name", "email", "vendorLinks", "supportDetails"])
def test_a_new_vendor_has_all_required_members(
    client: TestClient[Any], stranger: Person, member: str
) -> None:
    body = {name: value for name, value in NEW.items() if name != member}
    answer = client.request("POST", VENDORS, json=body, auth=stranger.auth)
    assert answer.status_code == 400
    assert answer.json() == {
        "errors": [
            {"message": f"{member} is required", "path": f"/{member}", "code": "VALIDATION_ERROR"}
        ]
    }


@pytest.mark.parametrize(
    ("change", "paths"),
    [
        ({"name": "x" * 121, "email": "x"}, ["/name", "/email"]),
        ({"name": 5}, ["/name"]),
        ({"vendorLinks": {"homePage": "javascript:x"}}, ["/vendorLinks/homePage"]),
        ({"supportDetails": {"targetResponseTime": -1}}, ["/supportDetails/targetResponseTime"]),
        (
            {
                "supportDetails": {
                    "supportHours": {"timezone": "UTC", "days": ["x"], "holidays": []}
                }
            },
            ["/supportDetails/supportHours/days/0"],
        ),
        ({"address": {"line1": "x"}}, ["/address/city"]),
        ({"_links": {"logo": {"href": "/rest/2/assets/none"}}}, ["/_links/logo"]),
        ({"_links": {"logo": {"href": "file:///etc/passwd"}}}, ["/_links/logo"]),
    ],
)
def test_a_bad_vendor_is_refused_with_its_members(
    client: TestClient[Any], stranger: Person, change: Json, paths: list[str]
) -> None:
    answer = client.request("POST", VENDORS, json=NEW | change, auth=stranger.auth)
    assert answer.status_code == 400
    assert [each["path"] for each in answer.json()["errors"]] == paths
    assert shown(client, VENDORS)["count"] == 2


def test_only_administrators_decide_on_verification_and_programmes(
    client: TestClient[Any], stranger: Person, admin: Person
) -> None:
    decided = NEW | {
        "id": 99,
        "isAtlassian": True,
        "verifiedStatus": "verified",
        "programs": {"topVendor": {"status": "approved"}},
    }
    for person, status in ((stranger, "not-requested"), (admin, "verified")):
        answer = client.request("POST", VENDORS, json=decided, auth=person.auth)
        assert answer.status_code == 201
        body = answer.json()
        assert body["verifiedStatus"] == status
        assert ("topVendor" in body["programs"]) is (person is admin)
        assert body["id"] != 99
        assert body["isAtlassian"] is False


def test_a_new_vendor_may_bring_its_logo(client: TestClient[Any], stranger: Person) -> None:
    href = a_logo(client, stranger)
    body = NEW | {"_links": {"logo": {"href": href}}}
    answer = client.request("POST", VENDORS, json=body, auth=stranger.auth)
    assert answer.status_code == 201
    assert answer.json()["_links"]["logo"] == {"href": href}
    assert client.request("DELETE", href, auth=stranger.auth).status_code == 409

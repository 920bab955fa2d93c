"""Vendors are shown and listed over HTTP."""

from typing import Any

import pytest
from litestar.testing import TestClient

from given import Person
from haymarket.storage import Storage
from haymarket.vendors import store
from haymarket.vendors.model import Vendor
from vendors.samples import ACME, ACME_SHOWN, VENDORS, shown

QUERY = f"{VENDORS}{{?excludeAtlassian,forThisUser,text,offset,limit}}"
FOR_CONTACTS = {
    "sales": {"href": f"{ACME}/reporting/sales/transactions"},
    "salesReport": {"href": f"{ACME}/reporting/sales/transactions/export"},
    "licenseReport": {"href": f"{ACME}/reporting/licenses/export"},
    "reporting": {"href": f"{ACME}/reporting"},
    "edit": {"href": "/manage/vendors/12", "type": "text/html"},
}

pytestmark = pytest.mark.usefixtures("two_vendors")


def test_everyone_sees_a_vendor_whole(client: TestClient[Any]) -> None:
    body = shown(client)
    assert body == ACME_SHOWN
    assert list(body) == list(ACME_SHOWN)


def test_contacts_and_administrators_see_more_links(
    client: TestClient[Any], clerk: Person, admin: Person, other_vendor: Person
) -> None:
    more = ACME_SHOWN | {"_links": ACME_SHOWN["_links"] | FOR_CONTACTS}
    for person in (clerk, admin):
        assert client.get(ACME, auth=person.auth).json() == more
    assert client.get(ACME, auth=other_vendor.auth).json() == ACME_SHOWN


@pytest.mark.parametrize("number", ["1", "0", "-1", "x", str(2**63), "9" * 40, str(-(10**40))])
def test_an_unknown_vendor_is_not_found(client: TestClient[Any], number: str) -> None:
    answer = client.get(f"{VENDORS}/{number}")
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["code"] == "NOT_FOUND"


def test_vendors_are_listed_by_name(client: TestClient[Any]) -> None:
    assert shown(client, VENDORS) == {
        "_links": {
            "self": {"href": VENDORS},
            "query": {"href": QUERY, "templated": True, "template": QUERY},
            "vendors": [{"href": ACME}, {"href": f"{VENDORS}/7"}],
        },
        "_embedded": {
            "vendors": [
                {
                    "_links": {
                        "self": {"href": ACME},
                        "alternate": {"href": "/vendors/12/acme-sohne", "type": "text/html"},
                    },
                    "_embedded": {},
                    "name": "Acme & Söhne",
                    "programs": {"topVendor": {"status": "approved"}},
                },
                {
                    "_links": {
                        "self": {"href": f"{VENDORS}/7"},
                        "alternate": {"href": "/vendors/7/own-apps", "type": "text/html"},
                    },
                    "_embedded": {},
                    "name": "Own Apps",
                    "programs": {},
                },
            ]
        },
        "count": 2,
    }


def test_vendors_without_items_have_their_count_and_no_next(client: TestClient[Any]) -> None:
    assert shown(client, f"{VENDORS}?limit=0") == {
        "_links": {
            "self": {"href": f"{VENDORS}?limit=0"},
            "query": {"href": QUERY, "templated": True, "template": QUERY},
            "vendors": [],
        },
        "_embedded": {"vendors": []},
        "count": 2,
    }


def test_pages_of_vendors_keep_the_query(client: TestClient[Any], storage: Storage) -> None:
    with storage.writing(None) as db:
        for number in range(5):
            store.add_vendor(db, Vendor(0, f"Maker {number}", "m@example.com"))
    body = shown(client, f"{VENDORS}?text=MAKER&offset=2&limit=2&excludeAtlassian=true")
    links, rest = body["_links"], "excludeAtlassian=true&limit=2"
    assert links["self"] == {"href": f"{VENDORS}?{rest}&offset=2&text=MAKER"}
    assert links["next"] == {"href": f"{VENDORS}?{rest}&offset=4&text=MAKER"}
    assert links["prev"] == {"href": f"{VENDORS}?{rest}&offset=0&text=MAKER"}
    assert [each["name"] for each in body["_embedded"]["vendors"]] == ["Maker 2", "Maker 3"]
    assert body["count"] == 5


def test_vendors_of_the_operator_are_left_out_on_demand(client: TestClient[Any]) -> None:
    body = shown(client, f"{VENDORS}?excludeAtlassian=true")
    assert [each["name"] for each in body["_embedded"]["vendors"]] == ["Acme & Söhne"]


def test_a_caller_lists_the_vendors_of_whom_he_is_a_contact(
    client: TestClient[Any], clerk: Person, stranger: Person
) -> None:
    path = f"{VENDORS}?forThisUser=true"
    body = client.get(path, auth=clerk.auth).json()
    [mine] = body["_embedded"]["vendors"]
    assert mine["name"] == "Acme & Söhne"
    assert mine["_links"]["edit"] == {"href": "/manage/vendors/12", "type": "text/html"}
    assert client.get(path, auth=stranger.auth).json()["count"] == 0


def test_nobody_in_particular_has_no_vendors(client: TestClient[Any]) -> None:
    answer = client.get(f"{VENDORS}?forThisUser=true")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic")


@pytest.mark.parametrize(
    "query", ["forThisUser=x", "excludeAtlassian=2", "limit=-1", "offset=x", f"text={'x' * 1001}"]
)
def test_a_parameter_that_can_not_be_read_is_refused(client: TestClient[Any], query: str) -> None:
    answer = client.get(f"{VENDORS}?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == "INVALID_PARAMETER"

"""Vendors in SQL."""

from dataclasses import replace

import pytest

from haymarket.errors import NotFound
from haymarket.storage import Storage
from haymarket.vendors import access, store
from haymarket.vendors.model import Vendor

NAMES = ("Zebra", "acme", "Öl & Gas", "100%_sure", "ACME Straße")


@pytest.fixture
def vendors(storage: Storage) -> list[Vendor]:
    """Five vendors with numbers from 1."""
    made = [Vendor(0, name, "a@b.example", is_atlassian=name == "Zebra") for name in NAMES]
    with storage.writing(None) as db:
        return [replace(each, id=store.add_vendor(db, each)) for each in made]


def names(found: tuple[list[Vendor], int]) -> list[str]:
    vendors, count = found
    assert count == len(vendors)
    return [each.name for each in vendors]


def test_vendors_are_numbered_from_one(vendors: list[Vendor]) -> None:
    assert [each.id for each in vendors] == [1, 2, 3, 4, 5]


def test_numbers_that_were_brought_along_are_not_given_again(
    storage: Storage, vendors: list[Vendor]
) -> None:
    with storage.writing(None) as db:
        assert store.add_vendor(db, Vendor(1212, "Brought", "a@b.example")) == 1212
        assert store.add_vendor(db, Vendor(0, "Next", "a@b.example")) == 1213
        assert store.add_vendor(db, Vendor(900, "Older", "a@b.example")) == 900
        assert store.add_vendor(db, Vendor(0, "Next but one", "a@b.example")) == 1214


def test_a_vendor_comes_back_as_it_was_saved(storage: Storage, vendors: list[Vendor]) -> None:
    changed = replace(
        vendors[0],
        name="New",
        description="d",
        phone="1",
        address={"line1": "x"},
        other_contact_details="o",
        links={"sla": "https://a.example"},
        support_details={"targetResponseTime": 5},
        logo="some-asset",
        verified_status="flagged",
        top_vendor_status="requested",
        is_atlassian=False,
    )
    with storage.writing(None) as db:
        store.save_vendor(db, changed)
    with storage.reading() as db:
        assert store.get_vendor(db, 1) == changed
        assert store.get_vendor(db, 2) == vendors[1]
        assert names(store.find_vendors(db, "new", None, False, 0, 50)) == ["New"]


def test_changes_are_recorded_under_the_number(storage: Storage) -> None:
    with storage.writing(None) as db:
        before = db.head()
        vendor_id = store.add_vendor(db, Vendor(0, "Acme", "a@b.example"))
        store.save_vendor(db, Vendor(vendor_id, "Acme 2", "a@b.example"))
    with storage.reading() as db:
        found = [(row.kind, row.subject) for row in db.entries_after(before)]
    assert found == [("vendor.added", "1"), ("vendor.changed", "1")]


@pytest.mark.parametrize("vendor_id", [0, -1, 99, 2**63, 10**40, -(10**40)])
def test_a_vendor_that_is_not_kept_is_not_found(
    storage: Storage, vendors: list[Vendor], vendor_id: int
) -> None:
    with storage.reading() as db:
        assert store.get_vendor(db, vendor_id) is None
        with pytest.raises(NotFound):
            access.existing_vendor(db, vendor_id)


def test_vendors_are_found_by_number(storage: Storage, vendors: list[Vendor]) -> None:
    with storage.reading() as db:
        assert store.vendors_by_id(db, {1, 3, 77}) == {1: vendors[0], 3: vendors[2]}
        assert store.vendors_by_id(db, []) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ACME", {"acme", "ACME Straße"}),
        ("öL", {"Öl & Gas"}),
        ("STRASSE", {"ACME Straße"}),
        ("%", {"100%_sure"}),
        ("0%_", {"100%_sure"}),
        ("_", {"100%_sure"}),
        ("/", set()),
        ("\\", set()),
        ("\0", set()),
        ("x" * 1000, set()),
        ("", set(NAMES)),
    ],
)
def test_text_is_looked_for_in_names_whatever_the_case(
    storage: Storage, vendors: list[Vendor], text: str, expected: set[str]
) -> None:
    with storage.reading() as db:
        assert set(names(store.find_vendors(db, text, None, False, 0, 50))) == expected


def test_vendors_come_by_name_in_pages(storage: Storage, vendors: list[Vendor]) -> None:
    with storage.reading() as db:
        everyone, count = store.find_vendors(db, None, None, False, 0, 50)
        page = store.find_vendors(db, None, None, False, 1, 2)
        nothing = store.find_vendors(db, None, None, False, 0, 0)
    found = [each.name for each in everyone]
    assert found.index("acme") < found.index("ACME Straße") < found.index("Zebra")
    assert page == (everyone[1:3], 5)
    assert (nothing, count) == (([], 5), 5)


def test_vendors_are_limited_to_some_and_to_those_of_others(
    storage: Storage, vendors: list[Vendor]
) -> None:
    with storage.reading() as db:
        assert names(store.find_vendors(db, None, {1, 2}, False, 0, 50)) == ["acme", "Zebra"]
        assert names(store.find_vendors(db, None, {1, 2}, True, 0, 50)) == ["acme"]
        assert names(store.find_vendors(db, None, set(), False, 0, 50)) == []
        assert "Zebra" not in names(store.find_vendors(db, None, None, True, 0, 50))

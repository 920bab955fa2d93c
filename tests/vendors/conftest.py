"""Two vendors and the people around them."""

import pytest

from given import Person
from haymarket.accounts.model import PERMISSIONS
from haymarket.storage import Storage
from haymarket.vendors import store
from vendors.people import ACME, OURS, a_contact


@pytest.fixture
def two_vendors(storage: Storage) -> None:
    """Acme, and a vendor of the operator."""
    with storage.writing(None) as db:
        store.add_vendor(db, ACME)
        store.add_vendor(db, OURS)


@pytest.fixture
def vendor(storage: Storage, two_vendors: None) -> Person:
    """The contact who administers Acme."""
    return a_contact(storage, "boss@acme.example", PERMISSIONS, ("primary",))


@pytest.fixture
def clerk(storage: Storage, two_vendors: None, vendor: Person) -> Person:
    """A contact of Acme who may only read reports."""
    return a_contact(storage, "clerk@acme.example", ("view-sales-reports",), ("finance",))


@pytest.fixture
def other_vendor(storage: Storage, two_vendors: None) -> Person:
    """The contact who administers the other vendor."""
    return a_contact(storage, "boss@own.example", PERMISSIONS, vendor_id=7)

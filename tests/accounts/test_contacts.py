"""Contacts in SQL."""

from given import ACME, BRAMBLING, a_contact, a_vendor
from haymarket.accounts.contacts import list_contacts, permissions_of, remove_contact
from haymarket.accounts.model import PERMISSIONS, Contact
from haymarket.storage import Storage


def test_a_contact_has_one_set_of_permissions_for_each_vendor(storage: Storage) -> None:
    acme, brambling = a_vendor(storage, ACME, "Acme"), a_vendor(storage, BRAMBLING, "Brambling")
    person = a_contact(storage, "anna@acme.example", acme, ("manage-pricing",))
    a_contact(storage, "anna@acme.example", brambling, PERMISSIONS)
    a_contact(storage, "bob@acme.example", acme)
    a_contact(storage, "anna@acme.example", acme, ("view-sales-reports",))
    assert person.id is not None
    with storage.reading() as db:
        assert permissions_of(db, person.id) == {
            ACME: frozenset({"view-sales-reports"}),
            BRAMBLING: frozenset(PERMISSIONS),
        }
        anna, bob = list_contacts(db, ACME)
    assert anna == Contact(
        anna.id, ACME, person.id, person.email, "Anna", ("view-sales-reports",), ()
    )
    with storage.writing(None) as db:
        remove_contact(db, anna)
    with storage.reading() as db:
        assert list_contacts(db, ACME) == [bob]
        assert set(permissions_of(db, person.id)) == {BRAMBLING}

"""Users and their tokens in SQL."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from given import FakeClock, a_user
from haymarket.accounts import store
from haymarket.accounts.model import User, token_hash
from haymarket.storage import Storage


def test_a_user_is_found_by_his_address_however_it_is_written(storage: Storage) -> None:
    with storage.writing(None) as db:
        added = store.add_user(db, " Anna@Acme.example", "Anna", is_admin=True)
    assert added == User(added.id, "anna@acme.example", "Anna", True, True)
    with storage.reading() as db:
        assert store.get_user(db, "ANNA@acme.example ") == added
        assert store.get_user(db, "bob@acme.example") is None
        assert store.list_users(db) == [added]


def test_an_address_is_used_once(storage: Storage) -> None:
    a_user(storage, "anna@acme.example")
    with pytest.raises(IntegrityError), storage.writing(None) as db:
        store.add_user(db, "Anna@acme.example", "Another")
    with storage.reading() as db:
        assert [each.name for each in store.list_users(db)] == ["Anna"]


def test_users_are_listed_by_address_and_can_be_changed(storage: Storage) -> None:
    for email in ("c@x.example", "a@x.example", "b@x.example"):
        a_user(storage, email)
    with storage.writing(None) as db:
        user = store.get_user(db, "b@x.example")
        assert user is not None
        store.save_user(db, replace(user, name="B", is_admin=True, is_active=False))
    with storage.reading() as db:
        assert [each.email[0] for each in store.list_users(db)] == ["a", "b", "c"]
        assert store.get_user(db, "b@x.example") == replace(
            user, name="B", is_admin=True, is_active=False
        )


def test_a_token_is_kept_as_its_hash_with_what_is_said_of_it(
    storage: Storage, clock: FakeClock
) -> None:
    person = a_user(storage, "anna@acme.example")
    expires = clock.now.replace(year=2030)
    with storage.writing(None) as db:
        user = store.get_user(db, person.email)
        assert user is not None
        number = store.add_token(db, user, "CI", token_hash("secret"), ("read",), expires)
    with storage.reading() as db:
        token = store.list_tokens(db, user)[-1]
        assert (token.id, token.name, token.scopes) == (number, "CI", ("read",))
        assert (token.created_at, token.expires_at) == (clock.now, expires)
        assert token.last_used_at is token.revoked_at is None
        assert store.token_exists(db, token_hash("secret"))
        assert not store.token_exists(db, token_hash("other"))
        found = store.token_owner(db, "ANNA@acme.example", token_hash("secret"))
        assert found == (user, token)
        assert store.token_owner(db, "bob@acme.example", token_hash("secret")) is None
        assert store.token_owner(db, person.email, token_hash("other")) is None

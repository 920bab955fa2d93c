"""When tokens were used last."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from given import FakeClock, Person, a_user
from haymarket.accounts import store
from haymarket.accounts.usage import TokenUsage
from haymarket.storage import Storage


@pytest.fixture
def anna(storage: Storage) -> Person:
    """A user with a token."""
    return a_user(storage, "anna@acme.example")


def last_use(storage: Storage, who: Person) -> object:
    with storage.reading() as db:
        user = store.get_user(db, who.email)
        assert user is not None
        return store.list_tokens(db, user)[0].last_used_at


def test_a_use_is_written_when_it_is_time(storage: Storage, anna: Person, clock: FakeClock) -> None:
    usage = TokenUsage(storage)
    usage.note(1, clock.now)
    assert last_use(storage, anna) is None
    usage.write()
    assert last_use(storage, anna) == clock.now


def test_a_busy_token_is_written_once_a_minute(
    storage: Storage, anna: Person, clock: FakeClock
) -> None:
    usage = TokenUsage(storage)
    began = clock.now
    usage.note(1, began)
    usage.write()
    clock.advance(seconds=59)
    usage.note(1, clock.now)
    with storage.reading() as db:
        head = db.head()
    usage.write()
    assert last_use(storage, anna) == began
    with storage.reading() as db:
        assert db.head() == head, "nothing new, nothing written"
    clock.advance(seconds=1)
    usage.note(1, clock.now)
    usage.write()
    assert last_use(storage, anna) == clock.now


def test_a_failure_to_write_loses_nothing(storage: Storage, anna: Person, clock: FakeClock) -> None:
    usage = TokenUsage(storage)
    usage.note(1, clock.now)
    rename(storage, "api_tokens", "elsewhere")
    with pytest.raises(DBAPIError):
        usage.write()
    rename(storage, "elsewhere", "api_tokens")
    assert last_use(storage, anna) is None
    usage.write()
    assert last_use(storage, anna) == clock.now


def rename(storage: Storage, table: str, name: str) -> None:
    with storage.engine.connect() as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME TO {name}"))
        connection.commit()

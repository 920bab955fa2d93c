"""Transactions and the journal, on both engines."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError

from given import FakeClock, a_user
from haymarket.accounts.store import users
from haymarket.storage import Storage, StorageFailure, open_storage
from haymarket.storage.journal import Entry, journal


def add_user(db: Any, email: str) -> None:
    """A row without a journal row."""
    values = {"email": email, "name": email, "is_admin": False, "is_active": True}
    db.run(insert(users).values(**values, created_at=db.now()))


def fail(storage: Storage, email: str = "failing") -> None:
    """A change that breaks off after it has written."""
    with storage.writing(None) as db:
        db.record("test.failing", email)
        add_user(db, email)
        raise ZeroDivisionError


def count(storage: Storage, table: Any) -> int:
    with storage.reading() as db:
        return int(db.value(select(func.count()).select_from(table)))


def at_once(number: int, run: Any) -> list[BaseException]:
    """Run something in several threads at once; what went wrong in them."""
    failures: list[BaseException] = []
    together = threading.Barrier(number)

    def start(index: int) -> None:
        together.wait()
        try:
            run(index)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=start, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


# --- writing --------------------------------------------------------------------------------


def test_a_change_and_its_journal_row_are_there_together(
    storage: Storage, clock: FakeClock
) -> None:
    with storage.writing(None) as db:
        add_user(db, "a")
        db.record("user.added", "a", more=[1, None, {"ü": "x"}])
        assert count(storage, users) == count(storage, journal) == 0, "others see nothing yet"
    assert count(storage, users) == 1
    with storage.reading() as db:
        details = {"more": [1, None, {"ü": "x"}]}
        assert db.entries_after(0) == [Entry(1, clock.now, None, "user.added", "a", details)]


def test_a_change_without_a_journal_row_is_not_committed(storage: Storage) -> None:
    with pytest.raises(RuntimeError, match="journal"), storage.writing(None) as db:
        add_user(db, "a")
    assert count(storage, users) == 0


def test_a_failure_takes_everything_back(storage: Storage) -> None:
    with pytest.raises(ZeroDivisionError):
        fail(storage)
    assert count(storage, users) == count(storage, journal) == 0
    a_user(storage, "b")
    assert count(storage, users) == 1


def test_a_refused_statement_takes_everything_back(storage: Storage) -> None:
    a_user(storage, "taken")
    with pytest.raises(DBAPIError):
        fail(storage, "taken")
    assert count(storage, users) == 1
    with storage.reading() as db:
        assert "test.failing" not in {entry.kind for entry in db.entries_after(0)}


def test_every_row_of_a_change_has_the_same_moment(storage: Storage, clock: FakeClock) -> None:
    with storage.writing(None) as db:
        began = db.now()
        clock.advance(seconds=5)
        assert db.now() == began
        db.record("test.one", "x")
        db.record("test.two", "x")
    with storage.reading() as db:
        assert {entry.at for entry in db.entries_after(0)} == {began}
        assert db.now() == clock.now


def test_who_asked_for_a_change_is_in_the_journal(storage: Storage) -> None:
    with storage.writing(42) as db:
        db.record("test.one", "x")
    with storage.reading() as db:
        assert [entry.actor for entry in db.entries_after(0)] == [42]


def test_those_who_listen_hear_of_commits_only(storage: Storage) -> None:
    heard: list[int] = []
    storage.on_commit(lambda: heard.append(count(storage, users)))
    a_user(storage, "a")
    with pytest.raises(ZeroDivisionError):
        fail(storage)
    assert heard == [1]


# --- reading --------------------------------------------------------------------------------


def test_a_reader_sees_one_state_and_nothing_that_comes_later(storage: Storage) -> None:
    a_user(storage, "a")
    with storage.reading() as db:
        before = db.value(select(func.count()).select_from(users))
        head = db.head()
        a_user(storage, "b")
        assert db.value(select(func.count()).select_from(users)) == before == 1
        assert db.head() == head
    assert count(storage, users) == 2


def test_readers_do_not_wait_for_a_writer(storage: Storage) -> None:
    with storage.writing(None) as db:
        add_user(db, "a")
        db.record("user.added", "a")
        failures = at_once(4, lambda _: count(storage, users))
    assert failures == []


def test_the_journal_is_read_in_batches(storage: Storage) -> None:
    with storage.writing(None) as db:
        for number in range(25):
            db.record("test.one", str(number))
    with storage.reading() as db:
        assert db.head() == 25
        first = db.entries_after(0, 10)
        assert [entry.seq for entry in first] == list(range(1, 11))
        assert [entry.subject for entry in db.entries_after(20)] == ["20", "21", "22", "23", "24"]
        assert db.entries_after(25) == []


def test_the_head_of_an_empty_journal_is_zero(storage: Storage) -> None:
    with storage.reading() as db:
        assert db.head() == 0


@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
def test_a_reader_can_not_write_on_postgresql(storage: Storage) -> None:
    with pytest.raises(DBAPIError, match="read-only"), storage.reading() as db:
        db.rows(text("DELETE FROM users RETURNING id"))


# --- many at once ---------------------------------------------------------------------------


def test_writers_wait_for_one_another_and_lose_nothing(storage: Storage) -> None:
    a_user(storage, "counter")

    def add(index: int) -> None:
        for _ in range(10):
            with storage.writing(index) as db:
                name = db.value(select(users.c.name).where(users.c.email == "counter"))
                number = int(name) if name.isdecimal() else 0
                db.run(users.update().values(name=str(number + 1)))
                db.record("test.added", str(number))

    assert at_once(8, add) == []
    with storage.reading() as db:
        assert db.value(select(users.c.name)) == "80"
        added = [each.subject for each in db.entries_after(0) if each.kind == "test.added"]
    assert added == [str(number) for number in range(80)]


def test_journal_numbers_become_visible_in_their_order(storage: Storage) -> None:
    """A follower that goes on after the last number it saw never misses one."""
    done = threading.Event()
    seen: list[int] = []

    def follow() -> None:
        while True:
            last = done.is_set()
            with storage.reading() as db:
                found = db.entries_after(seen[-1] if seen else 0)
            seen.extend(entry.seq for entry in found)
            if last and not found:
                return

    def write(index: int) -> None:
        for number in range(15):
            with storage.writing(index) as db:
                for _ in range(1 + (index + number) % 3):
                    db.record("test.one", f"{index}/{number}")

    follower = threading.Thread(target=follow)
    follower.start()
    failures = at_once(8, write)
    done.set()
    follower.join()
    assert failures == []
    with storage.reading() as db:
        everything = [entry.seq for entry in db.entries_after(0)]
    assert seen == everything
    assert len(everything) == sum(1 + (i + n) % 3 for i in range(8) for n in range(15))


def test_rows_of_one_change_are_not_torn_apart_in_the_journal(storage: Storage) -> None:
    def write(index: int) -> None:
        for _ in range(5):
            with storage.writing(index) as db:
                for _ in range(4):
                    db.record("test.one", str(index))

    assert at_once(4, write) == []
    with storage.reading() as db:
        actors = [entry.actor for entry in db.entries_after(0)]
    assert all(len(set(actors[start : start + 4])) == 1 for start in range(0, 80, 4))


# --- the database itself --------------------------------------------------------------------


def test_a_moment_is_kept_to_the_millisecond_and_compared_alike(storage: Storage) -> None:
    moments = [
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2026, 11, 24, 9, 30, 0, 1000, tzinfo=UTC),
        datetime(2026, 11, 24, 9, 30, 0, 999000, tzinfo=UTC),
        datetime(2999, 12, 31, 23, 59, 59, 999000, tzinfo=UTC),
    ]
    with storage.writing(None) as db:
        for number, moment in enumerate(reversed(moments)):
            values = {"email": str(number), "name": "x", "is_admin": False, "is_active": True}
            db.run(insert(users).values(**values, created_at=moment))
        db.record("test.moments", "x")
    with storage.reading() as db:
        rows = db.rows(select(users.c.created_at).order_by(users.c.created_at))
    assert [row[0] for row in rows] == moments


@pytest.fixture
def sqlite(tmp_path: Any) -> Iterator[Storage]:
    """A database of SQLite."""
    storage = open_storage(f"sqlite:///{tmp_path / 'x.sqlite3'}", FakeClock())
    yield storage
    storage.close()


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 2)]
)
def test_every_connection_to_sqlite_is_prepared(sqlite: Storage, pragma: str, value: Any) -> None:
    with sqlite.reading() as one, sqlite.reading() as other:
        for db in (one, other):
            assert db.value(text(f"PRAGMA {pragma}")) == value


def test_a_writer_of_sqlite_does_not_wait_for_ever(sqlite: Storage) -> None:
    sqlite.patience = 0.05
    with sqlite.counting():
        [failure] = at_once(1, lambda index: fail(sqlite))
    assert isinstance(failure, StorageFailure)
    [failure] = at_once(1, lambda index: fail(sqlite))
    assert isinstance(failure, StorageFailure), "there are no tables"
    assert "takes too long" not in str(failure)


def test_statements_are_counted(storage: Storage) -> None:
    before = storage.statements
    with storage.reading() as db:
        db.head()
        db.rows(select(users))
    assert storage.statements - before == 2

"""Temporary tables that are filled with masses, and counting beside the writer."""

import threading

import pytest
from sqlalchemy import Column, Integer, LargeBinary, MetaData, Table, Text, select

from given import a_user
from haymarket.accounts.store import users
from haymarket.storage import Storage

heap = Table(
    "heap",
    MetaData(),
    Column("number", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    prefixes=["TEMPORARY"],
    postgresql_on_commit="DELETE ROWS",
)
ROWS = [(number, f"name\t{number}\\ü", bytes([number % 256, 0, 10])) for number in range(3000)]


def test_a_filled_table_holds_the_rows_and_no_others(storage: Storage) -> None:
    for rows in (ROWS, ROWS[:5], []):
        with storage.counting() as db:
            db.fill(heap, rows)
            found = [
                (row.number, row.name, bytes(row.hash))
                for row in db.rows(select(heap).order_by("number"))
            ]
            assert found == rows


def test_a_table_is_filled_twice_in_one_transaction(storage: Storage) -> None:
    with storage.counting() as db:
        db.fill(heap, ROWS)
        db.fill(heap, ROWS[7:8])
        assert [row.number for row in db.rows(select(heap))] == [7]


def fill_and_fail(storage: Storage) -> None:
    """Counting that breaks off."""
    with storage.counting() as db:
        db.fill(heap, ROWS[:1])
        raise ZeroDivisionError


def test_a_failure_leaves_the_connection_good_for_the_next_time(storage: Storage) -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            fill_and_fail(storage)
    with storage.counting() as db:
        db.fill(heap, ROWS[:2])
        assert len(db.rows(select(heap))) == 2


def test_a_filled_table_is_joined_with_the_truth(storage: Storage) -> None:
    person = a_user(storage, "a@example.com")
    with storage.counting() as db:
        db.fill(heap, [(1, "a@example.com", b""), (2, "b@example.com", b"")])
        joined = select(heap.c.number, users.c.id).join(users, users.c.email == heap.c.name)
        assert [tuple(row) for row in db.rows(joined)] == [(1, person.id)]


def test_counters_count_one_after_the_other(storage: Storage) -> None:
    inside, most = [0], [0]

    def count() -> None:
        with storage.counting() as db:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            db.fill(heap, ROWS[:100])
            inside[0] -= 1

    threads = [threading.Thread(target=count) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (inside, most) == ([0], [1])

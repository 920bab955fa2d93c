"""A database knows the secret that it is used with."""

import threading

import pytest

from haymarket.secret import fingerprint
from haymarket.storage import Storage
from haymarket.storage.fingerprint import OtherSecret, hold_to, renew

FIRST, SECOND = fingerprint(b"first"), fingerprint(b"second")


def test_the_first_secret_stays(storage: Storage) -> None:
    hold_to(storage, FIRST)
    hold_to(storage, FIRST)
    with pytest.raises(OtherSecret, match="HAYMARKET_SECRET"):
        hold_to(storage, SECOND)


def test_of_two_that_begin_at_once_one_is_refused(storage: Storage) -> None:
    together = threading.Barrier(2)
    refused: list[str] = []

    def begin(known: str) -> None:
        together.wait()
        try:
            hold_to(storage, known)
        except OtherSecret:
            refused.append(known)

    threads = [threading.Thread(target=begin, args=(known,)) for known in (FIRST, SECOND)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    [lost] = refused
    hold_to(storage, SECOND if lost == FIRST else FIRST)


def test_a_renewed_secret_takes_the_place_of_the_first(storage: Storage) -> None:
    hold_to(storage, FIRST)
    with storage.writing(None) as db:
        renew(db, SECOND)
    hold_to(storage, SECOND)
    with pytest.raises(OtherSecret):
        hold_to(storage, FIRST)


def test_the_database_is_told_no_secret(storage: Storage) -> None:
    hold_to(storage, FIRST)
    with storage.engine.connect() as connection:
        [row] = connection.exec_driver_sql("SELECT * FROM instance").all()
    assert row[1] == FIRST
    assert b"first" not in FIRST.encode()

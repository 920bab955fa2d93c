"""Shelves that tests open and look at."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from haymarket.catalogue.query import AppQuery
from haymarket.catalogue.search.ask import Sight, ask
from haymarket.catalogue.shelf import Shelf
from haymarket.storage import Storage
from haymarket.versions.wanted import Wanted

BASE_URL = "http://haymarket.test"


@contextmanager
def a_shelf(folder: Path, storage: Storage, base_url: str = BASE_URL) -> Iterator[Shelf]:
    shelf = Shelf(folder, storage, base_url)
    try:
        yield shelf
    finally:
        shelf.close()


def keys_on(shelf: Shelf, **asked: Any) -> list[str]:
    """The keys of the public apps that a shelf finds, by name."""
    question = ask(shelf.index, AppQuery(filter="name", **asked), Wanted(), Sight())
    found = shelf.search(question, 0, 50)
    return [
        each.split(b'"key":"')[1].split(b'"')[0].decode() for each in found.documents("in_list")
    ]


def seconds_until(what: Callable[[], bool]) -> float:
    """How long it takes until something becomes true, which it does within ten seconds."""
    began = time.monotonic()
    assert soon(what, 10)
    return time.monotonic() - began


def soon(what: Callable[[], bool], seconds: float) -> bool:
    """Whether something becomes true within a time."""
    deadline = time.monotonic() + seconds
    while not what():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True

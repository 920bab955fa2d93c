"""Several processes of a node share one index: one writes it, the others read it."""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from calling import Api, replace
from catalogue.shelves import BASE_URL, a_shelf, keys_on, soon
from given import (
    JIRA,
    Person,
    a_kept_app,
    a_public_app,
)
from haymarket.catalogue.shelf import Shelf
from haymarket.storage import Storage


def test_one_process_writes_and_another_reads_what_it_wrote(
    folder: Path, storage: Storage, acme: int
) -> None:
    with a_shelf(folder, storage) as writer, a_shelf(folder, storage) as reader:
        assert writer.catch_up()
        assert not reader.catch_up()
        assert (writer.is_writer, reader.is_writer) == (True, False)
        a_kept_app(storage, "com.acme.one")
        assert keys_on(reader) == []
        writer.catch_up()
        reader.catch_up()
        assert keys_on(writer) == keys_on(reader) == ["com.acme.one"]
        assert writer.seq == reader.seq


def test_a_reading_process_follows_by_itself(folder: Path, storage: Storage, acme: int) -> None:
    with a_shelf(folder, storage) as writer, a_shelf(folder, storage) as reader:
        writer.start()
        reader.start()
        a_kept_app(storage, "com.acme.one")
        assert soon(lambda: keys_on(reader) == ["com.acme.one"], 2)


def test_a_reading_process_knows_the_host_applications_from_the_start(
    folder: Path, storage: Storage, acme: int
) -> None:
    with a_shelf(folder, storage) as writer:
        writer.catch_up()
        with a_shelf(folder, storage) as reader:
            reader.catch_up()
            known = reader.application("jira")
            assert known is not None
            assert [each.build for each in known.releases] == list(JIRA)


def test_a_reading_process_waits_for_the_writer(folder: Path, storage: Storage, acme: int) -> None:
    with a_shelf(folder, storage) as writer, a_shelf(folder, storage) as reader:
        writer.start()
        reader.start()
        a_kept_app(storage, "com.acme.one")
        with storage.reading() as db:
            head = db.head()
        reader.at_least(head)
        assert keys_on(reader) == ["com.acme.one"]


def test_a_reading_process_that_waits_in_vain_answers_nevertheless(
    folder: Path, storage: Storage, acme: int
) -> None:
    with a_shelf(folder, storage) as writer, a_shelf(folder, storage) as reader:
        for shelf in (writer, reader):
            shelf.start()
            began = time.monotonic()
            shelf.at_least(10**9)
            assert 1.5 < time.monotonic() - began < 4


def test_a_reading_process_takes_over_when_the_writer_ends(
    folder: Path, storage: Storage, acme: int
) -> None:
    with a_shelf(folder, storage) as reader:
        with a_shelf(folder, storage) as writer:
            writer.catch_up()
            reader.catch_up()
            a_kept_app(storage, "com.acme.one")
            writer.catch_up()
            a_kept_app(storage, "com.acme.two")
        assert reader.catch_up()
        assert reader.is_writer
        assert keys_on(reader) == ["com.acme.one", "com.acme.two"]


def test_a_reading_process_may_not_rebuild(folder: Path, storage: Storage, acme: int) -> None:
    with a_shelf(folder, storage) as writer, a_shelf(folder, storage) as reader:
        writer.catch_up()
        with pytest.raises(RuntimeError, match="another process"):
            reader.rebuild()


def test_processes_that_start_together_share_one_index(
    folder: Path, storage: Storage, acme: int
) -> None:
    a_kept_app(storage, "com.acme.one")
    shelves: list[Shelf] = []
    together = threading.Barrier(4)

    def begin() -> None:
        together.wait()
        shelf = Shelf(folder, storage, BASE_URL)
        shelf.catch_up()
        shelves.append(shelf)

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in shelves:
        each.catch_up()
    assert [keys_on(each) for each in shelves] == [["com.acme.one"]] * 4
    assert sum(each.is_writer for each in shelves) == 1
    for each in shelves:
        each.close()


def test_nobody_waits_for_a_rebuild_to_end(folder: Path, storage: Storage, acme: int) -> None:
    a_kept_app(storage, "com.acme.one")
    with a_shelf(folder, storage) as shelf:
        shelf.start()
        halfway, go_on = threading.Event(), threading.Event()

        def wait(done: int, total: int) -> None:
            halfway.set()
            go_on.wait(10)

        rebuilding = threading.Thread(target=shelf.rebuild, args=(wait,))
        rebuilding.start()
        halfway.wait(10)
        began = time.monotonic()
        shelf.at_least(10**9)
        assert time.monotonic() - began < 4
        assert keys_on(shelf) == ["com.acme.one"], "the old state is served meanwhile"
        go_on.set()
        rebuilding.join()
        assert keys_on(shelf) == ["com.acme.one"]


def test_many_writers_and_readers_leave_the_shelf_as_the_truth(
    api: Api, anonymous: Person, vendor: Person, admin: Person, stranger: Person
) -> None:
    paths = [a_public_app(api, vendor, admin, f"com.acme.n{number}") for number in range(4)]
    statuses: set[int] = set()

    def write(path: str) -> None:
        for number in range(6):
            answer = api.patch(vendor, path, replace("/name", f"{path[-2:]} {number}"))
            statuses.add(answer.status_code)

    def read(who: Person) -> None:
        for _ in range(12):
            answer = api.get(who, "addons", filter="recent", withVersion="true")
            statuses.add(answer.status_code)
            keys_found = [each["key"] for each in answer.json()["_embedded"]["addons"]]
            assert len(set(keys_found)) == len(keys_found) == answer.json()["count"] == 4

    work: list[tuple[Callable[[Any], None], Any]] = [(write, path) for path in paths]
    work += [(read, who) for who in (stranger, vendor, stranger, admin)]
    threads = [threading.Thread(target=run, args=(each,)) for run, each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == {200, 204}
    api.settle()
    shown = api.get(anonymous, "addons").json()["_embedded"]["addons"]
    assert {each["name"] for each in shown} == {f"{path[-2:]} 5" for path in paths}

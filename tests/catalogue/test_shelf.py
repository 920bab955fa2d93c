"""The search index follows the truth, whatever happens to either."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace as replace_facts
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from sqlalchemy import update

from calling import Api, replace
from given import (
    JIRA,
    FakeClock,
    Person,
    a_category,
    a_kept_app,
    a_public_app,
    a_vendor,
    an_application,
)
from haymarket.applications.model import HostVersion
from haymarket.applications.store import save_host_version, save_host_versions
from haymarket.apps.store import apps as apps_table
from haymarket.apps.store import get_app, save_app
from haymarket.catalogue.query import AppQuery
from haymarket.catalogue.search.ask import Sight, ask
from haymarket.catalogue.search.index import SearchIndex, Unusable
from haymarket.catalogue.shelf import Shelf
from haymarket.settings import Settings
from haymarket.storage import Storage, open_storage
from haymarket.storage.schema import instance
from haymarket.vendors.store import get_vendor, save_vendor
from haymarket.versions.wanted import Wanted

BASE_URL = "http://haymarket.test"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an index that no running marketplace uses."""
    return tmp_path / "shelf"


@pytest.fixture
def acme(storage: Storage) -> int:
    """A vendor, and a host application."""
    an_application(storage, "jira", JIRA)
    return a_vendor(storage, 12, "Acme")


@contextmanager
def a_shelf(folder: Path, storage: Storage, base_url: str = BASE_URL) -> Iterator[Shelf]:
    shelf = Shelf(folder, storage, base_url)
    try:
        yield shelf
    finally:
        shelf.close()


def keys(shelf: Shelf, **asked: Any) -> list[str]:
    """The keys of the public apps that a shelf finds, by name."""
    question = ask(shelf.index, AppQuery(filter="name", **asked), Wanted(), Sight())
    found = shelf.search(question, 0, 50)
    return [
        each.split(b'"key":"')[1].split(b'"')[0].decode() for each in found.documents("in_list")
    ]


def soon(what: Callable[[], bool], seconds: float) -> bool:
    """Whether something becomes true within a time."""
    deadline = time.monotonic() + seconds
    while not what():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


# --- freshness ------------------------------------------------------------------------------


def test_a_change_is_found_by_strangers_within_half_a_second(
    api: Api, anonymous: Person, vendor: Person, admin: Person
) -> None:
    def count(name: str) -> int:
        return int(api.get(anonymous, "addons", text=name).json()["count"])

    path = a_public_app(api, vendor, admin, name="Zephyr")
    assert soon(lambda: count("zephyr") == 1, 0.5)
    api.patch(vendor, path, replace("/name", "Quokka"))
    assert soon(lambda: count("quokka") == 1 and count("zephyr") == 0, 0.5)


def test_a_caller_with_credentials_finds_what_was_written_at_once(
    api: Api, vendor: Person, admin: Person, stranger: Person
) -> None:
    for number in range(5):
        path = a_public_app(api, vendor, admin, f"com.acme.n{number}")
        assert api.get(stranger, "addons").json()["count"] == number + 1
        api.patch(vendor, path, replace("/name", f"Renamed {number}"))
        names = api.get(vendor, "addons", filter="recent").json()["_embedded"]["addons"]
        assert f"Renamed {number}" in [each["name"] for each in names]


def test_a_write_of_another_node_is_found_within_two_seconds(
    api: Api, anonymous: Person, storage: Storage, vendor: Person
) -> None:
    a_kept_app(storage, "com.acme.elsewhere")  # this storage is not the one of the marketplace
    assert soon(lambda: bool(api.get(anonymous, "addons").json()["count"]), 2)


def test_one_app_is_shown_to_strangers_as_it_is_within_half_a_second(
    api: Api, anonymous: Person, vendor: Person, admin: Person
) -> None:
    path = a_public_app(api, vendor, admin)
    assert api.get(anonymous, path).json()["name"] == "Draw"
    api.patch(vendor, path, replace("/name", "Paint"))
    assert soon(lambda: bool(api.get(anonymous, path).json()["name"] == "Paint"), 0.5)


# --- several processes ----------------------------------------------------------------------


def test_one_process_writes_and_another_reads_what_it_wrote(
    folder: Path, storage: Storage, acme: int
) -> None:
    with a_shelf(folder, storage) as writer, a_shelf(folder, storage) as reader:
        assert writer.catch_up()
        assert not reader.catch_up()
        assert (writer.is_writer, reader.is_writer) == (True, False)
        a_kept_app(storage, "com.acme.one")
        assert keys(reader) == []
        writer.catch_up()
        reader.catch_up()
        assert keys(writer) == keys(reader) == ["com.acme.one"]
        assert writer.seq == reader.seq


def test_a_reading_process_follows_by_itself(folder: Path, storage: Storage, acme: int) -> None:
    with a_shelf(folder, storage) as writer, a_shelf(folder, storage) as reader:
        writer.start()
        reader.start()
        a_kept_app(storage, "com.acme.one")
        assert soon(lambda: keys(reader) == ["com.acme.one"], 2)


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
        reader.catch_up()
        a_kept_app(storage, "com.acme.one")
        with storage.reading() as db:
            head = db.head()
        reader.at_least(head)
        assert keys(reader) == ["com.acme.one"]


def test_a_reading_process_that_waits_in_vain_answers_nevertheless(
    folder: Path, storage: Storage, acme: int
) -> None:
    with a_shelf(folder, storage) as writer, a_shelf(folder, storage) as reader:
        writer.catch_up()
        began = time.monotonic()
        reader.at_least(10**9)
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
        assert keys(reader) == ["com.acme.one", "com.acme.two"]


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
    assert [keys(each) for each in shelves] == [["com.acme.one"]] * 4
    assert sum(each.is_writer for each in shelves) == 1
    for each in shelves:
        each.close()


# --- stops and damage -----------------------------------------------------------------------


def test_what_was_committed_while_nothing_ran_is_taken_over_at_the_start(
    folder: Path, storage: Storage, acme: int
) -> None:
    a_kept_app(storage, "com.acme.before")
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
    app = a_kept_app(storage, "com.acme.after")
    with storage.writing(None) as db:
        db.run(update(apps_table).where(apps_table.c.id == app.id).values(name="Aa"))
        db.record("app.changed", app.key, id=app.id)
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
        assert keys(shelf) == ["com.acme.after", "com.acme.before"]


def test_a_stop_between_index_and_position_loses_nothing_and_doubles_nothing(
    folder: Path, storage: Storage, acme: int
) -> None:
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
        position = (folder / "position.json").read_bytes()
        a_kept_app(storage, "com.acme.one")
        shelf.catch_up()
    (folder / "position.json").write_bytes(position)
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
        assert keys(shelf) == ["com.acme.one"]
        assert shelf.index.size == 1


def garbage(path: Path) -> None:
    path.write_bytes(os.urandom(max(path.stat().st_size, 50)))


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("damage", [garbage, half, emptied, gone])
@pytest.mark.parametrize(
    "files", ["tantivy/meta.json", "tantivy/*.store", "tantivy/*.pos", "tantivy/*", "*.json", "*/*"]
)
@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_damaged_index_is_made_anew_at_the_start(
    folder: Path, storage: Storage, acme: int, damage: Callable[[Path], None], files: str
) -> None:
    a_kept_app(storage, "com.acme.one")
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
    for path in [each for each in folder.glob(files) if each.is_file()]:
        damage(path)
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
        assert keys(shelf) == ["com.acme.one"]
        assert shelf.index.document("com.acme.one", "full")
        a_kept_app(storage, "com.acme.two")
        shelf.catch_up()
        assert keys(shelf) == ["com.acme.one", "com.acme.two"]


@pytest.mark.parametrize("what", ["tantivy", "."])
def test_a_deleted_index_is_made_anew_at_the_start(
    folder: Path, storage: Storage, acme: int, what: str
) -> None:
    a_kept_app(storage, "com.acme.one")
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
    shutil.rmtree(folder / what)
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
        assert keys(shelf) == ["com.acme.one"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"seq":"x"}', '{"seq":5}', "null"])
def test_a_position_that_can_not_be_read_means_to_begin_anew(
    folder: Path, storage: Storage, acme: int, content: str
) -> None:
    a_kept_app(storage, "com.acme.one")
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
    (folder / "position.json").write_text(content)
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
        assert keys(shelf) == ["com.acme.one"]


def test_a_damaged_index_that_another_process_writes_is_left_alone(
    folder: Path, storage: Storage, acme: int
) -> None:
    with a_shelf(folder, storage) as writer:
        writer.catch_up()
        garbage(folder / "tantivy" / "meta.json")
        with pytest.raises(Unusable):
            Shelf(folder, storage, BASE_URL)
        assert (folder / "position.json").exists()


def test_an_index_for_another_address_is_made_anew(
    folder: Path, storage: Storage, acme: int
) -> None:
    a_kept_app(storage, "com.acme.one", logo="1234")
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
    with a_shelf(folder, storage, "https://elsewhere.example") as shelf:
        shelf.catch_up()
        document = shelf.index.document("com.acme.one", "full")
        assert document is not None
        assert b"https://elsewhere.example/files/1234" in document
        assert b"haymarket.test" not in document


def test_an_index_of_another_database_is_made_anew(
    folder: Path, storage: Storage, acme: int, tmp_path: Path, sqlite_template: Path
) -> None:
    a_kept_app(storage, "com.acme.one")
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
    other = open_storage(
        f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'other')}", FakeClock()
    )
    with other.writing(None) as db:
        db.run(update(instance).values(id="another"))
        db.record("test.instance", "another")
    with a_shelf(folder, other) as shelf:
        shelf.catch_up()
        assert keys(shelf) == []
    other.close()


def test_an_index_that_is_ahead_of_the_journal_is_made_anew(
    folder: Path, storage: Storage, acme: int
) -> None:
    a_kept_app(storage, "com.acme.one")
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
    position = folder / "position.json"
    position.write_text(position.read_text().replace('"seq": ', '"seq": 99'))
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
        with storage.reading() as db:
            assert shelf.seq == db.head()
        assert keys(shelf) == ["com.acme.one"]


def break_app(storage: Storage, key: str, legacy: Any) -> None:
    """Put something into an app's row that no document can be made of."""
    with storage.writing(None) as db:
        app = get_app(db, key)
        assert app is not None
        db.run(update(apps_table).where(apps_table.c.id == app.id).values(legacy=legacy))
        db.record("app.changed", key, id=app.id)


def test_a_failure_in_the_middle_leaves_the_old_state_until_it_is_over(
    folder: Path, storage: Storage, acme: int
) -> None:
    a_kept_app(storage, "com.acme.one")
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
        seen = shelf.seq
        a_kept_app(storage, "com.acme.two")
        break_app(storage, "com.acme.one", {"description": 5})
        with pytest.raises(Exception, match="description"):
            shelf.catch_up()
        assert keys(shelf) == ["com.acme.one"]
        assert shelf.seq == seen
        with storage.reading() as db:
            shelf.at_least(db.head())  # does not raise: the old state is better than no answer
        assert keys(shelf) == ["com.acme.one"]
        break_app(storage, "com.acme.one", None)
        shelf.catch_up()
        assert keys(shelf) == ["com.acme.one", "com.acme.two"]


def test_following_goes_on_after_a_failure(folder: Path, storage: Storage, acme: int) -> None:
    a_kept_app(storage, "com.acme.one")
    with a_shelf(folder, storage) as shelf:
        shelf.start()
        break_app(storage, "com.acme.one", {"description": 5})
        time.sleep(0.3)
        break_app(storage, "com.acme.one", None)
        a_kept_app(storage, "com.acme.two")
        assert soon(lambda: keys(shelf) == ["com.acme.one", "com.acme.two"], 3)


# --- what a change touches ------------------------------------------------------------------


def test_a_new_name_of_a_vendor_is_shown_with_all_its_apps(
    folder: Path, storage: Storage, acme: int
) -> None:
    a_kept_app(storage, "com.acme.one")
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
        with storage.writing(None) as db:
            vendor = get_vendor(db, acme)
            assert vendor is not None
            save_vendor(db, replace_facts(vendor, name="Umbrella"))
        shelf.catch_up()
        assert b"Umbrella" in (shelf.index.document("com.acme.one", "full") or b"")


def test_a_new_name_of_a_category_is_shown_with_its_apps(
    folder: Path, storage: Storage, acme: int
) -> None:
    a_category(storage, 10, "Old")
    a_kept_app(storage, "com.acme.one", category_ids=(10,))
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
        a_category(storage, 10, "New")
        shelf.catch_up()
        assert keys(shelf, category=("New",)) == ["com.acme.one"]
        assert keys(shelf, category=("Old",)) == []


@pytest.mark.parametrize(
    "save", [save_host_version, lambda db, each: save_host_versions(db, [each])]
)
def test_a_new_release_of_a_host_application_is_known(
    folder: Path, storage: Storage, acme: int, save: Callable[..., None], clock: FakeClock
) -> None:
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
        with storage.writing(None) as db:
            save(db, HostVersion("jira", 810001, "8.1.1", clock.now.date()))
        shelf.catch_up()
        known = shelf.application("jira")
        assert known is not None
        assert 810001 in [each.build for each in known.releases]


def test_a_key_of_an_application_comes_before_an_alias_of_another_one(
    folder: Path, storage: Storage, acme: int
) -> None:
    an_application(storage, "stash", {1: "1.0.0"})
    an_application(storage, "zbucket", {2: "2.0.0"}, key_aliases=("stash", "jira", "old"))
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
        found = {each: shelf.application(each) for each in ("stash", "jira", "old")}
        assert {name: each and each.key for name, each in found.items()} == {
            "stash": "stash",
            "jira": "jira",
            "old": "zbucket",
        }


def test_more_changes_than_one_batch_are_all_taken_over(
    folder: Path, storage: Storage, acme: int
) -> None:
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
        with storage.writing(None) as db:
            app = None
            for _ in range(1100):
                db.record("test.noise", "x")
        app = a_kept_app(storage, "com.acme.one")
        with storage.writing(None) as db:
            save_app(db, app)
        shelf.catch_up()
        assert keys(shelf) == ["com.acme.one"]
        with storage.reading() as db:
            assert shelf.seq == db.head()


# --- the index ------------------------------------------------------------------------------


@pytest.mark.parametrize("offset", [0, 1, 49, 50, 2_000, 100_000_000, 2**31 - 1])
@pytest.mark.parametrize("text", [None, "one"])
def test_a_window_beyond_the_end_is_empty_and_costs_nothing(
    folder: Path, storage: Storage, acme: int, offset: int, text: str | None
) -> None:
    a_kept_app(storage, "com.acme.one")
    with a_shelf(folder, storage) as shelf:
        shelf.catch_up()
        found = shelf.search(ask(shelf.index, AppQuery(text=text), Wanted(), Sight()), offset, 10)
        assert found.count == 1
        assert len(found.ids()) == (offset == 0)


def test_there_is_no_index_in_an_empty_folder(folder: Path) -> None:
    with pytest.raises(Unusable, match="no index"):
        SearchIndex(folder)


def test_a_node_starts_with_what_the_last_one_left(
    app: Litestar, settings: Settings, storage: Storage, acme: int
) -> None:
    a_kept_app(storage, "com.acme.one")
    with a_shelf(settings.data / "index", storage, settings.base_url) as shelf:
        shelf.catch_up()
    assert app.state.shelf.index.size == 0  # it was opened before
    app.state.shelf.catch_up()
    assert keys(app.state.shelf) == ["com.acme.one"]
    app.state.shelf.close()
    app.state.storage.close()

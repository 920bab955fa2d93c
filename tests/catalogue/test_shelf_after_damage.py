"""The index after stops, damage and failures."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from catalogue.shelves import BASE_URL, a_shelf, keys_on, soon
from given import (
    FakeClock,
    a_kept_app,
)
from haymarket.apps.store import apps as apps_table
from haymarket.apps.store import get_app
from haymarket.catalogue.search.index import Unusable
from haymarket.catalogue.shelf import Shelf
from haymarket.storage import Storage, open_storage
from haymarket.storage.schema import instance


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
        assert keys_on(shelf) == ["com.acme.after", "com.acme.before"]


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
        assert keys_on(shelf) == ["com.acme.one"]
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
        assert keys_on(shelf) == ["com.acme.one"]
        assert shelf.index.document("com.acme.one", "full")
        a_kept_app(storage, "com.acme.two")
        shelf.catch_up()
        assert keys_on(shelf) == ["com.acme.one", "com.acme.two"]


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
        assert keys_on(shelf) == ["com.acme.one"]


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
        assert keys_on(shelf) == ["com.acme.one"]


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
        assert keys_on(shelf) == []
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
        assert keys_on(shelf) == ["com.acme.one"]


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
        assert keys_on(shelf) == ["com.acme.one"]
        assert shelf.seq == seen
        with storage.reading() as db:
            shelf.at_least(db.head())  # does not raise: the old state is better than no answer
        assert keys_on(shelf) == ["com.acme.one"]
        break_app(storage, "com.acme.one", None)
        shelf.catch_up()
        assert keys_on(shelf) == ["com.acme.one", "com.acme.two"]


def test_following_goes_on_after_a_failure(folder: Path, storage: Storage, acme: int) -> None:
    a_kept_app(storage, "com.acme.one")
    with a_shelf(folder, storage) as shelf:
        shelf.start()
        break_app(storage, "com.acme.one", {"description": 5})
        time.sleep(0.3)
        break_app(storage, "com.acme.one", None)
        a_kept_app(storage, "com.acme.two")
        assert soon(lambda: keys_on(shelf) == ["com.acme.one", "com.acme.two"], 3)

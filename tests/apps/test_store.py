"""Apps in SQL."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from given import ACME, FakeClock, a_kept_app, a_vendor
from haymarket.apps import store
from haymarket.apps.model import Figures, Flags
from haymarket.storage import Storage


@pytest.fixture(autouse=True)
def acme(storage: Storage) -> int:
    """The vendor of every app here."""
    return a_vendor(storage, ACME, "Acme")


def everything(clock: FakeClock) -> dict[str, Any]:
    return {
        "name": "Dräw 日本",
        "status": "public",
        "created_at": clock.now.replace(year=2001),
        "modified_at": clock.now.replace(year=2002),
        "approved_at": clock.now.replace(year=2003),
        "listed_at": clock.now.replace(year=2004),
        "archived_at": clock.now.replace(year=2005),
        "after_approval": "readytolaunch",
        "tag_line": "t",
        "summary": "s",
        "category_ids": (3, 1, 2),
        "links": {"privacy": "https://p.example"},
        "tags": {"category": [{"id": "1"}], "keywords": []},
        "legacy": {"vendorLinks": {}},
        "google_analytics_id": "g",
        "jsd_embedded_data_key": "j",
        "community_enabled": True,
        "stores_personal_data": True,
        "logo": "l",
        "banner": "b",
        "title_logo": "tl",
        "figures": Figures(2**40, 2, 3, 3.222222328186035, 5, True, True),
        "flags": Flags("site", True, True, ("b", "a"), "DC-1"),
    }


def test_an_app_is_read_as_it_was_written(storage: Storage, clock: FakeClock) -> None:
    app = a_kept_app(storage, "com.acme.full", [], **everything(clock))
    bare = a_kept_app(storage, "com.acme.bare", [])
    with storage.reading() as db:
        assert store.get_app(db, "com.acme.full") == app
        assert store.get_app_by_id(db, app.id) == app
        assert store.apps_by_id(db, [app.id, bare.id, 99]) == {app.id: app, bare.id: bare}
        assert store.ids_of_vendor(db, ACME) == [app.id, bare.id]
        assert store.count_apps(db) == 2


def test_a_changed_app_is_read_as_it_was_written(storage: Storage, clock: FakeClock) -> None:
    app = replace(a_kept_app(storage, "com.acme.draw", []), **everything(clock))
    with storage.writing(None) as db:
        store.save_app(db, app)
    with storage.reading() as db:
        assert store.get_app(db, app.key) == app


def test_touching_an_app_moves_its_last_change_and_nothing_else(
    storage: Storage, clock: FakeClock
) -> None:
    app = a_kept_app(storage, "com.acme.draw", [], **everything(clock))
    with storage.writing(None) as db:
        touched = store.touch_app(db, app)
    with storage.reading() as db:
        assert store.get_app(db, app.key) == touched == replace(app, modified_at=clock.now)


@pytest.mark.parametrize("key", ["COM.ACME.DRAW", "com.acme", "", "com.acme.draw ", "a\0b", "%"])
def test_a_key_is_compared_exactly(storage: Storage, key: str) -> None:
    a_kept_app(storage, "com.acme.draw", [])
    with storage.reading() as db:
        assert store.get_app(db, key) is None


@pytest.mark.parametrize("number", [0, -1, 99, 2**63, 10**30, -(10**30)])
def test_a_number_may_be_of_any_size(storage: Storage, number: int) -> None:
    with storage.reading() as db:
        assert store.get_app_by_id(db, number) is None


def test_a_key_is_used_once(storage: Storage) -> None:
    a_kept_app(storage, "com.acme.draw", [])
    with pytest.raises(IntegrityError):
        a_kept_app(storage, "com.acme.draw", [])
    with storage.reading() as db:
        assert store.key_exists(db, "com.acme.draw")
        assert not store.key_exists(db, "com.acme.other")
        assert store.count_apps(db) == 1


def test_all_apps_are_walked_over_in_steps(storage: Storage) -> None:
    numbers = [a_kept_app(storage, f"com.acme.n{number}", []).id for number in range(7)]
    seen: list[int] = []
    with storage.reading() as db:
        while batch := store.apps_after(db, seen[-1] if seen else 0, 3):
            seen += [app.id for app in batch]
    assert seen == numbers

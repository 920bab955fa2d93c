"""How far loading is, and what is there when it was interrupted."""

import json
from pathlib import Path
from typing import Any

import pytest

from haymarket.apps.store import count_apps, get_app
from haymarket.lifecycle.store import history
from haymarket.loading.format import BadFile
from haymarket.loading.load import BATCH, Loader
from haymarket.storage import Storage
from haymarket.versions.store import list_versions
from loading.writing import a_file


def apps(first: int, number: int, **members: Any) -> list[dict[str, Any]]:
    """Apps of the format, each with two versions."""
    return [
        {
            "key": f"com.acme.n{each}",
            "name": f"N {each}",
            "vendor": 1001,
            "versions": [
                {
                    "name": f"{build}.0",
                    "build": build,
                    "date": "2026-01-01",
                    "compatibilities": [{"application": "jira", "cloud": True}],
                }
                for build in (1, 2)
            ],
            **members,
        }
        for each in range(first, first + number)
    ]


def a_document(folder: Path, name: str, rows: list[dict[str, Any]]) -> Path:
    """A file with apps."""
    return a_file(folder, json.dumps({"haymarket": 1, "apps": rows}), name)


@pytest.fixture
def steps(loader: Loader) -> list[tuple[str, int, int]]:
    """What the loader tells of its progress."""
    told: list[tuple[str, int, int]] = []
    loader.progress = lambda noun, done, total: told.append((noun, done, total))
    return told


def test_all_files_are_counted_together(
    loader: Loader, example: Path, steps: list[tuple[str, int, int]], tmp_path: Path
) -> None:
    first = a_document(tmp_path, "a.json", apps(0, 3))
    second = a_document(tmp_path, "b.json", apps(3, 4))
    loader.load([example, first, second])
    assert [step for step in steps if step[0] == "apps"] == [
        ("apps", 1, 8),
        ("apps", 4, 8),
        ("apps", 8, 8),
    ]
    assert ("vendors", 1, 1) in steps


# --- interrupted ----------------------------------------------------------------------------


def whole_apps(storage: Storage) -> int:
    """How many apps there are; each has both of its versions and its history."""
    with storage.reading() as db:
        number = 0
        while app := get_app(db, f"com.acme.n{number}"):
            assert len(list_versions(db, app.id)) == 2
            assert [each.event for each in history(db, app.id)] == ["create", "submit", "approve"]
            number += 1
        assert count_apps(db) == number + 1  # and the one of the example
    return number


class Stopped(Exception):
    """What ends a load in the middle."""


@pytest.fixture
def surroundings(loader: Loader, example: Path) -> None:
    """The vendor and the application that the apps refer to."""
    loader.load([example])


@pytest.mark.usefixtures("surroundings")
def test_a_load_that_is_interrupted_leaves_no_half_app_and_goes_on_later(
    loader: Loader, tmp_path: Path, storage: Storage
) -> None:
    path = a_document(tmp_path, "apps.json", apps(0, 2 * BATCH + 50))

    def stop(noun: str, done: int, total: int) -> None:
        if noun == "apps" and done > 1:
            raise Stopped

    loader.progress = stop
    with pytest.raises(Stopped):
        loader.load([path])
    assert whole_apps(storage) == BATCH
    loader.progress = lambda noun, done, total: None
    loader.load([path])
    assert whole_apps(storage) == 2 * BATCH + 50


@pytest.mark.usefixtures("surroundings")
def test_an_app_that_can_not_be_kept_takes_its_batch_with_it_and_nothing_before(
    loader: Loader, tmp_path: Path, storage: Storage
) -> None:
    rows = [*apps(0, BATCH + 10), *apps(BATCH + 10, 1, vendor=7), *apps(BATCH + 11, 5)]
    path = a_document(tmp_path, "apps.json", rows)
    with pytest.raises(BadFile) as refused:
        loader.load([path])
    assert f"apps[{BATCH + 10}].vendor: there is no vendor 7" in str(refused.value)
    assert whole_apps(storage) == BATCH


@pytest.mark.usefixtures("surroundings")
def test_a_database_that_fails_in_the_middle_of_an_app_leaves_nothing_of_it(
    loader: Loader, tmp_path: Path, storage: Storage
) -> None:
    path = a_document(tmp_path, "apps.json", apps(0, 3))
    with storage.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE transitions RENAME TO gone")
    with pytest.raises(Exception, match="transitions"):
        loader.load([path])
    with storage.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO transitions")
    assert whole_apps(storage) == 0
    loader.load([path])
    assert whole_apps(storage) == 3

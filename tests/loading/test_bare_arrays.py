"""Plain lists of apps: what they lack is invented, always the same."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from haymarket.applications.store import list_applications
from haymarket.apps.model import App
from haymarket.apps.store import count_apps, get_app
from haymarket.categories.store import list_categories
from haymarket.licences.store import list_licence_types
from haymarket.loading.format import Listing
from haymarket.loading.invent import invent
from haymarket.loading.load import Loader
from haymarket.storage import Storage
from haymarket.vendors.store import get_vendor
from haymarket.versions.model import Version
from haymarket.versions.store import list_versions
from loading.writing import a_file

HERON = {"key": "com.acme.heron", "name": "Heron Watch", "summary": "Counts birds. And more."}
WREN = {"key": "com.acme.wren", "name": "Wren House", "summary": "Houses birds."}


def an_array(folder: Path, rows: Sequence[Any], name: str = "listings.json") -> Path:
    """A file that is nothing but an array."""
    return a_file(folder, json.dumps(rows), name)


def kept(storage: Storage, key: str) -> tuple[App, list[Version]]:
    """An app that was loaded, with its versions."""
    with storage.reading() as db:
        app = get_app(db, key)
        assert app is not None
        return app, list_versions(db, app.id)


def test_each_listing_becomes_a_public_app_with_what_it_lacks(
    loader: Loader, tmp_path: Path, storage: Storage
) -> None:
    loaded = loader.load([an_array(tmp_path, [HERON, WREN])])
    assert loaded.counts["apps"] == 2
    app, versions = kept(storage, "com.acme.heron")
    assert (app.name, app.summary) == ("Heron Watch", "Counts birds. And more.")
    assert (app.status, app.tag_line) == ("public", "Counts birds.")
    assert app.category_ids
    assert app.listed_at is not None
    assert all(version.status == "public" and version.compatibilities for version in versions)
    with storage.reading() as db:
        vendor = get_vendor(db, app.vendor_id)
        assert vendor is not None
        assert (vendor.name, vendor.email) == ("Acme", "hello@com-acme.example")


def test_the_basics_that_are_missing_are_loaded_by_themselves(
    loader: Loader, tmp_path: Path, storage: Storage
) -> None:
    loader.load([an_array(tmp_path, [HERON])])
    with storage.reading() as db:
        assert {each.key for each in list_applications(db)} >= {"jira", "confluence"}
        assert len(list_categories(db)) == 20
        assert len(list_licence_types(db)) == 13


def test_what_is_there_already_is_not_replaced_by_the_basics(
    loader: Loader, example: Path, tmp_path: Path, storage: Storage
) -> None:
    loader.load([example])
    loader.load([an_array(tmp_path, [HERON])])
    with storage.reading() as db:
        assert [each.key for each in list_applications(db)] == ["jira"]
        assert len(list_categories(db)) == 1


def test_a_key_that_comes_again_is_one_app_as_its_last_row_says(
    loader: Loader, tmp_path: Path, storage: Storage
) -> None:
    again = {**HERON, "name": "Heron Watch 2"}
    loaded = loader.load([an_array(tmp_path, [HERON, WREN, again])])
    assert (loaded.counts["apps"], loaded.repeated) == (2, 1)
    assert kept(storage, "com.acme.heron")[0].name == "Heron Watch 2"


def test_texts_that_are_too_long_are_shortened_and_other_members_passed_over(
    loader: Loader, tmp_path: Path, storage: Storage
) -> None:
    row = {"key": "com.acme.long", "name": "n" * 200, "summary": "s" * 900, "stars": "five"}
    loader.load([an_array(tmp_path, [row])])
    app, _ = kept(storage, "com.acme.long")
    assert app.summary is not None
    assert app.tag_line is not None
    assert (len(app.name), len(app.summary), len(app.tag_line)) == (60, 250, 130)


@pytest.mark.parametrize("row", [{"key": "x", "name": "日本"}, {"key": "_._", "name": "Odd"}])
def test_odd_names_and_keys_are_taken(
    row: dict[str, str], loader: Loader, tmp_path: Path, storage: Storage
) -> None:
    loader.load([an_array(tmp_path, [row])])
    assert kept(storage, row["key"])[0].name == row["name"]


def test_loading_it_again_changes_nothing(loader: Loader, tmp_path: Path, storage: Storage) -> None:
    path = an_array(tmp_path, [HERON, WREN])
    loader.load([path])
    before = kept(storage, "com.acme.heron")
    loader.load([path])
    assert kept(storage, "com.acme.heron") == before
    with storage.reading() as db:
        assert count_apps(db) == 2


def test_the_same_key_is_invented_alike_whatever_stands_beside_it() -> None:
    heron = Listing(**HERON)
    others = [Listing(key=f"com.other.n{number}", name="Other") for number in range(20)]
    releases = {"jira": {f"9.{n}": 900 + n for n in range(10)}}
    categories = {"Reports": 1, "Admin tools": 2}
    [alone] = invent([heron], releases, categories).apps
    beside = invent([*others, heron], releases, categories).apps[-1]
    assert alone == beside


def test_a_hundred_and_more_apps_are_loaded_in_batches(
    loader: Loader, tmp_path: Path, storage: Storage
) -> None:
    rows = [{"key": f"com.acme.n{number}", "name": f"N {number}"} for number in range(250)]
    steps: list[tuple[str, int, int]] = []
    loader.progress = lambda noun, done, total: steps.append((noun, done, total))
    loader.load([an_array(tmp_path, rows)])
    told = [step[1:] for step in steps if step[0] == "apps"]
    assert told == [(100, 250), (200, 250), (250, 250)]
    with storage.reading() as db:
        assert count_apps(db) == 250


@pytest.mark.needs_shared
def test_all_real_listings_load(loader: Loader, shared: Path, storage: Storage) -> None:
    loaded = loader.load([shared / "data" / "listings.json"])
    assert loaded.counts["apps"] + loaded.repeated == 2398
    with storage.reading() as db:
        assert count_apps(db) == 2290

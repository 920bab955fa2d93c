"""`haymarket load` and `haymarket reindex`."""

import json
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from commands.conftest import Call
from haymarket.app import build, serve
from haymarket.clock import system_clock
from haymarket.settings import Settings

LISTINGS = [
    {"key": "com.acme.heron", "name": "Heron Watch", "summary": "Counts birds."},
    {"key": "com.acme.wren", "name": "Wren House", "summary": "Houses birds."},
    {"key": "com.acme.heron", "name": "Heron Watch 2", "summary": "Counts birds."},
]


@pytest.fixture
def listings(tmp_path: Path) -> Path:
    """A bare array in which one key occurs twice."""
    path = tmp_path / "listings.json"
    path.write_text(json.dumps(LISTINGS))
    return path


def names(app: Litestar) -> list[str]:
    """What strangers find."""
    with TestClient(serve(app)) as client:
        found = client.get("/rest/2/addons?filter=name").json()["_embedded"]["addons"]
    return [each["name"] for each in found]


def test_loading_tells_what_was_loaded_and_how_far_it_is(haymarket: Call, listings: Path) -> None:
    done = haymarket("load", listings)
    assert done.code == 0
    told, repeated = done.out.splitlines()
    basics = "6 applications, 20 categories, 13 licences"
    assert told == f"Loaded {basics}, 1 user, 1 vendor, 2 apps, 6 versions"
    assert repeated == "1 row with a key that comes again: the last one counts"
    assert any("apps" in line and "2/2" in line for line in done.err.splitlines())


def test_what_was_loaded_without_a_server_is_found_by_the_next_one(
    haymarket: Call, listings: Path, settings: Settings
) -> None:
    haymarket("load", listings)
    assert names(build(settings, system_clock)) == ["Heron Watch 2", "Wren House"]


def test_what_is_loaded_beside_a_running_server_is_found_by_its_callers(
    haymarket: Call, listings: Path, client: TestClient[Any], app: Litestar
) -> None:
    assert haymarket("load", listings).code == 0
    app.state.shelf.catch_up()
    assert client.get("/rest/2/addons").json()["count"] == 2


def test_the_basics_are_loaded_by_name(haymarket: Call) -> None:
    assert haymarket("load", "--basics").out == (
        "Loaded 6 applications, 20 categories, 13 licences\n"
    )
    assert len(haymarket("application", "list", "--json").rows) == 6


def test_a_bad_file_ends_with_its_path_and_changes_nothing(haymarket: Call, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("haymarket: 1\napps:\n  - {key: a, name: A, vendor: 1, versions: [], size: 3}")
    done = haymarket("load", "--basics", path)
    assert (done.code, done.out) == (2, "")
    assert "bad.yaml: apps[0]: Object contains unknown field `size`" in done.err
    assert haymarket("application", "list", "--json").rows == []


def test_nothing_to_load_is_an_error(haymarket: Call) -> None:
    done = haymarket("load")
    assert done.code == 2
    assert "name files or folders, or say --basics" in done.err


def test_the_index_is_made_anew(haymarket: Call, listings: Path, settings: Settings) -> None:
    haymarket("load", listings)
    for each in (settings.data / "index" / "tantivy").iterdir():
        each.unlink()
    done = haymarket("reindex")
    assert (done.code, done.out) == (0, "Indexed 2 apps\n")
    assert names(build(settings, system_clock)) == ["Heron Watch 2", "Wren House"]


@pytest.mark.usefixtures("client")
def test_the_index_of_a_running_server_is_left_to_it(haymarket: Call) -> None:
    done = haymarket("reindex")
    assert done.code == 2
    assert "another process writes this index: stop the server first" in done.err

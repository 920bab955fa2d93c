"""`haymarket migrate`, `application` and `openapi`."""

import json
from pathlib import Path

import pytest

from calling import Api
from commands.conftest import Call
from given import Person, a_public_app, bounds, runs_on
from haymarket.applications.store import get_host_version
from haymarket.clock import system_clock
from haymarket.storage import Storage


def test_migrating_tells_what_it_did(call: Call, haymarket: Call, tmp_path: Path) -> None:
    new = call("migrate", "--data", tmp_path / "new")
    assert (new.code, new.out.split(", ")[1]) == (0, "from nothing\n")
    assert haymarket("migrate").out.endswith("up to date already\n")


def test_the_openapi_document_needs_no_marketplace(call: Call, tmp_path: Path) -> None:
    done = call("openapi")
    document = json.loads(done.out)
    assert document["openapi"] == "3.1.0"
    assert len(document["paths"]) > 50
    file = tmp_path / "openapi.json"
    assert call("openapi", "--file", file).out == ""
    assert json.loads(file.read_text()) == document


def test_a_file_that_can_not_be_written_is_told(call: Call, tmp_path: Path) -> None:
    done = call("openapi", "--file", tmp_path / "none" / "openapi.json")
    assert done.code == 2
    assert done.err.endswith("openapi.json: No such file or directory\n")


# --- applications ---------------------------------------------------------------------------


def test_without_applications_the_list_says_where_to_get_them(haymarket: Call) -> None:
    assert "haymarket load --basics" in haymarket("application", "list").err


@pytest.mark.usefixtures("hosts")
def test_applications_are_listed_with_their_newest_release(haymarket: Call) -> None:
    _, jira = haymarket("application", "list", "--json").rows
    assert (jira["key"], jira["newest"], jira["build"]) == ("jira", "9.1.0", 910000)


@pytest.mark.usefixtures("hosts")
def test_a_release_is_added_and_changed(haymarket: Call, storage: Storage) -> None:
    done = haymarket("application", "release", "jira", "9.2.0", 920000)
    assert (done.code, done.out) == (0, "Jira 9.2.0 has build number 920000\n")
    with storage.reading() as db:
        added = get_host_version(db, "jira", 920000)
        assert added is not None
        assert (added.released, added.data_center_compatible) == (system_clock().date(), True)
    options = ("--released", "2026-11-01", "--no-data-center")
    assert haymarket("application", "release", "jira", "9.2.0", 920000, *options).code == 0
    with storage.reading() as db:
        changed = get_host_version(db, "jira", 920000)
        assert changed is not None
        assert changed.released.isoformat() == "2026-11-01"
        assert not changed.data_center_compatible


@pytest.mark.usefixtures("hosts")
def test_an_application_is_known_by_a_key_of_the_past(haymarket: Call, storage: Storage) -> None:
    assert haymarket("application", "release", "jira-software", "9.2.0", 920000).code == 0
    with storage.reading() as db:
        assert get_host_version(db, "jira", 920000) is not None


def test_apps_inherit_a_release_that_is_added_at_the_command_line(
    haymarket: Call, api: Api, vendor: Person, admin: Person, anonymous: Person
) -> None:
    runs = [runs_on(server=bounds(800000, 810000))]
    path = a_public_app(api, vendor, admin, version={"compatibilities": runs})
    assert haymarket("application", "release", "jira", "8.1.5", 810005).code == 0
    api.settle()
    found = api.get(anonymous, "addons", application="jira", applicationBuild=810005).json()
    assert [app["_links"]["self"]["href"] for app in found["_embedded"]["addons"]] == [path]


@pytest.mark.usefixtures("hosts")
@pytest.mark.parametrize(
    ("release", "told"),
    [
        (("bugzilla", "1.0", "1"), "There is no application bugzilla; see haymarket application"),
        (("jira", "8.0.0", "1"), "Jira 8.0.0 has build number 800000 already"),
        (("jira", "8.0.7", "800000"), "The name of a version can not be changed"),
        (("jira", " ", "920000"), "A version name has 1 to 100 printable characters"),
        (("jira", "9.2.0", "0"), "BUILD"),
        (("jira", "9.2.0", "many"), "BUILD"),
        (("jira", "9.2.0", "99999999999999999999"), "BUILD"),
    ],
)
def test_a_bad_release_is_refused(release: tuple[str, ...], told: str, haymarket: Call) -> None:
    done = haymarket("application", "release", *release)
    assert (done.code, done.out) == (2, "")
    assert told in done.err

"""Files that do not fit are refused with the file, the place in it and the reason."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from assets.samples import an_image
from haymarket.apps.store import count_apps, get_app
from haymarket.loading.format import BadFile
from haymarket.loading.load import Loader
from haymarket.storage import Storage
from loading.writing import GONE, KEY, Write, a_file


def refusal(loader: Loader, path: Path) -> str:
    """What is wrong with a file, without its folder."""
    with pytest.raises(BadFile) as refused:
        loader.load([path])
    return str(refused.value).removeprefix(f"{path.parent}/")


@pytest.mark.parametrize(
    ("at", "value", "told"),
    [
        # a member that the page does not name
        ("apps[0].colour", "red", "apps[0]: Object contains unknown field `colour`"),
        ("apps[0].versions[1].licnce", "x", "apps[0].versions[1]: Object contains unknown field"),
        ("vendors[0].support.fax", "1", "vendors[0].support: Object contains unknown field `fax`"),
        ("applicatons", [], "Object contains unknown field `applicatons`"),
        # something that is not there
        ("haymarket", GONE, "Object missing required field `haymarket`"),
        ("apps[0].key", GONE, "apps[0]: Object missing required field `key`"),
        ("apps[0].versions", GONE, "apps[0]: Object missing required field `versions`"),
        ("vendors[0].contacts", GONE, "vendors[0]: Object missing required field `contacts`"),
        # types that YAML takes for something else
        ("haymarket", 2, "haymarket: Invalid enum value 2"),
        ("apps[0].versions[0].name", 1.10, "apps[0].versions[0].name: Expected `str`, got `float`"),
        (
            "apps[0].versions[0].build",
            "100",
            "apps[0].versions[0].build: Expected `int`, got `str`",
        ),
        ("apps[0].hidden", True, "apps[0]: hidden is no, site or everywhere"),
        ("apps[0].archived", "yes", "apps[0].archived: Expected `bool`, got `str`"),
        ("vendors[0].address", "Main St", "vendors[0].address: Expected `object | null`, got"),
        ("apps[0].versions[0].date", "soon", "apps[0].versions[0].date: Invalid RFC3339 encoded"),
        ("apps[0].listed", datetime(2026, 1, 1), "apps[0].listed: Expected `date | null`, got"),
        # words that are not in a list
        ("apps[0].status", "gone", "apps[0].status: Invalid enum value 'gone'"),
        ("apps[0].hidden", "a bit", "apps[0].hidden: Invalid enum value 'a bit'"),
        ("apps[0].versions[0].status", "readytolaunch", "apps[0].versions[0].status: Invalid enum"),
        ("applications[0].hosting", ["moon"], "applications[0].hosting[0]: Invalid enum value"),
        ("vendors[0].contacts[0].permissions", "some", "vendors[0].contacts[0].permissions: "),
        ("vendors[0].contacts[0].roles", ["cook"], "vendors[0].contacts[0].roles[0]: Invalid enum"),
        # too long, too many, out of range
        ("apps[0].name", "x" * 61, "apps[0]: name: Invalid value for name. Cannot be longer than"),
        ("apps[0].name", " ", "apps[0]: name: A name is required"),
        ("apps[0].tagLine", "x" * 131, "apps[0]: tagLine: Invalid value for tagLine"),
        ("apps[0].summary", "x" * 251, "apps[0]: summary: Invalid value for summary"),
        ("apps[0].versions[0].releaseSummary", "x" * 81, "apps[0].versions[0].releaseSummary: "),
        ("apps[0].versions[0].name", "x" * 101, "apps[0]: version xxx"),
        ("apps[0].versions[0].build", 0, "apps[0].versions[0].build: Expected `int` >= 1"),
        ("apps[0].figures.stars", 4.5, "apps[0].figures.stars: Expected `float` <= 4.0"),
        ("apps[0].figures.installs", -1, "apps[0].figures.installs: Expected `int` >= 0"),
        ("apps[0].versions[0].compatibilities", [], "apps[0]: version 1.0.0: compatibilities: "),
        ("vendors[0].name", "x" * 121, "vendors[0]: name: Cannot be longer than 120 characters"),
        # what is no key, no address, no e-mail address
        ("apps[0].key", "tidy boards", "apps[0].key: a key has 1 to 255 letters, digits, dots,"),
        ("apps[0].key", "search", "apps[0]: key: search is a word of the API"),
        ("apps[0].links.privacy", "no link", "apps[0].links.privacy: a web address is expected"),
        ("apps[0].versions[0].links", {"eula": "/eula"}, "apps[0].versions[0].links.eula: a web"),
        ("applications[0].details.learnMore", "jira", "applications[0].details.learnMore: a web"),
        ("licences[0].url", "apache", "licences[0].url: a web address is expected"),
        ("vendors[0].links.homePage", "larkspur", "vendors[0]: vendorLinks/homePage: Not a http"),
        ("users[0].email", "ada", "users[0].email: an e-mail address is expected"),
        # references that lead nowhere
        ("apps[0].vendor", 7, "apps[0].vendor: there is no vendor 7"),
        ("apps[0].categories", ["Fun"], "apps[0].categories[0]: there is no category Fun"),
        ("apps[0].versions[1].licence", "mit", "apps[0].versions[1].licence: there is no licence"),
        ("apps[0].logo", "none.png", "apps[0].logo: none.png: No such file or directory"),
        ("apps[0].versions[1].artifact", "a.jar", "apps[0].versions[1].artifact: a.jar: No such"),
        ("categories[0].application", "trello", "categories[0].application: there is no applic"),
        ("vendors[0].contacts[0].email", "x@y.z", "vendors[0].contacts[0].email: there is no user"),
        (
            "apps[0].versions[0].compatibilities[0].application",
            "trello",
            "apps[0].versions[0].compatibilities[0].application: there is no application trello",
        ),
        (
            "apps[0].versions[0].compatibilities[0].dataCenter.min",
            "9.9.9",
            "apps[0].versions[0].compatibilities[0].dataCenter.min: the application has no version",
        ),
        # what contradicts itself
        (
            "apps[0].versions[0].compatibilities[0].dataCenter.min",
            "10.3.1",
            "apps[0].versions[0].compatibilities[0].dataCenter: min is newer than max",
        ),
        ("apps[0].versions[0].build", 110, "apps[0]: versions[1]: build 110 is there twice"),
        ("applications[0].versions[1].version", "9.4.2", "applications[0].versions[1]: build and"),
        ("vendors[0].contacts[0].permissions", ["manage-pricing"], "vendors[0].contacts: one of"),
        ("users[1].token", "secret", "users[1].token: a token in a file is no secret"),
        ("apps[0].name", "a\0b", "apps[0].name: the character U+0000 is not allowed"),
    ],
)
def test_what_does_not_fit_is_refused_with_file_and_place(
    at: str, value: Any, told: str, loader: Loader, write: Write, storage: Storage
) -> None:
    said = refusal(loader, write(at, value))
    assert said.startswith(f"changed.yaml: {told}")
    assert "\n" not in said
    with storage.reading() as db:
        assert count_apps(db) == 0


def test_five_categories_are_too_many(loader: Loader, write: Write) -> None:
    names = ["One", "Two", "Three", "Four", "Five"]
    categories = [{"id": number, "name": name} for number, name in enumerate(names, 1)]
    path = write.all({"categories": categories, "apps[0].categories": names})
    assert "An app has at most 4 categories" in refusal(loader, path)


@pytest.mark.parametrize("value", [False, "no"])
def test_a_bare_no_means_not_hidden(
    value: Any, loader: Loader, write: Write, storage: Storage
) -> None:
    loader.load([write("apps[0].hidden", value)])
    with storage.reading() as db:
        app = get_app(db, KEY)
        assert app is not None
        assert app.flags.hidden == "no"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.yaml", "haymarket: 1\napps: [", "line 3, column 1: "),
        ("a.yaml", "haymarket: 1\n\tapps: []", "line 2, column 1: found "),
        (
            "a.yaml",
            "haymarket: 1\napps:\n- listed: 2026-02-30\n",
            "line 3, column 11: day is out of range",
        ),
        ("a.yaml", "haymarket: !!timestamp x", "line 1, column 12: is not valid YAML"),
        ("a.json", "[" * 100_000 + "]" * 100_000, "is nested too deeply"),
        ("a.json", '{"haymarket": 1,}', "JSON is malformed: "),
        (
            "a.json",
            '{"haymarket": 1, "users": [{"email": "a@b.c", "name": "\\u0000"}]}',
            "users[0]",
        ),
        ("a.yaml", "", "Expected `object`, got `null`"),
        ("a.yaml", "just a text", "Expected `object`, got `str`"),
        ("a.json", '[{"key": "a b", "name": "A"}]', "[0].key: a key has 1 to 255 letters"),
        ("a.json", '[{"name": "A"}]', "[0]: Object missing required field `key`"),
    ],
)
def test_what_can_not_be_read_is_told_in_one_line(
    name: str, text: str, told: str, loader: Loader, tmp_path: Path
) -> None:
    said = refusal(loader, a_file(tmp_path, text, name))
    assert said.startswith(f"{name}: {told}")
    assert "\n" not in said


def test_a_file_that_is_no_text_is_refused(loader: Loader, tmp_path: Path) -> None:
    path = tmp_path / "picture.yaml"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\xff")
    assert refusal(loader, path).startswith("picture.yaml: ")


def test_a_missing_file_and_an_empty_folder_are_refused(loader: Loader, tmp_path: Path) -> None:
    assert "none.yaml: No such file or directory" in refusal(loader, tmp_path / "none.yaml")
    (tmp_path / "empty").mkdir()
    assert "the folder has no file that ends with .yaml" in refusal(loader, tmp_path / "empty")


@pytest.mark.parametrize(
    ("at", "content", "told"),
    [
        ("apps[0].logo", b"no picture", "apps[0].logo: The file is not an image"),
        ("apps[0].versions[0].artifact", b"no archive", "artifact: An artifact is a .jar or .obr"),
    ],
)
def test_a_picture_or_an_artifact_that_is_none_is_refused(
    at: str, content: bytes, told: str, loader: Loader, write: Write, tmp_path: Path
) -> None:
    (tmp_path / "file.png").write_bytes(content)
    assert told in refusal(loader, write(at, "file.png"))


def test_a_picture_of_the_wrong_size_is_refused(
    loader: Loader, write: Write, tmp_path: Path
) -> None:
    (tmp_path / "big.png").write_bytes(an_image(30, 30))
    assert "apps[0].logo: " in refusal(loader, write("apps[0].logo", "big.png"))


def test_loading_does_not_change_a_status(
    loader: Loader, example: Path, write: Write, storage: Storage
) -> None:
    loader.load([example])
    said = refusal(loader, write("apps[0].status", "private"))
    assert "apps[0].status: it is public already; loading does not change a status" in said
    with storage.reading() as db:
        app = get_app(db, KEY)
        assert app is not None
        assert app.status == "public"


def test_a_release_keeps_its_build_number(loader: Loader, example: Path, write: Write) -> None:
    loader.load([example])
    said = refusal(loader, write("applications[0].versions[1].build", 912001))
    assert "applications[0].versions[1].build: 9.12.0 has the build 912000 already" in said


def test_every_file_is_read_before_the_first_is_loaded(
    loader: Loader, example: Path, write: Write, storage: Storage
) -> None:
    bad = write("apps[0].colour", "red")
    with pytest.raises(BadFile):
        loader.load([example, bad])
    with storage.reading() as db:
        assert count_apps(db) == 0

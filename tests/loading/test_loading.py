"""Loading files: what is taken, what is refused and where, and that twice is once."""

import json
import re
from pathlib import Path

import pytest
import yaml

from haymarket.apps.store import count_apps, get_app
from haymarket.assets.files import open_files
from haymarket.commands.loading import BASICS, world
from haymarket.lifecycle.store import history
from haymarket.loading.format import BadFile
from haymarket.loading.load import Loader
from haymarket.settings import Settings
from haymarket.storage import Storage
from haymarket.versions.actions import Desk
from haymarket.versions.store import list_versions

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture
def loader(storage: Storage, settings: Settings) -> Loader:
    """Loads into the marketplace under test."""
    desk = Desk(storage, open_files(settings), settings)
    return Loader(desk, [world() / name for name in BASICS])


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example of the documentation as a file."""
    [block] = re.findall(r"```yaml\n(.*?)```", (DOCS / "loading.md").read_text(), re.DOTALL)
    path = tmp_path / "example.yaml"
    path.write_text(block)
    return path


def changed(example: Path, **members: object) -> Path:
    """The example with members of its app changed."""
    document = yaml.safe_load(example.read_text())
    document["apps"][0].update(members)
    path = example.with_name("changed.yaml")
    path.write_text(yaml.safe_dump(document))
    return path


def test_the_example_of_the_documentation_loads(
    loader: Loader, example: Path, storage: Storage
) -> None:
    loader.load([example])
    with storage.reading() as db:
        app = get_app(db, "example.larkspur.tidy-boards")
        assert app is not None
        assert (app.status, app.figures.installs, app.logo is not None) == ("public", 12400, True)
        assert [version.name for version in list_versions(db, app.id)] == ["1.1.0", "1.0.0"]
        assert [each.event for each in history(db, app.id)] == ["create", "submit", "approve"]


def test_the_same_files_again_change_nothing(
    loader: Loader, example: Path, storage: Storage, settings: Settings
) -> None:
    loader.load([example])
    with storage.reading() as db:
        before = get_app(db, "example.larkspur.tidy-boards")
    files = sorted(path for path in settings.data.rglob("files/**/*") if path.is_file())
    loader.load([example])
    with storage.reading() as db:
        assert get_app(db, "example.larkspur.tidy-boards") == before
    assert sorted(path for path in settings.data.rglob("files/**/*") if path.is_file()) == files


@pytest.mark.parametrize(
    ("members", "place"),
    [
        ({"colour": "red"}, "apps[0]"),
        ({"name": "x" * 61}, "apps[0]: name"),
        ({"vendor": 7}, "apps[0].vendor"),
        ({"categories": ["None such"]}, "apps[0].categories[0]"),
        ({"figures": {"stars": 5}}, "apps[0].figures.stars"),
        ({"logo": "missing.png"}, "apps[0].logo"),
        ({"status": "gone"}, "apps[0].status"),
    ],
)
def test_a_bad_member_is_refused_with_file_and_path(
    members: dict[str, object], place: str, loader: Loader, example: Path, storage: Storage
) -> None:
    with pytest.raises(BadFile) as refused:
        loader.load([changed(example, **members)])
    assert "changed.yaml: " + place in str(refused.value)
    with storage.reading() as db:
        assert count_apps(db) == 0


def test_a_fixed_token_is_for_the_sandbox_only(loader: Loader, tmp_path: Path) -> None:
    path = tmp_path / "people.json"
    user = {"email": "a@example.com", "name": "A", "token": "t"}
    path.write_text(json.dumps({"haymarket": 1, "users": [user]}))
    with pytest.raises(BadFile, match=r"users\[0\]\.token"):
        loader.load([path])


def test_loading_does_not_change_a_status(loader: Loader, example: Path) -> None:
    loader.load([example])
    with pytest.raises(BadFile, match=r"apps\[0\]\.status"):
        loader.load([changed(example, status="private")])


def test_a_bare_array_gets_what_it_lacks_and_the_basics(
    loader: Loader, tmp_path: Path, storage: Storage
) -> None:
    path = tmp_path / "listings.json"
    rows = [
        {"key": f"com.acme.tool{n}", "name": f"Tool {n}", "summary": "It helps."} for n in (1, 2, 1)
    ]
    path.write_text(json.dumps(rows))
    loaded = loader.load([path])
    assert (loaded.counts["apps"], loaded.repeated) == (2, 1)
    with storage.reading() as db:
        first = get_app(db, "com.acme.tool1")
        assert first is not None
        assert first.category_ids
        assert list_versions(db, first.id)
    loader.load([path])
    with storage.reading() as db:
        assert get_app(db, "com.acme.tool1") == first


@pytest.mark.needs_shared
def test_all_real_listings_load(loader: Loader, shared: Path, storage: Storage) -> None:
    loaded = loader.load([shared / "data" / "listings.json"])
    assert loaded.counts["apps"] + loaded.repeated == 2398
    with storage.reading() as db:
        assert count_apps(db) == 2290

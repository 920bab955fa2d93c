"""Loading files of the format: what arrives, and that twice is once."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import yaml

from assets.samples import an_image
from haymarket import drawing
from haymarket.accounts.contacts import list_contacts
from haymarket.accounts.store import get_user
from haymarket.applications.model import HOSTINGS
from haymarket.applications.store import get_application, known_builds
from haymarket.apps.store import get_app
from haymarket.assets.store import get_asset
from haymarket.categories.store import list_categories
from haymarket.licences.store import list_licence_types
from haymarket.lifecycle.store import history
from haymarket.loading.load import Loader
from haymarket.loading.made import jar
from haymarket.settings import Settings
from haymarket.storage import Storage
from haymarket.vendors.store import get_vendor
from haymarket.versions.store import get_presentation, list_versions
from loading.writing import KEY, Write, a_file


def kept_files(settings: Settings) -> list[Path]:
    """Every file of an asset."""
    return sorted(path for path in settings.data.rglob("files/**/*") if path.is_file())


def test_the_surroundings_of_the_example_arrive(
    loader: Loader, example: Path, storage: Storage
) -> None:
    loader.load([example])
    with storage.reading() as db:
        jira = get_application(db, "jira")
        assert jira is not None
        assert jira.hosting == frozenset(HOSTINGS)
        assert jira.connect == frozenset({"cloud"})
        assert known_builds(db)["jira"][-1] == (1003001, "10.3.1")
        assert [(each.id, each.name) for each in list_categories(db)] == [(7, "Project management")]
        assert [each.key for each in list_licence_types(db)] == ["apache"]
        ada, vendor = get_user(db, "ada@example.com"), get_vendor(db, 1001)
        assert ada is not None
        assert ada.is_admin
        assert vendor is not None
        assert vendor.logo
        [contact] = list_contacts(db, 1001)
        assert (contact.email, contact.roles) == ("robin@example.com", ("primary",))


def test_the_app_of_the_example_arrives_with_all_it_shows(
    loader: Loader, example: Path, storage: Storage
) -> None:
    loader.load([example])
    with storage.reading() as db:
        app = get_app(db, KEY)
        assert app is not None
        assert (app.status, app.figures.installs, app.category_ids) == ("public", 12400, (7,))
        assert app.tags == {
            "category": [],
            "keywords": [{"id": word, "name": word} for word in ("board", "kanban")],
        }
        newest, oldest = list_versions(db, app.id)
        assert (newest.name, oldest.name) == ("1.1.0", "1.0.0")
        assert newest.hostings == {"cloud", "dataCenter"}
        assert oldest.released_on == date(2023, 12, 12)
        shown = get_presentation(db, app.id, newest.build)
        assert shown.licence == "apache"
        assert [each.title for each in shown.highlights] == ["Rules as sentences"]
        for name in (app.logo, newest.artifact, shown.highlights[0].thumbnail):
            assert name is not None
            assert get_asset(db, name) is not None


def test_a_loaded_app_has_a_history_that_leads_to_its_status(
    loader: Loader, write: Write, storage: Storage
) -> None:
    reason = "<p>No</p><script>x()</script>"
    loader.load([write.all({"apps[0].status": "rejected", "apps[0].rejectionReason": reason})])
    with storage.reading() as db:
        app = get_app(db, KEY)
        assert app is not None
        told = [(each.event, each.before, each.after) for each in history(db, app.id)]
        assert told == [
            ("create", None, "private"),
            ("submit", "private", "submitted"),
            ("reject", "submitted", "rejected"),
        ]
        assert history(db, app.id)[-1].reason == "<p>No</p>"


def test_markup_is_cleaned_as_it_is_loaded(loader: Loader, write: Write, storage: Storage) -> None:
    dangerous = "<p onclick='x()'>Fine</p><script>x()</script>"
    loader.load([write("apps[0].versions[1].releaseNotes", dangerous)])
    with storage.reading() as db:
        app = get_app(db, KEY)
        assert app is not None
        assert get_presentation(db, app.id, 110).release_notes == "<p>Fine</p>"


# --- twice ----------------------------------------------------------------------------------


def test_the_same_files_again_change_nothing_and_add_no_asset(
    loader: Loader, example: Path, storage: Storage, settings: Settings
) -> None:
    loader.load([example])
    with storage.reading() as db:
        app = get_app(db, KEY)
        assert app is not None
        before = (app, list_versions(db, app.id), history(db, app.id), get_vendor(db, 1001))
        shown = get_presentation(db, app.id, 110)
    files = kept_files(settings)
    loader.load([example])
    with storage.reading() as db:
        app = get_app(db, KEY)
        assert app is not None
        after = (app, list_versions(db, app.id), history(db, app.id), get_vendor(db, 1001))
        assert after == before
        assert get_presentation(db, app.id, 110) == shown
    assert kept_files(settings) == files


def test_loading_again_takes_changes_over(
    loader: Loader, example: Path, write: Write, storage: Storage
) -> None:
    loader.load([example])
    loader.load([write("apps[0].name", "Tidier Boards")])
    loader.load([write("apps[0].versions[1].releaseSummary", "All anew")])
    with storage.reading() as db:
        app = get_app(db, KEY)
        assert app is not None
        assert app.name == "Tidy Boards for Jira"  # the last file says so
        assert get_presentation(db, app.id, 110).release_summary == "All anew"


def test_what_is_not_in_the_files_stays_as_it_is(
    loader: Loader, example: Path, storage: Storage, tmp_path: Path
) -> None:
    loader.load([example])
    loader.load([a_file(tmp_path, 'haymarket: 1\nusers: [{email: eve@example.com, name: "Eve"}]')])
    with storage.reading() as db:
        assert get_app(db, KEY) is not None
        assert get_user(db, "eve@example.com") is not None


# --- files ----------------------------------------------------------------------------------


def test_pictures_and_artifacts_lie_relative_to_the_file_that_names_them(
    loader: Loader, write: Write, storage: Storage, tmp_path: Path
) -> None:
    from_elsewhere = tmp_path / "deep" / "down"
    from_elsewhere.mkdir(parents=True)
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "logo.png").write_bytes(an_image(144, 144))
    path = write("apps[0].logo", "../../pictures/logo.png")
    moved = path.rename(from_elsewhere / "apps.yaml")
    loader.load([moved])
    with storage.reading() as db:
        app = get_app(db, KEY)
        assert app is not None
        assert app.logo is not None
        logo = get_asset(db, app.logo)
        assert logo is not None
        assert (logo.file_name, logo.width) == ("logo.png", 144)


def test_a_folder_is_loaded_in_the_order_of_its_names(
    loader: Loader, tmp_path: Path, storage: Storage
) -> None:
    folder = tmp_path / "catalogue"
    folder.mkdir()
    category = {"id": 7, "name": "Tools"}
    a_file(folder, json.dumps({"haymarket": 1, "categories": [category]}), "20-categories.json")
    jira = {
        "key": "jira",
        "name": "J",
        "introduction": "I",
        "hosting": ["cloud"],
        "details": {"description": "D", "learnMore": "https://j.example"},
        "versions": [],
    }
    a_file(folder, json.dumps({"haymarket": 1, "applications": [jira]}), "10-products.yaml")
    a_file(folder, "no yaml: [", "README.md")
    loaded = loader.load([folder])
    assert loaded.counts == {"applications": 1, "categories": 1}


def test_json_and_yaml_say_the_same(
    loader: Loader, example: Path, storage: Storage, tmp_path: Path
) -> None:
    document = yaml.safe_load(example.read_text())
    loader.load([a_file(tmp_path, json.dumps(document), "example.json")])
    with storage.reading() as db:
        assert get_app(db, KEY) is not None


def test_what_is_drawn_and_made_is_the_same_every_time() -> None:
    assert drawing.logo("Tidy Boards") == drawing.logo("Tidy Boards")
    assert drawing.logo("Tidy Boards") != drawing.logo("Untidy Boards")
    assert drawing.banner("Tidy", "Boards") == drawing.banner("Tidy", "Boards")
    assert drawing.screenshot("Tidy", "Rules") != drawing.screenshot("Tidy", "Boards")
    assert jar(KEY, "Tidy", "1.0.0") == jar(KEY, "Tidy", "1.0.0")


def test_a_made_jar_says_whose_it_is_whatever_its_name_holds() -> None:
    content = io.BytesIO(jar(KEY, 'Boards & "<Cards>"', "1.0.0"))
    assert described(content) == (KEY, 'Boards & "<Cards>"', "1.0.0")


def described(content: io.BytesIO) -> tuple[str | None, ...]:
    """The key, the name and the version in a jar."""
    with zipfile.ZipFile(content) as archive:
        root = ElementTree.fromstring(archive.read("atlassian-plugin.xml"))
    return root.get("key"), root.get("name"), root.findtext("plugin-info/version")

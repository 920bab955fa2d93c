"""Host applications and their versions in SQL."""

from datetime import date

import pytest

from haymarket.applications import store
from haymarket.applications.model import Application, HostVersion
from haymarket.storage import Storage

JIRA = Application(
    "jira",
    "Jira",
    introduction="Plan and track",
    key_aliases=("jira-software",),
    compatibility_mode="minor",
    hosting=frozenset({"cloud", "server"}),
    connect=frozenset({"cloud"}),
    description="A tracker",
    learn_more="https://jira.example",
    download_page="https://jira.example/get",
)


def a_version(build: int, name: str, application: str = "jira") -> HostVersion:
    return HostVersion(application, build, name, date(2026, 1, build % 28 + 1))


@pytest.fixture
def jira(storage: Storage) -> Application:
    """An application with three versions, of which the newest is not published."""
    with storage.writing(None) as db:
        store.save_application(db, JIRA)
        store.save_host_versions(
            db,
            [
                a_version(800, "8.0.0"),
                a_version(810, "8.1.0"),
                HostVersion("jira", 900, "9.0.0", date(2026, 12, 1), True, "unpublished"),
            ],
        )
    return JIRA


def test_an_application_comes_back_as_it_was_saved(storage: Storage, jira: Application) -> None:
    with storage.reading() as db:
        assert store.get_application(db, "jira") == jira
        assert store.list_applications(db) == [jira]


def test_a_former_key_leads_to_the_application(storage: Storage, jira: Application) -> None:
    with storage.reading() as db:
        assert store.get_application(db, "jira-software") == jira
        assert store.get_application(db, "confluence") is None


def test_a_key_wins_over_the_same_former_key_of_another(
    storage: Storage, jira: Application
) -> None:
    other = Application("acme", "Acme", key_aliases=("jira",))
    with storage.writing(None) as db:
        store.save_application(db, other)
    with storage.reading() as db:
        assert store.get_application(db, "jira") == jira


def test_saving_an_application_again_replaces_it_and_keeps_its_versions(
    storage: Storage, jira: Application
) -> None:
    changed = Application("jira", "Jira 2")
    with storage.writing(None) as db:
        store.save_application(db, changed)
    with storage.reading() as db:
        assert store.get_application(db, "jira") == changed
        assert store.list_host_versions(db, "jira", None, 0, 10)[1] == 3


def test_versions_are_listed_newest_first(storage: Storage, jira: Application) -> None:
    with storage.reading() as db:
        versions, count = store.list_host_versions(db, "jira", None, 1, 1)
        published = store.list_published_versions(db, "jira", None, 0, 10)
    assert (versions, count) == ([a_version(810, "8.1.0")], 3)
    assert published == ([a_version(810, "8.1.0"), a_version(800, "8.0.0")], 2)


def test_versions_after_a_build_have_strictly_greater_numbers(
    storage: Storage, jira: Application
) -> None:
    with storage.reading() as db:
        versions, count = store.list_host_versions(db, "jira", 810, 0, 10)
    assert ([each.build for each in versions], count) == ([900], 1)


def test_a_version_is_found_by_build_by_name_and_as_the_latest_published(
    storage: Storage, jira: Application
) -> None:
    with storage.reading() as db:
        assert store.get_host_version(db, "jira", 800) == a_version(800, "8.0.0")
        assert store.get_host_version_by_name(db, "jira", "8.1.0") == a_version(810, "8.1.0")
        assert store.latest_host_version(db, "jira") == a_version(810, "8.1.0")


@pytest.mark.parametrize("build", [1, -1, 2**63, 10**40, -(10**40)])
def test_a_build_that_is_not_kept_is_none(storage: Storage, jira: Application, build: int) -> None:
    with storage.reading() as db:
        assert store.get_host_version(db, "jira", build) is None


def test_a_name_with_a_nul_is_none(storage: Storage, jira: Application) -> None:
    with storage.reading() as db:
        assert store.get_host_version_by_name(db, "jira", "8.0.0\0") is None


def test_known_builds_are_the_published_ones_in_ascending_order(
    storage: Storage, jira: Application
) -> None:
    with storage.writing(None) as db:
        store.save_application(db, Application("acme", "Acme"))
        store.save_host_version(db, a_version(5, "1.0", "acme"))
    with storage.reading() as db:
        assert store.known_builds(db) == {
            "acme": [(5, "1.0")],
            "jira": [(800, "8.0.0"), (810, "8.1.0")],
        }


def test_saving_versions_again_replaces_them(storage: Storage, jira: Application) -> None:
    changed = HostVersion(
        "jira", 800, "8.0.0", date(2020, 1, 1), True, "published", date(2022, 1, 1)
    )
    with storage.writing(None) as db:
        store.save_host_versions(db, [changed, a_version(820, "8.2.0")])
    with storage.reading() as db:
        assert store.get_host_version(db, "jira", 800) == changed
        assert store.get_host_version(db, "jira", 810) == a_version(810, "8.1.0")
        assert store.list_host_versions(db, "jira", None, 0, 10)[1] == 4


def test_one_version_is_recorded_with_its_build(storage: Storage, jira: Application) -> None:
    with storage.writing(None) as db:
        before = db.head()
        store.save_host_version(db, a_version(820, "8.2.0"))
    with storage.reading() as db:
        [entry] = db.entries_after(before)
    assert (entry.kind, entry.subject) == ("application_version.saved", "jira")
    assert entry.details == {"build": 820}


def test_many_versions_are_recorded_in_one_row(storage: Storage, jira: Application) -> None:
    with storage.writing(None) as db:
        store.save_application(db, Application("acme", "Acme"))
        before = db.head()
        store.save_host_versions(db, [a_version(820, "8.2.0"), a_version(821, "8.2.1")])
        store.save_host_versions(db, [a_version(1, "1", "acme"), a_version(830, "8.3.0")])
        store.save_host_versions(db, [])
    with storage.reading() as db:
        rows = db.entries_after(before)
    assert [(row.kind, row.subject, row.details) for row in rows] == [
        ("application_versions.saved", "jira", {"builds": {"jira": [820, 821]}}),
        ("application_versions.saved", "", {"builds": {"acme": [1], "jira": [830]}}),
        ("application_versions.saved", "", {"builds": {}}),
    ]

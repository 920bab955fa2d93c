"""Categories, in SQL and over HTTP."""

from typing import Any

import pytest
from litestar.testing import TestClient

from haymarket.applications.model import Application
from haymarket.applications.store import save_application
from haymarket.categories import store, wire
from haymarket.categories.model import Category
from haymarket.hal import encode
from haymarket.storage import Storage

CHARTS = Category(2, "Charts & diagramming", "jira")
MACROS = Category(40, "Macros", "confluence")

CHARTS_SHOWN = {
    "_links": {
        "self": {"href": "/rest/2/addonCategories/2"},
        "application": {"href": "/rest/2/applications/jira"},
        "addons": {"href": "/rest/2/addons?category=Charts%20%26%20diagramming"},
    },
    "name": "Charts & diagramming",
    "functional": False,
}


@pytest.fixture(autouse=True)
def categories(storage: Storage) -> None:
    """Two categories of two applications."""
    with storage.writing(None) as db:
        store.save_category(db, MACROS)
        store.save_category(db, CHARTS)


def test_all_categories_are_listed_whatever_the_application(client: TestClient[Any]) -> None:
    answer = client.get("/rest/2/addonCategories/app/confluence")
    assert answer.status_code == 200
    assert answer.json() == {
        "_links": {
            "self": {"href": "/rest/2/addonCategories/app/confluence"},
            "parent": {"href": "/rest/2/applications/confluence"},
        },
        "_embedded": {
            "categories": [
                CHARTS_SHOWN,
                {
                    "_links": {
                        "self": {"href": "/rest/2/addonCategories/40"},
                        "application": {"href": "/rest/2/applications/confluence"},
                        "addons": {"href": "/rest/2/addons?category=Macros"},
                    },
                    "name": "Macros",
                    "functional": False,
                },
            ]
        },
    }


def test_an_application_without_categories_of_its_own_lists_all_too(
    client: TestClient[Any], storage: Storage
) -> None:
    with storage.writing(None) as db:
        save_application(db, Application("bitbucket", "Bitbucket", key_aliases=("stash",)))
    for key in ("bitbucket", "stash"):
        body = client.get(f"/rest/2/addonCategories/app/{key}").json()
        assert len(body["_embedded"]["categories"]) == 2


@pytest.mark.parametrize("key", ["none", "other"])
def test_the_categories_of_an_unknown_application_are_not_found(
    client: TestClient[Any], key: str
) -> None:
    answer = client.get(f"/rest/2/addonCategories/app/{key}")
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["code"] == "NOT_FOUND"


def test_a_category_is_shown_by_its_number(client: TestClient[Any]) -> None:
    assert client.get("/rest/2/addonCategories/2").json() == CHARTS_SHOWN


@pytest.mark.parametrize("number", ["1", "-1", "x", str(2**63), "9" * 30, str(-(10**30))])
def test_an_unknown_category_is_not_found(client: TestClient[Any], number: str) -> None:
    assert client.get(f"/rest/2/addonCategories/{number}").status_code == 404


def test_a_summary_has_only_its_own_link() -> None:
    expected = b'{"_links":{"self":{"href":"/rest/2/addonCategories/40"}},"name":"Macros"}'
    assert encode(wire.summary(MACROS)) == expected


def test_categories_are_found_by_number_and_by_name(storage: Storage) -> None:
    with storage.reading() as db:
        assert store.list_categories(db) == [CHARTS, MACROS]
        assert store.categories_by_id(db, {40, 41}) == {40: MACROS}
        assert store.categories_by_id(db, []) == {}
        assert store.category_by_name(db, "Charts & diagramming") == CHARTS
        assert store.category_by_name(db, "charts & diagramming") is None
        assert store.category_by_name(db, "Macros\0") is None


def test_of_two_categories_with_one_name_the_first_is_found(storage: Storage) -> None:
    with storage.writing(None) as db:
        store.save_category(db, Category(50, "Macros", "jira"))
    with storage.reading() as db:
        assert store.category_by_name(db, "Macros") == MACROS


def test_saving_a_category_again_replaces_it(storage: Storage) -> None:
    with storage.writing(None) as db:
        before = db.head()
        store.save_category(db, Category(40, "Makros", "confluence"))
    with storage.reading() as db:
        assert store.get_category(db, 40) == Category(40, "Makros", "confluence")
        [entry] = db.entries_after(before)
    assert (entry.kind, entry.subject) == ("category.saved", "40")

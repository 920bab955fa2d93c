"""A marketplace with the 2,290 listings of the reference material, once for all tests here."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from given import FakeClock
from haymarket.accounts.model import ANONYMOUS
from haymarket.apps.model import LONGEST_NAME
from haymarket.assets.files import open_files
from haymarket.catalogue.pages import ListOf, from_shelf
from haymarket.catalogue.query import AppQuery
from haymarket.catalogue.shelf import Shelf
from haymarket.commands.loading import BASICS, world
from haymarket.loading.load import Loader
from haymarket.paging import Page
from haymarket.paths import ADDONS
from haymarket.settings import Settings
from haymarket.storage import open_storage
from haymarket.storage.migrate import migrate
from haymarket.versions.actions import Desk
from relevance.mistyping import Names

Apps = list[dict[str, Any]]
Search = Callable[..., Apps]


@pytest.fixture(scope="session")
def listings(shared: Path) -> Path:
    """The file with the listings."""
    return shared / "data" / "listings.json"


@pytest.fixture(scope="session")
def names(listings: Path) -> Names:
    """The names of the listings; of rows with the same key the last one counts."""
    rows = json.loads(listings.read_text("utf-8"))
    return Names({row["key"]: row["name"][:LONGEST_NAME] for row in rows})


@pytest.fixture(scope="session")
def shelf(listings: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """The search index of a marketplace that was loaded from the listings."""
    settings = Settings(data=tmp_path_factory.mktemp("listings"))
    storage = open_storage(settings.database_url, FakeClock())
    migrate(storage)
    desk = Desk(storage, open_files(settings), settings)
    Loader(desk, [world() / name for name in BASICS]).load([listings])
    shelf = Shelf(settings.data / "index", storage, settings.base_url)
    shelf.catch_up()
    yield shelf
    shelf.close()
    storage.close()


@pytest.fixture(scope="session")
def search(shelf: Shelf) -> Search:
    """What a stranger gets for a text: `search(text, offset=0, limit=10, explain=False)`."""

    def ask(text: str, offset: int = 0, limit: int = 10, explain: bool = False) -> Apps:
        wished = ListOf(ADDONS, [], Page(offset, limit), AppQuery(text=text, explain=explain))
        apps: Apps = json.loads(from_shelf(shelf, ANONYMOUS, wished))["_embedded"]["addons"]
        return apps

    return ask


@pytest.fixture(scope="session")
def found(search: Search) -> Callable[[str], list[str]]:
    """The keys of the first page for a text."""
    return lambda text: [app["key"] for app in search(text)]

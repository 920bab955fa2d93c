"""Reviews in files: they arrive, twice is once, and figures of files are their base."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from given import ACME, FakeClock, Json, a_contact, a_kept_app, a_user, a_vendor
from haymarket.apps.model import Figures
from haymarket.apps.store import get_app
from haymarket.assets.files import open_files
from haymarket.loading.format import BadFile, Document, read_file
from haymarket.loading.load import Loader
from haymarket.reviews.store import count_reviews, find_reviews
from haymarket.sandbox.seed import world
from haymarket.settings import Settings
from haymarket.storage import Storage
from haymarket.versions.actions import Desk

KEY, FILED = "com.acme.draw", "com.acme.filed"
WHOLE: Json = {
    "app": KEY,
    "author": "wren@customer.example",
    "stars": 1,
    "review": "It <b>stops</b>",
    "at": "2026-10-01T12:30:00Z",
    "hosting": "cloud",
    "helpful": ["ines@customer.example"],
    "unhelpful": ["anna@acme.example"],
    "response": "<p>Not any more</p><script>x</script>",
}
SHORT: Json = {
    "app": KEY,
    "author": "ines@customer.example",
    "stars": 4,
    "at": "2026-10-02T00:00:00+02:00",
}


@pytest.fixture
def app_id(storage: Storage) -> int:
    """The number of an app that was counted elsewhere before."""
    a_vendor(storage, ACME, "Acme")
    a_contact(storage, "anna@acme.example", ACME)
    for name in ("wren", "ines"):
        a_user(storage, f"{name}@customer.example")
    return a_kept_app(storage, KEY, figures=Figures(stars=3.0, reviews=2)).id


@pytest.fixture
def desk(storage: Storage, settings: Settings) -> Desk:
    """The marketplace as a loader needs it."""
    return Desk(storage, open_files(settings), settings)


def load(desk: Desk, folder: Path, **lists: Any) -> dict[str, int]:
    """How many of each were loaded from a file."""
    path = folder / "reviews.yaml"
    path.write_text(yaml.safe_dump({"haymarket": 1, **lists}))
    return Loader(desk, []).load([path]).counts


def a_filed_app(**told: Any) -> Json:
    """An app as files have it."""
    return {"key": FILED, "name": "Filed", "vendor": ACME, "versions": [], **told}


def figures(desk: Desk, key: str = KEY) -> tuple[float, int]:
    """Stars and reviews in the row of an app."""
    with desk.storage.reading() as db:
        app = get_app(db, key)
    assert app is not None
    return app.figures.stars, app.figures.reviews


def test_reviews_arrive_and_twice_is_once(
    desk: Desk, tmp_path: Path, app_id: int, clock: FakeClock
) -> None:
    for _ in range(2):
        assert load(desk, tmp_path, reviews=[WHOLE, SHORT]) == {"reviews": 2}
        with desk.storage.reading() as db:
            newer, older = find_reviews(db, app_id, None, "recent", (0, 10))
        assert (newer.author, newer.stars, newer.text) == ("Ines", 4, None)
        assert (older.text, older.hosting) == ("It stops", "cloud")
        assert (older.votes, older.helpful) == (2, 1)
        assert older.response == "<p>Not any more</p>"
        assert figures(desk) == ((3.0 * 2 + 5) / 4, 4)


def test_the_figures_of_a_file_are_the_base_of_the_reviews(
    desk: Desk, tmp_path: Path, storage: Storage
) -> None:
    a_vendor(storage, ACME, "Acme")
    a_user(storage, "wren@customer.example")
    filed = a_filed_app(figures={"stars": 3.0, "reviews": 3})
    load(desk, tmp_path, apps=[filed])
    assert figures(desk, FILED) == (3.0, 3)
    mine = {"app": FILED, "author": "wren@customer.example", "stars": 1, "at": SHORT["at"]}
    load(desk, tmp_path, reviews=[mine])
    assert figures(desk, FILED) == (2.5, 4)
    load(desk, tmp_path, apps=[filed])
    assert figures(desk, FILED) == (2.5, 4)
    load(desk, tmp_path, apps=[a_filed_app(figures={"stars": 4.0, "reviews": 2})])
    assert figures(desk, FILED) == (3.0, 3)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"app": "com.acme.unknown"}, "reviews[0].app: there is no app"),
        ({"author": "nobody@customer.example"}, "reviews[0].author: there is no user"),
        ({"author": "anna@acme.example"}, "reviews[0].author: "),
        ({"author": "wren"}, "reviews[0].author: "),
        ({"stars": 5}, "reviews[0].stars: "),
        ({"review": "x" * 5001}, "reviews[0].review: "),
        ({"response": "<script>x</script>"}, "reviews[0].response: "),
        ({"hosting": "dataCenter"}, "reviews[0].hosting: "),
        ({"at": "2027-10-01T12:30:00Z"}, "reviews[0].at: "),
        ({"at": "2026-10-01"}, "reviews[0].at: "),
        ({"helpful": ["wren@customer.example"]}, "reviews[0].helpful[0]: "),
        ({"unhelpful": ["ines@customer.example"]}, "reviews[0].unhelpful[0]: "),
        ({"helpful": ["nobody@customer.example"]}, "reviews[0].helpful[0]: there is no user"),
        ({"colour": "red"}, "reviews[0]: "),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(
    desk: Desk, tmp_path: Path, app_id: int, change: Json, place: str
) -> None:
    with pytest.raises(BadFile) as refused:
        load(desk, tmp_path, reviews=[WHOLE | change])
    assert place in str(refused.value)
    with desk.storage.reading() as db:
        assert count_reviews(db, app_id) == (0, 0)
    assert figures(desk) == (3.0, 2)


def test_the_sandbox_has_reviews_of_two_apps_with_an_answer() -> None:
    document = read_file(world() / "70-reviews.yaml")
    assert isinstance(document, Document)
    assert {each.app for each in document.reviews} == {
        "example.larkspur.tidy-boards",
        "example.larkspur.hourglass",
    }
    assert {bool(each.response) for each in document.reviews} == {True, False}
    assert any(each.helpful and each.unhelpful for each in document.reviews)

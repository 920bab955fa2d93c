"""Each order has one place for every app, and is the order that its definition makes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.search.samples import NOW, Catalogue, a_version, an_app
from haymarket.apps.model import App, Figures
from haymarket.catalogue.query import AppQuery
from haymarket.catalogue.search.ask import ORDER_OF, Sight, ask
from haymarket.catalogue.search.schema import rating, trend
from haymarket.catalogue.search.words import plain
from haymarket.versions.compatibility import Compatibility
from haymarket.versions.model import Version
from haymarket.versions.wanted import Wanted

SOLD = a_version(Compatibility("jira", cloud=True), payment_model="atlassian")
FREE = a_version(Compatibility("jira", cloud=True))
ENTRY = tuple[App, list[Version]]


def _listed(app: App) -> datetime:
    return app.listed_at or app.created_at


def _sold(app: App, versions: list[Version]) -> int:
    return (app.figures.users or app.figures.installs or 0) if SOLD in versions else 0


def _popular(app: App) -> tuple[int, int]:
    return app.figures.installs or 0, min(app.figures.downloads // 1000, 999)


VALUES: dict[str, Callable[[App, list[Version]], Any]] = {
    "popular": lambda app, versions: _popular(app),
    "highest-rated": lambda app, versions: round(rating(app) * 1_000_000),
    "recent": lambda app, versions: app.modified_at,
    "new": lambda app, versions: _listed(app),
    "top-grossing": _sold,
    "trending": lambda app, versions: round(trend(app.figures.installs or 0, _listed(app)) * 1000),
}
"""What is greater comes first; of equals, the app with the smaller number."""

moments = st.integers(0, 4000).map(lambda days: NOW - timedelta(days=days))
figures = st.builds(
    Figures,
    downloads=st.sampled_from([0, 999, 1000, 12_345, 9_999_999]),
    installs=st.none() | st.sampled_from([0, 1, 10, 500, 250_000, 500_000_000]),
    users=st.none() | st.sampled_from([0, 7, 90_000]),
    stars=st.sampled_from([0.0, 2.5, 3.9, 4.0]),
    reviews=st.sampled_from([0, 1, 10, 2000]),
)
facts = st.fixed_dictionaries(
    {"figures": figures, "modified_at": moments, "listed_at": st.none() | moments}
)


@st.composite
def catalogues(draw: st.DrawFn) -> list[ENTRY]:
    """Apps in no order, some with the same name, some sold."""
    numbers = draw(st.lists(st.integers(1, 50), unique=True, min_size=2, max_size=8))
    names = st.sampled_from(["Alpha", "alpha", "Álpha Two", "Beta", "\U0001f389"])
    sold = st.sampled_from([[FREE], [SOLD], [FREE, SOLD], []])
    return [(an_app(number, draw(names), **draw(facts)), draw(sold)) for number in numbers]


@settings(max_examples=30, deadline=None)
@given(catalogues())
def test_every_order_is_the_one_of_its_definition(apps: list[ENTRY]) -> None:
    index = Catalogue(apps)
    for order, value in VALUES.items():
        by_number = sorted(apps, key=lambda each: each[0].id)
        expected = sorted(by_number, key=lambda each: value(*each), reverse=True)
        query = AppQuery(filter=order)  # type: ignore[arg-type]
        found = index.ids(ask(index, query, Wanted(), Sight()))
        assert found == [app.id for app, _ in expected], order


@settings(max_examples=30, deadline=None)
@given(catalogues())
def test_names_are_ordered_by_their_words_and_then_by_key(apps: list[ENTRY]) -> None:
    index = Catalogue(apps)
    expected = sorted((plain(app.name), app.key, app.id) for app, _ in apps)
    found = index.ids(ask(index, AppQuery(filter="name"), Wanted(), Sight()))
    assert found == [number for _, _, number in expected]


def test_without_a_text_and_an_order_popular_apps_come_first() -> None:
    apps = [(an_app(each, "App", figures=Figures(installs=each)), [FREE]) for each in (1, 3, 2)]
    index = Catalogue(apps)
    assert index.ids(ask(index, AppQuery(), Wanted(), Sight())) == [3, 2, 1]


def test_every_order_is_tested_here() -> None:
    assert VALUES.keys() | {"name"} == ORDER_OF.keys()


@pytest.mark.parametrize("order", sorted(ORDER_OF))
def test_a_text_with_an_order_keeps_the_order(order: Any) -> None:
    apps = [
        (an_app(each, f"Draw {each}", figures=Figures(installs=each)), [FREE])
        for each in range(1, 6)
    ]
    index = Catalogue([*apps, (an_app(9, "Other"), [FREE])])
    whole = index.ids(ask(index, AppQuery(filter=order), Wanted(), Sight()))
    assert index.find("draw", filter=order) == [each for each in whole if each != 9]


def test_one_good_review_does_not_lead() -> None:
    loved = an_app(1, "Loved", figures=Figures(stars=4.0, reviews=1))
    proven = an_app(2, "Proven", figures=Figures(stars=3.8, reviews=400))
    assert rating(proven) > rating(loved) > rating(an_app(3, "New"))


def test_half_a_year_weighs_as_much_as_ten_times_the_installs() -> None:
    later = NOW + timedelta(days=182)
    assert trend(99, later) == pytest.approx(trend(999, NOW), abs=0.001)

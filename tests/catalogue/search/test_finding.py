"""What a text finds, and that no text is too odd to be asked."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.search.samples import Catalogue, an_app, names
from haymarket.apps.model import Figures
from haymarket.catalogue.query import AppQuery
from haymarket.catalogue.search.ask import Sight, by_name
from haymarket.versions.wanted import Wanted

SOME = names(
    "ScriptRunner for Jira",
    "Draw Box",
    "draw.io Diagrams",
    "Checklists",
    "Gantt Charts for Jira",
    "日本語 Language Pack",
    "C++ Highlighter",
    "Tests for Bamboo",
)

ODD = [
    "",
    " \t\n",
    "the for and",
    "for the app",
    "C++",
    ".NET",
    "?!*",
    "\U0001f389",
    "\U0001f469‍\U0001f4bb party",
    "日本",
    "a\x00b",
    "\ud800",
    "draw\udfff box",
    'name:"draw" AND (box OR -io)^2~3 [a TO z] {x} \\ / + ! *',
    "x" * 1000,
    "word " * 200,
    " ".join(f"term{number}" for number in range(160)),
    "com.acme.app1",
    "ש לום مرحبا",
    "İstanbul ß ﬁ",
]


@pytest.mark.parametrize("text", ODD)
def test_no_text_is_too_odd(text: str) -> None:
    SOME.find(text)
    SOME.ids(by_name(SOME, AppQuery(text=text), Wanted(), Sight()))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_asked(text: str) -> None:
    SOME.find(text)


@pytest.mark.parametrize("text", ["", "  "])
def test_a_text_of_nothing_is_no_text(text: str) -> None:
    assert len(SOME.find(text)) == 8


@pytest.mark.parametrize("text", ["?!*", "\U0001f389", "qqqqq"])
def test_a_text_that_means_nothing_finds_nothing(text: str) -> None:
    assert SOME.find(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("scriptrunner", 1),
        ("script runner", 1),
        ("scriptruner", 1),
        ("scirptrunner", 1),
        ("scriptrunnner", 1),
        ("scriptrunnex for jira", 1),
        ("scriptr", 1),
        ("SCRIPTRUNNER FOR JIRA", 1),
        ("runner", 1),
        ("drawbox", 2),
        ("drawb", 2),
        ("draw box", 2),
        ("drawio", 3),
        ("draw io", 3),
        ("diagram", 3),
        ("checklist", 4),
        ("checklst", 4),
        ("checklist plugin for jira", 4),
        ("the checklists app", 4),
        ("com.acme.app5", 5),
        ("gantt", 5),
        ("ganttchart", 5),
        ("日本", 6),
        ("語", 6),
        ("c++", 7),
        ("testing", 8),
    ],
)
def test_the_app_that_is_meant_comes_first(text: str, found: int) -> None:
    assert SOME.find(text)[0] == found


def test_a_word_of_three_letters_finds_one_of_four_only_if_it_is_unknown() -> None:
    apps = names("Wiki", "Kit", "Klt")
    assert apps.find("wki") == [1]
    assert apps.find("kit") == [2]


def test_the_exact_name_beats_the_most_popular_app() -> None:
    star = an_app(1, "Time Tracker Pro Time Tracker", figures=Figures(installs=10**6, stars=4.0))
    exact = an_app(2, "Time Tracker")
    assert Catalogue([(star, ()), (exact, ())]).find("time tracker") == [2, 1]


def test_of_equal_names_the_more_popular_app_is_first() -> None:
    apps = [(an_app(each, "Notes", figures=Figures(installs=10**each)), ()) for each in (1, 3, 2)]
    assert Catalogue(apps).find("notes") == [3, 2, 1]


def test_a_word_in_the_name_beats_one_in_the_summary() -> None:
    told = an_app(1, "Boards", summary="Draws charts")
    named = an_app(2, "Charts")
    assert Catalogue([(told, ()), (named, ())]).find("charts") == [2, 1]


def test_few_hits_are_followed_by_apps_with_some_of_the_words() -> None:
    apps = names("Risk Register", "Risk Matrix", "Register of Assets", "Poker")
    assert apps.find("risk register")[0] == 1
    assert sorted(apps.find("risk register")) == [1, 2, 3]


def test_what_is_written_without_a_space_needs_all_its_words() -> None:
    apps = names("draw.io", "Draw", "Port.io")
    assert apps.find("draw.io") == [1]
    assert apps.find("com.acme.app3") == [3]


def test_an_order_is_not_diluted_by_apps_with_some_of_the_words() -> None:
    apps = names("Risk Register", "Risk Matrix")
    assert apps.find("risk register", filter="popular") == [1]


def test_a_word_that_most_names_have_is_not_needed() -> None:
    apps = names("Orrery", *(f"Number {each} for Jira" for each in range(12)))
    assert apps.find("orrery jira")[0] == 1


def test_keywords_and_categories_and_vendors_find_an_app() -> None:
    tags = {"keywords": [{"id": "kanban"}, {"id": "x", "name": "Swim lane"}]}
    index = Catalogue([(an_app(1, "Boards", tags=tags), ()), (an_app(2, "Other"), ())])
    assert index.find("kanban") == index.find("swim lane")[:1] == [1]
    assert sorted(index.find("reports")) == sorted(index.find("acme")) == [1, 2]


def test_the_brief_search_looks_at_names_only() -> None:
    told = an_app(1, "Boards", summary="Charts")
    index = Catalogue([(told, ()), (an_app(2, "Charts"), ())])
    for text in ("charts", "chart", "chrats", "cha"):
        assert index.ids(by_name(index, AppQuery(text=text), Wanted(), Sight())) == [2], text


def test_an_app_with_odd_texts_is_kept_and_found() -> None:
    odd = an_app(1, "Na\ud800me\x00 Box", tag_line="\udfff", summary="e\u0301clair \U0001f389")
    index = Catalogue([(odd, ())])
    assert index.find("box") == index.find("Éclair") == [1]

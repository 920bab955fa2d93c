"""An explanation says what met the text where, and accounts for the whole score."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calling import Api
from given import Person, a_kept_app, a_vendor
from haymarket.apps.model import Figures
from haymarket.catalogue.search.explain import one_typo

FIGURES = Figures(installs=1200, stars=3.5, reviews=40)


@pytest.fixture
def drawings(api: Api) -> Api:
    """A marketplace with apps for drawing."""
    a_vendor(api.storage, 12, "Acme Tools")
    facts: list[dict[str, Any]] = [
        {"key": "com.acme.draw", "name": "DrawBox for Jira", "tag_line": "Diagrams for all"},
        {"key": "com.acme.pad", "name": "Sketchpad", "summary": "Draws boxes by the dozen"},
        {"key": "com.acme.chart", "name": "Charts", "category_ids": (30,), "figures": FIGURES},
    ]
    for each in facts:
        a_kept_app(api.storage, **each)
    api.settle()
    return api


def explained(api: Api, who: Person, text: str) -> dict[str, dict[str, float]]:
    """The parts of each hit's score by key, after a look at whether they account for it."""
    answer = api.get(who, "addons", text=text, explain="true").json()
    found = {}
    for app in answer["_embedded"]["addons"]:
        told = app["explain"]
        total = sum(told["parts"].values()) * math.log2(2 + told["popularity"])
        assert told["score"] == pytest.approx(total, rel=0.001, abs=0.01)
        found[app["key"]] = told["parts"]
    return found


@pytest.mark.parametrize(
    ("text", "key", "parts"),
    [
        ("drawbox", "draw", ["drawbox in name", "short name", "start of the name"]),
        ("drawbx", "draw", ["drawbx ~ drawbox in name (typo)", "nearly the short name"]),
        ("drawb", "draw", ["drawb ~ drawbox in name (start)", "start of the name"]),
        (
            "draw box",
            "draw",
            ["draw in name", "box in name", "draw box ~ drawbox in name (joined)"],
        ),
        ("diagram", "draw", ["diagram ~ diagrams in tag line (stem)"]),
        ("dozen", "pad", ["dozen in summary"]),
        ("dozne", "pad", ["dozne ~ dozen in summary (typo)"]),
        ("com.acme.pad", "pad", ["com in key", "acme in vendor", "pad in key", "key"]),
        ("tools", "chart", ["tools in vendor"]),
        ("diagrams", "chart", ["diagrams in category"]),
    ],
)
def test_parts_say_which_word_was_met_where(
    drawings: Api, anonymous: Person, text: str, key: str, parts: list[str]
) -> None:
    told = explained(drawings, anonymous, text)[f"com.acme.{key}"]
    assert set(parts) <= set(told), told
    assert all(value > 0 for value in told.values())


def test_callers_with_credentials_are_told_the_same(
    drawings: Api, anonymous: Person, stranger: Person
) -> None:
    for text in ("draw", "drawbx", "boxes by the dozen", "charts acme"):
        assert explained(drawings, stranger, text) == explained(drawings, anonymous, text)


def test_having_every_word_is_told_where_some_are_enough(drawings: Api, anonymous: Person) -> None:
    told = explained(drawings, anonymous, "sketchpad dozen")
    assert "every word" in told["com.acme.pad"]


def test_without_a_text_there_is_nothing_to_explain(drawings: Api, anonymous: Person) -> None:
    answer = drawings.get(anonymous, "addons", explain="true").json()
    assert all("explain" not in app for app in answer["_embedded"]["addons"])


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("chart", "chart", True),
        ("chart", "chatr", True),
        ("chart", "chat", True),
        ("chart", "charts", True),
        ("chart", "hart", True),
        ("chart", "short", False),
        ("chart", "cahrts", False),
        ("", "a", True),
        ("ab", "ba", True),
        ("abc", "cba", False),
    ],
)
def test_what_counts_as_one_typo(one: str, other: str, near: bool) -> None:
    assert one_typo(one, other) is near
    assert one_typo(other, one) is near


@given(st.text("abc", max_size=6), st.data())
def test_one_change_is_one_typo(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word)))
    letter = data.draw(st.sampled_from("abc"))
    assert one_typo(word, word[:at] + letter + word[at:])
    assert one_typo(word, word[:at] + letter + word[at + 1 :])
    assert one_typo(word, word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :])

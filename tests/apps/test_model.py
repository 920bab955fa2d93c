"""The rules of an app's facts."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from haymarket.apps.model import (
    FIXED_PATHS,
    App,
    problems_of_key,
    problems_of_listing,
    problems_of_texts,
)

NOW = datetime(2026, 11, 24, tzinfo=UTC)
APP = App(1, "com.acme.draw", "Draw", 12, "private", NOW, NOW, summary="Boxes", tag_line="Draw")


@pytest.mark.parametrize(
    "key", ["a", "com.acme.draw", "A_b-C.9", "x" * 255, "-", "...", "archived.app", "Archived"]
)
def test_a_key_is_made_of_letters_digits_dots_dashes_and_underscores(key: str) -> None:
    assert problems_of_key(key) == []


@pytest.mark.parametrize(
    "key",
    ["", " ", "a b", "a/b", "a%2Fb", "käse", "a\n", "a\0", "x" * 256, "a?b", *sorted(FIXED_PATHS)],
)
def test_a_key_of_other_characters_or_a_word_of_the_api_is_none(key: str) -> None:
    assert [each.path for each in problems_of_key(key)] == ["/key"]


@pytest.mark.parametrize(
    ("facts", "paths"),
    [
        ({}, []),
        ({"name": "x" * 60, "tag_line": "x" * 130, "summary": "x" * 250}, []),
        ({"tag_line": None, "summary": None}, []),
        ({"category_ids": (1, 2, 3, 4)}, []),
        ({"name": "x" * 61}, ["/name"]),
        ({"name": "\t "}, ["/name"]),
        ({"tag_line": "x" * 131, "summary": "x" * 251}, ["/tagLine", "/summary"]),
        ({"category_ids": (1, 2, 3, 4, 5)}, ["/_links/categories"]),
    ],
)
def test_texts_have_their_lengths(facts: dict[str, Any], paths: list[str]) -> None:
    found = problems_of_texts(replace(APP, **facts))
    assert [each.path for each in found] == paths


def test_a_length_is_told_as_the_newer_api_tells_it() -> None:
    [problem] = problems_of_texts(replace(APP, name="x" * 61))
    assert problem.message.startswith("Invalid value for name. Cannot be longer than 60 characters")


@pytest.mark.parametrize(
    ("facts", "paths"),
    [
        ({}, []),
        ({"summary": None}, ["/summary"]),
        ({"tag_line": " "}, ["/tagLine"]),
        ({"summary": "", "tag_line": None}, ["/summary", "/tagLine"]),
    ],
)
def test_a_listing_has_summary_and_tag_line(facts: dict[str, Any], paths: list[str]) -> None:
    assert [each.path for each in problems_of_listing(replace(APP, **facts))] == paths


def test_an_app_is_listed_when_it_is_public_and_nothing_else() -> None:
    for status in ("private", "submitted", "rejected", "readytolaunch", "public"):
        assert replace(APP, status=status).is_listed is (status == "public")


def test_the_state_knows_whether_an_approval_is_recorded() -> None:
    assert not APP.state.approved
    assert replace(APP, approved_at=NOW).state.approved

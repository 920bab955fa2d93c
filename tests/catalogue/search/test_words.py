"""Texts become the same words wherever they come from."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haymarket.catalogue.search.words import parts_of, plain, short_name, stem, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Issue Checklist", ["issue", "checklist"]),
        ("ScriptRunner", ["scriptrunner"]),
        ("draw.io", ["draw", "io"]),
        ("com.acme.draw-box_2", ["com", "acme", "draw", "box", "2"]),
        ("Don't", ["don", "t"]),
        ("C++ & .NET", ["c", "net"]),
        ("SonarQube Server™", ["sonarqube", "server"]),
        ("\U0001f389 Party", ["party"]),
        ("a\x00b", ["a", "b"]),
        ("日本語 Wiki", ["日", "本", "語", "wiki"]),
        ("Wikiを使う", ["wiki", "を", "使", "う"]),
        ("한국어 팩", ["한국어", "팩"]),
        ("Поиск", ["поиск"]),
    ],
)
def test_words_are_letters_and_digits_in_lower_case(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize("text", ["ÉCOLE", "école", "e\u0301cole", "Ecole", "ＥＣＯＬＥ"])
def test_accents_case_and_width_make_no_difference(text: str) -> None:
    assert words(text) == ["ecole"]


def test_what_no_document_can_hold_ends_a_word() -> None:
    assert words("a\ud800b") == ["a", "b"]


def test_a_word_that_is_too_long_is_left_out() -> None:
    assert words(f"short {'x' * 61} words") == ["short", "words"]


@given(st.text())
def test_any_text_has_words_that_are_words(text: str) -> None:
    for word in words(text):
        assert words(word) == [word]


@given(st.text(st.characters(categories=["Lu", "Ll", "Nd", "Zs"], max_codepoint=0x17F)))
def test_a_text_has_the_same_words_decomposed(text: str) -> None:
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("one", "other"),
    [("diagram", "diagrams"), ("tracking", "tracker"), ("exporting", "exports")],
)
def test_forms_of_a_word(one: str, other: str) -> None:
    assert (stem(one) == stem(other)) is (one != "tracking")


def test_plain_names_are_compared_by_their_words() -> None:
    assert plain("  Draw-Box:  for JIRA! ") == "draw box for jira"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("ScriptRunner for Jira", "scriptrunner"),
        ("Structure by Tempo", "structure"),
        ("Xporter - Export issues", "xporter"),
        ("draw.io Diagrams | UML, BPMN", "draw io diagrams"),
        ("Rich Filters::PDF Reports", "rich filters"),
        ("Time to SLA", "time to sla"),
        ("(free) Notes", ""),
    ],
)
def test_people_leave_out_the_explanation_behind_a_name(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("ScriptRunner", "script runner scriptrunner"),
        ("Draw Box", "draw box drawbox drawbox"),
        ("JSONViewer", "json viewer jsonviewer"),
        ("draw.io", "draw io drawio drawio"),
        ("Xray", "xray"),
        ("", ""),
    ],
)
def test_a_name_is_known_by_its_parts_and_by_neighbours_as_one(name: str, parts: str) -> None:
    assert parts_of(name) == parts

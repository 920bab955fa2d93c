"""Rules about reviews, for any numbers and words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haymarket.html import plain_text, words_of
from haymarket.reviews.actions import voted
from haymarket.reviews.model import NOTHING, Rated, initials_of, only_hosting, together

STARS = st.integers(0, 4)


@given(st.lists(STARS, max_size=30), st.floats(0, 4), st.integers(0, 1000))
def test_an_average_lies_between_what_it_is_made_of(
    stars: list[int], average: float, number: int
) -> None:
    base = Rated(average, number)
    found = together(base, len(stars), sum(stars))
    assert found.count == number + len(stars)
    if not stars:
        assert found == base
    else:
        parts = [*stars, average] if number else stars
        assert min(parts) - 1e-9 <= found.stars <= max(parts) + 1e-9


@given(st.lists(STARS))
def test_without_a_base_it_is_the_plain_average(stars: list[int]) -> None:
    found = together(NOTHING, len(stars), sum(stars))
    assert found == Rated(sum(stars) / len(stars) if stars else 0.0, len(stars))


@given(st.text(alphabet="<>&;abgltmpscript/ \n", max_size=60) | st.text(max_size=60))
def test_words_hold_no_markup_in_either_reading(text: str) -> None:
    found = words_of(text)
    assert plain_text(found) == found
    assert words_of(found) == found


def test_many_layers_of_escapes_come_to_an_end() -> None:
    assert words_of("&" + "amp;" * 1000 + "lt;script&gt;") == ""


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Uma Customer", "UC"),
        ("wren", "W"),
        ("Anna Maria Lis", "AM"),
        ("森 遥 (Haruka Mori)", "森遥"),
        ("ßen", "SS"),
        ("(x)", "-"),
        ("  ", "-"),
        ("/ etc", "E"),
    ],
)
def test_initials_fit_into_an_address(name: str, initials: str) -> None:
    assert initials_of(name) == initials


def test_the_hosting_is_told_where_there_is_but_one() -> None:
    assert only_hosting({"dataCenter"}) == "datacenter"
    assert only_hosting({"cloud"}) == "cloud"
    assert only_hosting({"cloud", "server"}) is None
    assert only_hosting(frozenset()) is None


@given(st.sampled_from([True, False, None]), st.booleans(), st.booleans())
def test_a_vote_is_what_was_said_last(known: bool | None, up: bool, state: bool) -> None:
    vote = voted(known, up, state)
    assert (vote is up) is state
    if not state:
        assert vote in (known, None)

"""Pages of a collection."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haymarket.errors import InvalidParameter
from haymarket.paging import LARGEST_OFFSET, Page, page, without_paging


def test_a_page_has_ten_items_unless_something_else_is_asked_for() -> None:
    assert page(None, None) == Page(0, 10, None)


def test_a_page_has_fifty_items_at_most_and_its_links_keep_what_was_asked_for() -> None:
    asked = page(None, 100)
    assert asked.limit == 50
    assert asked.next(200) == [("limit", "100"), ("offset", "50")]


@pytest.mark.parametrize(("offset", "limit"), [(-1, None), (None, -1), (LARGEST_OFFSET + 1, None)])
def test_a_page_that_can_not_be_is_refused_by_the_name_of_the_parameter(
    offset: int | None, limit: int | None
) -> None:
    with pytest.raises(InvalidParameter, match=r"^(offset|limit): must be"):
        page(offset, limit)


@pytest.mark.parametrize(
    ("offset", "limit", "count", "following", "before"),
    [
        (None, None, 10, None, None),
        (None, None, 11, [("offset", "10")], None),
        (10, None, 11, None, [("offset", "0")]),
        (10, 5, 16, [("limit", "5"), ("offset", "15")], [("limit", "5"), ("offset", "5")]),
        (3, 10, 11, None, [("limit", "10"), ("offset", "0")]),
        (None, 0, 100, None, None),
        (5, 0, 100, None, None),
        (None, None, 0, None, None),
    ],
)
def test_a_page_leads_to_the_ones_beside_it(
    offset: int | None,
    limit: int | None,
    count: int,
    following: list[tuple[str, str]] | None,
    before: list[tuple[str, str]] | None,
) -> None:
    window = page(offset, limit)
    assert window.next(count) == following
    assert window.previous() == before


@given(st.integers(1, 60), st.integers(0, 200))
def test_following_the_pages_shows_everything_once(limit: int, count: int) -> None:
    seen: list[int] = []
    window: Page | None = page(None, limit)
    while window is not None:
        seen += range(count)[window.offset : window.offset + window.limit]
        following = window.next(count)
        window = page(int(dict(following)["offset"]), limit) if following else None
    assert seen == list(range(count))


def test_the_rest_of_a_query_stays_in_its_order() -> None:
    query = [("a", "1"), ("offset", "5"), ("a", "2"), ("limit", "1")]
    assert without_paging(query) == [("a", "1"), ("a", "2")]

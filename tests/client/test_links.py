"""How links are read and templates are filled in."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haymarket.client.links import Values, expand, link, possible_link
from haymarket.client.outcomes import Unreachable


@pytest.mark.parametrize(
    ("template", "values", "expected"),
    [
        ("/a/{key}", {"key": "b c/d"}, "/a/b%20c%2Fd"),
        ("/a{?x,y*,z}", {"x": "1", "y": ["2", "3&4"]}, "/a?x=1&y=2&y=3%264"),
        ("/a{?x}", {}, "/a"),
        ("/a/{name}{?hosting}", {"name": "1.0", "hosting": "cloud"}, "/a/1.0?hosting=cloud"),
        ("/a?b=1{&c}", {"c": "2"}, "/a?b=1&c=2"),
        ("/a", {"unknown": "1"}, "/a"),
    ],
)
def test_a_template_is_filled_in(template: str, values: Values, expected: str) -> None:
    assert expand(template, values) == expected


@given(st.text(st.characters(codec="utf-8")))
def test_whatever_is_filled_in_stays_one_segment(text: str) -> None:
    path = expand("/a/{key}/b", {"key": text})
    assert path.count("/") == 3
    assert unquote(path.split("/")[2]) == text


def test_of_several_links_the_one_to_json_is_followed() -> None:
    page = {"href": "/page", "type": "text/html"}
    assert link({"_links": {"next": [page, {"href": "/json"}]}}, "next") == "/json"
    assert link({"_links": {"next": [{"href": "/j", "type": "application/json"}]}}, "next") == "/j"
    assert possible_link({"_links": {"next": page}}, "next") is None


@pytest.mark.parametrize("document", [{}, {"_links": []}, {"_links": {"a": "b"}}, {"_links": 3}])
def test_what_has_no_link_is_no_answer_of_a_marketplace(document: dict[str, object]) -> None:
    with pytest.raises(Unreachable, match="no link a"):
        link(document, "a")

"""Reading request documents."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from haymarket.errors import Invalid
from haymarket.web.bodies import read_json, shape


class Inner(msgspec.Struct):
    count: int


class Outer(msgspec.Struct):
    name: str
    inner: list[Inner] = []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[1,]",
        b"nope",
        b'{"a":1}x',
        b"NaN",
        b'"\xff"',
        b"\xff\xfe",
        b'"\\ud800"',
        b"1e999",
    ],
)
def test_what_is_no_json_is_refused_at_the_root(body: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        read_json(body)
    assert refused.value.path == ""


@pytest.mark.parametrize("depth", [2_000, 100_000])
def test_what_is_nested_too_deeply_is_refused(depth: int) -> None:
    with pytest.raises(Invalid, match="nested too deeply"):
        read_json(b"[" * depth + b"]" * depth)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (rb'"\u0000"', ""),
        (rb'{"a":[1,{"b":"x\u0000"}]}', "/a/1/b"),
        (rb'{"a":{"\u0000":1}}', "/a"),
    ],
)
def test_a_nul_character_is_refused_where_it_stands(body: bytes, path: str) -> None:
    with pytest.raises(Invalid, match=r"U\+0000") as refused:
        read_json(body)
    assert refused.value.path == path


def test_a_backslash_before_u0000_is_no_nul_character() -> None:
    assert read_json(rb'"\\u0000"') == r"\u0000"


@pytest.mark.parametrize(
    ("value", "message", "path"),
    [
        ({}, "name is required", "/name"),
        ({"name": 5}, "Expected `str`, got `int`", "/name"),
        ({"name": None}, "Expected `str`, got `null`", "/name"),
        ([], "Expected `object`, got `array`", ""),
        ({"name": "a", "inner": {}}, "Expected `array`, got `object`", "/inner"),
        ({"name": "a", "inner": [{"count": 1}, {}]}, "count is required", "/inner/1/count"),
        ({"name": "a", "inner": [{"count": True}]}, "Expected `int`, got `bool`", "/inner/0/count"),
    ],
)
def test_a_wrong_member_is_named_by_its_pointer(value: Any, message: str, path: str) -> None:
    with pytest.raises(Invalid) as refused:
        shape(value, Outer)
    assert (refused.value.message, refused.value.path) == (message, path)


def test_unknown_members_are_ignored() -> None:
    assert shape({"name": "a", "more": {"of": "it"}}, Outer) == Outer("a")


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(alphabet="ab~/ü", max_size=3), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(JSON_VALUES)
def test_every_json_value_is_read_as_it_was_written(value: Any) -> None:
    assert read_json(msgspec.json.encode(value)) == value

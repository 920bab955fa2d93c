"""JSON Patch over documents."""

import json
import time
from contextlib import suppress
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haymarket.errors import Invalid, Refused, TooLarge
from haymarket.web.patching import MOST_OPERATIONS, apply_patch, read_patch

IGNORED = ("/_embedded", "/_links/self")


def a_document() -> dict[str, Any]:
    return {
        "_links": {"self": {"href": "/rest/2/x"}, "logo": {"href": "/rest/2/assets/1"}},
        "_embedded": {"categories": [1, 2], "logo": {"a": 1}},
        "name": "Draw",
        "tags": ["a", "b"],
        "a/b": {"m~n": 1},
    }


def patched(*operations: dict[str, Any]) -> dict[str, Any]:
    read = read_patch(json.dumps(operations).encode())
    return apply_patch(a_document(), read, IGNORED)


def refusal(*operations: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        patched(*operations)
    return refused.value


def test_each_kind_of_operation_does_what_the_rfc_says() -> None:
    after = patched(
        {"op": "test", "path": "/name", "value": "Draw"},
        {"op": "replace", "path": "/name", "value": "Paint"},
        {"op": "add", "path": "/tags/1", "value": "between"},
        {"op": "add", "path": "/tags/-", "value": "last"},
        {"op": "remove", "path": "/tags/0"},
        {"op": "copy", "from": "/name", "path": "/copied"},
        {"op": "move", "from": "/_links/logo", "path": "/_links/banner"},
        {"op": "replace", "path": "/a~1b/m~0n", "value": 2},
    )
    assert after["name"] == after["copied"] == "Paint"
    assert after["tags"] == ["between", "b", "last"]
    assert list(after["_links"]) == ["self", "banner"]
    assert after["a/b"] == {"m~n": 2}


def test_operations_on_read_only_members_do_nothing() -> None:
    assert (
        patched(
            {"op": "remove", "path": "/_embedded/logo"},
            {"op": "remove", "path": "/_embedded/vendor"},
            {"op": "replace", "path": "/_embedded/categories", "value": []},
            {"op": "replace", "path": "/_embedded/reviews/count", "value": 0},
            {"op": "replace", "path": "/_links/self/href", "value": "/elsewhere"},
            {"op": "remove", "path": "/_embedded"},
        )
        == a_document()
    )


def test_a_test_of_a_read_only_member_is_still_a_test() -> None:
    patched({"op": "test", "path": "/_links/self/href", "value": "/rest/2/x"})
    assert refusal({"op": "test", "path": "/_embedded/logo", "value": 1}).path == "/0"


def test_a_member_is_not_read_only_because_its_name_begins_like_one() -> None:
    after = patched({"op": "add", "path": "/_embeddedly", "value": 1})
    assert after["_embeddedly"] == 1


@pytest.mark.parametrize(
    ("operation", "path"),
    [
        ({"op": "test", "path": "/name", "value": "Other"}, "/1"),
        ({"op": "remove", "path": "/nothing"}, "/1"),
        ({"op": "replace", "path": "/nothing", "value": 1}, "/1"),
        ({"op": "replace", "path": "/nothing/below", "value": 1}, "/1"),
        ({"op": "add", "path": "/nothing/below", "value": 1}, "/1"),
        ({"op": "add", "path": "/name/below", "value": 1}, "/1"),
        ({"op": "add", "path": "/tags/5", "value": 1}, "/1"),
        ({"op": "add", "path": "/tags/01", "value": 1}, "/1"),
        ({"op": "remove", "path": "/tags/-"}, "/1"),
        ({"op": "remove", "path": "/tags/x"}, "/1"),
        ({"op": "copy", "path": "/a", "from": "/nothing"}, "/1"),
        ({"op": "move", "path": "/a", "from": "/nothing"}, "/1"),
        ({"op": "move", "path": "/_links/logo/href", "from": "/_links/logo"}, "/1"),
        ({"op": "replace", "path": "", "value": []}, "/1"),
        ({"op": "remove", "path": ""}, "/1"),
        ({"op": "replace", "path": "name", "value": 1}, "/1/path"),
        ({"op": "replace", "path": "/na~2me", "value": 1}, "/1/path"),
        ({"op": "replace", "path": "/name~", "value": 1}, "/1/path"),
        ({"op": "copy", "path": "/a", "from": "name"}, "/1/from"),
        ({"op": "change", "path": "/name", "value": 1}, "/1/op"),
        ({"op": "change", "path": "/_embedded/logo", "value": 1}, "/1/op"),
        ({"op": "Replace", "path": "/name", "value": 1}, "/1/op"),
        ({"op": "replace", "path": "/name"}, "/1/value"),
        ({"op": "add", "path": "/_embedded/x"}, "/1/value"),
        ({"op": "test", "path": "/name"}, "/1/value"),
        ({"op": "copy", "path": "/name"}, "/1/from"),
        ({"op": "move", "path": "/name"}, "/1/from"),
        ({"path": "/name", "value": 1}, "/1/op"),
        ({"op": "remove"}, "/1/path"),
        ({"op": "remove", "path": 5}, "/1/path"),
        ("remove", "/1"),
        (None, "/1"),
    ],
)
def test_what_can_not_be_applied_is_refused_by_its_place(operation: Any, path: str) -> None:
    error = refusal({"op": "replace", "path": "/name", "value": "Paint"}, operation)
    assert isinstance(error, Invalid)
    assert error.path == path


@pytest.mark.parametrize("body", [b"{}", b'{"op":"remove","path":"/name"}', b'"x"', b"null", b"1"])
def test_a_patch_is_an_array(body: bytes) -> None:
    with pytest.raises(Invalid, match="array"):
        read_patch(body)


def test_an_empty_patch_changes_nothing() -> None:
    assert patched() == a_document()


def test_the_document_that_is_patched_is_not_touched() -> None:
    document, operations = a_document(), [{"op": "remove", "path": "/_links/logo"}]
    apply_patch(document, operations, IGNORED)
    assert document == a_document()


def test_the_operations_are_not_touched_and_can_be_applied_again() -> None:
    operations: list[dict[str, Any]] = [
        {"op": "add", "path": "/new", "value": {"list": []}},
        {"op": "add", "path": "/new/list/-", "value": 1},
    ]
    kept = deepcopy(operations)
    first = apply_patch(a_document(), operations, IGNORED)
    second = apply_patch(a_document(), operations, IGNORED)
    assert first == second
    assert operations == kept


def test_copies_that_grow_without_end_are_refused() -> None:
    first = {"op": "add", "path": "/bomb", "value": ["x" * 1000]}
    doubling = [{"op": "copy", "from": "/bomb", "path": "/bomb/-"}] * 40
    assert isinstance(refusal(first, *doubling), TooLarge)


def test_too_many_operations_are_refused() -> None:
    many = [{"op": "test", "path": "/name", "value": "Draw"}] * (MOST_OPERATIONS + 1)
    assert isinstance(refusal(*many), TooLarge)
    assert patched(*many[1:]) == a_document()


def test_many_operations_on_a_large_document_take_no_time() -> None:
    large = {"op": "add", "path": "/large", "value": list(range(100_000))}
    small = [{"op": "replace", "path": "/name", "value": "x"}] * (MOST_OPERATIONS - 1)
    began = time.perf_counter()
    patched(large, *small)
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("depth", [300, 600, 900])
def test_a_deep_value_is_applied_or_refused_but_breaks_nothing(depth: int) -> None:
    value = b"[" * depth + b"]" * depth
    body = b'[{"op":"add","path":"/deep","value":' + value + b"}]"
    with suppress(Invalid):
        apply_patch(a_document(), read_patch(body), IGNORED)


POINTERS = st.sampled_from(
    (
        *("", "/", "/name", "/name/0", "/tags", "/tags/0", "/tags/-", "/tags/9", "/_links/logo"),
        *("/_links/self/href", "/_embedded/logo/a", "/a~1b", "/a~1b/m~0n", "/new", "/new/x"),
    )
)
VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, 1.5, "x", [], {}, [1], {"x": {"y": []}}]
)
OPERATIONS = st.fixed_dictionaries(
    {
        "op": st.sampled_from(["add", "copy", "move", "remove", "replace", "test"]),
        "path": POINTERS,
        "from": POINTERS,
        "value": VALUES,
    }
)


@given(st.lists(OPERATIONS, max_size=6))
def test_any_patch_is_applied_or_refused(operations: list[dict[str, Any]]) -> None:
    read = read_patch(json.dumps(operations).encode())
    with suppress(Invalid):
        after = apply_patch(a_document(), read, IGNORED)
        assert isinstance(after, dict)
        json.dumps(after)

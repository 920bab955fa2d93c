"""The tables of docs/api.md are those of the code."""

import re
from collections.abc import Iterator
from pathlib import Path

from contract.agreement import served
from given import Json
from haymarket.apps.model import MOST_CATEGORIES
from haymarket.assets.model import IMAGE_RULES, LARGEST_ICON, LARGEST_SIDE
from haymarket.paging import DEFAULT_LIMIT, MAXIMUM_LIMIT
from haymarket.web import errors, not_built
from haymarket.web.tags import TAGS, tag_of

DOCS = Path(__file__).parents[2] / "docs" / "api.md"


def section(title: str) -> str:
    """What stands under a heading of the second level."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", DOCS.read_text(), re.M | re.S)
    assert found, title
    return found[1]


def rows(text: str) -> list[str]:
    """The lines of its tables, without their heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [line for line in lines if "`" in line]


def served_rows(described: Json) -> Iterator[str]:
    """A line for each operation that is served, by resource."""
    found = sorted(served(described), key=lambda each: list(TAGS).index(each[2]["tags"][0]))
    for path, method, told in found:
        base = "" if path.startswith(("/download", "/rest/")) else "/rest/2"
        address = f"{method.upper()} {base}{path.rstrip('/')}"
        yield f"| {told['tags'][0]} | `{address}` | {told['summary']} | {told['x-who']} |"


def missing_rows() -> Iterator[str]:
    """A line for each operation that is not served, by resource."""
    names = list(TAGS)
    found = sorted(not_built.OPERATIONS, key=lambda each: names.index(tag_of(each.path)))
    for each in found:
        yield f"| {tag_of(each.path)} | `{each.method} /rest/2{each.path}` | {each.summary} |"


def test_every_operation_is_documented_with_who_may_call_it(described: Json) -> None:
    assert rows(section("Operations")) == list(served_rows(described))


def test_what_is_not_served_is_documented() -> None:
    assert rows(section("Not served yet")) == list(missing_rows())


def test_every_status_of_a_refusal_is_documented() -> None:
    told = section("Errors")
    for status in {*errors.STATUS.values(), 405, 500}:
        assert f"| `{status}` |" in told


def test_the_limits_in_the_text_are_those_of_the_code() -> None:
    told = " ".join(section("Known quirks").split())
    assert f"{DEFAULT_LIMIT} items, at most {MAXIMUM_LIMIT}" in told
    assert f"at most {MOST_CATEGORIES} categories" in told
    for kind in ("logo", "banner"):
        exact = IMAGE_RULES[kind].exact
        assert exact
        assert f"{kind} {exact[0]} × {exact[1]}" in told
    assert f"up to {LARGEST_SIDE} × {LARGEST_SIDE}" in told
    assert f"up to {LARGEST_ICON} × {LARGEST_ICON}" in told

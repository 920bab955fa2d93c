"""The rules of a version's facts."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from haymarket.versions.compatibility import Bounds, Compatibility, Point
from haymarket.versions.model import (
    LARGEST_BUILD,
    Highlight,
    Presentation,
    Version,
    needs_approval,
    problems_of_showing,
    problems_of_version,
)

NOW = datetime(2026, 11, 24, tzinfo=UTC)
BOUNDS = Bounds(Point(1, "1.0"), Point(2, "2.0"))
HOSTING: dict[str, Any] = {
    "cloud": {"cloud": True},
    "server": {"server": BOUNDS},
    "dataCenter": {"data_center": BOUNDS},
}


def a_version(build: int = 1, *hostings: str, **facts: Any) -> Version:
    runs = {
        name: value for each in hostings or ("server",) for name, value in HOSTING[each].items()
    }
    given: dict[str, Any] = {
        "app_id": 1,
        "build": build,
        "name": "1.0.0",
        "status": "public",
        "payment_model": "free",
        "released_on": date(2026, 1, 1),
        "created_at": NOW,
        "modified_at": NOW,
        "compatibilities": (Compatibility("jira", **runs),),
    }
    return Version(**(given | facts))


def paths_of(version: Version) -> list[str | None]:
    return [each.path for each in problems_of_version(version)]


def test_a_good_version_has_no_problems() -> None:
    assert problems_of_version(a_version()) == []
    assert problems_of_version(a_version(1, "cloud", boundary="commercial")) == []


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"build": 0}, "/buildNumber"),
        ({"build": LARGEST_BUILD + 1}, "/buildNumber"),
        ({"name": " "}, "/name"),
        ({"name": "x" * 101}, "/name"),
        ({"compatibilities": ()}, "/compatibilities"),
        ({"boundary": "commercial"}, "/cloudComplianceBoundaries"),
    ],
)
def test_each_problem_is_named_by_its_pointer(facts: dict[str, Any], path: str) -> None:
    assert paths_of(replace(a_version(), **facts)) == [path]


def test_a_version_that_is_shown_can_be_had_somewhere() -> None:
    bare = a_version()
    assert [each.path for each in problems_of_showing(bare, Presentation())] == ["/_links/artifact"]
    for facts in ({"artifact": "a"}, {"artifact_remote": "b"}, {"links": {"binary": "c"}}):
        assert problems_of_showing(replace(bare, **facts), Presentation()) == []


def test_a_highlight_that_is_shown_has_title_and_body() -> None:
    shown = Presentation(highlights=(Highlight("a", "b", "Title"), Highlight("a", "b", None, "x")))
    found = problems_of_showing(a_version(artifact="a"), shown)
    assert [each.path for each in found] == [
        "/_embedded/highlights/0/body",
        "/_embedded/highlights/1/title",
    ]


SOLD, VENDOR = {"payment_model": "atlassian"}, {"payment_model": "vendor"}


@pytest.mark.parametrize(
    ("version", "public", "expected"),
    [
        (a_version(2), [], True),
        (a_version(2), [a_version(1)], False),
        (a_version(2, **VENDOR), [a_version(1)], False),
        (a_version(2), [a_version(1, **VENDOR)], False),
        (a_version(2, **SOLD), [a_version(1)], True),
        (a_version(2), [a_version(1, **SOLD)], True),
        (a_version(2, **SOLD), [a_version(1, **VENDOR)], True),
        (a_version(2, **SOLD), [a_version(1, **SOLD)], False),
        (a_version(2, "server", "cloud"), [a_version(1)], True),
        (a_version(2), [a_version(1, "server", "cloud")], False),
        (a_version(2, "dataCenter"), [a_version(1)], True),
        # twins: each half is compared with the one for its hosting
        (a_version(3), [a_version(1), a_version(2, "dataCenter")], False),
        (a_version(3, "dataCenter"), [a_version(1), a_version(2, "dataCenter")], False),
        # free on servers and sold in the cloud
        (a_version(3), [a_version(1), a_version(2, "cloud", **SOLD)], False),
        (a_version(3, "cloud", **SOLD), [a_version(1), a_version(2, "cloud", **SOLD)], False),
        (a_version(3, "cloud"), [a_version(1), a_version(2, "cloud", **SOLD)], True),
        # only the newest of a hosting counts
        (a_version(3), [a_version(1, **SOLD), a_version(2)], False),
        (a_version(3), [a_version(2), a_version(1, **SOLD)], False),
    ],
)
def test_a_version_needs_approval_for_another_payment_or_another_hosting(
    version: Version, public: list[Version], expected: bool
) -> None:
    assert needs_approval(version, public) is expected


def test_every_image_is_known_by_its_type() -> None:
    shown = Presentation(hero="h", highlights=(Highlight("s", "t"),))
    assert shown.kinds_of_images == {
        ("hero", "h"),
        ("screenshot", "s"),
        ("screenshot-thumbnail", "t"),
    }
    assert shown.images == {"h", "s", "t"}

"""Batches of heartbeats are read whole, or refused with the place of the first mistake."""

import gzip
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec import json

from analytics.beats import beat, lines
from haymarket.analytics.incoming import MOST, MOST_MEMBERS, read_heartbeats
from haymarket.analytics.wire import Heartbeat
from haymarket.errors import Invalid, TooLarge, Unsupported

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LIMIT = 100_000
GOOD = beat(NOW)


def read(body: bytes, encoding: str = "", limit: int = LIMIT) -> list[Heartbeat]:
    return read_heartbeats(body, encoding, limit, NOW)


def refusal(body: bytes, encoding: str = "") -> tuple[str | None, str]:
    """The pointer and the message of the refusal of a body."""
    with pytest.raises(Invalid) as caught:
        read(body, encoding)
    return caught.value.path, caught.value.message


def test_an_array_and_lines_say_the_same() -> None:
    one, two = beat(NOW), beat(NOW, instance="two")
    assert read(json.encode([one, two])) == read(lines(one, two)) == read(lines(one, two) + b"\n")
    assert len(read(json.encode([one, two]))) == 2


@pytest.mark.parametrize("body", [b"", b"\n\n", b" [] ", b"\r\n"])
def test_an_empty_batch_has_no_heartbeats(body: bytes) -> None:
    assert read(body) == []


def test_empty_lines_are_passed_over_and_counted() -> None:
    assert len(read(b"\n" + lines(GOOD) + b"\r\n\r\n" + lines(GOOD))) == 2
    _, message = refusal(b"\n" + lines(GOOD) + b"\n\n{}")
    assert message.startswith("line 4: ")


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"instance": ""}, "/instance"),
        ({"instance": "a\0"}, "/instance"),
        ({"instance": "i" * 256}, "/instance"),
        ({"addonKey": "a key"}, "/addonKey"),
        ({"addonVersion": "1\n2"}, "/addonVersion"),
        ({"instance": "one\n"}, "/instance"),
        ({"addonVersion": "1.0\n"}, "/addonVersion"),
        ({"addonKey": "com.acme.draw\n"}, "/addonKey"),
        ({"application": "jira software"}, "/application"),
        ({"applicationVersion": 9}, "/applicationVersion"),
        ({"hosting": "dataCenter"}, "/hosting"),
        ({"users": -1}, "/users"),
        ({"users": 1.5}, "/users"),
        ({"users": 10**10}, "/users"),
        ({"at": "2026-11-24T09:00:00"}, "/at"),
        ({"at": "yesterday"}, "/at"),
        ({"at": "2026-09-25T09:29:59Z"}, "/at"),
        ({"at": "0001-01-01T00:00:00+23:59"}, "/at"),
        ({"at": "9999-12-31T23:59:59-23:59"}, "/at"),
        ({"at": "2026-11-25T09:30:01Z"}, "/at"),
    ],
)
def test_the_first_record_that_is_wrong_is_named(changes: dict[str, Any], path: str) -> None:
    bad = GOOD | changes
    in_lines = refusal(lines(GOOD, GOOD, bad, {}))
    assert in_lines[0] == path
    assert in_lines[1].startswith("line 3: ")
    assert refusal(json.encode([GOOD, bad, {}]))[0] == f"/1{path}"


@pytest.mark.parametrize("name", ["instance", "addonKey", "application", "addonVersion"])
def test_what_characters_are_allowed_is_said_in_words(name: str) -> None:
    message = refusal(lines(beat(NOW, **{name: "a\0"})))[1]
    assert message.endswith(" allowed")
    assert "regex" not in message


@pytest.mark.parametrize("name", sorted(set(GOOD) - {"users"}))
def test_every_member_but_users_is_required(name: str) -> None:
    lacking = {key: value for key, value in GOOD.items() if key != name}
    assert refusal(lines(GOOD, lacking)) == (f"/{name}", f"line 2: {name} is required")
    assert refusal(json.encode([lacking])) == (f"/0/{name}", f"{name} is required")


def test_reports_of_sixty_days_ago_and_of_tomorrow_are_taken() -> None:
    old, new = NOW - timedelta(days=60), NOW + timedelta(days=1)
    assert len(read(lines(beat(old), beat(new)))) == 2


@pytest.mark.parametrize(
    "body",
    [b"hello", b"[1", b"[1]", b"17", b'{"instance": "\xff"}', b"[" * 100_000, b'"text"', b"null"],
)
def test_what_is_no_batch_is_refused(body: bytes) -> None:
    assert refusal(body)[1]


def test_two_records_on_a_line_are_refused() -> None:
    path, message = refusal(lines(GOOD) + b"\n" + lines(GOOD) + b" " + lines(GOOD))
    assert (path, message[:8]) == ("", "line 2: ")


def test_a_batch_has_a_largest_number_of_records() -> None:
    body = lines(*([GOOD] * (MOST + 1)))
    with pytest.raises(Invalid, match=f"at most {MOST}"):
        read(body, limit=len(body))


def test_gzip_is_unpacked_however_it_was_packed() -> None:
    packed = gzip.compress(lines(GOOD) + b"\n") + gzip.compress(lines(GOOD))
    assert read(packed, "gzip") == [*read(lines(GOOD)), *read(lines(GOOD))]


def test_a_body_of_very_many_members_is_refused() -> None:
    assert "members" in refusal(gzip.compress(b"") * (MOST_MEMBERS + 1), "gzip")[1]


def test_what_is_packed_badly_is_refused() -> None:
    assert "no gzip" in refusal(b"plain", "gzip")[1]
    assert "its end is missing" in refusal(gzip.compress(lines(GOOD))[:-9], "gzip")[1]
    with pytest.raises(Unsupported):
        read(lines(GOOD), "br")


def test_a_bomb_is_unpacked_no_further_than_the_limit() -> None:
    bomb = gzip.compress(b" " * 100_000_000)
    with pytest.raises(TooLarge):
        read(bomb, "gzip")
    with pytest.raises(TooLarge):
        read(gzip.compress(b"") + bomb, "gzip")
    with pytest.raises(TooLarge):
        read(b" " * (LIMIT + 1))

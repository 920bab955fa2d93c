"""How a marketplace is asked, and what its answers mean."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from haymarket.client.credentials import Credentials
from haymarket.client.marketplace import Line, Marketplace
from haymarket.client.outcomes import Failed, Misused, Problem, Refused, Unreachable

ENTRY = "https://apps.example.com/rest/2"
Answer = Callable[[httpx.Request], httpx.Response]


def reaching(answer: Answer, waited: list[float] | None = None) -> Marketplace:
    """A marketplace whose every answer is made here; waiting takes no time."""
    noted = [] if waited is None else waited
    line = Line(httpx.MockTransport(answer), noted.append)
    return Marketplace(ENTRY, Credentials("a@b.example", "secret"), line)


def always(status: int, body: Any = None, **headers: str) -> Answer:
    """The same answer to everything."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda _: httpx.Response(status, content=content, headers=headers)


def failure(answer: Answer) -> Failed:
    with reaching(answer) as marketplace, pytest.raises(Failed) as failed:
        marketplace.get(ENTRY)
    return failed.value


def test_a_refusal_carries_every_problem_with_its_pointer() -> None:
    errors = [{"message": "Too long", "path": "/name", "code": "X"}, {"message": "Missing"}]
    error = failure(always(400, {"errors": errors}))
    assert isinstance(error, Refused)
    assert error.problems == (Problem("Too long", "/name", "X"), Problem("Missing"))


@pytest.mark.parametrize("body", [b"no json", [], {"errors": []}, {"errors": [{"path": "/a"}]}])
def test_a_refusal_without_its_document_is_told_by_its_status(body: Any) -> None:
    assert str(failure(always(403, body))) == f"{ENTRY} answers 403 Forbidden"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (always(200, b"<html>"), "not as a marketplace does"),
        (always(200, []), "not as a marketplace does"),
        (always(500, {}), "can not answer now"),
        (always(301, Location="https://new.example/"), "has moved to https://new.example/"),
    ],
)
def test_what_is_no_marketplace_or_out_of_order_is_not_reached(answer: Answer, told: str) -> None:
    error = failure(answer)
    assert isinstance(error, Unreachable)
    assert told in str(error)


def test_a_connection_that_fails_is_told_with_its_address() -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("Connection refused")

    assert str(failure(refuse)) == f"{ENTRY} can not be reached: Connection refused"


def test_a_write_that_was_cut_off_may_have_been_done() -> None:
    def cut(_: httpx.Request) -> httpx.Response:
        raise httpx.ReadError("")

    with reaching(cut) as marketplace, pytest.raises(Unreachable, match="is not known"):
        marketplace.post(ENTRY, {})


@pytest.mark.parametrize("href", ["https://evil.example/rest/2", "http://apps.example.com/", "//x"])
def test_credentials_go_nowhere_else(href: str) -> None:
    asked: list[str] = []

    def note(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, json={})

    with reaching(note) as marketplace, pytest.raises(Unreachable, match="not followed"):
        marketplace.get(href)
    assert asked == []


def test_who_is_told_to_wait_waits_and_asks_again() -> None:
    waited: list[float] = []
    answers: Iterator[httpx.Response] = iter(
        [
            httpx.Response(429, headers={"Retry-After": "7"}),
            httpx.Response(503),
            httpx.Response(200, json={"a": 1}),
        ]
    )
    with reaching(lambda _: next(answers), waited) as marketplace:
        assert marketplace.get(ENTRY) == {"a": 1}
    assert waited == [7.0, 4.0]


def test_nobody_waits_for_ever() -> None:
    waited: list[float] = []
    busy = always(503, {}, **{"Retry-After": "86400"})
    with reaching(busy, waited) as marketplace, pytest.raises(Unreachable):
        marketplace.get(ENTRY)
    assert waited == [30.0, 30.0, 30.0]


@pytest.mark.parametrize("address", ["apps.example.com", "ftp://apps.example.com", "http://[", ""])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(Misused, match="is not an address"):
        Marketplace(address, None)

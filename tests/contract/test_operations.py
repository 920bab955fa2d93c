"""Every operation, as every kind of caller."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

from contract.operations import API, OUTSIDE, PERSONAS, Operation, Persona, Statuses
from contract.promises import check_promise
from contract.sending import options_for
from contract.world import World
from given import Json
from haymarket.web import not_built
from haymarket.web.callers import PERMISSIONS, WHO
from haymarket.web.openapi import path_of
from truths import check_answer

DONE = range(200, 300)
OUTSIDERS: tuple[Persona, ...] = ("anonymous", "stranger", "other_vendor")
CASES = [
    pytest.param(operation, hidden, id=f"{operation.name} {'hidden' if hidden else 'public'}")
    for operation in (*API, *OUTSIDE)
    for hidden in (False, True)
    if not hidden or operation.hidden
]
MAY: dict[str, frozenset[Persona]] = {
    "anyone": frozenset(PERSONAS),
    "user": frozenset(PERSONAS) - {"anonymous"},
    "contact": frozenset({"clerk", "contact", "admin"}),
    "holder": frozenset({"clerk", "contact", "admin"}),
    **dict.fromkeys(PERMISSIONS, frozenset[Persona]({"contact", "admin"})),
    **dict.fromkeys(
        ("customer", "author", "moderator"),
        frozenset[Persona]({"stranger", "other_vendor", "admin"}),
    ),
    "uploader": frozenset({"contact", "admin"}),
    "host": frozenset(),
    "admin": frozenset({"admin"}),
}
"""Who is among the callers that the documentation names."""


def routes(app: Litestar) -> Iterator[str]:
    """Method and path of every operation that is served, as the table names them."""
    for route in app.routes:
        assert isinstance(route, HTTPRoute)
        for method, (handler, _) in route.route_handler_map.items():
            if method != "OPTIONS" and not handler.opt.get("not_built"):
                yield f"{method} {path_of(route.path_format)}"


def test_the_table_and_the_routes_name_the_same_operations(described_app: Litestar) -> None:
    named = [operation.name for operation in (*API, *OUTSIDE)]
    assert sorted(named) == sorted(routes(described_app))


@pytest.mark.parametrize(("operation", "hidden"), CASES)
def test_everybody_gets_the_answer_of_the_table(
    world: World, described: Json, operation: Operation, hidden: bool
) -> None:
    expected = operation.hidden if hidden else operation.public
    assert expected is not None
    answers = {who: call(world, operation, who, hidden) for who in PERSONAS}
    assert {who: answer.status_code for who, answer in answers.items()} == expected
    for answer in answers.values():
        check_promise(described, operation, answer)


@pytest.mark.parametrize(
    "operation", [each for each in API if each.hidden], ids=lambda each: each.name
)
def test_what_is_hidden_looks_like_what_does_not_exist(world: World, operation: Operation) -> None:
    for who in OUTSIDERS:
        hidden = call(world, operation, who, True)
        unknown = call(world, operation, who, False, addonKey="com.acme.unknown")
        assert hidden.status_code == unknown.status_code == 404
        assert codes(hidden) == codes(unknown)


def codes(answer: Any) -> list[str]:
    """The codes of an answer's errors."""
    return [each["code"] for each in answer.json()["errors"]]


def call(world: World, operation: Operation, persona: Persona, hidden: bool, **other: str) -> Any:
    """The answer that a persona gets; `other` path parameters replace those of the world."""
    place = world.place(operation, persona, hidden) | other
    path = re.sub(r"\{(\w+)\}", lambda name: in_path(place[name[1]]), operation.path)
    address = path if operation in OUTSIDE else f"/rest/2{path}"
    options = options_for(operation, world, persona)
    auth = world.people[persona].auth
    answer = world.api.client.request(operation.method, address, auth=auth, **options)
    if operation.path != "/openapi.json":  # which has members called _links that are no links
        check_answer(answer)
    if answer.status_code in (201, 204) and operation.method != "DELETE":
        assert answer.headers["Location"].startswith("/rest/")
    return answer


def in_path(value: str | int) -> str:
    """A value in a path; asset names are encoded already."""
    return quote(str(value), safe="%")


def test_the_documentation_says_who_may_call(described: Json) -> None:
    kinds = {told: kind for kind, told in WHO.items()}
    table = {operation.name: operation for operation in (*API, *OUTSIDE)}
    for path, item in described["paths"].items():
        for method, told in item.items():
            if method != "servers" and not told.get("x-not-built"):
                operation = table[f"{method.upper()} {path}"]
                assert MAY[kinds[told["x-who"]]] == those_who_may(operation), operation.name


def those_who_may(operation: Operation) -> frozenset[Persona]:
    """Who gets something done, with a thing that is public or with one that is hidden."""
    found: list[Statuses] = [operation.public, operation.hidden or {}]
    return frozenset(who for each in found for who, status in each.items() if status in DONE)


@pytest.mark.parametrize("operation", not_built.OPERATIONS, ids=lambda each: str(each.path))
def test_what_is_not_built_says_so(world: World, operation: not_built.Operation) -> None:
    path = re.sub(r"\{(\w+)\}", lambda name: "12" if name[1] == "vendorId" else "x", operation.path)
    answer = world.api.call(operation.method, world.people["stranger"], f"/rest/2{path}")
    assert answer.status_code == 501
    [error] = answer.json()["errors"]
    assert error["code"] == "NOT_IMPLEMENTED"
    assert operation.summary in error["message"]
    assert not_built.LIST_OF_THEM in error["message"]


def test_nothing_is_both_served_and_not_built() -> None:
    served = {(each.method, not_built.shape_of(each.path)) for each in API}
    missing = {(each.method, not_built.shape_of(each.path)) for each in not_built.OPERATIONS}
    assert not served & missing
    assert len(missing) == len(not_built.OPERATIONS)

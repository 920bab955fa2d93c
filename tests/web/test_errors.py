"""What is refused, and how it is told (general.md, 9)."""

import asyncio
import os
from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient
from msgspec.structs import replace as replace_settings

from assets.samples import DESCRIPTOR, a_jar
from calling import Api, problem
from given import FakeClock, Person, a_public_app, an_app, app_document
from haymarket.app import build, serve
from haymarket.settings import Settings

KNOWN = ["", "/addons", "/addons/com.acme.draw", "/addons/com.acme.draw/versions", "/assets"]


NO_ADDRESSES: list[str] = [
    "/",
    "/rest",
    "/rest/2/nothing",
    "/rest/2/addons/a/b/c/d",
    "/rest/3/addons",
    "/%ff",
]


def test_an_address_that_is_none_is_not_found(api: Api, anonymous: Person) -> None:
    for path in NO_ADDRESSES:
        error = problem(api.get(anonymous, path), 404)
        assert error == {"message": "There is nothing at this address", "code": "NOT_FOUND"}


METHODS: list[tuple[str, str, str]] = [
    ("DELETE", "addons", "GET, HEAD, OPTIONS, POST"),
    ("PUT", "addons", "GET, HEAD, OPTIONS, POST"),
    ("PATCH", "addons", "GET, HEAD, OPTIONS, POST"),
    ("POST", "addons/com.acme.draw", "GET, HEAD, OPTIONS, PATCH"),
    ("DELETE", "addons/com.acme.draw", "GET, HEAD, OPTIONS, PATCH"),
    ("PUT", "addons/com.acme.draw/versions", "GET, HEAD, OPTIONS, POST"),
    ("POST", "addons/com.acme.draw/versions/build/1", "GET, HEAD, OPTIONS, PATCH"),
    ("PATCH", "addons/com.acme.draw/approval", "GET, HEAD, OPTIONS, PUT"),
    ("DELETE", "addons/com.acme.draw/release", "GET, HEAD, OPTIONS, PUT"),
    ("POST", "addons/archived", "GET, HEAD, OPTIONS"),
    ("POST", "", "GET, HEAD, OPTIONS"),
]


def test_a_method_that_is_not_offered_is_told_with_those_that_are(
    api: Api, anonymous: Person
) -> None:
    for method, path, allowed in METHODS:
        answer = api.call(method, anonymous, path)
        assert problem(answer, 405)["code"] == "METHOD_NOT_ALLOWED"
        assert answer.headers["allow"] == allowed


def test_head_answers_like_get_without_a_body(
    api: Api, anonymous: Person, vendor: Person, admin: Person
) -> None:
    path = a_public_app(api, vendor, admin)
    api.settle()
    for at in ("/rest/2", "/rest/2/addons", path, f"{path}/versions", "/rest/2/addons/nothing"):
        head, get = api.client.head(at), api.client.get(at)
        assert head.content == b""
        assert head.status_code == get.status_code
        assert head.headers == get.headers
        assert int(head.headers["content-length"]) == len(get.content)


def test_head_is_not_offered_where_get_is_not(api: Api) -> None:
    answer = api.client.head("/rest/2/assets/artifact/fetch")
    assert (answer.status_code, answer.content) == (405, b"")


@pytest.mark.parametrize("path", ["addons", "addons/com.acme.draw/versions"])
def test_credentials_are_asked_for_where_they_are_needed(
    api: Api, anonymous: Person, vendor: Person, admin: Person, path: str
) -> None:
    a_public_app(api, vendor, admin)
    answer = api.post(anonymous, path, {})
    assert problem(answer, 401)["code"] == "UNAUTHORIZED"
    assert answer.headers["www-authenticate"] == 'Basic realm="Haymarket"'


def test_the_entry_point_has_nothing_but_links(api: Api, anonymous: Person) -> None:
    names = ("addons", "applications", "assets", "licenseTypes", "products", "vendors")
    expected = {"self": {"href": "/rest/2"}} | {name: {"href": f"/rest/2/{name}"} for name in names}
    for path in ("/rest/2", "/rest/2/"):
        assert api.get(anonymous, path).json() == {"_links": expected}


LINKED: list[str] = ["addons", "applications", "assets", "licenseTypes", "vendors"]


def test_what_the_entry_point_links_to_answers_even_without_items(
    api: Api, anonymous: Person
) -> None:
    for name in LINKED:
        answer = api.get(anonymous, f"{name}?limit=0")
        assert answer.status_code == 200
        assert "_links" in answer.json()


# --- large bodies ---------------------------------------------------------------------------


@pytest.fixture
def small(hosts: None, settings: Settings, clock: FakeClock) -> Iterator[Api]:
    """The API of a marketplace that takes bodies of at most 2000 bytes."""
    app = build(replace_settings(settings, body_limit=2000), clock)
    with TestClient(serve(app), raise_server_exceptions=False) as client:
        yield Api(client, app)


def test_a_body_over_the_limit_is_refused(small: Api, vendor: Person, anonymous: Person) -> None:
    path = an_app(small, vendor)
    large = b" " * 2001
    for method, at in (
        ("POST", "addons"),
        ("PATCH", path),
        ("POST", f"{path}/versions"),
        ("PATCH", f"{path}/versions/build/1"),
        ("PUT", f"{path}/approval"),
        ("PUT", f"{path}/release"),
    ):
        for who in (vendor, anonymous):
            answer = small.call(method, who, at, content=large)
            assert problem(answer, 413)["code"] == "TOO_LARGE"
    assert small.call("POST", vendor, "addons", content=large[1:]).status_code == 400
    assert small.post(vendor, "addons", app_document("com.acme.x")).status_code == 201


def test_a_body_without_an_end_is_refused_while_it_is_read(
    settings: Settings, clock: FakeClock
) -> None:
    app = build(replace_settings(settings, body_limit=2000), clock)
    read, sent = [], []

    async def receive() -> Any:
        read.append(1000)
        return {"type": "http.request", "body": b" " * 1000, "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    scope: Any = {
        "type": "http",
        "method": "POST",
        "path": "/rest/2/addons",
        "raw_path": b"/rest/2/addons",
        "query_string": b"",
        "headers": [],
        "client": ("test", 1),
        "http_version": "1.1",
        "scheme": "http",
        "server": ("haymarket.test", 80),
        "root_path": "",
    }

    async def call() -> None:
        await serve(app)(scope, receive, send)

    asyncio.run(call())
    app.state.storage.close()
    assert sent[0]["status"] == 413
    assert len(read) == 3


def test_files_have_limits_of_their_own(small: Api, vendor: Person) -> None:
    jar = a_jar(**{"atlassian-plugin_xml": DESCRIPTOR, "large_bin": os.urandom(5000)})
    answer = small.call(
        "POST",
        vendor,
        "/rest/2/assets/artifact?file=a.jar",
        content=jar,
        headers={"Content-Type": "application/octet-stream"},
    )
    assert answer.status_code == 200

"""The page about the API: whole, reachable, harmless."""

import base64
import hashlib
import re
from collections.abc import Iterator
from copy import deepcopy
from html.parser import HTMLParser

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from contract.agreement import served
from given import Json
from haymarket import paths
from haymarket.accounts.model import PERMISSIONS, SCOPES
from haymarket.app import serve
from haymarket.web import callers
from haymarket.web.api_page import HEADERS, page_of

EMPTY = {"meta", "br", "hr", "img", "link", "input"}
EVIL = """<script>alert("&'x")</script>"""


class Page(HTMLParser):
    """The tags of a page; fails where they are not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def values(self, attribute: str) -> Iterator[str]:
        """Every value of an attribute."""
        for _, attributes in self.tags:
            value = attributes.get(attribute)
            if value is not None:
                yield value


@pytest.fixture(scope="module")
def page(described: Json) -> Page:
    """The page of the marketplace."""
    return Page(page_of(described).decode())


def test_every_operation_and_every_schema_is_on_the_page(page: Page, described: Json) -> None:
    anchors = list(page.values("id"))
    assert len(set(anchors)) == len(anchors)
    for _, _, told in served(described):
        assert f"op-{told['operationId']}" in anchors
    for name in described["components"]["schemas"]:
        assert f"schema-{name}" in anchors


def test_every_link_leads_somewhere(page: Page) -> None:
    anchors = {f"#{anchor}" for anchor in page.values("id")}
    assert set(page.values("href")) - anchors == {paths.OPENAPI, paths.POSTMAN}


def test_the_page_explains_permissions_where_documents_point_to(page: Page) -> None:
    assert f"{paths.API_PAGE}#scopes" == paths.SCOPES_PAGE
    assert "scopes" in list(page.values("id"))
    assert set(callers.PERMISSIONS) == set(PERMISSIONS) <= set(page.texts)
    assert set(callers.TOKEN_SCOPES) == set(SCOPES) <= set(page.texts)


def test_what_is_not_served_is_listed(page: Page, described: Json) -> None:
    for path, item in described["paths"].items():
        if any(told.get("x-not-built") for name, told in item.items() if name != "servers"):
            assert f"/rest/2{path}" in page.texts


def test_nothing_on_the_page_runs_or_comes_from_elsewhere(page: Page) -> None:
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "link", "img", "iframe", "object", "form", "base"}
    assert not list(page.values("src"))
    assert not [name for _, given in page.tags for name in given if name.startswith("on")]
    assert not list(page.values("style"))


def test_texts_are_escaped(described: Json) -> None:
    evil = deepcopy(described)
    evil["info"]["title"] = evil["info"]["description"] = EVIL
    for _, _, told in served(evil):
        told["summary"] = told["description"] = told["x-who"] = EVIL
        for parameter in told.get("parameters", ()):
            parameter["name"] = parameter["description"] = EVIL
    for schema in evil["components"]["schemas"].values():
        schema["description"] = EVIL
    for tag in evil["tags"]:
        tag["description"] = EVIL
    page = Page(page_of(evil).decode())
    assert "script" not in {tag for tag, _ in page.tags}
    assert EVIL in page.texts


def test_browsers_let_nothing_through_but_the_style_of_the_page(
    described_app: Litestar,
) -> None:
    with TestClient(serve(described_app)) as client:
        answer = client.get(paths.API_PAGE)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    found = re.search("<style>(.*?)</style>", answer.text, re.DOTALL)
    assert found
    digest = base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")


def test_the_page_is_made_for_dark_rooms_and_phones(page: Page) -> None:
    style = next(text for text in page.texts if "color-scheme" in text)
    assert "prefers-color-scheme: dark" in style
    assert "max-width: 40rem" in style
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in [
        attributes for _, attributes in page.tags
    ]

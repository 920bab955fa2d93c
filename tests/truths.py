"""What is true of every answer of the API (general.md, 5, 9 and 10)."""

from collections.abc import Iterator
from typing import Any

OUTSIDE = ("http://", "https://")


def check_answer(answer: Any) -> None:
    """Hold an answer against the rules that hold for all of them."""
    assert answer.status_code < 500 or answer.status_code == 501, answer.text
    if answer.status_code == 204:
        assert answer.content == b""
    elif answer.headers.get("content-type", "").startswith("application/json"):
        if answer.content:
            document = answer.json()
            check_document(document)
            if answer.status_code >= 400:
                check_errors(document)
    else:
        assert answer.status_code < 400, "an error has the one error body"


def check_document(document: Any) -> None:
    """No null anywhere; links have an href, those inside no host; templates say so twice."""
    for place, value in walk(document):
        assert value is not None, f"null at {place}"
        if isinstance(value, dict) and "_links" in value:
            for name, link in value["_links"].items():
                for each in link if isinstance(link, list) else [link]:
                    check_link(f"{place}/_links/{name}", each)


def check_link(place: str, link: Any) -> None:
    """One link or template."""
    href = link["href"]
    assert href.startswith("/") or href.startswith(OUTSIDE), f"{href} at {place}"
    assert not href.startswith("http://haymarket.test/rest/"), f"{href} at {place}"
    is_template = "{" in href
    assert link.get("templated", False) is is_template, f"{link} at {place}"
    assert link.get("template") == (href if is_template else None), f"{link} at {place}"
    assert set(link) <= {"href", "type", "title", "templated", "template", "name"}, place


def check_errors(document: Any) -> None:
    """The one error body: messages, and where it helps a pointer and a code."""
    assert set(document) == {"errors"}
    assert document["errors"]
    for error in document["errors"]:
        assert set(error) <= {"message", "path", "code"}
        assert isinstance(error["message"], str)
        assert error["message"]
        assert isinstance(error.get("path", ""), str)
        assert error.get("path", "") == "" or error["path"].startswith("/")


def walk(document: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a document with its pointer."""
    yield place, document
    members: Any = ()
    if isinstance(document, dict):
        members = document.items()
    elif isinstance(document, list):
        members = enumerate(document)
    for name, value in members:
        yield from walk(value, f"{place}/{name}")

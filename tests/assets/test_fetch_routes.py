"""Artifacts that are fetched from outside, over HTTP."""

from assets.calls import (
    Client,
    fetch,
    path_of,
    problem,
)
from assets.samples import (
    Page,
    Website,
    a_jar,
)
from given import Person


def test_an_artifact_is_fetched_from_outside(
    small_client: Client, stranger: Person, website: Website
) -> None:
    answer = fetch(small_client, stranger, website.url("/good.jar"))
    assert path_of(answer).endswith("%2Fgood.jar")
    assert answer.json()["_links"]["remote"] == {"href": website.url("/good.jar")}
    assert answer.json()["fileInfo"] == {"logicalFileName": "good.jar", "size": len(a_jar())}
    assert small_client.get(path_of(answer)).json() == answer.json()


def test_a_private_address_is_not_fetched_from(
    client: Client, stranger: Person, website: Website
) -> None:
    answer = fetch(client, stranger, website.url("/good.jar"))
    assert problem(answer) == "The host 127.0.0.1 is not on the public internet"
    assert website.requests == []


def test_what_is_fetched_is_checked(
    small_client: Client, stranger: Person, website: Website
) -> None:
    website.pages["/page.jar"] = Page(b"<html>")
    website.pages["/large.jar"] = Page(bytes(100_001))
    assert "zip" in problem(fetch(small_client, stranger, website.url("/page.jar")))
    assert "larger" in problem(fetch(small_client, stranger, website.url("/large.jar")))
    assert ".jar" in problem(fetch(small_client, stranger, website.url("/logo.png")))


def test_fetching_needs_an_address(client: Client, stranger: Person) -> None:
    answer = client.request("POST", "/rest/2/assets/artifact/fetch", auth=stranger.auth)
    assert "uri" in problem(answer)

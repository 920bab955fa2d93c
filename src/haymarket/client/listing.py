"""Lists and searches the apps of a marketplace, page by page."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from haymarket.client.links import Document, Values, expand, link, possible_link
from haymarket.client.marketplace import Marketplace

PAGE = 50


def list_apps(marketplace: Marketplace, asked: Values, most: int) -> list[dict[str, Any]]:
    """The first apps that match, in the order of the marketplace; `most` is how many at most."""
    apps = marketplace.collection("addons")
    size = {"limit": str(min(most, PAGE)), "withVersion": "true"}
    first = expand(link(apps, "query"), {**asked, **size})
    return [_told(each) for each in islice(_items(marketplace, first), most)]


def _items(marketplace: Marketplace, href: str | None) -> Iterator[Document]:
    while href is not None:
        page = marketplace.get(href)
        yield from page.get("_embedded", {}).get("addons", [])
        href = possible_link(page, "next")


def _told(app: Document) -> dict[str, Any]:
    embedded = app.get("_embedded", {})
    return {
        "key": app.get("key"),
        "name": app.get("name"),
        "status": app.get("status"),
        "version": embedded.get("version", {}).get("name"),
        "vendor": embedded.get("vendor", {}).get("name"),
    }

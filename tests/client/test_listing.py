"""How lists go from page to page."""

import httpx

from haymarket.client.listing import list_apps
from haymarket.client.marketplace import Line, Marketplace

ENTRY = "https://apps.example.com/rest/2"
TOTAL = 120


def answer(request: httpx.Request) -> httpx.Response:
    """A marketplace with many apps, and pages of at most fifty."""
    if request.url.path == "/rest/2":
        return httpx.Response(200, json={"_links": {"addons": {"href": "/rest/2/addons"}}})
    offset = int(request.url.params.get("offset", 0))
    limit = min(int(request.url.params.get("limit", 10)), 50)
    last = min(offset + limit, TOTAL)
    links: dict[str, object] = {"query": {"href": "/rest/2/addons{?text,limit,offset}"}}
    if last < TOTAL and limit:
        more = f"/rest/2/addons?limit={limit}&offset={last}"
        links["next"] = [{"href": more}, {"href": "/search", "type": "text/html"}]
    apps = [{"key": str(number)} for number in range(offset, last)]
    return httpx.Response(200, json={"_links": links, "_embedded": {"addons": apps}})


def keys(most: int) -> list[str]:
    with Marketplace(ENTRY, None, Line(httpx.MockTransport(answer))) as marketplace:
        return [each["key"] for each in list_apps(marketplace, {}, most)]


def test_pages_are_followed_until_there_are_as_many_as_were_asked_for() -> None:
    assert keys(3) == ["0", "1", "2"]
    assert keys(101) == [str(number) for number in range(101)]


def test_a_list_ends_with_its_last_page() -> None:
    assert keys(10_000) == [str(number) for number in range(TOTAL)]

"""Clients for Node that others wrote: Ketting, Traverson with its HAL adapter, Halfred."""

import httpx
import pytest

from clients.conftest import Script
from running import Running

KEY = "example.larkspur.tidy-boards"
APP = f"/rest/2/addons/{KEY}"
DOCUMENTS = (
    "/rest/2",
    "/rest/2/addons?limit=5&withVersion=true",
    "/rest/2/addons/archived",
    "/rest/2/addons/listings/banners",
    f"{APP}?withVersion=true",
    f"{APP}/versions",
    f"{APP}/versions/build/200",
    f"{APP}/recommendations",
    "/rest/2/addons/example.larkspur.hourglass/pricing/datacenter/live",
    "/rest/2/addonCategories/7",
    "/rest/2/applications",
    "/rest/2/applications/jira",
    "/rest/2/applications/jira/versions",
    "/rest/2/assets",
    "/rest/2/licenseTypes",
    "/rest/2/vendors",
    "/rest/2/vendors/1001",
    "/rest/2/vendors/1001/contacts",
)


def test_ketting_walks_searches_watches_and_changes(market: Running, node: Script) -> None:
    latest = httpx.get(f"{market.address}{APP}/versions/latest").json()
    seen = node("ketting.js", market.address, KEY)
    assert {"query", "byKey"} <= set(seen["templates"])
    assert seen["count"] > len(seen["items"]) == 2
    assert seen["items"][0] == APP
    assert seen["second"] == "/rest/2/addons?limit=2&offset=2&text=tidy%20bords"
    assert seen["latest"] == latest["name"]
    assert seen["byName"] == "2.0.0"
    assert seen["watching"] is True
    assert seen["tagLine"] == "Tidier"
    assert (seen["unknown"], seen["refused"]) == (404, 400)


def test_traverson_follows_templates_arrays_and_embedded_apps(
    market: Running, node: Script
) -> None:
    latest = httpx.get(f"{market.address}{APP}/versions/latest").json()
    assert node("traverson.js", market.address, KEY) == {
        "latest": latest["name"],
        "vendor": "Larkspur Software",
        "second": "/rest/2/addons?offset=10",
        "reviews": f"{APP}/reviews?sort=recent",
        "put": 204,
        "location": f"{APP}/watch",
        "watching": True,
    }


@pytest.fixture(scope="module")
def read(market: Running, node_packages: object) -> dict[str, object]:
    """What was read, by path; filled by the first test."""
    return {}


@pytest.mark.parametrize("path", DOCUMENTS)
def test_halfred_finds_nothing_wrong_with_a_document(
    market: Running, node: Script, read: dict[str, object], path: str
) -> None:
    if not read:
        read.update(node("halfred.js", market.address, *DOCUMENTS))
    seen = read[path]
    assert isinstance(seen, dict)
    assert (seen["status"], seen["issues"]) == (200, [])
    assert "self" in seen["links"]
    assert seen["self"].split("?")[0] == path.split("?")[0]

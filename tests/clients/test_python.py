"""Clients for Python that others wrote."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import requests
from atlassian import MarketPlace
from atlassian_marketplace_python_client import atlassian_marketplace_api as other
from requests.adapters import HTTPAdapter

from running import Running

KEY = "example.larkspur.tidy-boards"
LARKSPUR = 1001
KNOWN = "https://marketplace.atlassian.com"


@pytest.fixture
def marketplace(market: Running) -> Iterator[MarketPlace]:
    """The marketplace of atlassian-python-api, with the credentials of a partner."""
    with MarketPlace(
        url=market.address, username="partner@example.com", password="partner-token"
    ) as client:
        yield client


def test_atlassian_python_api_lists_applications(marketplace: MarketPlace) -> None:
    found = marketplace.get_application_info(limit=3, offset=0)
    assert len(found["_embedded"]["applications"]) == 3


def test_atlassian_python_api_lists_versions_of_an_app(
    market: Running, marketplace: MarketPlace
) -> None:
    everything = httpx.get(f"{market.address}/rest/2/addons/{KEY}/versions").json()["count"]
    assert marketplace.get_app_versions(KEY)["count"] == everything > 1
    suits = marketplace.get_app_versions(KEY, application="jira")
    assert suits["_embedded"]["versions"][0]["deployment"]
    assert marketplace.get_app_versions(KEY, application="confluence")["count"] < everything


def test_atlassian_python_api_is_told_of_an_app_that_is_not_there(
    marketplace: MarketPlace,
) -> None:
    with pytest.raises(requests.HTTPError) as failed:
        marketplace.get_app_versions("example.none")
    assert failed.value.response.status_code == 404
    assert "There is no app example.none" in str(failed.value)


class Detour(HTTPAdapter):
    """Sends what is meant for the marketplace that a client knows to one under test."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address

    def send(self, request: requests.PreparedRequest, *rest: Any, **more: Any) -> requests.Response:
        """The answer of the marketplace under test."""
        request.url = self._address + (request.url or "").removeprefix(KNOWN)
        return super().send(request, *rest, **more)


def test_the_vendors_apps_are_listed_by_atlassian_marketplace_python_client(
    market: Running,
) -> None:
    vendors = f"{market.address}/rest/2/addons/vendor/"
    client = other.AtlassianMarketplaceAPI()
    client.session.mount(KNOWN, Detour(market.address))
    with client.session:
        names = client.get_all_product_names_of_vendor(LARKSPUR)
    expected = httpx.get(f"{vendors}{LARKSPUR}?limit=50").json()["_embedded"]["addons"]
    assert sorted(names) == sorted(each["name"] for each in expected)
    assert len(names) > 1

"""Shows price lists, and submits one from a file."""

from pathlib import Path
from typing import Any

import yaml

from haymarket.client.links import Document, expand, link
from haymarket.client.marketplace import Marketplace
from haymarket.client.outcomes import Misused, Problem, Refused
from haymarket.client.plan import find_app
from haymarket.client.wanted import read_text

SENT = ("amount", "unitCount", "monthsValid", "licenseType")
"""Members of a price that are sent; all others are the marketplace's own (apps.md, C.22)."""
PARTS = ("items", "perUnitItems")


def find_prices(marketplace: Marketplace, key: str, hosting: str, state: str) -> Document:
    """The `live` or `pending` prices of an app on one hosting. Raises Refused without any."""
    found = marketplace.find(_place(marketplace, key, hosting, state))
    if found is None:
        message = f"{key} has no {state} prices for {hosting}, or they are not visible to you"
        raise Refused(Problem(message))
    return found


def read_prices(path: Path) -> dict[str, Any]:
    """A price list from YAML or JSON, as it is sent; what `haymarket prices show --json` prints
    may be sent too. Raises Misused.
    """
    try:
        read = yaml.safe_load(read_text(path))
    except yaml.YAMLError as error:
        raise Misused(f"{path}: {error}") from None
    if not isinstance(read, dict):
        raise Misused(f"{path}: a price list has the members items and expertDiscountOptOut")
    return {name: _part(value) if name in PARTS else value for name, value in read.items()}


def check_prices(
    marketplace: Marketplace, key: str, hosting: str, prices: dict[str, Any]
) -> list[Problem]:
    """What would be refused, as far as reading tells; changes nothing."""
    problems = [
        Problem(f"Object missing required field `{name}`", "")
        for name in ("items", "expertDiscountOptOut")
        if name not in prices
    ]
    for part in PARTS:
        problems += _incomplete(part, prices.get(part) or [])
    return problems + _not_allowed(marketplace, key, hosting)


def submit_prices(
    marketplace: Marketplace, key: str, hosting: str, prices: dict[str, Any]
) -> Document:
    """Submit prices, which wait until they are live; the list that waits. Raises Refused."""
    return marketplace.put(_place(marketplace, key, hosting, "pending"), prices) or {}


def rows_of(prices: Document) -> list[dict[str, Any]]:
    """A price list as a table."""
    return [
        {
            "units": each.get("editionDescription") or each.get("unitCount"),
            "months": each.get("monthsValid"),
            "amount": each.get("amount"),
            "renewal": each.get("renewalAmount"),
            "per_unit": part == "perUnitItems",
        }
        for part in PARTS
        for each in prices.get(part) or ()
    ]


def _place(marketplace: Marketplace, key: str, hosting: str, state: str) -> str:
    template = link(find_app(marketplace, key), "pricing")
    return expand(template, {"cloudOrServer": hosting, "liveOrPending": state})


def _part(items: Any) -> Any:
    """Prices without the members that are generated, so that a shown list can be sent back."""
    if not isinstance(items, list):
        return items
    return [
        {name: value for name, value in each.items() if name in SENT}
        if isinstance(each, dict)
        else each
        for each in items
    ]


def _incomplete(part: str, items: Any) -> list[Problem]:
    if not isinstance(items, list):
        return [Problem("This is a list of prices", f"/{part}")]
    return [
        Problem(f"Object missing required field `{name}`", f"/{part}/{index}")
        for index, each in enumerate(items)
        for name in SENT
        if not isinstance(each, dict) or name not in each
    ]


def _not_allowed(marketplace: Marketplace, key: str, hosting: str) -> list[Problem]:
    if marketplace.credentials is None:
        return [Problem("Prices need credentials, and there are none")]
    for state in ("pending", "live"):
        found = marketplace.find(_place(marketplace, key, hosting, state))
        if found is not None:
            may = found.get("canChangePrices", True)
            return [] if may else [Problem("You may not change these prices now")]
    return []

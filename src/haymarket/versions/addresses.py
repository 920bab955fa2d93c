"""Web addresses that vendors give: pure."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from haymarket.errors import Problem


def problems_of_addresses(links: Mapping[str, object], at: str) -> list[Problem]:
    """One problem for each link that is no web address; `at` is the pointer of their object."""
    return [
        Problem(f"{name} is not a web address", f"{at}/{name}")
        for name, address in links.items()
        if not is_web_address(str(address))
    ]


def is_web_address(text: str) -> bool:
    """Whether a text is an absolute http or https address."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(text) <= 2000

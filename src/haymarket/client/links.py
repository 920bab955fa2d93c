"""Reads links out of documents and fills templates in (general.md, 4 and 5)."""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from haymarket.client.outcomes import Unreachable

Document = Mapping[str, Any]
Values = Mapping[str, str | Sequence[str]]

_EXPRESSION = re.compile(r"\{([?&]?)([^{}]*)\}")


def link(document: Document, relation: str) -> str:
    """The address behind a relation. Raises Unreachable when a marketplace would have it."""
    found = possible_link(document, relation)
    if found is None:
        raise Unreachable(f"The answer has no link {relation}: this is no marketplace's answer")
    return found


def possible_link(document: Document, relation: str) -> str | None:
    """The address behind a relation, the JSON one where there are several; None without one."""
    links = document.get("_links")
    given = links.get(relation) if isinstance(links, Mapping) else None
    several = given if isinstance(given, list) else [given]
    for each in several:
        if isinstance(each, Mapping) and each.get("type") in (None, "application/json"):
            href = each.get("href") or each.get("template")
            if isinstance(href, str):
                return href
    return None


def expand(template: str, values: Values) -> str:
    """A template with values: `{name}`, `{?a,b}`, `{?list*}` of RFC 6570. Others are left out."""

    def filled(found: re.Match[str]) -> str:
        operator, names = found[1], found[2].split(",")
        if not operator:
            return ",".join(_encoded(each) for name in names for each in _several(values, name))
        pairs = [f"{name}={each}" for name, each in _pairs(values, names)]
        return operator + "&".join(pairs) if pairs else ""

    return _EXPRESSION.sub(filled, template)


def _pairs(values: Values, names: Sequence[str]) -> list[tuple[str, str]]:
    plain = [name.removesuffix("*") for name in names]
    return [(name, _encoded(each)) for name in plain for each in _several(values, name)]


def _several(values: Values, name: str) -> Sequence[str]:
    given = values.get(name, ())
    return (given,) if isinstance(given, str) else given


def _encoded(text: str) -> str:
    return quote(text, safe="")

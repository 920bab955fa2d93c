"""Query parameters that several operations share, under the names of the API."""

from typing import Annotated, Any

from litestar.datastructures import MultiDict
from litestar.params import QueryParameter

from haymarket.paging import Page, page

Offset = Annotated[int | None, QueryParameter(name="offset", description="How many to skip")]
Limit = Annotated[
    int | None, QueryParameter(name="limit", description="Page size: 10 by default, at most 50")
]


def the_page(offset: Offset = None, limit: Limit = None) -> Page:
    """The dependency `page`: the window that the caller asks for."""
    return page(offset, limit)


def pairs(parameters: MultiDict[Any]) -> list[tuple[str, str]]:
    """The query of a request as it was given, to be echoed by `self` links."""
    return [(name, str(value)) for name, value in parameters.multi_items()]

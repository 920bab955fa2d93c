"""The API about itself: its OpenAPI document, a Postman collection, and a page for people."""

from collections.abc import Callable
from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.di import NamedDependency

from haymarket import paths
from haymarket.hal import JSON, encode
from haymarket.settings import Settings
from haymarket.web.api_page import HEADERS, page_of
from haymarket.web.openapi import document
from haymarket.web.openapi_schemas import Schema
from haymarket.web.postman import collection_of

AnyRequest = Request[Any, Any, Any]


@get(paths.OPENAPI, include_in_schema=False, sync_to_thread=True)
def show_openapi(request: AnyRequest) -> Response[bytes]:
    """The OpenAPI document."""
    return Response(_kept(request, "openapi", encode), media_type=JSON)


@get(paths.POSTMAN, include_in_schema=False, sync_to_thread=True)
def show_postman(request: AnyRequest, settings: NamedDependency[Settings]) -> Response[bytes]:
    """The operations as a Postman collection, for this marketplace."""

    def made(described: Schema) -> bytes:
        return encode(collection_of(described, settings.base_url))

    return Response(_kept(request, "postman", made), media_type=JSON)


@get(paths.API_PAGE, include_in_schema=False, sync_to_thread=True)
def show_page(request: AnyRequest) -> Response[bytes]:
    """The operations and schemas as a page."""
    return Response(_kept(request, "page", page_of), media_type=MediaType.HTML, headers=HEADERS)


def _kept(request: AnyRequest, name: str, make: Callable[[Schema], bytes]) -> bytes:
    """What `make` makes of the document: made once, since the routes of an app stay."""
    kept: dict[str, bytes] = request.app.state.setdefault("about_the_api", {})
    if name not in kept:
        kept[name] = make(document(request.app))
    return kept[name]


ROUTES = [show_openapi, show_postman, show_page]

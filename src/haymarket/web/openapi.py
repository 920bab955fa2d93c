"""The OpenAPI document of the API, made from the typed routes."""

import re
from collections.abc import Iterator
from typing import Any, get_args

from litestar import Litestar, Router
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.routes import BaseRoute, HTTPRoute
from litestar.types import ControllerRouterHandler

from haymarket import __version__, paths
from haymarket.web.errors import JsonErrorsDoc
from haymarket.web.names import camel, on_the_wire
from haymarket.web.not_built import OPERATIONS
from haymarket.web.openapi_operations import not_built, operation_of
from haymarket.web.openapi_schemas import Schema, components
from haymarket.web.tags import TAGS

METHODS = ("get", "post", "put", "patch", "delete")
ABOUT = f"""
Haymarket speaks the Atlassian Marketplace REST API v2. A client starts at the entry point and
follows links. Callers identify themselves by HTTP Basic, with their e-mail address and an API
token. Whoever has an access token of a private app reads it with `accessToken` in the query; who
guesses is 429. What a caller may not see is 404, and every error has the same body. Operations that
are marked `x-not-built` answer 501. For people there is a page: {paths.API_PAGE}.
""".strip().replace("\n", " ")


class _Nowhere(Router):
    """Takes no routes: Litestar would serve its own pages of its own document."""

    def register(self, value: ControllerRouterHandler) -> list[BaseRoute]:
        return []


CONFIG = OpenAPIConfig(
    title="Haymarket",
    version=__version__,
    use_handler_docstrings=True,
    operation_id_creator=lambda handler, method, parts: camel(handler.handler_name),
    openapi_router=_Nowhere("/nowhere", route_handlers=[]),
)
"""How Litestar describes the routes; `document` goes on from there."""


def document(app: Litestar) -> Schema:
    """The OpenAPI 3.1 document of a marketplace. Its addresses are relative to where it lies."""
    base = app.openapi_schema.to_schema()
    found = _paths(app, base)
    answered = [type_ for _, _, handler in documented(app) for type_ in _types(handler)]
    used = {operation["tags"][0] for item in found.values() for operation in _operations(item)}
    return {
        "openapi": "3.1.0",
        "info": {"title": CONFIG.title, "version": CONFIG.version, "description": ABOUT},
        "servers": [{"url": paths.API}],
        "tags": [{"name": name, "description": TAGS[name]} for name in TAGS if name in used],
        "paths": found,
        "components": {
            "schemas": components(base["components"]["schemas"], [JsonErrorsDoc, *answered]),
            "securitySchemes": {"basicAuth": {"type": "http", "scheme": "basic"}},
        },
    }


def documented(app: Litestar) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    """The operations that the document shows: path of the route, method, handler."""
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for method, (handler, _) in route.route_handler_map.items():
                if handler.resolve_include_in_schema():
                    yield route.path_format, str(method), handler


def path_of(route: str) -> str:
    """The path of a route as the document has it: below the API, with the API's names."""
    below = "/" if route == paths.API else route.removeprefix(paths.API)
    return re.sub(r"\{(\w+)\}", lambda found: f"{{{on_the_wire(found[1])}}}", below)


def _paths(app: Litestar, base: Schema) -> dict[str, Schema]:
    found: dict[str, Schema] = {}
    for route, method, handler in documented(app):
        path = path_of(route)
        known = base["paths"][route][method.lower()]
        item = found.setdefault(path, {})
        item[method.lower()] = operation_of(handler, method, path, known)
        if not route.startswith(paths.API):
            item["servers"] = [{"url": "/"}]
    for each in OPERATIONS:
        found.setdefault(each.path, {}).setdefault(each.method.lower(), not_built(each))
    return {path: _in_order(found[path]) for path in sorted(found)}


def _in_order(item: Schema) -> Schema:
    return {name: item[name] for name in ("servers", *METHODS) if name in item}


def _operations(item: Schema) -> list[Schema]:
    return [item[method] for method in METHODS if method in item]


def _types(handler: HTTPRouteHandler) -> Iterator[Any]:
    """The structs of an operation: what it answers, and what it is sent where it says so."""
    for each in handler.parsed_fn_signature.return_type.inner_types:
        yield from get_args(each.annotation) if each.is_union else (each.annotation,)
    if isinstance(handler.opt.get("body"), type):
        yield handler.opt["body"]

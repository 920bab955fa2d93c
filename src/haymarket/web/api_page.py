"""The page about the API for people: the OpenAPI document as HTML, without any script."""

from collections.abc import Iterator
from html import escape

from haymarket import paths
from haymarket.web.api_parts import (
    anchor_of,
    code,
    link,
    operation_part,
    prose,
    schema_part,
    table,
)
from haymarket.web.api_style import HEADERS, STYLE
from haymarket.web.callers import PERMISSIONS, TOKEN_SCOPES
from haymarket.web.openapi import METHODS
from haymarket.web.openapi_schemas import Schema

__all__ = ["HEADERS", "page_of"]

EXAMPLE = f"curl --user 'you@example.com:API-TOKEN' https://HOST{paths.ADDONS}?limit=5"
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def page_of(document: Schema) -> bytes:
    """The page, UTF-8."""
    title = f"The API of {document['info']['title']} {document['info']['version']}"
    body = "\n".join([_opening(document, title), "<main>", *_sections(document), "</main>"])
    return PAGE.format(title=escape(title), style=STYLE, body=body).encode()


def _opening(document: Schema, title: str) -> str:
    entries = [link(anchor_of(each["name"]), each["name"]) for each in document["tags"]]
    entries += [
        link("scopes", "Permissions"),
        link("not-served", "Not served yet"),
        link("schemas", "Schemas"),
    ]
    listed = "".join(f"<li>{entry}</li>" for entry in entries)
    return "\n".join(
        [
            f"<header><h1>{escape(title)}</h1>",
            f"<p>{prose(document['info']['description'])}</p>",
            f"<pre>{escape(EXAMPLE)}</pre>",
            f'<p>For machines: <a href="{paths.OPENAPI}">OpenAPI 3.1</a>,'
            f' <a href="{paths.POSTMAN}">Postman collection</a>.</p></header>',
            f'<nav aria-label="Contents"><ul>{listed}</ul></nav>',
        ]
    )


def _sections(document: Schema) -> Iterator[str]:
    yield _permissions()
    for tag in document["tags"]:
        served = list(_served(document, tag["name"]))
        if not served:
            served = [f"<p>None of these is served yet, see {link('not-served', 'the list')}.</p>"]
        yield "\n".join(
            [
                f'<section id="{anchor_of(tag["name"])}"><h2>{escape(tag["name"])}</h2>',
                f"<p>{escape(tag['description'])}</p>",
                *served,
                "</section>",
            ]
        )
    yield _not_served(document)
    yield _schemas(document)


def _operations(document: Schema) -> Iterator[tuple[str, str, Schema]]:
    """Every operation: method, address, what is said of it."""
    for path, item in document["paths"].items():
        server = item.get("servers", document["servers"])[0]["url"].rstrip("/")
        for method in METHODS:
            if method in item:
                yield method, f"{server}{path}", item[method]


def _served(document: Schema, tag: str) -> Iterator[str]:
    for method, address, operation in _operations(document):
        if tag in operation["tags"] and not operation.get("x-not-built"):
            yield operation_part(method, address, operation)


def _permissions() -> str:
    contact = [(code(name), escape(opens)) for name, opens in PERMISSIONS.items()]
    token = [(code(name), escape(opens)) for name, opens in TOKEN_SCOPES.items()]
    return "\n".join(
        [
            '<section id="scopes"><h2>Permissions</h2>',
            "<p>What is public is for everyone. What is not, only contacts of the vendor and"
            " administrators see; for all others it does not exist and is 404. Changes need a"
            " permission; who sees the thing but lacks the permission gets 403, and who has not"
            " said who he or she is gets 401. Administrators have every permission.</p>",
            table("Permissions of a vendor's contact", contact),
            table("Scopes of an API token", token),
            "<p>A version of an app may list permissions of its own: what the app may do in the"
            " product that it is installed in, for instance read or change what is there. The"
            " product keeps and explains them; the marketplace shows what the app asks for.</p>",
            "</section>",
        ]
    )


def _not_served(document: Schema) -> str:
    rows = [
        (code(method.upper()), code(address), escape(operation["summary"]))
        for method, address, operation in _operations(document)
        if operation.get("x-not-built")
    ]
    return "\n".join(
        [
            '<section id="not-served"><h2>Not served yet</h2>',
            "<p>These operations of the API answer 501 in this version.</p>",
            table("Operations that answer 501", rows),
            "</section>",
        ]
    )


def _schemas(document: Schema) -> str:
    parts = [schema_part(*each) for each in document["components"]["schemas"].items()]
    return "\n".join(['<section id="schemas"><h2>Schemas</h2>', *parts, "</section>"])

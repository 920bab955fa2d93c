"""The operations as a Postman collection (format 2.1), made from the OpenAPI document."""

from collections.abc import Iterator
from typing import Any

from msgspec import json

from haymarket.web.openapi import METHODS
from haymarket.web.openapi_schemas import Schema
from haymarket.web.samples import sample_of

FORMAT = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
ABOUT = (
    "Set the variables email and token to your own. An operation that anyone may call takes no"
    " credentials too: choose No Auth for it."
)


def collection_of(document: Schema, base_url: str) -> Schema:
    """The collection, in folders by tag. Operations that are not served yet are left out."""
    folders = [
        {
            "name": tag["name"],
            "description": tag["description"],
            "item": list(_items(document, tag["name"])),
        }
        for tag in document["tags"]
    ]
    return {
        "info": {
            "name": document["info"]["title"],
            "description": f"{document['info']['description']} {ABOUT}",
            "version": document["info"]["version"],
            "schema": FORMAT,
        },
        "auth": {
            "type": "basic",
            "basic": [_variable("username", "{{email}}"), _variable("password", "{{token}}")],
        },
        "variable": [
            _variable("baseUrl", base_url),
            _variable("email", ""),
            _variable("token", ""),
        ],
        "item": [folder for folder in folders if folder["item"]],
    }


def _variable(key: str, value: str) -> Schema:
    return {"key": key, "value": value, "type": "string"}


def _items(document: Schema, tag: str) -> Iterator[Schema]:
    for path, item in document["paths"].items():
        server = item.get("servers", document["servers"])[0]["url"].rstrip("/")
        for method in METHODS:
            operation = item.get(method)
            if operation and tag in operation["tags"] and not operation.get("x-not-built"):
                yield {
                    "name": operation["summary"],
                    "request": _request(document, method, f"{server}{path}", operation),
                    "response": [],
                }


def _request(document: Schema, method: str, path: str, operation: Schema) -> Schema:
    content = operation.get("requestBody", {}).get("content", {})
    parameters = operation.get("parameters", [])
    headers = [_field(each, disabled=True) for each in parameters if each["in"] == "header"]
    kind = next(iter(content), None)
    if kind and kind != "multipart/form-data":
        told = "application/octet-stream" if kind == "image/*" else kind
        headers.append({"key": "Content-Type", "value": told})
    return {
        "method": method.upper(),
        "description": f"{operation['description']}\n\nFor: {operation['x-who']}.",
        "header": headers,
        "url": _url(path, parameters),
        **({"body": _body(document, kind, content[kind]["schema"])} if kind else {}),
    }


def _url(path: str, parameters: list[Schema]) -> Schema:
    parts = [f":{part[1:-1]}" if part.startswith("{") else part for part in path.split("/") if part]
    query = [_field(each, not each["required"]) for each in parameters if each["in"] == "query"]
    variables = [_field(each) for each in parameters if each["in"] == "path"]
    asked = "&".join(f"{each['key']}=" for each in query if not each.get("disabled"))
    return {
        "raw": "/".join(["{{baseUrl}}", *parts]) + (f"?{asked}" if asked else ""),
        "host": ["{{baseUrl}}"],
        "path": parts,
        "query": query,
        "variable": variables,
    }


def _field(parameter: Schema, disabled: bool = False) -> Schema:
    schema = parameter["schema"].get("items", parameter["schema"])
    allowed = f" ({', '.join(schema['enum'])})" if "enum" in schema else ""
    return {
        "key": parameter["name"],
        "value": "",
        "description": parameter.get("description", "") + allowed,
        **({"disabled": True} if disabled else {}),
    }


def _body(document: Schema, kind: str, schema: Schema) -> Any:
    if kind == "multipart/form-data":
        return {"mode": "formdata", "formdata": [{"key": "file", "type": "file", "src": []}]}
    if "json" not in kind:
        return {"mode": "file", "file": {}}
    sample = json.encode(sample_of(schema, document["components"]["schemas"]))
    return {
        "mode": "raw",
        "raw": json.format(sample, indent=2).decode(),
        "options": {"raw": {"language": "json"}},
    }

"""The operations of the OpenAPI document: those of the typed routes, as the API writes them."""

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus

from litestar.handlers import HTTPRouteHandler

from haymarket.hal import JSON
from haymarket.web.callers import (
    ADMIN,
    ANYONE,
    HOLDER,
    PERMISSIONS,
    WHO,
    caller_of,
    knows_its_caller,
)
from haymarket.web.names import camel, on_the_wire
from haymarket.web.not_built import Operation
from haymarket.web.openapi_schemas import JSON_PATCH, Schema, reference, without_null
from haymarket.web.tags import tag_of

ERRORS = "JsonErrorsDoc"
BINARY: Schema = {"type": "string", "format": "binary"}
FORM: Schema = {"type": "object", "properties": {"file": BINARY}, "required": ["file"]}
BODIES: Mapping[str, Mapping[str, Schema]] = {
    JSON_PATCH: {"application/json-patch+json": reference(JSON_PATCH)},
    "ArtifactFile": {"multipart/form-data": FORM, "application/octet-stream": BINARY},
    "ImageFile": {"image/*": BINARY, "application/octet-stream": BINARY},
    "Heartbeat": {
        "application/json": {"type": "array", "items": reference("Heartbeat")},
        "application/x-ndjson": reference("Heartbeat"),
    },
}
"""Request bodies that are no JSON documents: content types and schemas by the name in `opt`."""

LOCATION = {"Location": {"description": "The path of the resource", "schema": {"type": "string"}}}
CHALLENGE = {"WWW-Authenticate": {"schema": {"type": "string"}}}

PATH_PARAMETERS: Mapping[str, str] = {
    "addonKey": "Key of the app",
    "appId": "Number of the app, as in the addresses of its pages",
    "applicationBuildNumber": "Build number of the version",
    "applicationKey": "Key of the host application, or a former one",
    "assetName": "Name of the asset, its slashes percent-encoded",
    "contactId": "Number of the contact",
    "deliveryId": "Number of the delivery, as in the header X-Haymarket-Delivery",
    "imageType": "What the image is for, which fixes its size",
    "licenseTypeKey": "Key of the license type",
    "name": "Name of the version",
    "pluginBuildNumber": "Build number of the version",
    "pluginCategoryId": "Number of the category",
    "reviewId": "Number of the review",
    "token": "The access token",
    "vendorId": "Number of the vendor",
    "webhookId": "Number of the webhook",
}

MEANING: Mapping[int, str] = {
    200: "The document.",
    201: "Created; the document of what is new.",
    204: "Done.",
    304: "The caller has it already.",
    400: "The request can not be read, or breaks a rule.",
    401: "Credentials are needed, or those that were sent are not valid.",
    403: "The caller is known, but may not do this.",
    404: "It does not exist, or the caller may not see it.",
    409: "Not possible in the present state.",
    413: "The body is too large.",
    429: "Asked too often; `Retry-After` says how many seconds to wait.",
    501: "This version of Haymarket does not serve this operation yet.",
}


def operation_of(handler: HTTPRouteHandler, method: str, path: str, known: Schema) -> Schema:
    """An operation. `known` is what Litestar says of it, `path` lies below the API."""
    who = caller_of(handler)
    found: Schema = {
        "operationId": handler.operation_id or camel(handler.handler_name),
        "summary": known["summary"],
        "description": known["description"],
        "tags": [tag_of(path)],
        "x-who": WHO[who],
    }
    if who not in (ANYONE, HOLDER):
        found["security"] = [{"basicAuth": []}]
    elif knows_its_caller(handler):
        found["security"] = [{}, {"basicAuth": []}]
    parameters = [_parameter(each) for each in known.get("parameters", ())]
    if parameters:
        found["parameters"] = parameters
    body = body_name(handler)
    if body:
        found["requestBody"] = {"required": True, "content": _content(body)}
    found["responses"] = _responses(handler, method, parameters, known)
    return found


def not_built(operation: Operation) -> Schema:
    """An operation that answers 501."""
    names = [part[1:-1] for part in operation.path.split("/") if part.startswith("{")]
    words = [word[:1].upper() + word[1:] for word in re.findall(r"\w+", operation.path)]
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in names
    ]
    return {
        "operationId": operation.method.lower() + "".join(words),
        "summary": operation.summary,
        "description": "Not served yet.",
        "tags": [tag_of(operation.path)],
        "x-not-built": True,
        **({"parameters": parameters} if parameters else {}),
        "responses": {"501": _error(501)},
    }


def body_name(handler: HTTPRouteHandler) -> str | None:
    """The name of the schema of a request body; `opt["body"]` is that name, or a struct."""
    body = handler.opt.get("body")
    return body.__name__ if isinstance(body, type) else body


def _content(body: str) -> Schema:
    types = BODIES.get(body) or {JSON: reference(body)}
    return {kind: {"schema": schema} for kind, schema in types.items()}


def _parameter(known: Schema) -> Schema:
    in_path = known["in"] == "path"
    name = on_the_wire(known["name"]) if in_path else known["name"]
    schema = {key: value for key, value in known["schema"].items() if key != "description"}
    told = known.get("description") or (PATH_PARAMETERS.get(name) if in_path else None)
    return {
        "name": name,
        "in": known["in"],
        **({"description": told} if told else {}),
        "required": known["required"],
        "schema": without_null(schema),
    }


def _responses(
    handler: HTTPRouteHandler, method: str, parameters: list[Schema], known: Schema
) -> Schema:
    status = handler.status_code
    success: Schema = {"description": MEANING[status]}
    if status == 201 or (status == 204 and method != "DELETE"):
        success["headers"] = LOCATION
    content = known["responses"][str(status)].get("content")
    if content and status != 204:
        success["content"] = _answered(content)
    others = {str(each): _error(each) for each in sorted(_refusals(handler, method, parameters))}
    return {str(status): success, **others}


def _answered(content: Schema) -> Schema:
    [(kind, schema)] = [(kind, without_null(each["schema"])) for kind, each in content.items()]
    if kind.endswith("+xml"):
        return {kind: {"schema": schema}}
    if schema == {"type": "string"}:
        return {"application/octet-stream": {"schema": BINARY}}
    return {JSON: {"schema": schema}}


def _refusals(handler: HTTPRouteHandler, method: str, parameters: list[Schema]) -> Iterator[int]:
    has_body = body_name(handler) is not None
    is_open = [each for each in parameters if each["in"] == "path" and "enum" not in each["schema"]]
    if has_body or len(is_open) < len(parameters):
        yield 400
    if knows_its_caller(handler):
        yield 401
    if method != "GET" or caller_of(handler) in {ADMIN, *PERMISSIONS}:
        yield 403
    if is_open:
        yield 404
    if has_body:
        yield 413
    yield from handler.opt.get("also", ())


def _error(status: int) -> Schema:
    if status < 400:
        return {"description": MEANING[status]}
    told = MEANING.get(status) or HTTPStatus(status).phrase
    found: Schema = {"description": told, "content": {JSON: {"schema": reference(ERRORS)}}}
    return found | ({"headers": CHALLENGE} if status == 401 else {})

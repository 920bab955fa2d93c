"""The parts of the page about the API: operations and schemas as HTML, every text escaped."""

import re
from collections.abc import Iterable, Mapping
from html import escape

from haymarket.web.openapi_schemas import Schema
from haymarket.web.samples import name_in


def prose(text: str) -> str:
    """A text with `code` in backticks."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def code(text: str) -> str:
    """A name, a path or a value."""
    return f"<code>{escape(text)}</code>"


def link(anchor: str, text: str) -> str:
    """A link within the page."""
    return f'<a href="#{escape(anchor)}">{escape(text)}</a>'


def anchor_of(tag: str) -> str:
    """Where the operations of a tag are."""
    return f"tag-{re.sub(r'[^a-z0-9]+', '-', tag.lower())}"


def table(caption: str, rows: Iterable[tuple[str, ...]]) -> str:
    """A table whose first column names the rows; nothing without rows. Cells are HTML."""
    lines = [
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'
        for first, *rest in rows
    ]
    if not lines:
        return ""
    body = "\n".join(lines)
    return (
        f'<div class="scroll"><table><caption>{escape(caption)}</caption>\n{body}\n</table></div>'
    )


def operation_part(method: str, address: str, operation: Schema) -> str:
    """One operation that is served."""
    name = operation["operationId"]
    return _lines(
        [
            f'<article id="op-{escape(name)}">',
            f'<h3><span class="method">{code(method.upper())}</span> {code(address)}</h3>',
            f"<p><strong>{escape(operation['summary'])}.</strong>"
            f" {prose(operation['description'])}</p>",
            f"<p>For: {escape(operation['x-who'])}.</p>",
            table("Parameters", map(_parameter, operation.get("parameters", ()))),
            table("Body", _contents(operation.get("requestBody", {}))),
            table("Answers", map(_answer, operation["responses"].items())),
            "</article>",
        ]
    )


def schema_part(name: str, schema: Schema) -> str:
    """One named schema."""
    required = schema.get("required", ())
    rows = [
        (code(member), type_of(each), "required" if member in required else "", _notes(each))
        for member, each in schema.get("properties", {}).items()
    ]
    described = prose(schema.get("description", ""))
    whole = "" if rows else f"<p>{type_of(schema)}</p>"
    return _lines(
        [
            f'<article id="schema-{escape(name)}">',
            f"<h3>{escape(name)}</h3>",
            f"<p>{described}</p>",
            whole + table("Members", rows),
            "</article>",
        ]
    )


def type_of(schema: Schema) -> str:
    """What fits a schema, in a few words and links."""
    if "$ref" in schema:
        name = name_in(schema["$ref"])
        return link(f"schema-{name}", name)
    if "enum" in schema:
        return ", ".join(code(str(each)) for each in schema["enum"])
    if "oneOf" in schema:
        return " or ".join(type_of(each) for each in schema["oneOf"])
    match schema.get("type"):
        case "array":
            return f"list of {type_of(schema['items'])}"
        case "object" if isinstance(schema.get("additionalProperties"), Mapping):
            return f"object of {type_of(schema['additionalProperties'])}"
        case None:
            return "any JSON"
    kind = str(schema["type"])
    return escape(f"{kind} ({schema['format']})" if "format" in schema else kind)


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


def _parameter(parameter: Schema) -> tuple[str, ...]:
    need = "required" if parameter["required"] else "optional"
    told = prose(parameter.get("description", ""))
    return code(parameter["name"]), f"{parameter['in']}, {need}", type_of(parameter["schema"]), told


def _contents(holder: Schema) -> list[tuple[str, str]]:
    content = holder.get("content", {})
    return [(code(kind), type_of(each["schema"])) for kind, each in content.items()]


def _answer(entry: tuple[str, Schema]) -> tuple[str, ...]:
    status, response = entry
    shown = " or ".join(kind for _, kind in _contents(response))
    headers = ", ".join(code(name) for name in response.get("headers", ()))
    return code(status), prose(response["description"]), shown, headers


def _notes(schema: Schema) -> str:
    read_only = "read-only" if schema.get("readOnly") else ""
    limits = [
        f"{name} {schema[name]}" for name in ("minimum", "maximum", "maxLength") if name in schema
    ]
    told = [prose(schema["description"])] if "description" in schema else []
    return ", ".join([*filter(None, [read_only]), *map(escape, limits), *told])

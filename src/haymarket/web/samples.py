"""A small document that fits a schema: what is required, and nothing else."""

from collections.abc import Mapping
from typing import Any

from haymarket.web.openapi_schemas import Schema

OF_TYPE: Mapping[str, Any] = {
    "boolean": False,
    "integer": 1,
    "number": 1.0,
    "string": "",
}
OF_FORMAT: Mapping[str, str] = {"date": "2026-01-31", "date-time": "2026-01-31T12:00:00.000Z"}


def sample_of(schema: Schema, named: Mapping[str, Schema]) -> Any:
    """A value for a schema; `named` are the schemas that it may refer to."""
    if "$ref" in schema:
        return sample_of(named[name_in(schema["$ref"])], named)
    if schema.get("examples"):
        return schema["examples"][0]
    if schema.get("enum"):
        return schema["enum"][0]
    if schema.get("oneOf"):
        return sample_of(schema["oneOf"][0], named)
    match schema.get("type"):
        case "object":
            members = schema.get("properties", {})
            return {
                name: sample_of(members[name], named)
                for name in schema.get("required", ())
                if not members[name].get("readOnly")
            }
        case "array":
            return [sample_of(schema["items"], named)]
    return OF_FORMAT.get(schema.get("format", "")) or OF_TYPE.get(schema.get("type", ""), "")


def name_in(reference: str) -> str:
    """The name that `#/components/schemas/Link` refers to."""
    return reference.rpartition("/")[2]

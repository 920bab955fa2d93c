"""Holds answers against what the OpenAPI document promises."""

from typing import Any

from openapi_schema_validator import OAS31Validator

from contract.operations import Operation
from given import Json


def check_promise(described: Json, operation: Operation, answer: Any) -> None:
    """The status is one that the document names, and the body fits its schema."""
    told = described["paths"].get(operation.path, {}).get(operation.method.lower())
    if told is None:
        return
    response = told["responses"][str(answer.status_code)]
    for name in response.get("headers", {}):
        assert name in answer.headers, f"{operation.name} without {name}"
    content = response.get("content", {})
    if "application/json" in content:
        schema = content["application/json"]["schema"]
        whole = {**schema, "components": described["components"]}
        OAS31Validator(whole).validate(answer.json())
    elif not content:
        assert answer.content == b""

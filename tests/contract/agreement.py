"""Where the OpenAPI document and the contract of the API differ, one line for each difference."""

from collections.abc import Iterator
from typing import Any

from given import Json

METHODS = ("get", "post", "put", "patch", "delete")


def differences(ours: Json, contract: Json) -> Iterator[str]:
    """Every difference in an operation that is served, and in the schemas that both know."""
    for path, method, operation in served(ours):
        other = contract["paths"].get(path, {}).get(method)
        if other:
            yield from Pair(f"{method.upper()} {path}", ours, contract).operation(operation, other)
    schemas, others = ours["components"]["schemas"], contract["components"]["schemas"]
    for name in sorted(schemas.keys() & others.keys()):
        yield from Pair(name, ours, contract).schema(schemas[name], others[name])


def served(document: Json) -> Iterator[tuple[str, str, Json]]:
    """The operations that are served: path, method, what is said of it."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item and not item[method].get("x-not-built"):
                yield path, method, item[method]


class Pair:
    """The same thing in both documents."""

    def __init__(self, place: str, ours: Json, contract: Json) -> None:
        self.place = place
        self.ours = ours
        self.contract = contract

    def operation(self, one: Json, other: Json) -> Iterator[str]:
        """What differs between two descriptions of an operation."""
        if one["summary"] != other["summary"]:
            yield f"{self.place}: summary"
        needs: list[Json] = [{"basicAuth": []}]
        if (one.get("security") == needs) != (other.get("security") == needs):
            yield f"{self.place}: security"
        yield from self._parameters(one, other)
        yield from self._responses(one["responses"], other["responses"])
        if body_of(one) != body_of(other):
            yield f"{self.place}: body"

    def schema(self, one: Json, other: Json) -> Iterator[str]:
        """What differs between two schemas of a name."""
        if set(one.get("required", ())) != set(other.get("required", ())):
            yield f"{self.place}: required"
        members, others = one.get("properties", {}), other.get("properties", {})
        for name in sorted(members.keys() & others.keys()):
            if self._kind(self.ours, members[name]) != self._kind(self.contract, others[name]):
                yield f"{self.place}.{name}: type"
            if members[name].get("readOnly") and not others[name].get("readOnly"):
                yield f"{self.place}.{name}: read-only"

    def _parameters(self, one: Json, other: Json) -> Iterator[str]:
        mine = {(each["name"], each["in"]): each for each in one.get("parameters", ())}
        theirs = {(each["name"], each["in"]): each for each in other["parameters"]}
        for key in sorted(theirs.keys() | mine.keys()):
            where = f"{self.place}: {key[1]} parameter {key[0]}"
            if key not in mine:
                yield f"{where} is missing"
            elif key not in theirs:
                yield f"{where} is more"
            else:
                yield from self._parameter(where, mine[key], theirs[key])

    def _parameter(self, where: str, one: Json, other: Json) -> Iterator[str]:
        if bool(one.get("required")) != bool(other.get("required")):
            yield f"{where}: required"
        if self._kind(self.ours, one["schema"]) != self._kind(self.contract, other["schema"]):
            yield f"{where}: type"

    def _responses(self, one: Json, other: Json) -> Iterator[str]:
        for status, response in other.items():
            if status not in one:
                yield f"{self.place}: {status} is missing"
                continue
            if "Location" in response.get("headers", {}) and not one[status].get("headers"):
                yield f"{self.place}: {status} Location"
            theirs = response.get("content", {}).get("application/json")
            mine = one[status].get("content", {}).get("application/json")
            if theirs and (mine or {}).get("schema") != theirs["schema"]:
                yield f"{self.place}: {status} schema"

    def _kind(self, document: Json, schema: Json) -> Any:
        """What a schema lets through, in a form to compare: enum, name of an object, or type."""
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            named = document["components"]["schemas"][name]
            return self._kind(document, named) if "enum" in named else name
        if "enum" in schema:
            return sorted(schema["enum"])
        if schema.get("type") == "array":
            return "array", str(self._kind(document, schema["items"]))
        return {"integer": "number"}.get(schema.get("type", ""), schema.get("type"))


def body_of(operation: Json) -> dict[str, Any]:
    """Content types of a request and their schemas."""
    content = operation.get("requestBody", {}).get("content", {})
    return {kind: each["schema"] for kind, each in content.items()}

"""JSON Patch (RFC 6902) over the GET representation of a resource (general.md, 8)."""

import re
from copy import deepcopy
from typing import Any, Literal

import msgspec
from jsonpatch import JsonPatch, JsonPatchException
from jsonpointer import JsonPointer, JsonPointerException

from haymarket.errors import Invalid, TooLarge
from haymarket.web.bodies import read_json, shape

MOST_COPIED = 2_000_000
"""Bytes that the `copy` operations of one patch may add to the document."""
MOST_OPERATIONS = 1000

NEEDS = {"add": "value", "replace": "value", "test": "value", "copy": "from", "move": "from"}
"""The member that an operation has beside `op` and `path`."""

_POINTER = re.compile(r"(/([^~/]|~[01])*)*")


class Operation(msgspec.Struct):
    """One operation of a patch."""

    op: Literal["add", "copy", "move", "remove", "replace", "test"]
    path: str
    value: Any = msgspec.UNSET
    from_: str | msgspec.UnsetType = msgspec.field(name="from", default=msgspec.UNSET)


def read_patch(body: bytes) -> list[dict[str, Any]]:
    """The operations of a body, checked for their form. Raises Invalid at the bad one."""
    value = read_json(body)
    if not isinstance(value, list):
        raise Invalid("A patch is an array of operations", "")
    if len(value) > MOST_OPERATIONS:
        raise TooLarge(f"A patch has at most {MOST_OPERATIONS} operations")
    shape(value, list[Operation])
    for index, operation in enumerate(value):
        _check_form(operation, index)
    return value


def _check_form(operation: dict[str, Any], index: int) -> None:
    needed = NEEDS.get(operation["op"])
    if needed and needed not in operation:
        raise Invalid(f"{operation['op']} needs {needed}", f"/{index}/{needed}")
    for member in ("path", "from"):
        if not _POINTER.fullmatch(operation.get(member, "")):
            raise Invalid(f"{operation[member]} is no JSON Pointer", f"/{index}/{member}")


def apply_patch(
    document: dict[str, Any], operations: list[dict[str, Any]], ignored: tuple[str, ...]
) -> dict[str, Any]:
    """The patched document; the given one is not touched.

    Operations that change what lies at or below a pointer of `ignored` (read-only members) do
    nothing: the official client sends such operations with every update.
    """
    patched, copied = deepcopy(document), 0
    for index, operation in enumerate(operations):
        if operation["op"] != "test" and _touches(operation["path"], ignored):
            continue
        try:
            copied += _size_of_copy(patched, operation)
            if copied > MOST_COPIED:
                raise TooLarge(f"Operation {index} makes the document too large")
            # the patch is taken over in place, or else each operation costs a copy of it all
            patched = JsonPatch([deepcopy(operation)]).apply(patched, in_place=True)
        except (JsonPatchException, JsonPointerException, TypeError, KeyError) as error:
            raise Invalid(f"Operation {index} can not be applied: {error}", f"/{index}") from None
        except RecursionError:
            raise Invalid(f"Operation {index} is nested too deeply", f"/{index}") from None
        if not isinstance(patched, dict):
            raise Invalid(f"Operation {index} leaves no object", f"/{index}")
    return patched


def _touches(path: str, ignored: tuple[str, ...]) -> bool:
    return any(path == member or path.startswith(f"{member}/") for member in ignored)


def _size_of_copy(document: dict[str, Any], operation: dict[str, Any]) -> int:
    if operation["op"] != "copy":
        return 0
    return len(msgspec.json.encode(JsonPointer(operation["from"]).resolve(document)))

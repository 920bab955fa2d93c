"""Reads request documents; whatever is wrong is refused with a JSON Pointer to it."""

import re
from typing import Any, TypeVar

import msgspec

from haymarket.errors import Invalid

T = TypeVar("T")
_PART = re.compile(r"\.([A-Za-z_][A-Za-z0-9_-]*)|\[(\d+)\]|\[(\.\.\.)\]")


def read_json(body: bytes) -> Any:
    """The JSON value of a body. Raises Invalid for anything else."""
    try:
        value = msgspec.json.decode(body)
    except msgspec.DecodeError as error:
        raise Invalid(f"The body is not valid JSON: {error}", "") from None
    except UnicodeDecodeError:
        raise Invalid("The body is not valid UTF-8", "") from None
    except RecursionError:
        raise Invalid("The body is nested too deeply", "") from None
    if rb"\u0000" in body:
        _refuse_nul(value)
    return value


def _refuse_nul(value: Any) -> None:
    """No text holds the character U+0000, since PostgreSQL can not keep it."""
    waiting = [("", value)]
    while waiting:
        path, each = waiting.pop()
        if isinstance(each, dict):
            waiting += [(f"{path}/{name}", member) for name, member in each.items()]
            waiting += [(path, name) for name in each]
        elif isinstance(each, list):
            waiting += [(f"{path}/{index}", member) for index, member in enumerate(each)]
        elif isinstance(each, str) and "\0" in each:
            raise Invalid("The character U+0000 is not allowed", path.replace("\0", ""))


def shape(value: Any, into: type[T]) -> T:
    """A JSON value as a struct; unknown members are ignored. Raises Invalid at the bad member."""
    try:
        return msgspec.convert(value, into)
    except msgspec.ValidationError as error:
        raise invalid_at(str(error)) from None


def invalid_at(message: str) -> Invalid:
    """An `Invalid` from msgspec's message, its `$.a.b[0]` turned into `/a/b/0`.

    A member that is missing is named itself, not the object that lacks it.
    """
    reason, _, place = message.partition(" - at `")
    path = pointer(place.rstrip("`"))
    missing = re.match(r"Object missing required field `([^`]+)`", reason)
    if missing:
        return Invalid(f"{missing[1]} is required", f"{path}/{missing[1]}")
    return Invalid(reason, path)


def pointer(place: str) -> str:
    """`$._embedded.version[2].name` as a JSON Pointer."""
    return "".join(f"/{name or index or '-'}" for name, index, _ in _PART.findall(place))

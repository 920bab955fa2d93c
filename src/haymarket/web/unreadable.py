"""Says which parameters of a request can not be read, each by its name on the wire."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

import msgspec
from litestar import Request
from litestar.di import Provide
from litestar.enums import ParamType
from litestar.handlers import HTTPRouteHandler
from litestar.params import ParameterKwarg
from litestar.typing import FieldDefinition

from haymarket.errors import Problem
from haymarket.web.names import parameter_name

CODE = "INVALID_PARAMETER"
Parameter = tuple[FieldDefinition, ParameterKwarg, Any]
"""An argument of a handler, what is said of it, and the type that its value must fit."""


def unreadable(request: Request[Any, Any, Any]) -> list[Problem]:
    """Every parameter that is missing, or that its type does not fit."""
    found = []
    for field, kind, wanted in parameters_of(request.route_handler):
        name = parameter_name(field)
        values = _sent(request, field, kind, name)
        message = _problem(values, wanted, field)
        if message:
            found.append(Problem(f"{name}: {message}", None, CODE))
    return found


def parameters_of(handler: HTTPRouteHandler) -> Iterator[Parameter]:
    """The parameters of a handler, those of what it depends on included."""
    yield from _parameters(handler, handler.resolve_dependencies())


def _parameters(
    owner: HTTPRouteHandler | Provide, providers: Mapping[str, Provide]
) -> Iterator[Parameter]:
    types = owner.signature_model.__annotations__
    for name, field in owner.parsed_fn_signature.parameters.items():
        if name in providers:
            yield from _parameters(providers[name], providers)
        elif isinstance(field.kwarg_definition, ParameterKwarg):
            yield field, field.kwarg_definition, types[name]


def _sent(
    request: Request[Any, Any, Any], field: FieldDefinition, kind: ParameterKwarg, name: str
) -> list[str]:
    if kind.param_type == ParamType.QUERY:
        return [str(value) for value in request.query_params.getall(name, [])]
    if kind.param_type == ParamType.HEADER:
        return request.headers.getall(name, [])
    return [str(request.path_params[field.name])] if field.name in request.path_params else []


def _problem(values: list[str], wanted: Any, field: FieldDefinition) -> str | None:
    if not values:
        return "is required" if field.is_required else None
    is_many = any(get_origin(each) is list for each in _parts(wanted))
    try:
        msgspec.convert(values if is_many else values[-1], wanted, strict=False)
    except msgspec.ValidationError as error:
        return _reason(str(error), values, wanted)
    return None


def _reason(message: str, values: list[str], wanted: Any) -> str:
    allowed = [str(each) for part in _parts(wanted) for each in _literals(part)]
    if allowed:
        wrong = [value for value in values if value not in allowed]
        return f"must be one of {', '.join(allowed)}; got {', '.join(wrong)}"
    plain = list(_parts(wanted))
    if bool in plain:
        return f"must be true or false, got {values[-1]}"
    if int in plain and not values[-1].removeprefix("-").isdecimal():
        return f"must be a whole number, got {values[-1]}"
    return message.split(" - at ")[0]


def _literals(part: Any) -> tuple[Any, ...]:
    return get_args(part) if get_origin(part) is Literal else ()


def _parts(wanted: Any) -> Iterator[Any]:
    """A type and the types that it is made of, without what is merely said about them."""
    yield wanted
    if get_origin(wanted) is not Literal:
        for part in get_args(wanted):
            yield from _parts(part)

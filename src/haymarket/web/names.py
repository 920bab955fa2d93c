"""What the arguments of handlers are called on the wire."""

import re

from litestar.params import ParameterKwarg
from litestar.typing import FieldDefinition

OF_THE_API = {"app_key": "addonKey", "build": "pluginBuildNumber"}
"""Arguments whose name on the wire is another word; all others are in camel case there."""


def camel(name: str) -> str:
    """`license_type_key` as `licenseTypeKey`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def on_the_wire(argument: str) -> str:
    """A path parameter under its name in the API."""
    return OF_THE_API.get(argument) or camel(argument)


def in_python(name: str) -> str:
    """A path parameter of the API as handlers call it."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return next((mine for mine, theirs in OF_THE_API.items() if theirs == name), words)


def parameter_name(field: FieldDefinition) -> str:
    """An argument of a handler under its name in the API."""
    given = field.kwarg_definition
    name = given.name if isinstance(given, ParameterKwarg) else None
    return name or on_the_wire(field.name)

"""Names of arguments and names on the wire."""

import re

import pytest
from litestar import Response, get

from haymarket.web.callers import caller_of
from haymarket.web.names import in_python, on_the_wire
from haymarket.web.not_built import OPERATIONS
from haymarket.web.openapi_schemas import without_null
from haymarket.web.tags import TAGS, tag_of

PARAMETERS = sorted({name for each in OPERATIONS for name in re.findall(r"\{(\w+)\}", each.path)})


@pytest.mark.parametrize("name", [*PARAMETERS, "pluginBuildNumber", "licenseTypeKey"])
def test_a_name_of_the_api_survives_the_way_to_python_and_back(name: str) -> None:
    assert on_the_wire(in_python(name)) == name
    assert re.fullmatch("[a-z_]+", in_python(name))


def test_some_arguments_have_another_word_on_the_wire() -> None:
    assert on_the_wire("app_key") == "addonKey"
    assert on_the_wire("build") == "pluginBuildNumber"
    assert on_the_wire("plugin_category_id") == "pluginCategoryId"


def test_every_operation_belongs_to_a_resource() -> None:
    assert {tag_of(each.path) for each in OPERATIONS} <= set(TAGS)
    assert tag_of("/addons/{addonKey}/versions/latest") == "App versions"
    assert tag_of("/addons/vendor/{vendorId}") == "Apps"
    assert tag_of("/vendors/{vendorId}/contacts") == "Vendors"
    assert tag_of("/") == "Entry point"


def test_a_handler_that_names_unknown_callers_is_refused() -> None:
    @get("/", opt={"who": "someone"}, sync_to_thread=False)
    def handler() -> Response[None]:
        return Response(None)

    with pytest.raises(ValueError, match="someone"):
        caller_of(handler)


def test_a_schema_loses_the_alternatives_of_null() -> None:
    link = {"$ref": "#/components/schemas/Link"}
    schema = {
        "type": "object",
        "properties": {
            "type": {"oneOf": [{"type": "string"}, {"type": "null"}], "default": None},
            "status": {"type": ["null", "string"], "enum": ["a", "b", None]},
            "either": {"anyOf": [link, {"type": "integer"}, {"type": "null"}]},
            "list": {"type": "array", "items": {"oneOf": [link, {"type": "null"}]}},
        },
    }
    assert without_null(schema) == {
        "type": "object",
        "properties": {
            "type": {"type": "string"},
            "status": {"type": "string", "enum": ["a", "b"]},
            "either": {"anyOf": [link, {"type": "integer"}]},
            "list": {"type": "array", "items": link},
        },
    }

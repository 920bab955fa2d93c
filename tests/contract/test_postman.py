"""The Postman collection has the members that format 2.1 requires, and every operation."""

import json
from collections.abc import Iterator

from litestar import Litestar
from litestar.testing import TestClient

from contract.agreement import served
from given import Json
from haymarket import paths
from haymarket.app import serve
from haymarket.web.postman import FORMAT, collection_of
from haymarket.web.samples import sample_of

MODES = {"raw", "urlencoded", "formdata", "file", "graphql"}


def requests(collection: Json) -> Iterator[tuple[str, Json]]:
    """Every request with the name of its folder."""
    for folder in collection["item"]:
        for item in folder["item"]:
            assert item["name"]
            assert isinstance(item["response"], list)
            yield folder["name"], item["request"]


def test_the_collection_has_what_the_format_requires(described: Json) -> None:
    collection = collection_of(described, "http://haymarket.test")
    assert collection["info"]["name"] == "Haymarket"
    assert collection["info"]["schema"] == FORMAT
    assert {each["key"]: each["value"] for each in collection["variable"]} == {
        "baseUrl": "http://haymarket.test",
        "email": "",
        "token": "",
    }
    auth = collection["auth"]
    assert auth["type"] == "basic"
    assert {each["key"]: each["value"] for each in auth["basic"]} == {
        "username": "{{email}}",
        "password": "{{token}}",
    }


def test_every_request_has_what_the_format_requires(described: Json) -> None:
    for _, request in requests(collection_of(described, "http://x")):
        url = request["url"]
        assert request["method"] in {"GET", "POST", "PUT", "PATCH", "DELETE"}
        assert url["host"] == ["{{baseUrl}}"]
        assert url["raw"].partition("?")[0] == "/".join(["{{baseUrl}}", *url["path"]])
        assert all(isinstance(part, str) and part for part in url["path"])
        for field in (*url["query"], *url["variable"], *request["header"]):
            assert field["key"]
            assert isinstance(field["value"], str)
        if "body" in request:
            assert request["body"]["mode"] in MODES
            assert request["body"]["mode"] in request["body"]


def test_every_operation_that_is_served_is_in_the_folder_of_its_tag(described: Json) -> None:
    found = {
        (folder, request["method"], "/".join(request["url"]["path"]))
        for folder, request in requests(collection_of(described, "http://x"))
    }
    expected = set()
    for path, method, told in served(described):
        base = "" if path.startswith(("/download", "/rest/")) else "rest/2"
        address = f"{base}{path.rstrip('/')}".lstrip("/").replace("{", ":").replace("}", "")
        expected.add((told["tags"][0], method.upper(), address))
    assert found == expected


def test_path_parameters_are_variables_of_the_url(described: Json) -> None:
    for _, request in requests(collection_of(described, "http://x")):
        named = {part[1:] for part in request["url"]["path"] if part.startswith(":")}
        assert named == {each["key"] for each in request["url"]["variable"]}


def test_bodies_hold_what_is_required(described: Json) -> None:
    bodies = {
        (request["method"], request["url"]["raw"]): json.loads(request["body"]["raw"])
        for _, request in requests(collection_of(described, "http://x"))
        if request.get("body", {}).get("mode") == "raw"
    }
    app = bodies["POST", "{{baseUrl}}/rest/2/addons"]
    assert set(app) == {"_links", "name", "key", "status"}
    assert set(app["_links"]["vendor"]) == {"href"}
    patch = bodies["PATCH", "{{baseUrl}}/rest/2/addons/:addonKey"]
    assert patch == [{"op": "replace", "path": "/name", "value": "Another name"}]


def test_every_schema_has_a_sample(described: Json) -> None:
    schemas = described["components"]["schemas"]
    for name, schema in schemas.items():
        assert sample_of(schema, schemas) is not None, name


def test_the_collection_is_served(described_app: Litestar, described: Json) -> None:
    with TestClient(serve(described_app)) as client:
        answer = client.get(paths.POSTMAN)
    assert answer.json() == collection_of(described, "http://haymarket.test")

"""The OpenAPI document is valid, and agrees with the contract of the API."""

import json
import re
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from openapi_spec_validator import validate

from contract.agreement import differences, served
from given import Json
from haymarket import paths
from haymarket.app import serve
from haymarket.web.openapi import document
from haymarket.web.openapi_schemas import FORMATS, NOT_PROMISED, READ_ONLY
from truths import walk

DELIBERATE: dict[str, str] = {
    "AddonSummaryLinks.pricing: type": "links to price lists have one form, in lists too",
    "GET /addons/{addonKey}/versions/latest: query parameter hosting: type": "may be repeated",
    "GET /addons/{addonKey}/versions: query parameter hosting: type": "may be repeated",
    "DELETE /addons/{addonKey}/tokens/{token}: 204 is missing": "200 with the token, and no 204",
    "GET /assets/{assetName}: 200 schema": "artifacts are answered too, with their own links",
    "JsonPatchDocumentation.value: type": "texts and lists are sent in practice, not only objects",
    "LinkTemplate: required": "the wire has href and templated; template is only documented",
    "DELETE /addons/{addonKey}/reviews/id/{reviewId}: security": "only authors and administrators",
    "PUT /addons/{addonKey}/reviews/id/{reviewId}: security": "only the author changes a review",
    "POST /assets/artifact: body": "the bare bytes are taken too, as the Java client sends them",
    "POST /assets/image/{imageType}: body": "the body is the image, and no JSON",
    "POST /assets/image/{imageType}: security": "a user is needed, who owns the asset then",
}
"""What differs from the contract on purpose, and why."""

MORE_PARAMETERS: dict[str, str] = {
    "header parameter X-Mpac-DataCenter-BuildNumber": "the Java client sends it for twins",
    "header parameter Origin": "the API names it in words: the host that validates a token",
    "query parameter explain": "ours: why a hit stands where it stands",
    "query parameter file": "the name of an artifact whose bytes are the body",
    "query parameter limit": "recommendations have pages, as their template on the wire says",
    "query parameter offset": "recommendations have pages, as their template on the wire says",
    "query parameter storesPersonalData": "in the templates on the wire",
    "query parameter treatPartlyFreeAs": "the Java client sends it",
    "query parameter withPricingInfo": "in the templates on the wire",
}
"""Parameters that the contract does not have, and why we do."""


def test_the_document_is_valid(described: Json) -> None:
    validate(described)


@pytest.mark.needs_shared
def test_the_document_agrees_with_the_contract(described: Json, shared: Path) -> None:
    contract = json.loads((shared / "contract/marketplace-v2.openapi.json").read_text())
    found = set(differences(described, contract))
    more = {each for each in found if each.endswith(" is more")}
    assert found - more == set(DELIBERATE)
    assert {each.removesuffix(" is more").partition(": ")[2] for each in more} == set(
        MORE_PARAMETERS
    )


@pytest.mark.needs_shared
def test_every_operation_of_the_contract_is_in_the_document(described: Json, shared: Path) -> None:
    contract = json.loads((shared / "contract/marketplace-v2.openapi.json").read_text())
    for path, item in contract["paths"].items():
        for method, told in item.items():
            mine = described["paths"][path][method]
            assert mine["summary"] == told["summary"], f"{method} {path}"
            assert set(mine["responses"]) == {"501"} or not mine.get("x-not-built")


def test_no_schema_has_an_alternative_of_null(described: Json) -> None:
    for place, value in walk(described):
        assert value != "null", place
        assert value is not None, place


def test_every_reference_leads_to_a_schema_and_every_schema_is_used(described: Json) -> None:
    named = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}
    used = {value for place, value in walk(described) if place.endswith("/$ref")}
    assert used == named


def test_operations_have_names_of_their_own(described: Json) -> None:
    names = [
        told["operationId"]
        for item in described["paths"].values()
        for method, told in item.items()
        if method != "servers"
    ]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][A-Za-z0-9]*", name) for name in names)


def test_every_operation_is_described(described: Json) -> None:
    tags = {each["name"] for each in described["tags"]}
    for path, method, told in served(described):
        assert told["summary"], path
        assert told["description"], path
        assert set(told["tags"]) <= tags, path
        for parameter in told.get("parameters", ()):
            assert parameter["description"], f"{method} {path} {parameter['name']}"


def test_every_schema_is_described(described: Json) -> None:
    for name, schema in described["components"]["schemas"].items():
        assert schema["description"], name


def test_what_is_said_of_schemas_is_said_of_members_that_exist(described: Json) -> None:
    schemas = described["components"]["schemas"]
    said = [
        (name, each)
        for table in (NOT_PROMISED, READ_ONLY)
        for name in table
        for each in table[name]
    ]
    for name, member in (*said, *FORMATS):
        assert member in schemas[name]["properties"], f"{name}.{member}"


def test_changes_say_where_the_resource_is(described: Json) -> None:
    created = described["paths"]["/addons"]["post"]["responses"]["201"]
    changed = described["paths"]["/addons/{addonKey}"]["patch"]["responses"]["204"]
    deleted = described["paths"]["/assets/{assetName}"]["delete"]["responses"]["204"]
    assert "Location" in created["headers"]
    assert "Location" in changed["headers"]
    assert "content" not in changed
    assert "headers" not in deleted


def test_what_lies_outside_the_api_has_a_server_of_its_own(described: Json) -> None:
    assert described["servers"] == [{"url": "/rest/2"}]
    item = described["paths"]["/download/apps/{appId}/version/{pluginBuildNumber}"]
    assert item["servers"] == [{"url": "/"}]


def test_the_document_does_not_change_from_one_time_to_the_next(
    described_app: Litestar, described: Json
) -> None:
    assert json.dumps(document(described_app)) == json.dumps(described)


def test_the_document_is_served(described_app: Litestar, described: Json) -> None:
    with TestClient(serve(described_app)) as client:
        answer = client.get(paths.OPENAPI)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == described

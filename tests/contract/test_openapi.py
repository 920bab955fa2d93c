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
from haymarket.web.openapi import document
from haymarket.web.openapi_schemas import FORMATS, NOT_PROMISED, READ_ONLY
from truths import walk

DELIBERATE: dict[str, str] = {}


def test_the_document_is_valid(described: Json) -> None:
    validate(described)


@pytest.mark.needs_shared
def test_the_document_agrees_with_the_contract(described: Json, shared: Path) -> None:
    contract = json.loads((shared / "contract/marketplace-v2.openapi.json").read_text())
    found = set(differences(described, contract))
    assert found == set(DELIBERATE)

"""Requests that are made up from the OpenAPI document, against a live sandbox.

`make fuzz` makes many more of them, and others every time.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from given import Json
from running import Running, clean_environment

EXAMPLES = os.environ.get("FUZZ_EXAMPLES", "")
FEW = 3
METHODS = ("get", "put", "post", "patch", "delete")
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
ALWAYS = ("--phases", "fuzzing", "--continue-on-failure", "--no-color", "-c", ",".join(CHECKS))
CALLERS = {"administrator": "admin@example.com:admin-token", "stranger": None}


def tags_not_served(document: Json) -> Iterator[str]:
    """Resources of which no operation is served yet."""
    served = {
        operation["tags"][0]
        for path in document["paths"].values()
        for method, operation in path.items()
        if method in METHODS and "501" not in operation["responses"]
    }
    return (tag["name"] for tag in document["tags"] if tag["name"] not in served)


def fuzz(server: Running, credentials: str | None, folder: Path) -> str:
    """What is said of the failures that were found; nothing when there are none."""
    address = f"{server.address}/rest/2/openapi.json"
    document = httpx.get(address).json()
    how = ["-n", EXAMPLES] if EXAMPLES else ["-n", str(FEW), "--generation-deterministic"]
    if credentials:
        how += ["--auth", credentials]
    for tag in tags_not_served(document):
        how += ["--exclude-tag", tag]
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "run", address, *ALWAYS, *how],
        cwd=folder,
        env=clean_environment(),
        capture_output=True,
        text=True,
    )
    assert "Test cases:" in done.stdout, done.stdout + done.stderr
    return done.stdout if done.returncode else ""


@pytest.mark.parametrize("who", CALLERS)
def test_nothing_that_is_sent_gets_an_answer_that_the_document_does_not_have(
    sandbox: Running, tmp_path: Path, who: str
) -> None:
    assert fuzz(sandbox, CALLERS[who], tmp_path) == ""

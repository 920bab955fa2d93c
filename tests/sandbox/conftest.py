"""A sandbox that is only looked at, and the files that it was filled from."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar.testing import TestClient

from haymarket.app import build_sandbox, serve
from haymarket.loading import format
from haymarket.sandbox.seed import world
from haymarket.settings import Settings
from running import running

ADMIN = ("admin@example.com", "admin-token")


@pytest.fixture(scope="module")
def anonymous(
    filled_sandbox: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx.Client]:
    """Asks a fresh sandbox without credentials."""
    folder = tmp_path_factory.mktemp("looked-at")
    data = shutil.copytree(filled_sandbox, folder / "data")
    with (
        running("sandbox", "--data", str(data), folder=folder) as server,
        httpx.Client(base_url=server.address, timeout=30) as client,
    ):
        yield client


@pytest.fixture(scope="session")
def documents() -> list[format.Document]:
    """The files of the sandbox's world."""
    read = [format.read_file(path) for path in sorted(world().glob("*.yaml"))]
    return [each for each in read if isinstance(each, format.Document)]


@pytest.fixture(scope="session")
def apps(documents: list[format.Document]) -> list[format.App]:
    """The apps of the world as they were written."""
    return [app for document in documents for app in document.apps]


@pytest.fixture(scope="session")
def public(apps: list[format.App]) -> list[format.App]:
    """Those that everyone may see."""
    return [app for app in apps if app.status == "public"]


@pytest.fixture
def sandboxed(sandbox_data: Path) -> Iterator[TestClient[Any]]:
    """Calls a fresh sandbox in this process, from its own machine."""
    app = build_sandbox(Settings(data=sandbox_data))
    with TestClient(
        serve(app), base_url="http://127.0.0.1:8080", raise_server_exceptions=False
    ) as client:
        yield client

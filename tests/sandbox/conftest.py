"""A sandbox that is only looked at, and the files that it was filled from."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from haymarket.commands.loading import world
from haymarket.loading import format
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

"""The world of the contract: one for each engine, and the document that it gives of itself."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from assets.samples import Page, a_jar, a_website
from calling import Api
from contract.world import World, a_world
from given import FakeClock, Json
from haymarket.app import build, serve
from haymarket.settings import Settings
from haymarket.web.openapi import document


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """A marketplace on one engine, and then on the other, that may fetch from this machine."""
    folder = tmp_path_factory.mktemp("world")
    database = None
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        shutil.copy(template, folder / "haymarket.sqlite3")
    else:
        database = request.getfixturevalue("postgresql_template")()
    app = build(
        Settings(
            data=folder,
            database=database,
            public_url="http://haymarket.test",
            allow_private_addresses=True,
            access_log=False,
        ),
        FakeClock(),
    )
    client: TestClient[Any]
    with (
        a_website({"/good.jar": Page(a_jar())}) as website,
        TestClient(serve(app), raise_server_exceptions=False) as client,
    ):
        yield a_world(Api(client, app), website)


@pytest.fixture(scope="session")
def described_app(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Litestar:
    """A marketplace of which only the routes are looked at."""
    folder = tmp_path_factory.mktemp("described")
    shutil.copy(sqlite_template, folder / "haymarket.sqlite3")
    return build(Settings(data=folder, public_url="http://haymarket.test", access_log=False))


@pytest.fixture(scope="session")
def described(described_app: Litestar) -> Json:
    """The OpenAPI document."""
    return document(described_app)

"""A marketplace with small limits that may fetch from this machine."""

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from assets.samples import Page, Website, a_jar, a_website, an_image
from given import FakeClock
from haymarket.app import build, serve
from haymarket.assets.files import Files, open_files
from haymarket.settings import Settings


@pytest.fixture
def files(settings: Settings) -> Files:
    """The files of the marketplace under test."""
    return open_files(settings)


@pytest.fixture
def small(settings: Settings) -> Settings:
    """Settings with small limits, under which this machine may be fetched from."""
    return msgspec.structs.replace(
        settings,
        upload_limit=100_000,
        image_limit=20_000,
        unpacked_limit=200_000,
        allow_private_addresses=True,
        fetch_timeout=5,
    )


@pytest.fixture
def small_client(small: Settings, clock: FakeClock) -> Iterator[TestClient[Any]]:
    """Calls a marketplace with small limits."""
    with TestClient(serve(build(small, clock)), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def website() -> Iterator[Website]:
    """A web server on this machine with a jar and a logo."""
    pages = {"/good.jar": Page(a_jar()), "/logo.png": Page(an_image(144, 144))}
    with a_website(pages) as site:
        yield site

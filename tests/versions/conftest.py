"""An app of Acme in several states, and the addresses of its versions."""

from collections.abc import Iterator

import pytest
from litestar.testing import TestClient
from msgspec.structs import replace as replace_settings

from assets.samples import Page, Website, a_jar, a_website
from calling import Api
from given import FakeClock, Person, a_public_app, an_app, an_application
from haymarket.app import build, serve
from haymarket.settings import Settings
from haymarket.storage import Storage


@pytest.fixture
def app_path(api: Api, vendor: Person, admin: Person) -> str:
    """A public app of Acme with one public version for Jira on servers."""
    return a_public_app(api, vendor, admin)


@pytest.fixture
def private_app(api: Api, vendor: Person) -> str:
    """A private app of Acme with one private version."""
    return an_app(api, vendor, "com.acme.secret")


@pytest.fixture
def cloud_only(storage: Storage) -> str:
    """The key of a host application that runs in the cloud only."""
    an_application(storage, "trove", {1: "1.0"}, hosting=frozenset({"cloud"}))
    return "trove"


@pytest.fixture
def website() -> Iterator[Website]:
    """A web server on this machine that has a jar."""
    with a_website({"/draw.jar": Page(a_jar())}) as site:
        yield site


@pytest.fixture
def fetching(hosts: None, settings: Settings, clock: FakeClock) -> Iterator[Api]:
    """The API of a marketplace that may fetch from this machine."""
    app = build(replace_settings(settings, allow_private_addresses=True, fetch_timeout=5), clock)
    with TestClient(serve(app), raise_server_exceptions=False) as client:
        yield Api(client, app)

"""An app of Acme in several states, and the addresses of its versions."""

import pytest

from calling import Api
from given import Person, a_public_app, an_app, an_application
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

"""A public app of Acme, and users who have an opinion of it."""

import pytest

from calling import Api
from given import Person, a_public_app, a_user
from haymarket.storage import Storage


@pytest.fixture
def app_path(api: Api, vendor: Person, admin: Person) -> str:
    """The path of the app."""
    return a_public_app(api, vendor, admin)


@pytest.fixture
def wren(storage: Storage) -> Person:
    """A user who writes reviews."""
    return a_user(storage, "wren@customer.example")


@pytest.fixture
def ines(storage: Storage) -> Person:
    """Another one."""
    return a_user(storage, "ines@customer.example")

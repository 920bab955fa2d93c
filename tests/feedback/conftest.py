"""A public app that people have an opinion of."""

import pytest

from calling import Api
from given import Person, a_public_app


@pytest.fixture
def app_path(api: Api, vendor: Person, admin: Person) -> str:
    """The path of the app."""
    return a_public_app(api, vendor, admin)

"""An app with a public version for Jira, and prices for it."""

from collections.abc import Callable

import pytest

from calling import Api
from given import Json, Person, a_kept_app
from haymarket.storage import Storage
from pricing.places import KEY, place

Put = Callable[..., Json]


@pytest.fixture
def draw(storage: Storage, vendor: Person) -> str:
    """A public app of Acme for Jira on servers, approved now; its key."""
    return a_kept_app(storage, KEY, name="Draw").key


@pytest.fixture
def put(api: Api, vendor: Person) -> Put:
    """Submits prices as the vendor; returns the document of the answer."""

    def submit(document: Json, hosting: str = "server", key: str = KEY) -> Json:
        answer = api.put(vendor, place("pending", hosting, key), document)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    return submit

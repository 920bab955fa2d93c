"""The host applications that the routes are asked for."""

from datetime import date

import pytest

from haymarket.applications import store
from haymarket.applications.model import Application, HostVersion
from haymarket.storage import Storage


@pytest.fixture
def hosts(storage: Storage) -> None:
    """Jira with twelve published versions and one that is not; and an unpublished application."""
    application = Application(
        "jira",
        "Jira",
        introduction="Plan and track",
        key_aliases=("jira-software",),
        hosting=frozenset({"cloud", "server", "dataCenter"}),
        connect=frozenset({"cloud"}),
        description="A tracker",
        learn_more="https://jira.example",
        download_page="https://jira.example/get",
    )
    published = [
        HostVersion("jira", 800000 + n, f"8.0.{n}", date(2019, 2, 9), True) for n in range(12)
    ]
    coming = HostVersion("jira", 900000, "9.0.0", date(2027, 1, 1), False, "unpublished")
    with storage.writing(None) as db:
        store.save_application(db, application)
        store.save_application(db, Application("secret", "Secret", status="unpublished"))
        store.save_host_versions(db, [*published, coming])

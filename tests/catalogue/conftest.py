"""Fixtures of the tests of the catalogue."""

from datetime import timedelta
from pathlib import Path

import pytest

from calling import Api
from catalogue.world import LONG_AGO, WORLD
from given import (
    BRAMBLING,
    JIRA,
    Person,
    a_kept_app,
    a_vendor,
    an_application,
)
from haymarket.storage import Storage


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an index that no running marketplace uses."""
    return tmp_path / "shelf"


@pytest.fixture
def acme(storage: Storage) -> int:
    """A vendor, and a host application."""
    an_application(storage, "jira", JIRA)
    return a_vendor(storage, 12, "Acme")


@pytest.fixture
def world(api: Api, storage: Storage, vendor: Person) -> None:
    """Apps of all kinds, a to i, each called like its key."""
    a_vendor(
        storage,
        BRAMBLING,
        "Brambling",
        is_atlassian=True,
        verified_status="verified",
        top_vendor_status="approved",
    )
    for number, (key, (versions, facts)) in enumerate(WORLD.items()):
        moments = {
            "created_at": LONG_AGO + timedelta(days=number),
            "modified_at": LONG_AGO + timedelta(days=99 - number),
        }
        a_kept_app(storage, f"com.acme.{key}", versions, name=key, **(moments | facts))
    api.settle()

"""A marketplace that may call this machine and writes its mails into a folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from given import ACME, a_kept_app, a_vendor
from haymarket.apps.model import App
from haymarket.settings import Settings
from haymarket.storage import Storage
from watch.receivers import Receiver, a_receiver


@pytest.fixture
def settings(settings: Settings, mails: Path) -> Settings:
    """The settings of a fresh marketplace, with mail."""
    return replace(settings, allow_private_addresses=True, mail=f"folder:{mails}")


@pytest.fixture
def mails(tmp_path: Path) -> Path:
    """The folder of the mails."""
    return tmp_path / "mail"


@pytest.fixture
def kept(storage: Storage) -> App:
    """A public app of Acme that was put into the database."""
    a_vendor(storage, ACME, "Acme")
    return a_kept_app(storage, "com.acme.draw")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Who hears of webhooks."""
    with a_receiver() as receiver:
        yield receiver

"""A loader over the marketplace under test, and the example of the documentation."""

import re
from pathlib import Path

import pytest

from haymarket.assets.files import open_files
from haymarket.commands.loading import BASICS, world
from haymarket.loading.load import Loader
from haymarket.settings import Settings
from haymarket.storage import Storage
from haymarket.versions.attachments import Desk
from loading.writing import DOCS, Write


@pytest.fixture
def desk(storage: Storage, settings: Settings) -> Desk:
    """The marketplace as a loader needs it."""
    return Desk(storage, open_files(settings), settings)


@pytest.fixture
def loader(desk: Desk) -> Loader:
    """Loads into the marketplace under test."""
    return Loader(desk, [world() / name for name in BASICS])


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example of the documentation as a file."""
    [block] = re.findall(r"```yaml\n(.*?)```", (DOCS / "loading.md").read_text(), re.DOTALL)
    path = tmp_path / "example.yaml"
    path.write_text(block)
    return path


@pytest.fixture
def write(example: Path) -> Write:
    """Writes the example with a change into a file of another name."""
    return Write(example)

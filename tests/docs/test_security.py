"""docs/security.md names tests that exist, and locked dependencies are what it says."""

import re
from pathlib import Path

import pytest

from docs.consoles import DOCS

ROOT = Path(__file__).parents[2]
TEXT = (DOCS / "security.md").read_text()
ROWS = [line for line in TEXT.splitlines() if line.startswith("| ") and "`tests/" in line]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[2:40])
def test_each_threat_names_tests_that_exist(row: str) -> None:
    named = re.findall(r"`(tests/[^`]+)`", row)
    assert named
    for path in named:
        assert "def test_" in (ROOT / path).read_text(), path


def test_there_is_a_test_for_every_threat() -> None:
    section = TEXT.split("## How, and where it is shown")[1].split("\n## ")[0]
    threats = [line for line in section.splitlines() if line.startswith("| ")][1:]
    assert threats == ROWS


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_dependency_is_pinned_with_its_hash_and_no_registry_is_named(name: str) -> None:
    text = (ROOT / name).read_text()
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"^\s*#.*\n", "", text, flags=re.M).strip())
    assert len(entries) > 20
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+", entry), entry
        assert "--hash=sha256:" in entry, entry
    assert "://" not in "\n".join(entries)
    assert "index-url" not in text

"""Commands that are hard to undo ask first, where somebody can answer."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from running import clean_environment, haymarket

ROBIN = "robin@example.com"


@pytest.fixture
def data(tmp_path: Path) -> tuple[str, str]:
    """A marketplace that knows Robin."""
    where = ("--data", str(tmp_path / "data"))
    assert haymarket("migrate", *where).returncode == 0
    assert haymarket("user", "add", ROBIN, "Robin Larkin", *where).returncode == 0
    return where


def typed(answer: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command at a terminal where somebody types an answer."""
    ours, theirs = pty.openpty()
    try:
        os.write(ours, f"{answer}\n".encode())
        return subprocess.run(
            [sys.executable, "-m", "haymarket", *arguments],
            stdin=theirs,
            capture_output=True,
            text=True,
            timeout=60,
            env=clean_environment(),
        )
    finally:
        os.close(ours)
        os.close(theirs)


def test_an_answer_decides(data: tuple[str, str]) -> None:
    for answer in ("", "n", "what?"):
        done = typed(answer, "user", "disable", ROBIN, *data)
        assert done.returncode == 1
        assert f"Lock Robin Larkin ({ROBIN}) out? [y/N]" in done.stderr
        assert "Nothing was changed" in done.stderr
    done = typed("y", "user", "disable", ROBIN, *data)
    assert (done.returncode, done.stdout) == (0, f"Disabled {ROBIN}\n")

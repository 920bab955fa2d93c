"""The client's commands, called in this process, on a sandbox that runs in another one."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from client.packages import PARTNER
from haymarket.cli import app as commands
from running import Running, running


@dataclass(frozen=True)
class Done:
    """What a command that has ended leaves: its code, and what it printed where."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """What it printed with --json."""
        return json.loads(self.out)


Call = Callable[..., Done]


@pytest.fixture(scope="module")
def one_sandbox(
    filled_sandbox: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """A sandbox for all tests of a file."""
    folder = tmp_path_factory.mktemp("one")
    shutil.copytree(filled_sandbox, folder / "data")
    with running("sandbox", "--data", str(folder / "data"), folder=folder) as server:
        yield server


@pytest.fixture
def market(one_sandbox: Running) -> Running:
    """A sandbox as it was after its first start."""
    httpx.post(f"{one_sandbox.address}/sandbox/reset").raise_for_status()
    return one_sandbox


@pytest.fixture
def haymarket(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Call:
    """Calls a command in an empty folder, as the partner unless `who` says otherwise."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("NETRC", "MARKETPLACE_URL"):
        monkeypatch.delenv(name, raising=False)

    def called(*arguments: object, who: dict[str, str] = PARTNER) -> Done:
        for name in PARTNER:
            monkeypatch.setenv(name, who.get(name, ""))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            commands([str(each) for each in arguments])
        printed = capsys.readouterr()
        code = ended.value.code
        return Done(code if isinstance(code, int) else 0, printed.out, printed.err)

    return called

"""Commands that are called in this process, over a marketplace on each engine."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from haymarket.cli import app as commands
from haymarket.settings import Settings


@dataclass(frozen=True)
class Done:
    """What a command that has ended leaves: its code, and what it printed where."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The list that it printed with --json."""
        assert self.code == 0, self.err
        rows: list[dict[str, Any]] = json.loads(self.out)
        return rows


Call = Callable[..., Done]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], logging_as_before: None) -> Call:
    """Calls a command as the console script does."""

    def called(*arguments: object) -> Done:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            commands([str(each) for each in arguments])
        printed = capsys.readouterr()
        code = ended.value.code
        return Done(code if isinstance(code, int) else 0, printed.out, printed.err)

    return called


@pytest.fixture
def haymarket(call: Call, settings: Settings) -> Call:
    """Calls a command on the marketplace under test."""
    where = ["--data", str(settings.data)]
    if settings.database:
        where += ["--database", settings.database]

    def called(*arguments: object) -> Done:
        return call(*arguments, *where)

    return called

"""docs/operating.md agrees with the settings and the figures of the code."""

import ast
import inspect
import re
from pathlib import Path
from typing import Any

from litestar.testing import TestClient
from msgspec.structs import fields

import haymarket.settings
from docs.consoles import DOCS
from haymarket.operating.routes import LONGEST_LAG
from haymarket.settings import PREFIX, Settings
from haymarket.storage.engine import POOL

TEXT = (DOCS / "operating.md").read_text()


def docstrings() -> dict[str, str]:
    """What stands below each setting in the code."""
    [settings] = [
        node
        for node in ast.parse(inspect.getsource(haymarket.settings)).body
        if isinstance(node, ast.ClassDef) and node.name == "Settings"
    ]
    found = {}
    for member, below in zip(settings.body, settings.body[1:], strict=False):
        if isinstance(member, ast.AnnAssign) and isinstance(member.target, ast.Name):
            assert isinstance(below, ast.Expr), f"{member.target.id} says nothing"
            assert isinstance(below.value, ast.Constant)
            found[member.target.id] = " ".join(str(below.value.value).split())
    return found


def shown(default: Any) -> str:
    """A default as it is written in the environment."""
    if default is None:
        return "–"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def settings_table() -> list[str]:
    """A row for each setting."""
    meanings = docstrings()
    return [
        f"| `{PREFIX}{each.name.upper()}` | {shown(each.default)} |"
        f" {meanings[each.name].removesuffix('.')} |"
        for each in fields(Settings)
    ]


def test_the_table_of_settings_is_that_of_the_code() -> None:
    rows = [line for line in TEXT.splitlines() if line.startswith(f"| `{PREFIX}")]
    assert rows == settings_table()


def test_every_figure_is_explained(client: TestClient[Any]) -> None:
    served = {
        name.removesuffix("_total")
        for name in re.findall(r"^# TYPE (haymarket_\w+)", client.get("/metrics").text, re.M)
        if not name.endswith("_created")
    }
    explained = {
        name.removesuffix("_total") for name in re.findall(r"^\| `(haymarket_\w+)", TEXT, re.M)
    }
    assert explained == served


def test_the_numbers_in_the_text_are_those_of_the_code() -> None:
    assert f"up to {POOL} connections" in TEXT
    assert f"more than {LONGEST_LAG} is not ready" in TEXT


def test_what_a_data_folder_holds_is_told(filled_sandbox: Path) -> None:
    for path in filled_sandbox.iterdir():
        assert f"`{re.sub('-(wal|shm)$', '', path.name)}`" in TEXT

"""The tutorial is run as it stands, command by command."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from running import running

DOCS = Path(__file__).parents[2] / "docs"
END = "---end-of-command---"


@dataclass(frozen=True)
class Step:
    """A command of a document and what it prints."""

    command: str
    output: str


def steps_of(text: str) -> list[Step]:
    """The commands of all ```console blocks: `$ ` begins one, `> ` goes on with it."""
    found: list[tuple[list[str], list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append(([line[2:]], []))
            elif line.startswith("> "):
                found[-1][0].append(line[2:])
            else:
                found[-1][1].append(line)
    return [Step("\n".join(command), "\n".join(output)) for command, output in found]


def run(steps: list[Step], folder: Path) -> list[str]:
    """What each command prints, in one shell that starts in a folder."""
    script = "".join(f"{step.command}\nprintf '\\n{END}\\n'\n" for step in steps)
    done = subprocess.run(
        ["bash"], input=script, capture_output=True, text=True, cwd=folder, timeout=100
    )
    assert done.stderr == ""
    return [each.strip("\n") for each in done.stdout.split(f"\n{END}\n")[:-1]]


def test_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    for tool in ("bash", "curl", "jq"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is missing: apt-get install {tool}")
    with running("sandbox", "--data", str(tmp_path / "data"), folder=tmp_path) as server:
        text = (DOCS / "tutorial.md").read_text().replace("http://127.0.0.1:8080", server.address)
        steps = steps_of(text)
        assert len(steps) > 20
        for step, printed in zip(steps, run(steps, tmp_path), strict=True):
            assert printed == step.output, step.command

"""docs/publishing.md is run as it stands, and so is the workflow that it shows."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import yaml

from client.packages import PARTNER, TIDY_BOARDS, write_jar
from docs.consoles import DOCS, Step, steps_of
from docs.test_tutorial import run
from haymarket.client.wanted import read_wanted
from programs import needs
from running import Running, clean_environment

PAGE = (DOCS / "publishing.md").read_text()


def block(language: str) -> str:
    """The one block of the page in a language."""
    [found] = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.M | re.S)
    return str(found)


def workflow(name: str) -> dict[str, Any]:
    """A step of the workflow."""
    [job] = yaml.safe_load(block("yaml"))["jobs"].values()
    [found] = [step for step in job["steps"] if step.get("name") == name]
    return {"run": found["run"], "env": job["env"]}


def path_with_haymarket(folder: Path) -> str:
    """Where programs are looked for, so that `haymarket` is the one under test."""
    program = folder / "bin" / "haymarket"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m haymarket "$@"\n')
    program.chmod(0o755)
    return f"{program.parent}{os.pathsep}{os.environ['PATH']}"


def in_workflow(name: str, folder: Path, server: Running) -> subprocess.CompletedProcess[str]:
    """A step as the runner runs it, with `haymarket` on the path."""
    values = {"vars.MARKETPLACE_URL": server.address}
    values |= {f"secrets.{name}": value for name, value in PARTNER.items()}
    step = workflow(name)
    filled = {
        name: re.sub(r"\$\{\{ ([\w.]+) \}\}", lambda found: values[found[1]], text)
        for name, text in step["env"].items()
    }
    runner = {
        "PATH": path_with_haymarket(folder),
        "GITHUB_REF_NAME": "v9.2.0",
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
    }
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env=clean_environment(**filled, **runner),
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_page_does_what_it_says(sandbox: Running, tmp_path: Path) -> None:
    needs("bash", "curl", "jq")
    steps = steps_of(PAGE.replace("http://127.0.0.1:8080", sandbox.address))
    assert len(steps) > 10
    steps.insert(0, Step(0, f"export PATH='{path_with_haymarket(tmp_path)}'", ()))
    for step, printed in zip(steps, run(steps, tmp_path), strict=True):
        assert step.prints(printed), f"line {step.line}: {step.command}\nprinted:\n{printed}"


def test_the_workflow_publishes(sandbox: Running, tmp_path: Path) -> None:
    needs("bash", "jq")
    target = tmp_path / "target"
    target.mkdir()
    write_jar(target, version="9.2.0-SNAPSHOT")
    for name in ("Check", "Publish"):
        done = in_workflow(name, tmp_path, sandbox)
        assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "summary.md").read_text() == f"{TIDY_BOARDS} 9.2.0: public\n"
    path = f"{sandbox.address}/rest/2/addons/{TIDY_BOARDS}/versions/latest"
    assert httpx.get(path).json()["name"] == "9.2.0"
    assert in_workflow("Check", tmp_path, sandbox).returncode == 1


def test_the_file_that_is_shown_is_understood(tmp_path: Path) -> None:
    (tmp_path / "notes.html").write_text("<p>Faster</p>")
    (tmp_path / "haymarket.toml").write_text(block("toml"))
    read = read_wanted(tmp_path / "haymarket.toml")
    assert set(read.compatibility) == {"jira", "confluence"}

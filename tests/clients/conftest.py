"""A sandbox for all clients that others wrote, and the packages of those for Node."""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from running import Running, running

NODE = Path(__file__).parent / "node"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "haymarket"
Script = Callable[..., Any]


@pytest.fixture(scope="module")
def market(filled_sandbox: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A sandbox for all tests of a file."""
    folder = tmp_path_factory.mktemp("market")
    shutil.copytree(filled_sandbox, folder / "data")
    with running("sandbox", "--data", str(folder / "data"), folder=folder) as server:
        yield server


@pytest.fixture(scope="session")
def node_packages() -> Path:
    """The packages of the lock file, installed once on a machine, outside of the checkout."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("node or npm is missing; install them with: apt-get install npm")
    files = [NODE / "package.json", NODE / "package-lock.json"]
    mark = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
    place = CACHE / f"node-{mark}"
    if not place.is_dir():
        _install(files, place)
    return place / "node_modules"


def _install(files: list[Path], place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent) as folder:
        fresh = Path(folder) / "fresh"
        fresh.mkdir()
        for file in files:
            shutil.copy(file, fresh)
        done = subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=fresh,
            capture_output=True,
            text=True,
            timeout=100,
        )
        if done.returncode:
            pytest.skip(f"npm ci can not install the clients for Node: {done.stderr[-300:]}")
        if not place.is_dir():  # another process may have been faster
            fresh.rename(place)


@pytest.fixture
def node(node_packages: Path) -> Script:
    """Runs a script of the folder `node`; what it printed as JSON."""

    def run(script: str, *arguments: str) -> Any:
        done = subprocess.run(
            ["node", str(NODE / script), *arguments],
            env={**os.environ, "NODE_PATH": str(node_packages)},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run

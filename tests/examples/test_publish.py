"""The example that publishes an app, against a fresh sandbox."""

import shutil
import subprocess
from pathlib import Path

import pytest

from running import running

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_the_example_publishes_an_app_and_does_so_again(tmp_path: Path) -> None:
    for tool in ("bash", "curl", "jq"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is missing: apt-get install {tool}")
    with running("sandbox", "--data", str(tmp_path / "data"), folder=tmp_path) as server:
        for _ in range(2):
            done = subprocess.run(
                [EXAMPLES / "publish.sh", server.address],
                capture_output=True,
                text=True,
                timeout=100,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            assert "Hello Harbour" in done.stdout
            assert "Published:" in done.stdout

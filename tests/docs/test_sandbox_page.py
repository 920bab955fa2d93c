"""docs/sandbox.md is run as it stands, command by command."""

from pathlib import Path

from docs.consoles import DOCS, steps_of
from docs.test_tutorial import run
from programs import needs
from running import Running


def test_the_page_does_what_it_says(sandbox: Running, tmp_path: Path) -> None:
    needs("bash", "curl", "jq")
    text = (DOCS / "sandbox.md").read_text()
    steps = steps_of(text.replace("http://127.0.0.1:8080", sandbox.address))
    assert len(steps) > 10
    for step, printed in zip(steps, run(steps, tmp_path), strict=True):
        assert step.prints(printed), f"line {step.line}: {step.command}\nprinted:\n{printed}"

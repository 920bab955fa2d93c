"""The tutorial is run as it stands, command by command."""

import subprocess
from pathlib import Path

from docs.consoles import DOCS, Step, steps_of
from programs import needs
from running import Running

END = "---end-of-command---"


def run(steps: list[Step], folder: Path) -> list[str]:
    """What each command prints, in one shell that starts in a folder."""
    script = "".join(f"{step.command}\nprintf '\\n%s\\n' {END}\n" for step in steps)
    done = subprocess.run(
        ["bash"], input=script, capture_output=True, text=True, cwd=folder, timeout=100
    )
    assert done.stderr == ""
    return [each.strip("\n") for each in done.stdout.split(f"\n{END}\n")[:-1]]


def test_the_tutorial_does_what_it_says(sandbox: Running, tmp_path: Path) -> None:
    needs("bash", "curl", "jq", "python3")
    text = (DOCS / "tutorial.md").read_text()
    steps = steps_of(text.replace("http://127.0.0.1:8080", sandbox.address))
    assert len(steps) > 40
    for step, printed in zip(steps, run(steps, tmp_path), strict=True):
        assert step.prints(printed), f"line {step.line}: {step.command}\nprinted:\n{printed}"


def test_a_step_is_a_command_with_what_goes_on_and_what_it_prints() -> None:
    text = (
        "a\n```console\n$ cat <<END\n> one\n> END\none\n$ true\n```\n$ not this\n```sh\n$ nor\n```"
    )
    assert steps_of(text) == [Step(3, "cat <<END\none\nEND", ("one",)), Step(7, "true", ())]


def test_three_dots_stand_for_any_text_and_nothing_else_does() -> None:
    step = Step(1, "ls", ("a...z (1)", "..."))
    assert step.prints("a, b and z (1)\nwhatever")
    assert step.prints("az (1)\n ")
    assert not step.prints("a, b and z (2)\nwhatever")
    assert not step.prints("a, b and z (1)")
    assert not step.prints("a, b and z (1)\nwhatever\nmore")

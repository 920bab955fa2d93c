"""The commands of a document: what stands in its ```console blocks."""

import re
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = Path(__file__).parents[2] / "examples"


@dataclass(frozen=True)
class Step:
    """A command of a document and what it prints there; `line` is where it stands."""

    line: int
    command: str
    output: tuple[str, ...]

    def prints(self, printed: str) -> bool:
        """Whether that is what the document says, in which `...` stands for any text."""
        lines = printed.splitlines()
        return len(lines) == len(self.output) and all(
            re.fullmatch(".*".join(map(re.escape, told.split("..."))), line)
            for told, line in zip(self.output, lines, strict=True)
        )


def steps_of(text: str) -> list[Step]:
    """The commands of all ```console blocks: `$ ` begins one, `> ` goes on with it."""
    steps: list[Step] = []
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            inside = line == "```console"
        elif inside and line.startswith("$ "):
            steps.append(Step(number, line[2:], ()))
        elif inside and line.startswith("> "):
            last = steps.pop()
            steps.append(Step(last.line, f"{last.command}\n{line[2:]}", last.output))
        elif inside:
            last = steps.pop()
            steps.append(Step(last.line, last.command, (*last.output, line)))
    return steps

"""The example of the documentation, changed at one place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

DOCS = Path(__file__).parents[2] / "docs"
KEY = "example.larkspur.tidy-boards"
PLACE = re.compile(r"([A-Za-z_]+)|\[(\d+)\]")
GONE = object()
"""In place of a value: the member is left out."""


@dataclass(frozen=True)
class Write:
    """Writes the example with a change."""

    example: Path

    def __call__(self, at: str, value: Any, name: str = "changed.yaml") -> Path:
        """A file in which `apps[0].versions[1].name` or the like has another value."""
        return self.all({at: value}, name)

    def all(self, changes: Mapping[str, Any], name: str = "changed.yaml") -> Path:
        """A file with several changes."""
        document = yaml.safe_load(self.example.read_text())
        for at, value in changes.items():
            *way, last = [int(n) if n else word for word, n in PLACE.findall(at)]
            place = document
            for step in way:
                place = place[step]
            if value is GONE:
                del place[last]
            else:
                place[last] = value
        path = self.example.with_name(name)
        path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False))
        return path


def a_file(folder: Path, text: str, name: str = "file.yaml") -> Path:
    """A file with this text."""
    path = folder / name
    path.write_text(text)
    return path

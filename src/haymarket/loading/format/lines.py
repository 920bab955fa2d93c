"""On which line of a file of the load format something stands, for messages."""

import re
from pathlib import Path
from typing import Any

import yaml

_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


class Reader(_FAST):  # type: ignore[misc]
    """Reads YAML into values; one that can not be is told with its line, as all that is wrong."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """The value of a node. Raises MarkedYAMLError, also for a day that no month has."""
        try:
            return super().construct_object(node, deep)
        except (AttributeError, KeyError, ValueError) as error:
            raise yaml.MarkedYAMLError(
                problem=_reason(error), problem_mark=node.start_mark
            ) from None


def _reason(error: Exception) -> str | None:
    return str(error) if isinstance(error, ValueError) else None


def line_of(file: Path, place: str) -> int | None:
    """The line of `apps[4].versions[0].name`, or of the nearest thing around it that is there.

    JSON is read as the YAML that it is, but for tabs. None when nothing of the place is there.
    """
    if not place:
        return None
    try:
        node: yaml.Node | None = yaml.compose(file.read_bytes().replace(b"\t", b" "), Loader=Reader)
    except (OSError, yaml.YAMLError):
        return None
    line = None
    for name, index in _STEP.findall(place):
        found = _member(node, name) if name else _item(node, int(index))
        if found is None:
            break
        line, node = found
    return line


def _member(node: yaml.Node | None, name: str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == name:
                return key.start_mark.line + 1, value
    return None


def _item(node: yaml.Node | None, index: int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and index < len(node.value):
        item = node.value[index]
        return item.start_mark.line + 1, item
    return None

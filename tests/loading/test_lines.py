"""The line of what does not fit is told, in YAML and in JSON."""

from pathlib import Path

import pytest

from haymarket.loading.format import BadFile, read_file
from haymarket.loading.format.lines import line_of
from loading.writing import a_file

TEXT = """\
haymarket: 1
users:
  - {email: a@example.com, name: A}
  -
    email: b@example.com
    name: B
vendors:
  - id: 7
    contacts:
      - email: a@example.com
        permissions: all
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("haymarket", 1),
        ("users", 2),
        ("users[0]", 3),
        ("users[0].name", 3),
        ("users[1]", 5),
        ("users[1].name", 6),
        ("vendors[0].contacts[0].permissions", 11),
        ("vendors[0].contacts[0].roles[2]", 10),
        ("vendors[4]", 7),
        ("apps[0]", None),
        ("", None),
    ],
)
def test_it_is_the_line_of_the_place_or_of_what_is_around_it(
    place: str, line: int | None, tmp_path: Path
) -> None:
    assert line_of(a_file(tmp_path, TEXT), place) == line


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.yaml", 'haymarket: 1\nusers:\n- {email: "a@b.c", name: A}\n- {email: x, name: B}\n', 4),
        ("a.json", '{"haymarket": 1,\n\t"users": [\n\t\t{"email": "x", "name": "A"}]}', 3),
        ("a.json", '[{"key": "a", "name": "A"},\n {"key": "b c", "name": "B"}]', 2),
        ("a.yaml", "haymarket: 1\nusers:\n- email: a@b.c\n  name: A\n  colour: red\n", 5),
    ],
)
def test_a_refusal_ends_with_the_line(name: str, text: str, line: int, tmp_path: Path) -> None:
    with pytest.raises(BadFile) as refused:
        read_file(a_file(tmp_path, text, name))
    assert str(refused.value).endswith(f" (line {line})")


def test_a_file_that_is_gone_or_can_not_be_read_has_no_lines(tmp_path: Path) -> None:
    assert line_of(tmp_path / "none.yaml", "users") is None
    assert line_of(a_file(tmp_path, "a: ["), "a") is None

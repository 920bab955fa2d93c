"""What can not be used ends a command with one clear line and the code 2."""

import re
from pathlib import Path

import pytest

from running import haymarket

UNREACHABLE = "postgresql://ada:secret@127.0.0.1:1/shop"


def refusal(*arguments: str, **settings: str) -> str:
    """The one line that a command ends with, whoever else has the usual port."""
    done = haymarket(*arguments, **{"HAYMARKET_PORT": "0", **settings})
    assert done.returncode == 2, done
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert line.startswith("haymarket: ")
    return line.removeprefix("haymarket: ")


@pytest.mark.parametrize("command", ["serve", "sandbox", "migrate", "reindex"])
def test_a_setting_that_does_not_exist_is_refused(command: str, tmp_path: Path) -> None:
    line = refusal(command, "--data", str(tmp_path / "data"), HAYMARKET_COLOUR="red")
    assert line == "HAYMARKET_COLOUR is not a setting of Haymarket"
    assert not (tmp_path / "data").exists()


def test_a_bad_value_is_refused_wherever_it_comes_from(tmp_path: Path) -> None:
    told = "is a number from 0 to 65535"
    data = ("--data", str(tmp_path / "data"))
    assert refusal("serve", *data, HAYMARKET_PORT="http") == f"HAYMARKET_PORT=http: {told}"
    assert refusal("serve", *data, "--port", "70000") == f"HAYMARKET_PORT=70000: {told}"


@pytest.mark.parametrize("command", ["serve", "sandbox", "migrate"])
def test_a_data_folder_that_can_not_be_made_is_refused(command: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    line = refusal(command, "--data", str(file / "data"))
    assert line == f"HAYMARKET_DATA={file / 'data'}: Not a directory"


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "haymarket.sqlite3").write_text("not a database, but long enough to be read" * 30)
    line = refusal("serve", "--data", str(tmp_path))
    assert line.endswith("haymarket.sqlite3 can not be used: file is not a database")


@pytest.mark.parametrize("command", [("serve",), ("migrate",), ("user", "list")])
def test_a_database_that_does_not_answer_is_refused_without_its_password(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    data = ("--data", str(tmp_path / "data"))
    line = refusal(*command, *data, HAYMARKET_DATABASE=UNREACHABLE)
    assert re.fullmatch(
        r"The database postgresql://ada:\*\*\*@127\.0\.0\.1:1/shop can not be used: .*refused", line
    )


@pytest.mark.parametrize(
    "command",
    [
        ("user", "list"),
        ("token", "list", "ada@example.com"),
        ("vendor", "list"),
        ("application", "list"),
        ("load", "--basics"),
        ("reindex",),
    ],
)
def test_a_command_does_not_make_a_marketplace_by_mistake(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    line = refusal(*command, "--data", str(tmp_path / "typo"))
    assert line.startswith(f"There is no marketplace in the folder {tmp_path / 'typo'}.")
    assert "haymarket migrate" in line
    assert not (tmp_path / "typo").exists()

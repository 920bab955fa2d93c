"""What the command line says of itself."""

import pytest
from cyclopts import App

from commands.conftest import Call
from haymarket import __version__
from haymarket.cli import app


def every_command(of: App = app, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The words of every command."""
    found = []
    for name in of:
        if not name.startswith("-"):
            below = every_command(of[name], (*path, name))
            found += below or [(*path, name)]
    return found


COMMANDS = every_command()


def test_the_version_is_told(call: Call) -> None:
    assert call("--version").out == f"{__version__}\n"


def test_there_are_the_commands_that_operators_need() -> None:
    single = {words[0] for words in COMMANDS if len(words) == 1}
    own = {"serve", "sandbox", "load", "reindex", "migrate", "backup", "openapi"}
    assert single == own | {"publish", "apps", "approve", "reject"}
    assert {words[0] for words in COMMANDS} - single == {
        "user",
        "token",
        "vendor",
        "application",
        "secret",
        "prices",
    }


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_and_all_it_takes(words: tuple[str, ...], call: Call) -> None:
    done = call(*words, "--help")
    assert done.code == 0
    assert f"Usage: haymarket {' '.join(words)}" in done.out
    command = app
    for word in words:
        command = command[word]
    assert command.help
    for argument in command.assemble_argument_collection(parse_docstring=True):
        if argument.field_info.name not in ("where", "target", "release"):
            assert argument.parameter.help, f"{' '.join(words)}: {argument.name} says nothing"


@pytest.mark.parametrize(
    "words", [("usr",), ("user", "ad"), ("serve", "--prot", "1"), ("user", "add", "a@example.com")]
)
def test_what_can_not_be_understood_ends_with_the_code_2(
    words: tuple[str, ...], call: Call
) -> None:
    done = call(*words)
    assert (done.code, done.out) == (2, "")
    assert "Error" in done.err

"""Every command line in the documents is one that the command line understands."""

import re
import shlex
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest
from cyclopts import App

from docs.consoles import DOCS, steps_of
from haymarket.cli import app

ROOT = DOCS.parent
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])


def whole_commands() -> Iterator[tuple[str, str]]:
    """Commands that are shown to be typed, with the page and line where they stand."""
    for page in PAGES:
        for step in steps_of(page.read_text()):
            for command in re.findall(
                r"(?:^|[;&|(]\s*)((?:\S*/)?haymarket .*)$", step.command, re.M
            ):
                yield f"{page.name}:{step.line}", command


def mentioned_commands() -> Iterator[tuple[str, str]]:
    """Commands that are mentioned in a sentence; what they need may be left out."""
    for page in PAGES:
        prose = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.M | re.S)
        for command in re.findall(r"`(haymarket [^`]+)`", prose):
            yield f"{page.name}: {command}", command


WHOLE, MENTIONED = list(whole_commands()), list(mentioned_commands())


def words_of(command: str) -> list[str]:
    """The words behind `haymarket`, without comments, redirections and what follows a pipe."""
    words = shlex.split(command, comments=True)[1:]
    return list(takewhile(lambda word: not re.match(r"\d?>|\|", word), words))


def test_commands_are_found_in_the_documents() -> None:
    assert len(WHOLE) >= 10
    assert len(MENTIONED) >= 20


@pytest.mark.parametrize(("place", "command"), WHOLE, ids=[place for place, _ in WHOLE])
def test_a_command_that_is_shown_is_understood_with_all_its_options(
    place: str, command: str
) -> None:
    words = words_of(command)
    if words in (["--version"], ["--help"]):
        return
    app.parse_args(words, exit_on_error=False, print_error=False)


@pytest.mark.parametrize(("place", "command"), MENTIONED, ids=[place for place, _ in MENTIONED])
def test_a_command_that_is_mentioned_exists_with_the_options_that_are_named(
    place: str, command: str
) -> None:
    words = words_of(command.replace("…", ""))
    at: App = app
    while words and not words[0].startswith("-") and words[0] in at:
        at = at[words.pop(0)]
    assert at is not app or words == ["--help"], f"there is no command {command}"
    known = {"--help"}
    if at.default_command is not None:
        known |= {name for each in at.assemble_argument_collection() for name in each.names}
    for word in words:
        if word.startswith("--"):
            assert word.split("=")[0] in known, f"{command}: there is no {word}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_another_page_leads_to_one(page: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", page.read_text()):
        if "://" not in target and not target.startswith("#"):
            path, _, anchor = target.partition("#")
            linked = page.parent / path
            assert linked.exists(), target
            if anchor:
                assert anchor in anchors(linked), target


def anchors(page: Path) -> set[str]:
    """The names of the headings of a page, as they are linked to."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_goal_of_make_that_is_shown_exists() -> None:
    goals = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    for page in PAGES:
        for step in steps_of(page.read_text()):
            for goal in re.findall(r"^make ([a-z-]+)", step.command, re.M):
                assert goal in goals, f"{page.name}: make {goal}"

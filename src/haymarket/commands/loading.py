"""`haymarket load` and `haymarket reindex`: filling a marketplace, and its search index."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from haymarket.catalogue.shelf import Shelf
from haymarket.commands.options import Where, err, give_up, out
from haymarket.loading.format import BadFile
from haymarket.loading.load import Loaded, Loader
from haymarket.sandbox.seed import BASICS as BASICS
from haymarket.sandbox.seed import world as world
from haymarket.versions.actions import Desk

Step = Callable[[str, int, int], None]


def load(
    files: list[Path] | None = None,
    /,
    *,
    where: Where | None = None,
    basics: Annotated[bool, Parameter(negative="")] = False,
) -> None:
    """Load files or folders of the load format (docs/loading.md), in order.

    Loading the same files again changes nothing. A bare array of listings may be loaded too.

    Parameters
    ----------
    files
        Files (.yaml, .yml, .json), or folders of them.
    where
        Which marketplace.
    basics
        Load the usual host applications, categories and licences first.
    """
    paths = [world() / name for name in BASICS] if basics else []
    paths += files or []
    if not paths:
        give_up("There is nothing to load: name files or folders, or say --basics")
    with (where or Where()).desk() as desk, bar() as step:
        loaded = load_into(desk, paths, step)
        index(desk, step)
    told = ", ".join(_counted(number, noun) for noun, number in loaded.counts.items())
    out.print(f"Loaded {told or 'nothing'}", markup=False)
    if loaded.repeated:
        rows = _counted(loaded.repeated, "rows")
        out.print(f"{rows} with a key that comes again: the last one counts", markup=False)


def _counted(number: int, nouns: str) -> str:
    one = {"categories": "category"}.get(nouns, nouns.removesuffix("s"))
    return f"{number} {one if number == 1 else nouns}"


def reindex(*, where: Where | None = None) -> None:
    """Make the search index of this node anew from the database.

    Parameters
    ----------
    where
        Which marketplace.
    """
    with (where or Where()).desk() as desk, bar() as step:
        shelf = _shelf(desk)
        try:
            number = shelf.rebuild(lambda done, total: step("indexed", done, total))
        except RuntimeError as error:
            give_up(f"{error}: stop the server first, or let it rebuild at its start")
        finally:
            shelf.close()
    out.print(f"Indexed {_counted(number, 'apps')}", markup=False)


def load_into(
    desk: Desk, paths: Sequence[Path], step: Step, *, fixed_tokens: bool = False
) -> Loaded:
    """Load files; a bad one ends the program with its path."""
    basics = [world() / name for name in BASICS]
    try:
        return Loader(desk, basics, fixed_tokens, step).load(paths)
    except BadFile as error:
        give_up(str(error))


def index(desk: Desk, step: Step) -> None:
    """Bring the search index up to date, unless a running server does it."""
    shelf = _shelf(desk)
    try:
        shelf.catch_up()
    finally:
        shelf.close()


def _shelf(desk: Desk) -> Shelf:
    return Shelf(desk.settings.data / "index", desk.storage, desk.settings.base_url)


@contextmanager
def bar() -> Iterator[Step]:
    """A progress bar for each noun, on the error output."""
    columns = (TextColumn("{task.description:>12}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=err) as progress:
        tasks: dict[str, object] = {}

        def step(noun: str, done: int, total: int) -> None:
            if noun not in tasks:
                tasks[noun] = progress.add_task(noun, total=total)
            progress.update(tasks[noun], completed=done, total=total)  # type: ignore[arg-type]

        yield step

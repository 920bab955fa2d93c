"""`make bench`: the marketplace against a bare server that sends the same bytes."""

import shutil
import sys
from typing import Annotated

import httpx
from cyclopts import App, Parameter
from rich.console import Console

from bench import installs, marketplace, measure, report
from bench.loads import Bar, loads, page_sizes
from bench.marketplace import HOME
from bench.measure import Load, Server
from bench.report import Row, Sizes

app = App(name="bench", help=__doc__)
err = Console(stderr=True, highlight=False)


def compare(server: Server, load: Load, bar: Bar, seconds: int, rounds: int) -> Row:
    """A load at the marketplace and at the floor in turns."""
    err.print(load.name)
    runs, floors, told = [], [], 0.0
    idle = server.statements_while_idle()
    with measure.floor_server(measure.answers_of(server, load)) as floor:
        measure.send(server, load, 1)  # to be warm
        for _ in range(rounds):
            before = server.statements()
            runs.append(measure.send(server, load, seconds))
            told += server.statements() - before - measure.ASKING - idle * runs[-1].seconds
            floors.append(measure.send(floor, load, seconds))
    return Row(load, bar, runs, floors, told / sum(run.requests for run in runs))


def count_statements(server: Server, small: Load, large: Load) -> Sizes:
    """How many statements two pages take."""
    return Sizes(small.name, _statements_of(server, small), _statements_of(server, large))


def _statements_of(server: Server, load: Load) -> int:
    """The least of several times, since the server looks at its journal now and then."""
    counts = []
    for _ in range(9):
        before = server.statements()
        httpx.get(server.address + load.paths[0], auth=load.auth).raise_for_status()
        counts.append(server.statements() - before - measure.ASKING)
    return min(counts)


@app.default
def bench(
    *,
    quick: Annotated[bool, Parameter(negative="")] = False,
    postgresql: Annotated[bool, Parameter(negative="")] = False,
    database: str | None = None,
    only: str = "",
) -> None:
    """Measure one worker with 10,000 apps.

    Parameters
    ----------
    quick
        One short round, for a first look.
    postgresql
        On the embedded PostgreSQL of the development requirements.
    database
        On this PostgreSQL, postgresql://user@host/name: an empty database of its own.
    only
        Only the rows whose names hold this text.
    """
    if shutil.which("wrk") is None:
        err.print("bench: wrk is missing; install it: apt-get install wrk, or brew install wrk")
        sys.exit(2)
    HOME.mkdir(exist_ok=True)
    seconds, rounds = (1, 1) if quick else (4, 5)
    about = report.circumstances(
        report.engine_name(postgresql or database is not None), rounds, seconds
    )
    with (
        marketplace.ground(database, postgresql) as ground,
        measure.marketplace_server(ground) as server,
    ):
        sizes = [count_statements(server, *each) for each in page_sizes()]
        rows = [
            compare(server, load, bar, seconds, rounds)
            for load, bar in loads(server)
            if only in load.name
        ]
        report.show(rows, sizes, server.peak_memory(), about)
        effort = installs.QUICK if quick else installs.THOROUGH
        more = installs.measured(server, ground, effort, only)
        report.show_more([each.cells() for each in more])


if __name__ == "__main__":
    app()

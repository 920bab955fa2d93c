"""`make bench`: the marketplace against a bare server that sends the same bytes."""

import platform
import shutil
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated

import httpx
from cyclopts import App, Parameter
from msgspec import json
from rich.console import Console
from rich.table import Table

from bench import invent, marketplace, measure, words
from bench.marketplace import HOME, Ground
from bench.measure import Load, Run

app = App(name="bench", help=__doc__)
COLUMNS = ("what", "requests/s", "p50 ms", "p99 ms", "of the floor", "SQL each", "bar", "")


@dataclass(frozen=True)
class Bar:
    """What a row has to reach: a share of the floor, a p50 in milliseconds, or nothing."""

    share: float | None = None
    p50: float | None = None

    def met(self, row: "Row") -> bool | None:
        """Whether a row reaches it; None where there is nothing to reach."""
        if self.share is not None and row.floor is not None:
            return row.run.rate / row.floor >= self.share
        return None if self.p50 is None else row.run.p50 < self.p50

    def __str__(self) -> str:
        if self.share is not None:
            return f">= {self.share}"
        return "" if self.p50 is None else f"p50 < {self.p50:g} ms"


@dataclass(frozen=True)
class Row:
    """One line of the table; `floor` is the rate of the bare server, if there is one."""

    load: Load
    bar: Bar
    run: Run
    floor: float | None
    sql: float


def loads(address: str) -> list[tuple[Load, Bar]]:
    """What is asked for, with the bars of it."""
    listed = httpx.get(f"{address}/rest/2/addons?filter=name&limit=50").json()
    keys = [each["key"] for each in listed["_embedded"]["addons"]]
    texts = [f"{thing} {role}" for thing, role in zip(words.THINGS, words.ROLES * 9, strict=False)]
    typos = [text[:3] + text[4:] for text in texts]
    by_key = tuple(f"/rest/2/addons/{key}" for key in keys)
    owner = (invent.email_of(0), invent.token_of(0))
    filters = "application=jira&hosting=datacenter&cost=free"
    return [
        (Load("app by key", by_key), Bar(0.15)),
        (Load("list of 10", ("/rest/2/addons",)), Bar(0.10)),
        (Load("list of 50", ("/rest/2/addons?limit=50",)), Bar()),
        (Load("text search", _asking(texts)), Bar(p50=10)),
        (Load("three filters", (f"/rest/2/addons?{filters}",)), Bar()),
        (Load("text search with a typo", _asking(typos)), Bar(p50=10)),
        (Load("list of 10 with versions", ("/rest/2/addons?withVersion=true",)), Bar()),
        (Load("app by key, credentials", by_key, owner), Bar()),
    ]


def creation(address: str) -> Load:
    """The creation of versions, which take on everything from the version before."""
    owner = (invent.email_of(0), invent.token_of(0))
    url = f"{address}/rest/2/addons?forThisUser=true"
    own = httpx.get(url, auth=owner).json()["_embedded"]["addons"]
    body = json.encode({"_links": {}, "status": "private"})
    paths = tuple(f"{each['_links']['self']['href']}/versions" for each in own)
    return Load("create a version", paths, owner, body, connections=1)


def _asking(texts: list[str]) -> tuple[str, ...]:
    return tuple(f"/rest/2/addons?{httpx.QueryParams(text=text)}" for text in texts[:60])


def compare(address: str, load: Load, bar: Bar, seconds: int, rounds: int) -> Row:
    """A load at the marketplace and at the floor in turns; the medians of both."""
    paths = {path: measure.answer_of(address, load, path) for path in load.paths}
    port = measure.free_port()
    runs, floors, before = [], [], measure.statements(address)
    asked = 0.0
    with measure.server(measure.floor_server(paths, port), HOME / "floor.log", port, load.paths[0]):
        for _ in range(rounds):
            runs.append(measure.send(address, load, seconds))
            asked += runs[-1].rate * seconds
            floors.append(measure.send(f"http://127.0.0.1:{port}", load, seconds).rate)
    sql = (measure.statements(address) - before) / max(asked, 1)
    return Row(load, bar, _median(runs), statistics.median(floors), round(sql, 1))


def create(address: str, seconds: int) -> list[Row]:
    """The creation of versions at one and at four connections."""
    load, rows = creation(address), []
    for connections in (1, 4):
        many = replace(load, connections=connections, name=f"{load.name}, {connections} at once")
        before = measure.statements(address)
        run = measure.send(address, many, seconds)
        sql = (measure.statements(address) - before) / max(run.rate * seconds, 1)
        rows.append(Row(many, Bar(p50=10) if connections == 1 else Bar(), run, None, round(sql, 1)))
    return rows


def _median(runs: list[Run]) -> Run:
    return sorted(runs, key=lambda run: run.rate)[len(runs) // 2]


@contextmanager
def _ground(database: str | None, postgresql: bool) -> Iterator[Ground]:
    if postgresql:
        with marketplace.on_embedded_postgresql() as ground:
            yield ground
    else:
        yield marketplace.on_database(database) if database else marketplace.on_sqlite()


@app.default
def bench(
    *,
    quick: Annotated[bool, Parameter(negative="")] = False,
    postgresql: Annotated[bool, Parameter(negative="")] = False,
    database: str | None = None,
) -> None:
    """Measure one worker with 10,000 apps.

    Parameters
    ----------
    quick
        One short round, for a first look.
    postgresql
        On an embedded PostgreSQL.
    database
        On this PostgreSQL, postgresql://user@host/name.
    """
    if shutil.which("wrk") is None:
        sys.exit("bench: wrk is missing; install it: apt-get install wrk, or brew install wrk")
    HOME.mkdir(exist_ok=True)
    seconds, rounds = (1, 1) if quick else (4, 3)
    with _ground(database, postgresql) as ground:
        port = measure.free_port()
        command = measure.marketplace_server(ground, port)
        with measure.server(command, HOME / "serve.log", port, "/readyz") as pid:
            address = f"http://127.0.0.1:{port}"
            rows = [compare(address, *each, seconds, rounds) for each in loads(address)]
            rows += create(address, seconds)
            show(rows, measure.peak_memory(pid), "PostgreSQL" if ground.database else "SQLite")


def show(rows: list[Row], memory: float, engine: str) -> None:
    """Print the table, and write it to .bench/last.md."""
    lines = [_cells(row) for row in rows]
    met = "pass" if memory < 200 else "FAIL"
    lines.append(("peak memory", f"{memory:.0f} MB", "", "", "", "", "< 200 MB", met))
    about = (
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, {engine}, 10,000 apps, one worker, access log on"
    )
    table = Table(*COLUMNS, title=about)
    for line in lines:
        table.add_row(*line)
    Console().print(table)
    written = [f"{about}\n", f"| {' | '.join(COLUMNS)} |", "|---" * len(COLUMNS) + "|"]
    written += [f"| {' | '.join(line)} |" for line in lines]
    (HOME / "last.md").write_text("\n".join(written) + "\n")


def _cells(row: Row) -> tuple[str, ...]:
    share = f"{row.run.rate / row.floor:.2f}" if row.floor else ""
    met = row.bar.met(row)
    told = "" if met is None else "pass" if met else "FAIL"
    failed = f" ({row.run.failed} failed)" if row.run.failed else ""
    rate, p50, p99 = f"{row.run.rate:.0f}{failed}", f"{row.run.p50:.1f}", f"{row.run.p99:.1f}"
    return row.load.name, rate, p50, p99, share, f"{row.sql:g}", str(row.bar), told


if __name__ == "__main__":
    app()

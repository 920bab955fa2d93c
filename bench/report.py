"""The table: printed, and written to .bench/last.md."""

import os
import platform
import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from rich.console import Console
from rich.table import Column, Table

from bench.loads import Bar
from bench.marketplace import HOME
from bench.measure import Load, Run

COLUMNS = (
    "what",
    "requests/s",
    "p50 ms",
    "p99 ms",
    "of the floor",
    "CPU ms",
    "of the floor's CPU",
    "SQL each",
    "bar",
    "",
)
MORE_COLUMNS = ("what", "found", "bar", "")
LIBRARIES = ("litestar", "msgspec", "uvicorn", "uvloop", "httptools", "sqlalchemy", "tantivy")
LAST = HOME / "last.md"
MEMORY = 200
"""Megabytes of the server that are too many."""

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One load, measured in turns: each run of the marketplace has one of the floor beside it."""

    load: Load
    bar: Bar
    runs: Sequence[Run]
    floors: Sequence[Run]
    sql: float

    @property
    def share(self) -> float:
        """Requests a second, as a part of the floor's."""
        pairs = zip(self.runs, self.floors, strict=True)
        return statistics.median(mine.rate / floor.rate for mine, floor in pairs)

    @property
    def cost(self) -> float:
        """Milliseconds of processor time for each request."""
        return statistics.median(run.cost for run in self.runs)

    @property
    def cost_share(self) -> float:
        """The processor time of the floor, as a part of the marketplace's."""
        pairs = zip(self.runs, self.floors, strict=True)
        return statistics.median(floor.cost / mine.cost for mine, floor in pairs)

    @property
    def p50(self) -> float:
        """Half of the requests took no longer, in milliseconds."""
        return statistics.median(run.p50 for run in self.runs)

    @property
    def verdict(self) -> str:
        """Whether the row reaches its bar; nothing where there is none."""
        if self.bar.share is not None:
            return passed(self.share >= self.bar.share)
        return "" if self.bar.p50 is None else passed(self.p50 < self.bar.p50)

    def cells(self) -> tuple[str, ...]:
        """The row as it is printed."""
        failed = sum(run.failed for run in self.runs)
        return (
            self.load.name + (f" ({failed} failed)" if failed else ""),
            f"{statistics.median(run.rate for run in self.runs):.0f}",
            f"{self.p50:.1f}",
            f"{statistics.median(run.p99 for run in self.runs):.1f}",
            f"{self.share:.3f}",
            f"{self.cost:.2f}",
            f"{self.cost_share:.3f}",
            f"{self.sql:.1f}",
            str(self.bar),
            self.verdict,
        )


@dataclass(frozen=True)
class Sizes:
    """How many statements a page of 10 and a page of 50 of a list take."""

    name: str
    of_ten: int
    of_fifty: int

    def cells(self) -> tuple[str, ...]:
        """As a line of the table."""
        told = f"{self.of_ten} and {self.of_fifty}"
        verdict = passed(self.of_fifty <= self.of_ten)
        return f"pages of 10 and 50: {self.name}", "", "", "", "", "", "", told, "equal", verdict


def passed(is_met: bool) -> str:
    """The last column."""
    return "pass" if is_met else "FAIL"


def show(rows: Sequence[Row], sizes: Sequence[Sizes], memory: float, about: str) -> None:
    """Print the table and keep it."""
    peak = ("peak memory", f"{memory:.0f} MB", *[""] * 6, f"< {MEMORY} MB", passed(memory < MEMORY))
    lines = [*(row.cells() for row in rows), *(each.cells() for each in sizes), peak]
    _print(COLUMNS, lines, about)
    LAST.write_text(f"{about}\n\n{_written(COLUMNS, lines)}")


def show_more(lines: Sequence[Cells]) -> None:
    """Print a second table, and keep it below the first one."""
    if lines:
        _print(MORE_COLUMNS, lines)
        with LAST.open("a") as file:
            file.write(f"\n{_written(MORE_COLUMNS, lines)}")


def _print(columns: Cells, lines: Sequence[Cells], about: str = "") -> None:
    table = Table(*(Column(name, no_wrap=True) for name in columns))
    for line in lines:
        table.add_row(*line)
    out = Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=160)
    out.print(table)
    if about:
        out.print(about)


def _written(columns: Cells, lines: Sequence[Cells]) -> str:
    rows = [columns, ("---",) * len(columns), *lines]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def circumstances(engine: str, rounds: int, seconds: int) -> str:
    """Where and when it was measured, and with what."""
    libraries = ", ".join(f"{each} {version(each)}" for each in LIBRARIES)
    load = os.getloadavg()[0]
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC; {_processor()}, {os.cpu_count()} cores, "
        f"{platform.system()} {platform.release()}, load {load:.1f} at the start; "
        f"Python {platform.python_version()}, {engine}, {libraries}, {_wrk()}; "
        f"10,000 apps, one worker, access log on; median of {rounds} rounds of {seconds} s"
    )


def engine_name(is_postgresql: bool) -> str:
    """The database engine as it is told."""
    return "PostgreSQL" if is_postgresql else f"SQLite {sqlite3.sqlite_version}"


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _wrk() -> str:
    told = subprocess.run(["wrk", "-v"], capture_output=True, text=True, check=False).stdout
    return " ".join(told.split()[:2])

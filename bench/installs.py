"""How fast heartbeats are counted and series are served: the second table of `make bench`.

`python -m bench.installs` shows it alone. The client is on the same machine.
"""

import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, NamedTuple

import httpx
from cyclopts import App, Parameter
from msgspec import json

from bench import marketplace, measure, report
from bench.marketplace import PUBLIC_URL, Ground
from bench.measure import Load, Server
from haymarket.accounts import store as accounts
from haymarket.accounts.model import USUAL_SCOPES, token_hash
from haymarket.analytics.curves import Growth, invented_counts
from haymarket.analytics.model import last_full_week
from haymarket.analytics.store import add_counts
from haymarket.apps.store import apps_after
from haymarket.clock import system_clock
from haymarket.settings import Settings
from haymarket.storage import Storage, open_storage

HEARTBEATS = "/rest/haymarket/1/heartbeats"
HOST, ADMIN = ("bench-host@example.com", "ingest"), ("bench-admin@example.com", "admin")
PARTS = (
    "active",
    "application",
    "application/version",
    "application/version/major",
    "application/version/minor",
    "version",
)
BATCH, APPS, BATCHES = 1000, 20, 400
WEEKS, VERSIONS, INSTANCES = 104, 50, 100_000
RATE, SERIES_MS, SHARE = 20_000, 20.0, 0.7
"""The bars: heartbeats a second, milliseconds for a series, and what part of reads is left."""

INGEST, BESIDE = "heartbeats", "reads beside ingest"

app = App(name="bench.installs", help=__doc__)


class Effort(NamedTuple):
    """How many requests are timed of each series, and for how many seconds heartbeats come."""

    requests: int
    seconds: int


QUICK, THOROUGH = Effort(20, 2), Effort(100, 5)


@dataclass(frozen=True)
class Seen:
    """What was measured, as it is shown, and whether it reaches its bar."""

    name: str
    found: str
    bar: str
    is_met: bool

    def cells(self) -> tuple[str, ...]:
        """As a line of the table."""
        return self.name, self.found, self.bar, report.passed(self.is_met)


def prepare(ground: Ground) -> list[str]:
    """Add who reports and who reads, and a large app; returns the keys of apps to report."""
    settings = Settings(data=ground.data, database=ground.database, public_url=PUBLIC_URL)
    storage = open_storage(settings.database_url, system_clock)
    with storage.writing(None) as db:
        if accounts.get_user(db, HOST[0]) is None:
            host = accounts.add_user(db, HOST[0], "Host")
            accounts.add_token(db, host, "bench", token_hash(HOST[1]), ["ingest"])
            admin = accounts.add_user(db, ADMIN[0], "Administrator", is_admin=True)
            accounts.add_token(db, admin, "bench", token_hash(ADMIN[1]), USUAL_SCOPES)
        db.record("bench.prepared", "")
    keys = _grow(storage)
    storage.close()
    return keys


def _grow(storage: Storage) -> list[str]:
    with storage.reading() as db:
        first, *others = apps_after(db, 0, APPS + 1)
        now = db.now()
    last = last_full_week(now)
    day = now.date() - timedelta(weeks=WEEKS)
    step = timedelta(weeks=WEEKS) / VERSIONS
    releases = [(f"{n // 10}.{n % 10}.0", day + n * step) for n in range(VERSIONS)]
    growth = Growth(
        first.id,
        first.key,
        last,
        WEEKS,
        INSTANCES,
        INSTANCES * 20,
        releases,
        [("jira", releases), ("confluence", releases[::2])],
    )
    with storage.counting() as db:
        add_counts(db, invented_counts(growth))
    return [first.key, *(each.key for each in others)]


def batch(keys: list[str], number: int) -> bytes:
    """Instances that tell of twenty apps each."""
    now = datetime.now(UTC)
    records = [
        {
            "instance": f"instance-{number}-{index // APPS}",
            "addonKey": keys[1 + index % APPS],
            "addonVersion": f"1.{(number + index) % 7}.{index % 3}",
            "application": "jira",
            "applicationVersion": f"9.{index // APPS % 5}.{number % 4}",
            "hosting": "datacenter",
            "users": index,
            "at": (now - timedelta(minutes=index % 600)).isoformat(),
        }
        for index in range(BATCH)
    ]
    return b"\n".join(json.encode(each) for each in records)


@contextmanager
def ingesting(server: Server, bodies: Iterator[bytes], pause: float) -> Iterator[Callable[[], int]]:
    """Send batches one after the other, each at least `pause` seconds after the one before."""
    end, taken = threading.Event(), [0]

    def send() -> None:
        with httpx.Client(base_url=server.address, auth=HOST, timeout=60) as client:
            due = time.monotonic()
            while not end.is_set():
                client.post(HEARTBEATS, content=next(bodies)).raise_for_status()
                taken[0] += BATCH
                due = max(due + pause, time.monotonic() - pause)
                end.wait(max(due - time.monotonic(), 0))

    threads = [threading.Thread(target=send) for _ in range(1 if pause else 2)]
    for thread in threads:
        thread.start()
    yield lambda: taken[0]
    end.set()
    for thread in threads:
        thread.join()


class Bodies:
    """Batches that are made beforehand, each sent once; any thread may take the next one."""

    def __init__(self, keys: list[str]) -> None:
        self._lock = threading.Lock()
        self._made = iter([batch(keys, number) for number in range(BATCHES)])

    def __iter__(self) -> "Bodies":
        return self

    def __next__(self) -> bytes:
        with self._lock:
            return next(self._made)


def rate_of_ingest(server: Server, bodies: Iterator[bytes], seconds: float) -> float:
    """Heartbeats a second, over two connections."""
    with ingesting(server, bodies, 0.0) as taken:
        time.sleep(0.5 + seconds / 4)
        before, began = taken(), time.monotonic()
        time.sleep(seconds)
        return (taken() - before) / (time.monotonic() - began)


def measured(server: Server, ground: Ground, effort: Effort, only: str = "") -> list[Seen]:
    """What has `only` in its name; where nothing has, nothing is prepared."""
    parts = [part for part in PARTS if only in _series(part)]
    ingest = [name for name in (INGEST, BESIDE) if only in name]
    if not parts and not ingest:
        return []
    keys = prepare(ground)
    found = [_of_series(server, keys[0], part, effort.requests) for part in parts]
    more = _of_ingest(server, keys, effort.seconds) if ingest else []
    return found + [each for each in more if each.name in ingest]


def _series(part: str) -> str:
    return f"series {part}"


def _of_series(server: Server, key: str, part: str, times: int) -> Seen:
    """The median of a series in milliseconds."""
    spent = []
    with httpx.Client(base_url=server.address, auth=ADMIN) as client:
        for _ in range(times):
            began = time.perf_counter()
            client.get(f"/rest/2/addons/{key}/distribution/{part}").raise_for_status()
            spent.append(1000 * (time.perf_counter() - began))
    median = statistics.median(spent)
    return Seen(_series(part), f"{median:.1f} ms", f"< {SERIES_MS:g} ms", median < SERIES_MS)


def _of_ingest(server: Server, keys: list[str], seconds: int) -> list[Seen]:
    """Heartbeats a second, and what part of reads is left beside half of them."""
    bodies = Bodies(keys)
    load = Load("app by key", tuple(f"/rest/2/addons/{key}" for key in keys))
    alone = measure.send(server, load, seconds).rate
    rate = rate_of_ingest(server, bodies, seconds)
    with ingesting(server, bodies, 2 * BATCH / rate):
        share = measure.send(server, load, seconds).rate / alone
    return [
        Seen(INGEST, f"{rate:.0f}/s", f">= {RATE}/s", rate >= RATE),
        Seen(BESIDE, f"{share:.2f}", f">= {SHARE:.2f}", share >= SHARE),
    ]


@app.default
def installs(
    *,
    quick: Annotated[bool, Parameter(negative="")] = False,
    postgresql: Annotated[bool, Parameter(negative="")] = False,
    only: str = "",
) -> None:
    """Measure one worker.

    Parameters
    ----------
    quick
        A short look.
    postgresql
        On the embedded PostgreSQL of the development requirements.
    only
        Only the rows whose names hold this text.
    """
    with (
        marketplace.ground(None, postgresql) as ground,
        measure.marketplace_server(ground) as server,
    ):
        found = measured(server, ground, QUICK if quick else THOROUGH, only)
        report.show_more([each.cells() for each in found])


if __name__ == "__main__":
    sys.exit(app())

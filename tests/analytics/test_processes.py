"""What was accepted is kept, whichever process is killed; and a flood is told to wait."""

import asyncio
import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from analytics.beats import beat, beats, lines, naive_counts
from analytics.conftest import Counted
from given import FakeClock, a_kept_app, a_vendor
from haymarket.accounts import store as accounts
from haymarket.accounts.model import token_hash
from haymarket.analytics.intake import Intake
from haymarket.analytics.store import reports
from haymarket.apps.model import App
from haymarket.clock import system_clock
from haymarket.errors import TooMany, Unavailable
from haymarket.settings import Settings
from haymarket.storage import Storage, open_storage
from running import Running, eventually, kill, running

HOST = ("host@example.com", "ingest-token")
HEARTBEATS = "/rest/haymarket/1/heartbeats"
SIZE = 20


class Sender:
    """Sends batches one after the other, each of other instances, and remembers what was taken."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=address, auth=HOST, timeout=30)
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._send)
        self.taken: set[int] = set()
        self.statuses: set[int] = set()

    def __enter__(self) -> "Sender":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._end.set()
        self._thread.join()
        self._client.close()

    def goes_on(self) -> bool:
        """Whether some more batches are taken within half a minute."""
        enough = len(self.taken) + 5
        return eventually(lambda: len(self.taken) > enough, 30)

    def _send(self) -> None:
        now, number = datetime.now(UTC), 0
        while not self._end.is_set():
            number += 1
            body = lines(*(beat(now, instance=f"{number} {index}") for index in range(SIZE)))
            try:
                status = self._client.post(HEARTBEATS, content=body).status_code
            except httpx.TransportError:
                self._end.wait(0.05)
                continue
            self.statuses.add(status)
            if status == 200:
                self.taken.add(number)


@pytest.fixture
def data(settings: Settings, clock: FakeClock) -> Iterator[Storage]:
    """A marketplace with an app that is reported and a host that reports."""
    storage = open_storage(settings.database_url, system_clock)
    a_vendor(storage, 12, "Acme")
    a_kept_app(storage, "com.acme.draw")
    with storage.writing(None) as db:
        user = accounts.add_user(db, HOST[0], "Host")
        accounts.add_token(db, user, "test", token_hash(HOST[1]), ["ingest"])
    yield storage
    storage.close()


def serving(settings: Settings, folder: Path) -> AbstractContextManager[Running]:
    """A server of the marketplace."""
    options = ["--data", str(settings.data)]
    if settings.database:
        options += ["--database", settings.database]
    return running("serve", *options, folder=folder)


def child_of(server: Running) -> int:
    """The process that counts: the one of the server's children that gives way to the others."""
    pids = subprocess.run(
        ["pgrep", "-P", str(server.process.pid)], capture_output=True, text=True, check=True
    )
    usual = os.getpriority(os.PRIO_PROCESS, server.process.pid)
    [found] = [
        int(pid) for pid in pids.stdout.split() if os.getpriority(os.PRIO_PROCESS, int(pid)) > usual
    ]
    return found


def instances(storage: Storage) -> int:
    """How many instances are counted."""
    found = Counted(storage, FakeClock()).everything("com.acme.draw")
    return sum(n for (_, what, _, _), n in found.items() if what == "active")


def test_a_child_that_is_killed_loses_nothing_that_was_accepted(
    settings: Settings, data: Storage, tmp_path: Path
) -> None:
    with serving(settings, tmp_path) as server, Sender(server.address) as sender:
        for _ in range(2):
            assert sender.goes_on(), sender.statuses
            kill(child_of(server))
        assert sender.goes_on(), sender.statuses
    assert sender.statuses == {200, 503}
    counted = instances(data)
    assert counted % SIZE == 0, "batches are counted whole or not at all"
    assert counted >= SIZE * len(sender.taken)


def test_a_server_that_is_killed_loses_nothing_that_was_accepted_and_leaves_no_child(
    settings: Settings, data: Storage, tmp_path: Path
) -> None:
    with serving(settings, tmp_path) as server, Sender(server.address) as sender:
        assert sender.goes_on(), sender.statuses
        child = child_of(server)
        kill(server.process.pid)
        assert eventually(lambda: not os.path.exists(f"/proc/{child}"), 10)
    counted = instances(data)
    assert counted % SIZE == 0
    assert counted >= SIZE * len(sender.taken) > 0


def test_a_server_that_is_told_to_end_answers_what_is_under_way(
    settings: Settings, data: Storage, tmp_path: Path
) -> None:
    with serving(settings, tmp_path) as server, Sender(server.address) as sender:
        assert sender.goes_on(), sender.statuses
        os.kill(child_of(server), signal.SIGTERM)
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=40) == 0
    assert sender.statuses == {200}
    assert instances(data) == SIZE * len(sender.taken)


def test_more_batches_than_are_allowed_are_told_to_come_again(
    settings: Settings, apps: dict[str, App], clock: FakeClock, counted: Counted
) -> None:
    async def flood() -> list[object]:
        batches = [beat(clock.now, instance=str(number)) for number in range(20)]
        sent = [intake.count(lines(each), "", clock.now) for each in batches]
        answers = asyncio.gather(*sent, return_exceptions=True)
        await asyncio.sleep(0)
        with pytest.raises(TooMany):
            intake.check()
        return list(await answers)

    outcomes: list[tuple[str, int]] = []
    intake = Intake(settings, lambda outcome, number: outcomes.append((outcome, number)))
    answers = asyncio.run(flood())
    intake.close()
    refused = [each for each in answers if isinstance(each, TooMany)]
    assert len(refused) == 20 - settings.heartbeat_batches
    assert {each.wait for each in refused} == {1}
    kept = beats(*(beat(clock.now, instance=str(n)) for n in range(settings.heartbeat_batches)))
    assert counted.everything() == naive_counts(kept)
    assert outcomes.count(("accepted", 1)) == settings.heartbeat_batches


def test_without_its_tables_a_batch_is_unavailable_and_not_lost(
    settings: Settings, storage: Storage, apps: dict[str, App], clock: FakeClock
) -> None:
    with storage.engine.connect() as connection:
        connection.exec_driver_sql("DROP TABLE weekly")
        connection.commit()
    intake = Intake(settings)
    with pytest.raises(Unavailable):
        asyncio.run(intake.count(lines(beat(clock.now)), "", clock.now))
    intake.close()
    with storage.reading() as db:
        assert db.rows(reports.select()) == []

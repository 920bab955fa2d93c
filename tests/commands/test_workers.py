"""Several workers behind one port: they share an index, and replace one another."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import httpx
import pytest

from commands.marketplaces import (
    a_client_of_each_worker,
    finds,
    one_connection,
    rename,
)
from running import Running, eventually, haymarket, kill, running


@pytest.fixture
def two_workers(sandbox_data: Path, tmp_path: Path) -> Iterator[Running]:
    """A marketplace with two workers."""
    data = str(sandbox_data)
    with running("serve", "--data", data, "--workers", "2", folder=tmp_path) as server:
        yield server


@pytest.fixture
def clients(two_workers: Running) -> Iterator[dict[int, httpx.Client]]:
    """A client of each worker, by its process."""
    found = a_client_of_each_worker(two_workers, 2)
    yield found
    for client in found.values():
        client.close()


def writes_index(client: httpx.Client) -> bool:
    """Whether the worker that answers on a connection writes the index."""
    return bool(client.get("/readyz").json()["writes_index"])


def test_both_workers_answer_and_one_of_them_writes_the_index(
    clients: dict[int, httpx.Client],
) -> None:
    assert len(clients) == 2
    assert [writes_index(client) for client in clients.values()].count(True) == 1


def test_a_write_through_one_worker_is_found_through_the_other_within_two_seconds(
    two_workers: Running, clients: dict[int, httpx.Client]
) -> None:
    one, other = clients.values()
    for number in range(4):
        writer, reader = (one, other) if number % 2 else (other, one)
        name = f"Twofold Planner {number}"
        rename(two_workers, name, writer)
        assert finds(two_workers, name, reader), name


def test_another_worker_takes_over_when_the_one_that_writes_the_index_is_killed(
    two_workers: Running, clients: dict[int, httpx.Client]
) -> None:
    killed = next(process for process, client in clients.items() if writes_index(client))
    [left] = [client for process, client in clients.items() if process != killed]
    rename(two_workers, "Before the Fall", left)
    kill(killed)
    assert eventually(lambda: writes_index(left), 3.0)
    rename(two_workers, "After the Fall", left)
    assert finds(two_workers, "After the Fall", left)

    replaced = a_client_of_each_worker(two_workers, 2)
    assert killed not in replaced
    assert [writes_index(client) for client in replaced.values()].count(True) == 1
    for client in replaced.values():
        assert finds(two_workers, "After the Fall", client)
        client.close()
    assert "a worker died" in two_workers.said


def test_killing_one_worker_after_the_other_loses_nothing(two_workers: Running) -> None:
    for number in range(4):
        with suppress(httpx.TransportError), one_connection(two_workers) as client:
            kill(int(client.get("/readyz").json()["process"]))
        assert eventually(partial(_renamed, two_workers, f"Survivor {number}"), 10)
        assert finds(two_workers, f"Survivor {number}")


def _renamed(server: Running, name: str) -> bool:
    try:
        rename(server, name)
    except httpx.TransportError:
        return False
    return True


def test_workers_end_when_the_process_that_looks_after_them_is_killed(
    two_workers: Running, clients: dict[int, httpx.Client]
) -> None:
    kill(two_workers.process.pid)
    for process, client in clients.items():
        client.close()
        assert eventually(partial(_is_gone, process), 15)


def _is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


def test_the_figures_of_all_workers_are_counted_together(
    two_workers: Running, clients: dict[int, httpx.Client]
) -> None:
    one, other = clients.values()
    before = _requests(one)
    for client in (one, other):
        for _ in range(10):
            client.get("/healthz")
    assert _requests(other) - before == pytest.approx(21, abs=1)  # the question itself, too


def _requests(client: httpx.Client) -> float:
    return sum(
        float(line.split()[-1])
        for line in client.get("/metrics").text.splitlines()
        if line.startswith("haymarket_requests_total{")
    )


def test_workers_that_can_not_start_end_the_marketplace_with_an_error(
    sandbox_data: Path,
) -> None:
    index = sandbox_data / "index"
    shutil.rmtree(index)
    index.write_text("a file where a folder should be")
    done = haymarket("serve", "--data", str(sandbox_data), "--workers", "2", "--port", "0")
    assert done.returncode == 1
    assert set(done.stderr.splitlines()[1:]) == {f"haymarket: {index}: File exists"}

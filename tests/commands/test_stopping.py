"""How a marketplace ends: asked to, under load, or killed between the commit and the index."""

import fcntl
import http.client
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from assets.samples import a_jar
from commands.marketplaces import PARTNER, finds, is_found, rename
from running import Running, running


class Crowd:
    """Clients that ask without a pause until nobody listens any more, and what they met."""

    def __init__(self, server: Running, size: int) -> None:
        self._host = server.address.removeprefix("http://")
        self._lock = threading.Lock()
        self.met: Counter[str] = Counter()
        self.threads = [
            threading.Thread(target=self._ask, args=(number % 2 == 0,)) for number in range(size)
        ]
        for thread in self.threads:
            thread.start()

    def wait(self) -> None:
        """Until everyone has left."""
        for thread in self.threads:
            thread.join(60)

    def _ask(self, keeps_connection: bool) -> None:
        connection = http.client.HTTPConnection(self._host, timeout=30)
        while True:
            try:
                if connection.sock is None:
                    connection.connect()
            except (ConnectionRefusedError, ConnectionResetError):
                return  # nobody listens, so nobody was promised an answer
            self._note(self._one(connection))
            if not keeps_connection:
                connection.close()

    def _one(self, connection: http.client.HTTPConnection) -> str:
        try:
            connection.request("GET", "/rest/2/addons?limit=50")
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            return repr(error)
        return str(answer.status)

    def _note(self, what: str) -> None:
        with self._lock:
            self.met[what] += 1


@pytest.mark.parametrize("workers", ["1", "2"])
def test_sigterm_under_load_fails_no_request(
    workers: str, sandbox_data: Path, tmp_path: Path
) -> None:
    data = str(sandbox_data)
    with running("serve", "--data", data, "--workers", workers, folder=tmp_path) as server:
        crowd = Crowd(server, 8)
        time.sleep(1.5)
        server.process.send_signal(signal.SIGTERM)
        crowd.wait()
        assert server.process.wait(timeout=30) == 0
    assert set(crowd.met) == {"200"}, crowd.met
    assert crowd.met["200"] > 50


def test_an_upload_that_is_on_its_way_at_sigterm_is_taken(sandbox: Running) -> None:
    answers: list[httpx.Response] = []

    def upload() -> None:
        url = f"{sandbox.address}/rest/2/assets/artifact?file=slow.jar"
        headers = {"Content-Type": "application/octet-stream"}
        answers.append(
            httpx.post(url, content=slowly(a_jar()), headers=headers, auth=PARTNER, timeout=30)
        )

    thread = threading.Thread(target=upload)
    thread.start()
    time.sleep(1.0)
    sandbox.process.send_signal(signal.SIGTERM)
    thread.join(30)
    assert [answer.status_code for answer in answers] == [200]
    assert sandbox.process.wait(timeout=30) == 0


def slowly(content: bytes, seconds: float = 3.0, parts: int = 10) -> Iterator[bytes]:
    """Bytes in parts, with pauses between them."""
    size = len(content) // parts + 1
    for start in range(0, len(content), size):
        yield content[start : start + size]
        time.sleep(seconds / parts)


def test_a_request_that_takes_longer_than_the_drain_timeout_does_not_hold_the_end_up(
    sandbox_data: Path, tmp_path: Path
) -> None:
    data = ("--data", str(sandbox_data))
    with running("sandbox", *data, folder=tmp_path, HAYMARKET_DRAIN_TIMEOUT="1") as server:
        host, port = server.address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(
                b"POST /rest/2/assets/artifact?file=a.jar HTTP/1.1\r\nHost: x\r\n"
                b"Content-Type: application/octet-stream\r\nContent-Length: 1000\r\n"
                b"Authorization: Basic cGFydG5lckBleGFtcGxlLmNvbTpwYXJ0bmVyLXRva2Vu\r\n\r\nPK"
            )
            time.sleep(0.5)
            server.process.send_signal(signal.SIGTERM)
            assert server.process.wait(timeout=15) == 0


# --- killed ---------------------------------------------------------------------------------


def test_what_was_written_right_before_a_kill_is_found_after_the_next_start(
    sandbox_data: Path, tmp_path: Path
) -> None:
    data = ("--data", str(sandbox_data))
    for number in range(3):
        name = f"Last Words {number}"
        with running("sandbox", *data, folder=tmp_path) as server:
            rename(server, name)
            server.process.kill()
        with running("sandbox", *data, folder=tmp_path) as server:
            assert finds(server, name)


def test_a_write_that_never_reached_the_index_before_a_kill_is_found_after_the_next_start(
    sandbox_data: Path, tmp_path: Path
) -> None:
    data = ("--data", str(sandbox_data))
    with written_by_another_process(sandbox_data), running("sandbox", *data, folder=tmp_path) as s:
        assert not httpx.get(f"{s.address}/readyz").json()["writes_index"]
        rename(s, "Unheard Of")
        time.sleep(0.5)
        assert not is_found(s, "Unheard Of")
        s.process.kill()
    with running("sandbox", *data, folder=tmp_path) as server:
        assert finds(server, "Unheard Of")


@contextmanager
def written_by_another_process(data: Path) -> Iterator[None]:
    """An index that is for another process of the node to write, which is busy."""
    with (data / "index" / "writer.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield

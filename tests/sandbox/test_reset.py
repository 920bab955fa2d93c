"""A reset brings a sandbox back to its seeded state, whatever happens meanwhile."""

import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
from litestar.testing import TestClient

from assets.samples import a_jar
from commands.marketplaces import APP, PARTNER, is_found, rename
from haymarket.sandbox.seeded import Seeded
from running import Running, kill, running

RESET = "/sandbox/reset"
NAME = "Tidy Boards for Jira"


def rows(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in a database, by table, but for what the server notes of itself."""
    with closing(sqlite3.connect(database)) as connection:
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            )
        ]
        told = set(tables) - {"watching", "instance"}
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in told}


def files(folder: Path) -> dict[str, bytes]:
    """The files below a folder."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def change_much(client: httpx.Client) -> None:
    """Change, add and delete, and turn the clock."""
    patch = [{"op": "replace", "path": "/name", "value": "Changed"}]
    assert client.patch(APP, json=patch, auth=PARTNER).status_code == 204
    address = "/rest/2/assets/artifact?file=new.jar"
    kind = {"Content-Type": "application/octet-stream"}
    assert client.post(address, content=a_jar(), headers=kind, auth=PARTNER).status_code == 200
    vendor = {"_links": {}, "name": "V", "email": "v@example.com", "vendorLinks": {}}
    made = client.post("/rest/2/vendors", json=vendor | {"supportDetails": {}}, auth=PARTNER)
    assert made.status_code == 201
    assert client.post("/sandbox/clock", json={"advance": "P1Y"}).status_code == 200


def test_everything_is_as_it_was_after_the_filling(
    sandboxed: TestClient[Any], sandbox_data: Path
) -> None:
    database, seeded = (folder / "haymarket.sqlite3" for folder in folders(sandbox_data))
    before = files(sandbox_data / "files")
    change_much(sandboxed)
    assert rows(database) != rows(seeded)
    answer = sandboxed.post(RESET)
    assert answer.status_code == 200
    assert answer.json()["offset"] == "PT0S"
    assert rows(database) == rows(seeded)
    assert files(sandbox_data / "files") == before
    assert sandboxed.get(APP).json()["name"] == NAME
    [found] = sandboxed.get("/rest/2/addons?text=tidy+boards&limit=1").json()["_embedded"]["addons"]
    assert found["name"] == NAME
    assert sandboxed.get("/rest/2/vendors?forThisUser=true", auth=PARTNER).json()["count"] == 1


def folders(data: Path) -> tuple[Path, Path]:
    """A data folder and that of its seeded state."""
    return data, data / "seeded"


def test_what_comes_next_has_the_numbers_that_it_would_have_had_before(
    sandboxed: TestClient[Any],
) -> None:
    def add() -> str:
        vendor = {"_links": {}, "name": "V", "email": "v@example.com", "vendorLinks": {}}
        made = sandboxed.post("/rest/2/vendors", json=vendor | {"supportDetails": {}}, auth=PARTNER)
        return str(made.headers["Location"])

    first = add()
    assert sandboxed.post(RESET).status_code == 200
    assert sandboxed.get(first).status_code == 404
    assert add() == first


def test_files_that_were_deleted_are_there_again(
    sandboxed: TestClient[Any], sandbox_data: Path
) -> None:
    before = files(sandbox_data / "files")
    for path in (sandbox_data / "files").rglob("*"):
        if path.is_file():
            path.unlink()
    assert sandboxed.post(RESET).status_code == 200
    assert files(sandbox_data / "files") == before


def test_a_second_reset_changes_nothing(sandboxed: TestClient[Any], sandbox_data: Path) -> None:
    assert sandboxed.post(RESET).status_code == 200
    before = rows(sandbox_data / "haymarket.sqlite3")
    assert sandboxed.post(RESET).status_code == 200
    assert rows(sandbox_data / "haymarket.sqlite3") == before


def test_what_was_counted_in_memory_is_forgotten(sandboxed: TestClient[Any]) -> None:
    wrong = f"{APP}/tokens/no-token-of-this-app"
    met = [sandboxed.post(wrong).status_code for _ in range(21)]
    assert met == [404] * 20 + [429]
    assert sandboxed.post(RESET).status_code == 200
    assert sandboxed.post(wrong).status_code == 404


def test_mails_that_were_written_are_gone(sandboxed: TestClient[Any], sandbox_data: Path) -> None:
    (sandbox_data / "mail").mkdir()
    (sandbox_data / "mail" / "1.eml").write_text("Subject: A new version")
    assert sandboxed.post(RESET).status_code == 200
    assert list((sandbox_data / "mail").iterdir()) == []


def test_installs_that_were_told_are_gone_and_are_counted_anew(
    sandboxed: TestClient[Any],
) -> None:
    at = sandboxed.get("/sandbox/clock").json()["now"]
    told = {
        "instance": "one",
        "addonKey": APP.rpartition("/")[2],
        "addonVersion": "1.0.0",
        "application": "jira",
        "applicationVersion": "10.3.1",
        "hosting": "datacenter",
        "at": at,
    }
    figures = f"{APP}/distribution"
    before = sandboxed.get(figures).json()
    for _ in range(2):
        address = "/rest/haymarket/1/heartbeats"
        answer = sandboxed.post(address, json=[told], auth=("host@example.com", "ingest-token"))
        assert answer.json() == {"accepted": 1, "unknown": 0}
        sandboxed.post("/sandbox/clock", json={"advance": "P1W"})
        assert sandboxed.get(figures).json() != before
        assert sandboxed.post(RESET).status_code == 200
        assert sandboxed.get(figures).json() == before


# --- while others use it --------------------------------------------------------------------


class Crowd:
    """Clients that read and write without a pause, and the statuses that they met."""

    def __init__(self, server: Running) -> None:
        self._address = server.address
        self._end = threading.Event()
        self.met: Counter[tuple[str, int]] = Counter()
        works = (self._read, self._read_as_partner, self._list, self._write, self._upload)
        self._threads = [threading.Thread(target=self._go_on, args=(work,)) for work in works]

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Everybody at work."""
        for thread in self._threads:
            thread.start()
        yield
        self._end.set()
        for thread in self._threads:
            thread.join(60)

    def _go_on(self, work: Any) -> None:
        with httpx.Client(base_url=self._address, timeout=60) as client:
            while not self._end.is_set():
                answer = work(client)
                self.met[(work.__name__, answer.status_code)] += 1

    def _read(self, client: httpx.Client) -> httpx.Response:
        return client.get(APP)

    def _read_as_partner(self, client: httpx.Client) -> httpx.Response:
        return client.get("/rest/2/addons?limit=50&includePrivate=true", auth=PARTNER)

    def _list(self, client: httpx.Client) -> httpx.Response:
        answer = client.get("/rest/2/addons?limit=50&withVersion=true")
        assert answer.json()["count"] == 46
        return answer

    def _write(self, client: httpx.Client) -> httpx.Response:
        patch = [{"op": "replace", "path": "/name", "value": f"Name {time.monotonic_ns()}"}]
        return client.patch(APP, json=patch, auth=PARTNER)

    def _upload(self, client: httpx.Client) -> httpx.Response:
        headers = {"Content-Type": "application/octet-stream"}
        address = "/rest/2/assets/artifact?file=a.jar"
        return client.post(address, content=a_jar(), headers=headers, auth=PARTNER)


def test_requests_under_way_see_one_state_or_the_other(sandbox: Running) -> None:
    crowd = Crowd(sandbox)
    with crowd.busy():
        for _ in range(5):
            time.sleep(0.3)
            answer = httpx.post(sandbox.address + RESET, timeout=60)
            assert answer.status_code == 200, answer.text
    assert {status for _, status in crowd.met} == {200, 204}, crowd.met
    assert len(crowd.met) == 5
    assert httpx.post(sandbox.address + RESET, timeout=60).status_code == 200
    assert httpx.get(sandbox.address + APP).json()["name"] == NAME
    assert is_found(sandbox, NAME)


def test_two_resets_at_once_are_two_resets(sandbox: Running) -> None:
    answers: list[int] = []

    def ask() -> None:
        answers.append(httpx.post(sandbox.address + RESET, timeout=60).status_code)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answers == [200] * 4


# --- cut off --------------------------------------------------------------------------------


def test_a_kill_in_the_middle_is_made_good_by_the_next_start(
    sandbox_data: Path, tmp_path: Path
) -> None:
    data = ("--data", str(sandbox_data))
    for pause in (0.0, 0.01, 0.03, 0.06, 0.12):
        with running("sandbox", *data, folder=tmp_path) as server:
            rename(server, f"Cut off after {pause}")
            httpx.post(f"{server.address}/sandbox/clock", json={"advance": "P1D"}, timeout=30)
            thread = threading.Thread(target=_ask_for_a_reset, args=(server,))
            thread.start()
            time.sleep(pause)
            kill(server.process.pid)
            server.process.wait()
            thread.join(30)
        with running("sandbox", *data, folder=tmp_path) as server:
            assert not (sandbox_data / "reset").exists()
            name = httpx.get(server.address + APP).json()["name"]
            offset = httpx.get(f"{server.address}/sandbox/clock").json()["offset"]
            assert (name, offset) in ((NAME, "PT0S"), (f"Cut off after {pause}", "PT24H"))
            assert is_found(server, name)
            httpx.post(server.address + RESET, timeout=30)


def _ask_for_a_reset(server: Running) -> None:
    try:
        httpx.post(server.address + RESET, timeout=30)
    except httpx.TransportError:
        return


def test_one_that_was_begun_and_not_done_is_done_by_the_next_start(
    sandbox_data: Path, tmp_path: Path
) -> None:
    data = ("--data", str(sandbox_data))
    with running("sandbox", *data, folder=tmp_path) as server:
        rename(server, "Not for long")
    Seeded(sandbox_data).begin()
    with running("sandbox", *data, folder=tmp_path) as server:
        assert httpx.get(server.address + APP).json()["name"] == NAME
        assert is_found(server, NAME)
    assert not (sandbox_data / "reset").exists()


# --- refused --------------------------------------------------------------------------------


def test_without_a_seeded_state_it_is_refused(
    sandboxed: TestClient[Any], sandbox_data: Path
) -> None:
    (sandbox_data / "seeded").rename(sandbox_data / "elsewhere")
    answer = sandboxed.post(RESET)
    assert answer.status_code == 409
    assert "no seeded state" in answer.json()["errors"][0]["message"]


def test_a_folder_that_was_not_changed_since_its_filling_gets_its_seeded_state_by_a_start(
    sandbox_data: Path, tmp_path: Path
) -> None:
    data = ("--data", str(sandbox_data))
    (sandbox_data / "seeded").rename(sandbox_data / "elsewhere")
    with running("sandbox", *data, folder=tmp_path) as server:
        rename(server, "Changed")
        assert httpx.post(server.address + RESET, timeout=30).status_code == 200
        rename(server, "Changed")
    Path(sandbox_data / "seeded").rename(sandbox_data / "elsewhere again")
    with running("sandbox", *data, folder=tmp_path) as server:
        assert "it can not be reset" in server.said
        assert httpx.post(server.address + RESET, timeout=30).status_code == 409


def test_the_command_line_resets_before_it_serves(sandbox_data: Path, tmp_path: Path) -> None:
    data = ("--data", str(sandbox_data))
    with running("sandbox", *data, folder=tmp_path) as server:
        rename(server, "Changed")
    with running("sandbox", *data, "--reset", folder=tmp_path) as server:
        assert httpx.get(server.address + APP).json()["name"] == NAME

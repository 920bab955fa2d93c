"""Marketplaces as processes: first starts, workers, signals, and what is refused."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from running import Running, clean_environment, free_port, running

ADMIN = ("admin@example.com", "admin-token")
PARTNER = ("partner@example.com", "partner-token")
WORLD = Path(__file__).parents[2] / "src" / "haymarket" / "sandbox" / "world"


def haymarket(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself."""
    return subprocess.run(
        [sys.executable, "-m", "haymarket", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env=clean_environment(**settings),
    )


def rename(server: Running, name: str) -> None:
    """Give an app of the sandbox another name."""
    patch = [{"op": "replace", "path": "/name", "value": name}]
    answer = httpx.patch(
        f"{server.address}/rest/2/addons/example.larkspur.tidy-boards", json=patch, auth=PARTNER
    )
    assert answer.status_code == 204


def names(server: Running, text: str) -> list[str]:
    """What everyone finds, asked on a connection of its own."""
    answer = httpx.get(f"{server.address}/rest/2/addons", params={"text": text})
    return [app["name"] for app in answer.json()["_embedded"]["addons"]]


def finds(server: Running, name: str, patience: float, times: int = 1) -> bool:
    """Whether everyone finds an app so many times in a row, before the patience ends."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if all(name in names(server, name) for _ in range(times)):
            return True
        time.sleep(0.05)
    return False


def test_a_sandbox_greets_keeps_changes_and_survives_being_killed(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    with running("sandbox", "--data", data, folder=tmp_path) as server:
        for told in (server.address, "admin@example.com:admin-token", "curl"):
            assert told in server.said
        for user in ("partner", "rival", "user"):
            auth = (f"{user}@example.com", f"{user}-token")
            answer = httpx.get(f"{server.address}/rest/2/vendors?forThisUser=true", auth=auth)
            assert answer.json()["count"] == (0 if user == "user" else 1)
        rename(server, "Quicksilver Planner")
        server.process.kill()  # between the commit and the index, or right after it
        server.process.wait()
    with running("sandbox", "--data", data, folder=tmp_path) as server:
        assert finds(server, "Quicksilver Planner", 2.0)


def test_the_first_start_prints_a_token_that_works_and_the_second_none(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    with running("serve", "--data", data, folder=tmp_path) as server:
        token = server.said.split("token ")[1].split()[0]
        vendor: dict[str, Any] = {"_links": {}, "name": "V", "email": "v@example.com"}
        vendor |= {"vendorLinks": {}, "supportDetails": {}}
        url = f"{server.address}/rest/2/vendors"
        auth = ("admin@localhost", token)
        assert httpx.post(url, json=vendor, auth=auth).status_code == 201
    with running("serve", "--data", data, folder=tmp_path) as server:
        assert "token" not in server.said


def test_a_start_that_was_cut_off_is_finished_by_the_next(tmp_path: Path) -> None:
    data = tmp_path / "data"
    command = [sys.executable, "-m", "haymarket", "sandbox", "--data", str(data)]
    cut_off = subprocess.Popen(
        [*command, "--port", str(free_port())],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=clean_environment(),
    )
    while not (data / "files").exists() and cut_off.poll() is None:
        time.sleep(0.02)
    cut_off.kill()
    cut_off.wait()
    with running("sandbox", "--data", str(data), folder=tmp_path) as server:
        assert httpx.get(f"{server.address}/rest/2/addons?limit=0").json()["count"] == 46


def test_two_workers_share_one_index_and_replace_each_other(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert haymarket("migrate", "--data", str(data)).returncode == 0
    assert haymarket("load", str(WORLD), "--data", str(data)).returncode == 2  # fixed tokens
    with running("sandbox", "--data", str(data), folder=tmp_path):
        pass
    with running("serve", "--data", str(data), "--workers", "2", folder=tmp_path) as server:
        rename(server, "Twofold Planner")
        assert finds(server, "Twofold Planner", 2.5, times=10)
        for child in _children(server.process.pid):
            _kill(child)
            time.sleep(1.0)
        rename(server, "Afterwards Planner")
        assert finds(server, "Afterwards Planner", 5.0, times=10)


def _children(pid: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(pid), "-f", "spawn"], capture_output=True, text=True)
    return [int(each) for each in found.stdout.split()]


def _kill(pid: int) -> None:
    subprocess.run(["kill", "-9", str(pid)], check=False)


def test_sigterm_lets_running_requests_end(tmp_path: Path) -> None:
    statuses: list[int | str] = []
    with running("sandbox", "--data", str(tmp_path / "data"), folder=tmp_path) as server:

        def ask() -> None:
            with httpx.Client() as client:
                while True:
                    try:
                        answer = client.get(f"{server.address}/rest/2/addons?limit=50")
                    except httpx.ConnectError:
                        return  # no longer listening: nobody was promised anything
                    except httpx.TransportError as error:
                        statuses.append(repr(error))
                        return
                    statuses.append(answer.status_code)
                    if answer.headers.get("connection") == "close":
                        return

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(1.0)
        server.process.send_signal(signal.SIGTERM)
        for thread in threads:
            thread.join()
        assert server.process.wait(timeout=30) in (0, -signal.SIGTERM)
    assert len(statuses) > 20
    assert set(statuses) == {200}


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("HAYMARKET_PORT", "http", "HAYMARKET_PORT=http: Expected `int`"),
        ("HAYMARKET_PORT", "70000", "HAYMARKET_PORT=70000"),
        ("HAYMARKET_COLOUR", "red", "HAYMARKET_COLOUR is not a setting"),
        ("HAYMARKET_DATABASE", "mysql://x", "starts with postgresql://"),
        ("HAYMARKET_DATABASE", "postgresql://127.0.0.1:1/x", "can not be used"),
        ("HAYMARKET_DATA", "/dev/null/x", "HAYMARKET_DATA=/dev/null/x"),
        ("HAYMARKET_FILES", "ftp://x", "starts with s3://"),
        ("HAYMARKET_PUBLIC_URL", "apps.example.com", "HAYMARKET_PUBLIC_URL"),
    ],
)
def test_a_bad_setting_is_refused_in_one_line(
    setting: str, value: str, told: str, tmp_path: Path
) -> None:
    data = {"HAYMARKET_DATA": str(tmp_path / "data")} | {setting: value}
    done = haymarket("serve", **data)
    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1

"""`haymarket serve` and `haymarket sandbox` as processes: what their first and later starts do."""

import signal
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from commands.marketplaces import finds, is_found, rename
from haymarket.accounts.store import list_users, save_user
from haymarket.clock import system_clock
from haymarket.settings import Settings
from haymarket.storage import open_storage
from running import Running, clean_environment, eventually, free_port, haymarket, running

CREDENTIALS = {
    "admin@example.com:admin-token": "administrator",
    "partner@example.com:partner-token": "contact of Larkspur Software, all permissions",
    "rival@example.com:rival-token": "contact of another vendor",
    "user@example.com:user-token": "a user of no vendor",
}
APPS = 46
"""Public apps of the sandbox that a stranger sees in lists."""
LOADED = 58
"""Apps of the sandbox, in all of its files."""


def count(server: Running) -> int:
    """How many apps a stranger sees."""
    return int(httpx.get(f"{server.address}/rest/2/addons?limit=0").json()["count"])


# --- sandbox --------------------------------------------------------------------------------


def test_the_first_start_of_a_sandbox_fills_it_and_greets(tmp_path: Path) -> None:
    with running("sandbox", "--data", str(tmp_path / "data"), folder=tmp_path) as server:
        said = server.said
        assert f"Haymarket sandbox on {server.address}" in said
        for pair, who in CREDENTIALS.items():
            assert any(pair in line and who in line for line in said.splitlines())
        assert f"curl '{server.address}/rest/2/addons?text=board&limit=3'" in said
        assert any("apps" in line and f"{LOADED}/{LOADED}" in line for line in said.splitlines())
        assert count(server) == APPS


def test_the_commands_that_a_sandbox_prints_work(sandbox: Running) -> None:
    [line] = [line for line in sandbox.said.splitlines() if "curl" in line]
    address = line.split("'")[1]
    assert len(httpx.get(address).json()["_embedded"]["addons"]) == 3
    [page] = [line.split()[-1] for line in sandbox.said.splitlines() if "Read:" in line]
    assert httpx.get(page).status_code == 200


def test_a_second_start_loads_nothing_and_keeps_what_was_changed(
    sandbox_data: Path, tmp_path: Path
) -> None:
    with running("sandbox", "--data", str(sandbox_data), folder=tmp_path) as server:
        rename(server, "Quicksilver Planner")
    with running("sandbox", "--data", str(sandbox_data), folder=tmp_path) as server:
        assert "apps" not in server.said.split("Haymarket sandbox on")[0]
        assert is_found(server, "Quicksilver Planner")


@pytest.mark.parametrize("moment", ["files", "files/artifacts"])
def test_a_sandbox_that_was_killed_while_it_was_filled_is_filled_by_the_next_start(
    moment: str, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    command = [sys.executable, "-m", "haymarket", "sandbox", "--data", str(data)]
    with subprocess.Popen(
        [*command, "--port", str(free_port())],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=clean_environment(),
    ) as cut_off:
        assert eventually((data / moment).exists, 60)
        cut_off.kill()
    with running("sandbox", "--data", str(data), folder=tmp_path) as server:
        assert count(server) == APPS


def test_a_marketplace_that_is_no_sandbox_does_not_become_one(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    with running("serve", "--data", data, folder=tmp_path):
        pass
    done = haymarket("sandbox", "--data", data, "--port", "0")
    assert done.returncode == 2
    assert "holds a marketplace that is no sandbox" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("DATABASE", "postgresql://127.0.0.1/shop"), ("FILES", "s3://shop")]
)
def test_a_sandbox_does_not_touch_the_database_or_the_bucket_of_a_real_marketplace(
    name: str, value: str, tmp_path: Path
) -> None:
    done = haymarket("sandbox", "--data", str(tmp_path / "data"), **{f"HAYMARKET_{name}": value})
    assert done.returncode == 2
    assert f"HAYMARKET_{name}: a sandbox keeps everything in its folder" in done.stderr
    assert not (tmp_path / "data").exists()


def test_serving_a_sandbox_warns_of_its_tokens(sandbox_data: Path, tmp_path: Path) -> None:
    with running("serve", "--data", str(sandbox_data), folder=tmp_path) as server:
        assert "This is a sandbox: everyone knows its tokens." in server.said


def test_ctrl_c_ends_a_sandbox_without_a_complaint(sandbox: Running) -> None:
    sandbox.process.send_signal(signal.SIGINT)
    assert sandbox.process.wait(timeout=30) == 0
    assert "Traceback" not in sandbox.said


# --- serve ----------------------------------------------------------------------------------


def test_the_first_start_prints_a_token_that_works_and_later_ones_none(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    with running("serve", "--data", data, folder=tmp_path) as server:
        assert "Administrator admin@localhost, token hmk_" in server.said
        auth = ("admin@localhost", server.said.split("token ")[1].split()[0])
        vendor = {"_links": {}, "name": "V", "email": "v@example.com", "vendorLinks": {}}
        url = f"{server.address}/rest/2/vendors"
        answer = httpx.post(url, json=vendor | {"supportDetails": {}}, auth=auth)
        assert answer.status_code == 201
    with running("serve", "--data", data, folder=tmp_path) as server:
        assert "token" not in server.said
        url = f"{server.address}/rest/2/vendors?forThisUser=true"
        assert httpx.get(url, auth=auth).status_code == 200


def test_the_administrator_of_the_first_start_may_be_named(tmp_path: Path) -> None:
    settings = {"HAYMARKET_ADMIN_EMAIL": "ada@example.com"}
    with running("serve", "--data", str(tmp_path / "d"), folder=tmp_path, **settings) as server:
        assert "Administrator ada@example.com, token hmk_" in server.said


def test_an_administrator_who_was_disabled_is_not_replaced_by_a_start(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running("serve", "--data", str(data), folder=tmp_path):
        pass
    storage = open_storage(Settings(data=data).database_url, system_clock)
    with storage.writing(None) as db:
        [admin] = list_users(db)
        save_user(db, replace(admin, is_active=False))
    storage.close()
    with running("serve", "--data", str(data), folder=tmp_path) as server:
        assert "Every administrator is disabled: haymarket user enable" in server.said
        assert "token" not in server.said


def test_a_free_port_is_taken_and_told_when_none_is_named(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "haymarket", "serve", "--port", "0"]
    with subprocess.Popen(
        [*command, "--data", str(tmp_path / "data")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=clean_environment(),
    ) as process:
        assert process.stdout
        told = [process.stdout.readline() for _ in range(3)][-1]
        address = told.split()[-1].removesuffix("/rest/2")
        try:
            assert eventually(lambda: _answers(address), 30)
        finally:
            process.terminate()


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/healthz").status_code == 200
    except httpx.TransportError:
        return False


def test_a_port_that_is_in_use_is_told_in_one_line_before_anything_is_done(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        for command in ("serve", "sandbox"):
            done = haymarket(command, "--data", str(tmp_path / "data"), "--port", port)
            assert done.returncode == 2
            [line] = done.stderr.splitlines()
            assert f"Port {port} of 127.0.0.1: address already in use. Another one: --port" in line
    assert not (tmp_path / "data").exists()


def test_absolute_links_start_with_the_public_address(sandbox_data: Path, tmp_path: Path) -> None:
    public = ("--public-url", "https://apps.example.com")
    with running("serve", "--data", str(sandbox_data), *public, folder=tmp_path) as server:
        assert "Haymarket on https://apps.example.com/rest/2" in server.said
        latest = f"{server.address}/rest/2/addons/example.larkspur.tidy-boards/versions/latest"
        artifact = httpx.get(latest).json()["_embedded"]["artifact"]
        assert artifact["_links"]["binary"]["href"].startswith("https://apps.example.com/download/")
        assert finds(server, "Tidy Boards for Jira")

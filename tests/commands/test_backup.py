"""`haymarket backup`: a copy that starts, also of a marketplace that goes on running."""

import threading
from pathlib import Path

import httpx
import pytest

from assets.samples import a_jar
from commands.conftest import Call
from commands.marketplaces import APP, PARTNER, finds, rename
from running import Running, running
from running import haymarket as command


def test_the_copy_of_a_running_marketplace_starts_and_is_whole(
    sandbox: Running, sandbox_data: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    stop = threading.Event()
    uploading = threading.Thread(target=keep_uploading, args=(sandbox, stop))
    uploading.start()
    rename(sandbox, "Twice Kept")
    done = command("backup", str(copy), "--data", str(sandbox_data))
    stop.set()
    uploading.join()
    assert done.returncode == 0, done.stderr
    assert f"haymarket serve --data {copy}" in done.stdout
    assert not (copy / "index").exists()
    assert (copy / "secret").read_bytes() == (sandbox_data / "secret").read_bytes()
    assert (copy / "secret").stat().st_mode & 0o777 == 0o600
    with running("serve", "--data", str(copy), folder=tmp_path) as server:
        assert finds(server, "Twice Kept")
        assert "token hmk_" not in server.said  # its people came along
        downloads(server)
        rename(server, "Changed in the Copy")
        assert httpx.get(f"{sandbox.address}{APP}").json()["name"] == "Twice Kept"


def keep_uploading(server: Running, stop: threading.Event) -> None:
    """One jar after the other."""
    while not stop.is_set():
        url = f"{server.address}/rest/2/assets/artifact?file=a.jar"
        headers = {"Content-Type": "application/octet-stream"}
        answer = httpx.post(url, content=a_jar(), headers=headers, auth=PARTNER, timeout=30)
        assert answer.status_code == 200


def downloads(server: Running) -> None:
    """Every artifact of an app, and its logo."""
    versions = httpx.get(f"{server.address}{APP}/versions?limit=50").json()
    for version in versions["_embedded"]["versions"]:
        binary = version["_embedded"]["artifact"]["_links"]["binary"]["href"]
        assert httpx.get(binary, follow_redirects=True).status_code == 200
    logo = httpx.get(f"{server.address}{APP}").json()["_embedded"]["logo"]
    assert httpx.get(logo["_links"]["image"]["href"]).status_code == 200


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_folder_that_is_there_is_left_alone(haymarket: Call, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.mkdir()
    done = haymarket("backup", there)
    assert (done.code, done.err) == (2, f"haymarket: {there}: File exists\n")
    assert list(there.iterdir()) == []


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_a_secret_of_the_settings_is_named_and_not_copied(
    haymarket: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAYMARKET_SECRET", "a long one")
    (tmp_path / "secret").write_bytes(b"of another time")
    done = haymarket("backup", tmp_path / "copy")
    assert done.code == 0
    assert "It needs HAYMARKET_SECRET" in done.out
    assert not (tmp_path / "copy" / "secret").exists()


@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
def test_postgresql_is_left_to_its_own_tools(haymarket: Call, tmp_path: Path) -> None:
    done = haymarket("backup", tmp_path / "copy")
    assert (done.code, done.out) == (2, "")
    assert "copy it with pg_dump, and then the files" in done.err
    assert not (tmp_path / "copy").exists()

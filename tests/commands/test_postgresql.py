"""The commands over a PostgreSQL database."""

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from commands.marketplaces import finds
from running import eventually, haymarket, running

WORLD = Path(__file__).parents[2] / "src" / "haymarket" / "sandbox" / "world"


@pytest.fixture
def database(postgresql: str) -> Iterator[str]:
    """The address of an empty database."""
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield re.sub(r"/postgres(?=\?|$)", f"/{name}", postgresql)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def where(database: str, tmp_path: Path) -> tuple[str, ...]:
    """The options that name the marketplace."""
    return ("--data", str(tmp_path / "data"), "--database", database)


def test_a_database_is_migrated_loaded_and_served(where: tuple[str, ...], tmp_path: Path) -> None:
    asked_too_early = haymarket("user", "list", *where)
    assert asked_too_early.returncode == 2
    assert "bring it up to date: haymarket migrate" in asked_too_early.stderr

    first, again = haymarket("migrate", *where), haymarket("migrate", *where)
    assert "from nothing" in first.stdout
    assert "up to date already" in again.stdout

    path = tmp_path / "people.yaml"
    people = (WORLD / "40-users-and-vendors.yaml").read_text()
    path.write_text(re.sub(r", token: [a-z-]+", "", people))
    apps = WORLD / "50-apps-larkspur.yaml"
    loaded = haymarket("load", "--basics", str(path), str(apps), *where)
    assert loaded.returncode == 0, loaded.stderr
    assert "18 vendors" in loaded.stdout

    token = haymarket("token", "add", "admin@example.com", *where).stdout.strip()
    with running("serve", *where, folder=tmp_path) as server:
        assert "token" not in server.said  # there is an administrator
        assert finds(server, "Tidy Boards for Jira")
        url = f"{server.address}/rest/2/vendors?forThisUser=true"
        assert httpx.get(url, auth=("admin@example.com", token)).status_code == 200
        assert not (tmp_path / "data" / "haymarket.sqlite3").exists()


def test_two_nodes_see_what_the_other_writes(where: tuple[str, ...], tmp_path: Path) -> None:
    database = where[2:]
    assert haymarket("migrate", *where).returncode == 0
    one, other = tmp_path / "one", tmp_path / "other"
    shared = {"HAYMARKET_SECRET": "known to both"}
    with (
        running("serve", "--data", str(one), *database, folder=one, **shared) as first,
        running("serve", "--data", str(other), *database, folder=other, **shared) as second,
    ):
        assert "token hmk_" in first.said
        assert "token" not in second.said
        assert haymarket("load", "--basics", *where).returncode == 0
        path = tmp_path / "apps.json"
        path.write_text('[{"key": "com.acme.heron", "name": "Heron Watch", "summary": "Birds."}]')
        assert haymarket("load", str(path), *where).returncode == 0
        for server in (first, second):
            assert finds(server, "Heron Watch")


def test_a_node_with_another_secret_is_refused(where: tuple[str, ...], tmp_path: Path) -> None:
    with running("serve", *where, folder=tmp_path):
        pass
    other = ("--data", str(tmp_path / "other"), *where[2:])
    done = haymarket("serve", *other, "--port", "0")
    assert done.returncode == 2
    assert "haymarket secret renew" in done.stderr
    assert "Traceback" not in done.stderr
    assert haymarket("secret", "renew", *other, "--yes").returncode == 0
    with running("serve", *other, folder=tmp_path):
        pass


def test_a_marketplace_outlives_its_database_and_is_ready_again_when_it_returns(
    database: str, where: tuple[str, ...], postgresql: str, tmp_path: Path
) -> None:
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    with (
        running("serve", *where, folder=tmp_path) as server,
        psycopg.connect(postgresql, autocommit=True) as operator,
    ):
        operator.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        operator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        ready = f"{server.address}/readyz"
        assert httpx.get(ready, timeout=30).status_code == 503
        assert httpx.get(f"{server.address}/healthz").status_code == 200
        assert "haymarket_database_up 0.0" in httpx.get(f"{server.address}/metrics").text
        # strangers are still served from the index
        assert httpx.get(f"{server.address}/rest/2/addons").status_code == 200

        operator.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")
        assert eventually(lambda: httpx.get(ready, timeout=30).status_code == 200, 10)
    assert "Traceback" not in server.said


def test_workers_share_a_database(where: tuple[str, ...], tmp_path: Path) -> None:
    with running("serve", *where, "--workers", "2", folder=tmp_path) as server:
        assert server.said.count("token hmk_") == 1

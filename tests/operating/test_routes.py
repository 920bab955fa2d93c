"""What operators ask of a running process: health, readiness, figures."""

import os
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import text

from given import a_kept_app, a_vendor
from haymarket.operating.routes import LONGEST_LAG
from haymarket.storage import Storage


@pytest.fixture
def no_database(client: TestClient[Any], storage: Storage) -> None:
    """A marketplace whose database has gone away while it runs."""
    with storage.engine.begin() as connection:
        connection.execute(text("ALTER TABLE journal RENAME TO gone"))


def figures(client: TestClient[Any]) -> dict[str, float]:
    """The figures by name, labels included."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    lines = [line for line in answer.text.splitlines() if not line.startswith("#")]
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}


def test_a_process_that_lives_says_ok(client: TestClient[Any]) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_a_process_is_ready_when_the_database_answers_and_the_index_has_followed_it(
    client: TestClient[Any],
) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    told = {"ready": "yes", "lag": 0, "process": os.getpid(), "writes_index": True}
    assert answer.json() == told


def test_a_process_without_its_database_lives_but_is_not_ready(
    client: TestClient[Any], no_database: None
) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["why"] == "the database does not answer"
    assert client.get("/healthz").status_code == 200


def test_a_process_whose_index_is_far_behind_is_not_ready(
    client: TestClient[Any], app: Litestar, storage: Storage
) -> None:
    app.state.shelf.close()  # it follows no more
    with storage.writing(None) as db:
        for _ in range(LONGEST_LAG + 1):
            db.record("test.nothing", "")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["why"] == "the index is behind"
    assert figures(client)["haymarket_shelf_lag"] > LONGEST_LAG


def test_requests_are_counted_by_method_and_status_and_timed(client: TestClient[Any]) -> None:
    for _ in range(3):
        client.get("/healthz")
    client.get("/rest/2/addons/none")
    client.post("/rest/2/addons", json={})
    found = figures(client)
    assert found['haymarket_requests_total{method="GET",status="200"}'] == 3
    assert found['haymarket_requests_total{method="GET",status="404"}'] == 1
    assert found['haymarket_requests_total{method="POST",status="401"}'] == 1
    assert found["haymarket_request_seconds_count"] == 5
    assert found['haymarket_request_seconds_bucket{le="+Inf"}'] == 5


def test_the_index_and_the_statements_are_counted(
    client: TestClient[Any], app: Litestar, storage: Storage
) -> None:
    a_vendor(storage, 12, "Acme")
    a_kept_app(storage, "com.acme.draw")
    with storage.reading() as db:
        app.state.shelf.at_least(db.head())
    before = figures(client)
    assert before["haymarket_shelf_apps"] == 1
    assert before["haymarket_shelf_lag"] == 0
    assert before["haymarket_database_up"] == 1
    for channel in ("mail", "webhook"):
        assert before[f'haymarket_deliveries_due{{channel="{channel}"}}'] == 0
        assert before[f'haymarket_deliveries_late_seconds{{channel="{channel}"}}'] == 0
    client.get("/readyz")
    assert figures(client)["haymarket_sql_statements"] > before["haymarket_sql_statements"]


def test_figures_are_told_without_a_database_too(
    client: TestClient[Any], no_database: None
) -> None:
    assert figures(client)["haymarket_database_up"] == 0

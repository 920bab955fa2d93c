"""The clock of a sandbox over HTTP: it turns forward, and everything goes by it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar.testing import TestClient
from msgspec.structs import fields

from commands.marketplaces import PARTNER, rename
from haymarket.settings import Settings
from running import Running, haymarket, running

CLOCK = "/sandbox/clock"
APP = "/rest/2/addons/example.larkspur.tidy-boards"


def moment(text: str) -> datetime:
    """A date-time of the API."""
    assert text.endswith("Z")
    return datetime.fromisoformat(text)


def test_it_is_that_of_the_machine_at_first(sandboxed: TestClient[Any]) -> None:
    shown = sandboxed.get(CLOCK).json()
    assert shown["offset"] == "PT0S"
    assert abs(moment(shown["now"]) - datetime.now(UTC)) < timedelta(seconds=5)


def test_it_turns_forward_by_a_span_and_goes_on_from_there(sandboxed: TestClient[Any]) -> None:
    before = moment(sandboxed.get(CLOCK).json()["now"])
    answer = sandboxed.post(CLOCK, json={"advance": "PT24H"})
    assert answer.status_code == 200
    assert answer.json()["offset"] == "PT24H"
    again = sandboxed.post(CLOCK, json={"advance": "P1W"}).json()
    assert again["offset"] == "PT192H"
    assert sandboxed.get(CLOCK).json()["offset"] == "PT192H"
    passed = moment(again["now"]) - before - timedelta(days=8)
    assert timedelta(0) <= passed < timedelta(seconds=5)


def test_it_turns_by_calendar_months(sandboxed: TestClient[Any]) -> None:
    before = moment(sandboxed.get(CLOCK).json()["now"])
    after = moment(sandboxed.post(CLOCK, json={"advance": "P1Y"}).json()["now"])
    assert (after.year, after.month) == (before.year + 1, before.month)


def test_it_is_set_to_a_moment_in_any_time_zone(sandboxed: TestClient[Any]) -> None:
    answer = sandboxed.put(CLOCK, json={"now": "2031-05-06T09:00:00+02:00"})
    assert answer.status_code == 200
    assert answer.json()["now"].startswith("2031-05-06T07:00:0")


def test_it_does_not_turn_back(sandboxed: TestClient[Any]) -> None:
    answer = sandboxed.put(CLOCK, json={"now": "2020-01-01T00:00:00Z"})
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["path"] == "/now"
    assert "does not turn back" in error["message"]
    assert "POST /sandbox/reset" in error["message"]


@pytest.mark.parametrize(
    ("method", "body", "path"),
    [
        ("PUT", {}, "/now"),
        ("PUT", {"now": "tomorrow"}, "/now"),
        ("PUT", {"now": "2031-05-06T09:00:00"}, "/now"),
        ("PUT", {"now": "2099-01-01T00:00:00Z"}, "/now"),
        ("POST", {}, "/advance"),
        ("POST", {"advance": 24}, "/advance"),
        ("POST", {"advance": "24h"}, "/advance"),
        ("POST", {"advance": "-PT1H"}, "/advance"),
        ("POST", {"advance": "P51Y"}, "/advance"),
        ("POST", {"advance": "P999999Y"}, "/advance"),
    ],
)
def test_what_is_no_later_moment_is_refused_and_changes_nothing(
    method: str, body: dict[str, Any], path: str, sandboxed: TestClient[Any]
) -> None:
    answer = sandboxed.request(method, CLOCK, json=body)
    assert answer.status_code == 400
    assert [error["path"] for error in answer.json()["errors"]] == [path]
    assert sandboxed.get(CLOCK).json()["offset"] == "PT0S"


def test_it_goes_fifty_years_ahead_and_not_a_day_more(sandboxed: TestClient[Any]) -> None:
    assert sandboxed.post(CLOCK, json={"advance": "P50Y"}).status_code == 200
    assert sandboxed.post(CLOCK, json={"advance": "P14D"}).status_code == 400


@pytest.mark.parametrize(
    "headers", [{"Host": "["}, {"Host": "[::1"}, {"Origin": "http://["}], ids=str
)
def test_a_header_that_names_no_place_is_refused_like_a_foreign_one(
    headers: dict[str, str], sandboxed: TestClient[Any]
) -> None:
    assert sandboxed.get(CLOCK, headers=headers).status_code == 403


def test_what_is_written_afterwards_has_the_time_of_the_sandbox(
    sandboxed: TestClient[Any],
) -> None:
    now = sandboxed.post(CLOCK, json={"advance": "P1Y"}).json()["now"]
    patch = [{"op": "replace", "path": "/name", "value": "A Year Later"}]
    assert sandboxed.patch(APP, json=patch, auth=PARTNER).status_code == 204
    assert moment(sandboxed.get(APP, auth=PARTNER).json()["lastModified"]) >= moment(now)


def test_a_later_start_has_the_same_time(sandbox_data: Path, tmp_path: Path) -> None:
    data = ("--data", str(sandbox_data))
    with running("sandbox", *data, folder=tmp_path) as server:
        now = httpx.post(server.address + CLOCK, json={"advance": "P1Y"}).json()["now"]
    with running("sandbox", *data, folder=tmp_path) as server:
        shown = httpx.get(server.address + CLOCK).json()
        assert moment(shown["now"]) >= moment(now)
        rename(server, "Still Later")
        assert moment(last_change(server)) >= moment(now)


def test_serving_the_same_folder_has_its_time_and_no_way_to_turn_it(
    sandbox_data: Path, tmp_path: Path
) -> None:
    data = ("--data", str(sandbox_data))
    with running("sandbox", *data, folder=tmp_path) as server:
        now = httpx.post(server.address + CLOCK, json={"advance": "P1Y"}).json()["now"]
    with running("serve", *data, "--workers", "2", folder=tmp_path) as server:
        rename(server, "Served")
        assert moment(last_change(server)) >= moment(now)
        for method, path in (
            ("GET", CLOCK),
            ("PUT", CLOCK),
            ("POST", CLOCK),
            ("POST", "/sandbox/reset"),
            ("GET", "/sandbox/scenarios"),
            ("POST", "/sandbox/scenarios/approval-pending"),
        ):
            answer = httpx.request(method, server.address + path, json={"advance": "PT1H"})
            assert answer.status_code == 404, (method, path)


def test_no_setting_gives_a_marketplace_what_only_a_sandbox_has(tmp_path: Path) -> None:
    assert not [each.name for each in fields(Settings) if "sandbox" in each.name]
    done = haymarket("serve", "--data", str(tmp_path / "data"), HAYMARKET_SANDBOX="true")
    assert done.returncode == 2
    assert "HAYMARKET_SANDBOX is not a setting" in done.stderr


def last_change(server: Running) -> str:
    """When the renamed app was changed last, as its vendor sees it."""
    shown = httpx.get(f"{server.address}{APP}", auth=PARTNER).json()
    return str(shown["lastModified"])


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Host": "evil.example:8080"}]
)
def test_a_page_of_another_site_is_refused(
    headers: dict[str, str], sandboxed: TestClient[Any]
) -> None:
    for method, path in (
        ("GET", CLOCK),
        ("POST", CLOCK),
        ("POST", "/sandbox/reset"),
        ("POST", "/sandbox/scenarios/approval-pending"),
    ):
        answer = sandboxed.request(method, path, json={"advance": "PT1H"}, headers=headers)
        assert answer.status_code == 403, (method, path)
    assert sandboxed.get(CLOCK).json()["offset"] == "PT0S"


def test_the_marketplace_does_not_describe_what_only_a_sandbox_has(
    sandboxed: TestClient[Any],
) -> None:
    described = sandboxed.get("/rest/2/openapi.json").json()
    assert not [path for path in described["paths"] if "sandbox" in path]

"""Logs: lines for people, objects for machines."""

import json
import logging
import sys

import pytest
import structlog

from haymarket import logs
from haymarket.settings import Settings

pytestmark = pytest.mark.usefixtures("logging_as_before")


def logged(settings: Settings, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What is printed about one event of ours, one of a library, one request."""
    logs.set_up(settings)
    structlog.get_logger().warning("the shelf is behind", rows=3)
    logging.getLogger("uvicorn.error").error("a library complains")
    logging.getLogger("uvicorn.error").info("a library chats")
    write = logs.access_log(settings)
    if write is not None:
        write("10.0.0.9", "GET", "/rest/2/addons", 200, 0.0123)
    return capsys.readouterr().err.splitlines()


def test_for_people_each_event_and_each_request_is_a_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ours, library, request = logged(Settings(), capsys)
    assert "the shelf is behind" in ours
    assert "rows=3" in ours
    assert "a library complains" in library
    assert request == "10.0.0.9 GET /rest/2/addons 200 12.3ms"


def test_for_machines_every_line_is_an_object(capsys: pytest.CaptureFixture[str]) -> None:
    ours, library, request = map(json.loads, logged(Settings(log_format="json"), capsys))
    assert (ours["event"], ours["rows"], ours["level"]) == ("the shelf is behind", 3, "warning")
    assert (library["event"], library["logger"]) == ("a library complains", "uvicorn.error")
    assert request.pop("timestamp").endswith("Z")
    assert ours["timestamp"].endswith("Z")
    assert request == {
        "event": "request",
        "client": "10.0.0.9",
        "method": "GET",
        "path": "/rest/2/addons",
        "status": 200,
        "ms": 12.3,
        "level": "info",
    }


def test_an_error_carries_its_traceback_in_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(Settings(log_format="json"))
    try:
        raise ValueError("broken")
    except ValueError as error:
        structlog.get_logger().error("request failed", exc_info=error)
    [line] = capsys.readouterr().err.splitlines()
    assert "ValueError: broken" in json.loads(line)["exception"]


def test_the_level_is_kept_and_debug_lets_the_server_chat(
    capsys: pytest.CaptureFixture[str],
) -> None:
    quiet = Settings(log_level="error", access_log=False)
    [line] = logged(quiet, capsys)
    assert "a library complains" in line
    assert any("a library chats" in line for line in logged(Settings(log_level="debug"), capsys))


def test_without_an_access_log_requests_leave_no_line() -> None:
    assert logs.access_log(Settings(access_log=False)) is None


def test_logs_go_to_the_error_output_only(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(Settings())
    structlog.get_logger().warning("here")
    assert capsys.readouterr().out == ""
    assert sys.stderr

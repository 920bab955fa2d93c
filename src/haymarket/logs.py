"""How the process logs: lines for people, or JSON for machines, on the error output."""

import io
import logging
import sys
from collections.abc import Callable
from typing import TextIO, cast
from urllib.parse import unquote

import structlog
from msgspec import json
from structlog.types import Processor

from haymarket.clock import system_clock, wire_time
from haymarket.settings import Settings

AccessLog = Callable[[str, str, str, int, float], None]
"""Notes a request: who asked, method, path, status, seconds."""


class _ErrorOutput(io.TextIOBase):
    """The error output as it is when something is written."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


_ERROR_OUTPUT = _ErrorOutput()


def set_up(settings: Settings) -> None:
    """Set up structlog, and the libraries' own logging: warnings, or all of it for `debug`."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    common: list[Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    renderer: Processor = (
        structlog.processors.JSONRenderer()
        if settings.log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*common, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, _ERROR_OUTPUT)),
    )
    handler = logging.StreamHandler(_ERROR_OUTPUT)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *common],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[handler], force=True)
    logging.getLogger("uvicorn").setLevel(level if level == logging.DEBUG else logging.NOTSET)


def without_token(path: str) -> str:
    """A path as it may be shown: the one of an access token without the token."""
    if "/tokens/" not in unquote(path):
        return path
    return f"{path.rstrip('/').rpartition('/')[0]}/***"


def access_log(settings: Settings) -> AccessLog | None:
    """What writes a line for every request; None when nobody wants them."""
    if not settings.access_log:
        return None
    return _as_json if settings.log_format == "json" else _as_text


def _as_text(who: str, method: str, path: str, status: int, seconds: float) -> None:
    sys.stderr.write(f"{who} {method} {path} {status} {seconds * 1000:.1f}ms\n")


def _as_json(who: str, method: str, path: str, status: int, seconds: float) -> None:
    line = {
        "event": "request",
        "client": who,
        "method": method,
        "path": path,
        "status": status,
        "ms": round(seconds * 1000, 1),
        "level": "info",
        "timestamp": wire_time(system_clock()),
    }
    sys.stderr.write(json.encode(line).decode() + "\n")

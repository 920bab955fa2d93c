"""A web server that webhooks are sent to: it remembers what came and answers as it is told."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec

from running import eventually


@dataclass(frozen=True)
class Received:
    """A request: its path, its headers, its body, and when it came."""

    path: str
    headers: dict[str, str]
    body: bytes
    at: float

    @property
    def event(self) -> str:
        return self.headers["X-Haymarket-Event"]

    @property
    def told(self) -> Any:
        """The body as JSON."""
        return msgspec.json.decode(self.body)


@dataclass
class Receiver:
    """A running server. `answer` gives the status for a request, and may take its time."""

    port: int
    received: list[Received] = field(default_factory=list)
    answer: Callable[[Received], int] = lambda request: 200

    def url(self, path: str = "/hook") -> str:
        """An address of it on this machine."""
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def events(self) -> list[str]:
        """What it heard of, in order."""
        return [each.event for each in self.received]

    def hears(self, *events: str, seconds: float = 10) -> bool:
        """Whether it comes to have heard exactly of these."""
        return eventually(lambda: self.events == list(events), seconds)


@contextmanager
def a_receiver() -> Iterator[Receiver]:
    """A real HTTP server on 127.0.0.1."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            request = Received(self.path, dict(self.headers.items()), body, time.monotonic())
            receiver.received.append(request)
            status = receiver.answer(request)
            self.send_response(status)
            if status in (301, 302, 307, 308):
                self.send_header("Location", receiver.url("/elsewhere"))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver = Receiver(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()

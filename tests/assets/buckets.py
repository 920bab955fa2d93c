"""A bucket of one's own: as much of the S3 protocol as it takes to keep a file."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Bucket:
    """What was put into it by path, and the signatures that came along."""

    address: str = ""
    kept: dict[str, bytes] = field(default_factory=dict)
    signed: list[str] = field(default_factory=list)


@contextmanager
def a_bucket() -> Iterator[Bucket]:
    """A bucket that listens on this machine."""
    bucket = Bucket()

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            bucket.signed.append(self.headers["Authorization"])
            bucket.kept[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("ETag", '"1"')
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        bucket.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield bucket
        finally:
            server.shutdown()
            thread.join()

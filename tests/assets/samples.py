"""Files to upload: archives and images, good and bad, and a web server that has them."""

import struct
import threading
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

from PIL import Image

DESCRIPTOR = b"""<?xml version="1.0"?>
<atlassian-plugin key="com.example.app" name="Example" plugins-version="2">
  <plugin-info><description>Good</description><version>1.2.3</version></plugin-info>
</atlassian-plugin>"""


def a_jar(**entries: bytes) -> bytes:
    """A jar with a descriptor, or with the given entries (`_` stands for a dot)."""
    files = {name.replace("_", "."): entries[name] for name in entries}
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (files or {"atlassian-plugin.xml": DESCRIPTOR}).items():
            archive.writestr(name, content)
    return buffer.getvalue()


def an_encrypted_jar() -> bytes:
    """A jar whose entry says that it is encrypted."""
    content = bytearray(a_jar())
    content[content.rfind(b"PK\x01\x02") + 8] |= 0x1
    return bytes(content)


def a_directory_of(entries: int) -> bytes:
    """An archive that is nothing but a directory of nameless entries; it claims to have none."""
    directory = (b"PK\x01\x02" + bytes(42)) * entries
    return directory + b"PK\x05\x06" + bytes(8) + struct.pack("<IIH", len(directory), 0, 0)


def an_image(width: int, height: int, kind: str = "PNG") -> bytes:
    """An image of one colour."""
    buffer = BytesIO()
    Image.new("RGB", (width, height), "teal").save(buffer, kind)
    return buffer.getvalue()


def a_png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that say they are a PNG of this size."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels)


@dataclass(frozen=True)
class Page:
    """What the web server answers."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Website:
    """A running web server: its port, its pages by path, and the requests it has seen."""

    port: int
    pages: dict[str, Page]
    requests: list[dict[str, str]] = field(default_factory=list)

    def url(self, path: str) -> str:
        """The address of a page on this machine."""
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def a_website(pages: dict[str, Page]) -> Iterator[Website]:
    """A real HTTP server on 127.0.0.1."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.requests.append({"path": self.path, **dict(self.headers.items())})
            page = site.pages.get(self.path, Page(status=404))
            self.send_response(page.status)
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(page.body)

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site = Website(server.server_address[1], pages)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()

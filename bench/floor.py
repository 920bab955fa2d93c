"""The floor: a bare ASGI app that sends what the marketplace sent, and does nothing else."""

import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import uvicorn
from msgspec import Struct

Send = Callable[[Any], Awaitable[None]]


class Answer(Struct):
    """An answer of the marketplace: its status, its headers, and how long its body is."""

    status: int
    headers: list[tuple[bytes, bytes]]
    size: int


def keep(answers: Mapping[str, Answer], file: Path) -> None:
    """Write answers down, by the path and query that they belong to."""
    file.write_bytes(msgspec.msgpack.encode(answers))


class Floor:
    """An ASGI app with a ready answer for each address that it knows."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self._ready = {address.encode(): _messages(each) for address, each in answers.items()}

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        """Send the answer of an address."""
        query = scope["query_string"]
        address = scope["raw_path"]
        for message in self._ready[b"%b?%b" % (address, query) if query else address]:
            await send(message)


def _messages(answer: Answer) -> Sequence[Mapping[str, Any]]:
    start = {
        "type": "http.response.start",
        "status": answer.status,
        "headers": answer.headers,
    }
    return start, {"type": "http.response.body", "body": b"x" * answer.size}


def main(answers: str, port: str) -> None:
    """Serve the answers of a file, under the settings that `haymarket serve` runs with."""
    read = msgspec.msgpack.decode(Path(answers).read_bytes(), type=dict[str, Answer])
    uvicorn.run(
        Floor(read),
        host="127.0.0.1",
        port=int(port),
        loop="uvloop",
        http="httptools",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=30,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])

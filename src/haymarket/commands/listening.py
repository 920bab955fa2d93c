"""A port that is taken early, and the server behind it, which ends without a failed request."""

import asyncio
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

import uvicorn
from msgspec.structs import replace

from haymarket import logs
from haymarket.app import Make, build
from haymarket.app import serve as as_server_runs_it
from haymarket.commands.memory import keep_freed_memory
from haymarket.commands.options import give_up
from haymarket.settings import Settings
from haymarket.web.threads import take_short_turns

KEEP_ALIVE = 30
"""Seconds that a connection stays open without a request."""
LAST_CALL = 1.0
"""Seconds that an idle connection has for a last request before it is closed."""


@contextmanager
def taken_port(settings: Settings) -> Iterator[tuple[Settings, socket.socket]]:
    """The port of the settings, ours but not listening yet; 0 becomes one that is free.

    A port that is in use is so told before anything else is done.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.setblocking(False)
        try:
            taken.bind((settings.host, settings.port))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            give_up(f"Port {settings.port} of {settings.host}: {reason}. Another one: --port")
        yield replace(settings, port=taken.getsockname()[1]), taken


def listen(
    settings: Settings,
    taken: socket.socket,
    ready: Callable[[], None] = lambda: None,
    make: Make = build,
) -> None:
    """Serve in this process until SIGTERM or SIGINT; running requests are finished first.

    `make` puts the marketplace together, and `ready` is called when it listens.
    """
    logs.set_up(settings)
    keep_freed_memory()
    take_short_turns()
    try:
        app = make(settings)
    except OSError as error:
        give_up(f"{error.filename}: {error.strerror}")
    config = uvicorn.Config(
        as_server_runs_it(app),
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=settings.drain_timeout,
        timeout_keep_alive=KEEP_ALIVE,
    )
    Draining(config, ready).run([taken])


class Draining(uvicorn.Server):
    """A server that answers whoever it let in before it ends.

    uvicorn resets connections that nobody has accepted yet, and closes idle ones while a request
    may be on its way. Here those that wait are let in, and each connection hears with its last
    answer that it is closed.
    """

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and tell so."""
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Close the port, answer everyone who is there, then end."""
        waiting = [each for taken in sockets or [] for each in _accepted(taken)]
        for server in self.servers:
            server.close()
        for taken in sockets or []:
            taken.close()
        await self._let_in(waiting)
        said = (b"connection", b"close")
        self.server_state.default_headers = [*self.server_state.default_headers, said]
        end = asyncio.get_running_loop().time() + LAST_CALL
        while self.server_state.connections and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.02)
        await super().shutdown(sockets)
        self._captured_signals.clear()  # which uvicorn would raise once more: this is a good end

    async def _let_in(self, waiting: Sequence[socket.socket]) -> None:
        loop = asyncio.get_running_loop()

        def protocol() -> asyncio.Protocol:
            made: asyncio.Protocol = self.config.http_protocol_class(  # type: ignore[call-arg]
                config=self.config,
                server_state=self.server_state,
                app_state=self.lifespan.state,
            )
            return made

        for connection in waiting:
            with suppress(OSError):
                await loop.connect_accepted_socket(protocol, connection)


def _accepted(taken: socket.socket) -> Iterator[socket.socket]:
    """The connections that wait at a port."""
    with suppress(OSError):
        while True:
            connection, _ = taken.accept()
            connection.setblocking(False)
            yield connection

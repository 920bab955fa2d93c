"""Several processes behind one port, and the one that looks after them."""

import multiprocessing
import os
import signal
import socket
import sys
import tempfile
import threading
import time
from multiprocessing.connection import wait
from multiprocessing.context import SpawnContext, SpawnProcess
from multiprocessing.synchronize import Event
from types import FrameType

import structlog

from haymarket import logs
from haymarket.app import Make, build
from haymarket.commands.listening import LAST_CALL, listen
from haymarket.operating.figures import SHARED
from haymarket.settings import Settings

log = structlog.get_logger()

POLL = 0.2
PAUSE = 0.2
"""Seconds before a worker that died is replaced."""


def run(settings: Settings, taken: socket.socket, make: Make = build) -> None:
    """Serve until SIGTERM or SIGINT, in this process or in several workers.

    `make` puts the marketplace together; workers serve the usual one.
    """
    if settings.workers == 1:
        listen(settings, taken, make=make)
        return
    logs.set_up(settings)
    with tempfile.TemporaryDirectory(prefix="haymarket-figures-") as folder:
        os.environ[SHARED] = folder
        Workers(settings, taken).run()


class Workers:
    """The workers of a node. One that dies is replaced; one that can not start ends them all."""

    def __init__(self, settings: Settings, taken: socket.socket) -> None:
        self._settings = settings
        self._taken = taken
        self._context: SpawnContext = multiprocessing.get_context("spawn")
        self._answered = self._context.Event()
        self._end = False

    def run(self) -> None:
        """Look after them until a signal asks for the end."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask_for_the_end)
        workers = [self._start() for _ in range(self._settings.workers)]
        failed = False
        while not self._end and not failed:
            wait([worker.sentinel for worker in workers], POLL)
            for index, worker in enumerate(workers):
                if worker.exitcode is None or self._end:
                    continue
                failed = worker.exitcode > 0 and not self._answered.is_set()
                if failed:
                    break
                log.warning("a worker died", process=worker.pid, code=worker.exitcode)
                time.sleep(PAUSE)
                workers[index] = self._start()
        self._finish(workers)
        if failed:
            sys.exit(1)

    def _ask_for_the_end(self, number: int, frame: FrameType | None) -> None:
        self._end = True

    def _start(self) -> SpawnProcess:
        arguments = (self._settings, self._taken, self._answered)
        worker = self._context.Process(target=work, args=arguments)
        worker.start()
        return worker

    def _finish(self, workers: list[SpawnProcess]) -> None:
        """End the workers. The port goes first: nobody shall wait where nobody answers."""
        self._taken.close()
        for worker in workers:
            worker.terminate()
        deadline = time.monotonic() + self._settings.drain_timeout + LAST_CALL + 10
        for worker in workers:
            worker.join(max(deadline - time.monotonic(), 0))
            if worker.exitcode is None:
                worker.kill()
                worker.join()


def work(settings: Settings, taken: socket.socket, answered: Event) -> None:
    """One worker. It ends with the process that looks after it, however that one ends."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    listen(settings, taken, answered.set)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

"""The process that counts heartbeats, so that a flood of them does not slow down answers.

Reading and counting thousands of records takes the interpreter for itself. It happens in a child
with a lower priority, which is started at the first batch. The server only passes bodies on.
"""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime

import structlog

from haymarket import logs
from haymarket.analytics.actions import count_heartbeats
from haymarket.analytics.incoming import read_heartbeats
from haymarket.analytics.wire import HeartbeatsCounted
from haymarket.clock import system_clock
from haymarket.errors import Invalid, TooMany, Unavailable
from haymarket.settings import Settings
from haymarket.storage import Storage, StorageFailure, open_storage

log = structlog.get_logger()
Note = Callable[[str, int], None]

NICENESS = 10
WAIT = 1
"""Seconds after which a batch that was not taken may be sent again."""


class Intake:
    """Counts batches in a child, a few at a time; `note` hears how many heartbeats came out how."""

    def __init__(self, settings: Settings, note: Note = lambda outcome, number: None) -> None:
        self._settings = settings
        self._note = note
        self._under_way = 0
        self._child: ProcessPoolExecutor | None = None

    async def count(self, body: bytes, encoding: str, now: datetime) -> HeartbeatsCounted:
        """Count a batch; it is kept when this returns.

        Raises Invalid, TooLarge and Unsupported for what can not be read, TooMany when too many
        batches are under way, and Unavailable when the child has died or the database is away.
        """
        self.check()
        self._under_way += 1
        try:
            counted = await self._pass_on(body, encoding, now)
        except Invalid:
            self._note("refused", 1)
            raise
        finally:
            self._under_way -= 1
        self._note("accepted", counted.accepted)
        self._note("unknown", counted.unknown)
        return counted

    def check(self) -> None:
        """Raises TooMany when as many batches are under way as may be."""
        if self._under_way >= self._settings.heartbeat_batches:
            raise TooMany("Other heartbeats are being counted; send these again soon", WAIT)

    async def _pass_on(self, body: bytes, encoding: str, now: datetime) -> HeartbeatsCounted:
        child = self._child = self._child or self._start()
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(child, _count, body, encoding, now)
        except BrokenProcessPool:
            log.warning("the process that counts heartbeats died")
            if self._child is child:
                self._child = None
            raise Unavailable(
                "These heartbeats may not be counted; send them again", WAIT
            ) from None

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            1,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin,
            initargs=(self._settings,),
        )

    def forget(self) -> None:
        """Let the next batch start another child, since the database is another one now."""
        self.close()
        self._child = None

    def close(self) -> None:
        """End the child when it has counted what it has."""
        if self._child is not None:
            self._child.shutdown()


# --- in the child ----------------------------------------------------------------------------


class _Child:
    """What the child has opened."""

    settings: Settings
    storage: Storage


def _begin(settings: Settings) -> None:
    """Prepare the child. Signals are for the server, which waits for what is under way."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.nice(NICENESS)
    logs.set_up(settings)
    _Child.settings = settings
    _Child.storage = open_storage(settings.database_url, system_clock)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _count(body: bytes, encoding: str, now: datetime) -> HeartbeatsCounted:
    heartbeats = read_heartbeats(body, encoding, _Child.settings.heartbeat_limit, now)
    try:
        return count_heartbeats(_Child.storage, heartbeats, now)
    except StorageFailure as error:
        log.warning("heartbeats are not counted", error=str(error))
        raise Unavailable("The database does not answer; send these again", WAIT) from None

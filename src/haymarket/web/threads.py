"""Where handlers run: a few threads for reading, and others for those that may wait long.

Python runs one thread at a time. With a handful of threads that read SQL, the event loop gets its
turn soon; with dozens it waits behind them, and everything takes several times as long. Handlers
that may fetch from outside wait for others, so they have threads of their own.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial, wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

TURN = 0.0005
"""Seconds that a thread keeps the interpreter while others wait for it. Every SQL statement gives
it away and has to get it back: with Python's 5 ms, four writers did two thirds of the work."""

WAITING = 16
"""Handlers that fetch from outside at the same time, in one process."""

_waiting = ThreadPoolExecutor(WAITING, "waiting")


def take_short_turns() -> None:
    """Let the threads of this process take turns that suit a server."""
    sys.setswitchinterval(TURN)


def apart(handler: Callable[P, T]) -> Callable[P, Awaitable[T]]:
    """A handler that runs in the threads of those that may wait long."""

    @wraps(handler)
    async def run(*args: P.args, **kwargs: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(_waiting, partial(handler, *args, **kwargs))

    return run

"""The gate lets one request be alone: it waits for those before it and keeps out those after it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from haymarket.sandbox.gate import Busy, Gate

Scenes = Callable[[Gate], Awaitable[list[str]]]
SCOPE: Any = {"type": "http"}


def play(scenes: Scenes, patience: float = 5.0) -> list[str]:
    """What happened, in order."""

    async def run() -> list[str]:
        return await scenes(Gate(patience))

    return asyncio.run(run())


def request(gate: Gate, work: Callable[[], Awaitable[None]]) -> "asyncio.Task[None]":
    """A request that passes the gate and does some work."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await work()

    async def sent() -> None:
        await gate.around(app)(SCOPE, None, None)  # type: ignore[arg-type]

    return asyncio.create_task(sent())


def test_it_waits_for_those_before_it_and_keeps_out_those_after_it() -> None:
    async def scenes(gate: Gate) -> list[str]:
        told: list[str] = []
        may_end = asyncio.Event()

        async def slow() -> None:
            await may_end.wait()
            told.append("before")

        async def alone() -> None:
            async with gate.alone():
                told.append("alone")
                await asyncio.sleep(0.02)
                told.append("still alone")

        async def later() -> None:
            told.append("after")

        tasks = [request(gate, slow), request(gate, alone)]
        await asyncio.sleep(0.02)
        tasks.append(request(gate, later))
        await asyncio.sleep(0.02)
        assert told == []
        may_end.set()
        await asyncio.gather(*tasks)
        return told

    assert play(scenes) == ["before", "alone", "still alone", "after"]


def test_several_that_want_to_be_alone_are_so_in_turn() -> None:
    async def scenes(gate: Gate) -> list[str]:
        told: list[str] = []

        async def alone() -> None:
            async with gate.alone():
                told.append("in")
                await asyncio.sleep(0.01)
                told.append("out")

        await asyncio.gather(*(request(gate, alone) for _ in range(4)))
        return told

    assert play(scenes) == ["in", "out"] * 4


def test_its_patience_ends_and_then_nobody_is_kept_out() -> None:
    async def scenes(gate: Gate) -> list[str]:
        told: list[str] = []
        may_end = asyncio.Event()

        async def slow() -> None:
            await may_end.wait()

        async def alone() -> None:
            with pytest.raises(Busy, match="1 request"):
                async with gate.alone():
                    told.append("alone")

        async def later() -> None:
            told.append("after")

        hanging = request(gate, slow)
        await request(gate, alone)
        await request(gate, later)
        may_end.set()
        await hanging
        return told

    assert play(scenes, patience=0.05) == ["after"]


def test_one_that_fails_leaves_the_gate_open() -> None:
    async def scenes(gate: Gate) -> list[str]:
        told: list[str] = []

        async def fails() -> None:
            async with gate.alone():
                raise RuntimeError("lost its way")

        async def alone() -> None:
            async with gate.alone():
                told.append("alone")

        with pytest.raises(RuntimeError):
            await request(gate, fails)
        await request(gate, alone)
        return told

    assert play(scenes) == ["alone"]

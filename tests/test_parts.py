"""What a marketplace does beside answering."""

import asyncio
from contextlib import suppress

from haymarket.parts import now_and_then
from haymarket.storage import StorageFailure


def test_a_job_that_fails_ends_neither_the_others_nor_itself() -> None:
    done: list[str] = []

    def broken() -> None:
        done.append("broken")
        raise ValueError("nobody thought of this")

    def away() -> None:
        done.append("away")
        raise StorageFailure("no database")

    async def some_rounds() -> None:
        jobs = [broken, away, lambda: done.append("well")]
        with suppress(TimeoutError):
            await asyncio.wait_for(now_and_then(jobs, 0.001), 0.5)

    asyncio.run(some_rounds())
    assert done[:6] == ["broken", "away", "well"] * 2

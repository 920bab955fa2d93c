"""The parts that a marketplace is made of: opened together, kept going, and closed in order."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import structlog
from litestar.concurrency import sync_to_thread

from haymarket.accounts.usage import INTERVAL, TokenUsage
from haymarket.analytics.actions import bring_up_to_date
from haymarket.analytics.intake import Intake
from haymarket.assets.files import Files, open_files
from haymarket.catalogue.shelf import Shelf
from haymarket.clock import Clock, clock_of
from haymarket.feedback.actions import forget_old
from haymarket.operating.figures import Figures
from haymarket.secret import fingerprint, read_secret
from haymarket.settings import Settings
from haymarket.storage import Storage, StorageFailure, open_storage
from haymarket.storage.fingerprint import hold_to
from haymarket.versions.counter import DownloadCounter
from haymarket.watch.dispatch import Dispatch
from haymarket.watch.send import Outside
from haymarket.web.limits import Limiter

log = structlog.get_logger()
Job = Callable[[], object]
"""Something that is done now and then, and does no harm when it is done later."""


@dataclass(frozen=True)
class Parts:
    """One marketplace. Handlers are given the parts that they name."""

    settings: Settings
    storage: Storage
    secret: bytes
    files: Files
    shelf: Shelf
    figures: Figures
    usage: TokenUsage
    counter: DownloadCounter
    intake: Intake
    outside: Outside
    dispatch: Dispatch
    guesses: Limiter
    senders: Limiter

    @property
    def jobs(self) -> list[Job]:
        """What is done once a minute."""
        counting = partial(bring_up_to_date, self.storage)
        forgetting = partial(forget_old, self.storage, self.settings.feedback_retention_days)
        return [self.usage.write, self.counter.write, counting, forgetting]

    @property
    def remembering(self) -> list[Job]:
        """What lets the parts forget what they hold in memory of the database."""
        return [
            self.usage.forget,
            self.guesses.forget,
            self.senders.forget,
            self.intake.forget,
            self.counter.forget,
            self.dispatch.forget,
        ]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Let everything run that runs beside the requests."""
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(self.storage.readers))
        await sync_to_thread(hold_to, self.storage, fingerprint(self.secret))
        await sync_to_thread(self.shelf.start)
        self.dispatch.start()
        upkeep = asyncio.create_task(now_and_then(self.jobs, INTERVAL.total_seconds()))
        yield
        upkeep.cancel()
        for job in (self.usage.write, self.counter.write):
            await sync_to_thread(_attempt, job)
        for close in (self.intake.close, self.dispatch.close, self.shelf.close):
            await sync_to_thread(close)
        self.storage.close()


def gather(settings: Settings, clock: Clock | None = None) -> Parts:
    """The parts over a database that is migrated already; nothing runs yet.

    Without a clock they have that of the data folder.
    """
    storage = open_storage(settings.database_url, clock or clock_of(settings.data))
    secret = read_secret(settings.secret, settings.data)
    shelf = Shelf(settings.data / "index", storage, settings.base_url)
    figures = Figures(storage, shelf)
    outside = Outside(settings, secret)
    dispatch = Dispatch(open_storage(settings.database_url, storage.clock), outside)
    storage.on_commit(dispatch.wake)
    return Parts(
        settings=settings,
        storage=storage,
        secret=secret,
        files=open_files(settings),
        shelf=shelf,
        figures=figures,
        usage=TokenUsage(storage),
        counter=DownloadCounter(storage, secret),
        intake=Intake(settings, figures.note_heartbeats),
        outside=outside,
        dispatch=dispatch,
        guesses=Limiter(settings.token_guesses, storage.clock),
        senders=Limiter(settings.feedback_limit, storage.clock),
    )


async def now_and_then(jobs: Sequence[Job], pause: float) -> None:
    """Do what has time: each job in turn, with `pause` seconds in between; one may fail."""
    while True:
        await asyncio.sleep(pause)
        for job in jobs:
            await sync_to_thread(_attempt, job)


def _attempt(job: Job) -> None:
    try:
        job()
    except StorageFailure as error:
        log.warning("a job is put off, since the database fails", error=str(error))
    except Exception as error:  # whatever it is, the other jobs and the next time must not end
        log.error("a job failed", exc_info=error)

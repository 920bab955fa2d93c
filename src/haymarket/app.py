"""The marketplace put together: the one place that knows every part."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

import structlog
from litestar import Litestar, Router
from litestar.concurrency import sync_to_thread
from litestar.di import Provide
from litestar.types import ASGIApp

from haymarket import logs
from haymarket.accounts.usage import INTERVAL, TokenUsage
from haymarket.applications import logos as application_logos
from haymarket.applications import routes as applications
from haymarket.assets import routes as assets
from haymarket.assets.files import open_files
from haymarket.catalogue import routes as catalogue
from haymarket.catalogue import short_routes as short_lists
from haymarket.catalogue.shelf import Shelf
from haymarket.categories import routes as categories
from haymarket.clock import Clock, system_clock
from haymarket.licences import routes as licences
from haymarket.operating import routes as operating
from haymarket.operating.figures import Figures
from haymarket.publishing import routes as publishing
from haymarket.settings import Settings, read_settings
from haymarket.storage import StorageFailure, open_storage
from haymarket.vendors import routes as vendors
from haymarket.versions import downloads
from haymarket.versions import routes as versions
from haymarket.web import api_routes as api
from haymarket.web import entry, errors
from haymarket.web.dependencies import find_in_turn
from haymarket.web.heads import HeadAsGet
from haymarket.web.not_built import routes_beside
from haymarket.web.openapi import CONFIG
from haymarket.web.parameters import the_page
from haymarket.web.slashes import EncodedSlashes
from haymarket.web.watching import Watched

log = structlog.get_logger()

SERVED = [
    entry.show_entry,
    *catalogue.ROUTES,
    *short_lists.ROUTES,
    *publishing.ROUTES,
    *versions.ROUTES,
    *downloads.ROUTES,
    *vendors.ROUTES,
    *applications.ROUTES,
    *application_logos.ROUTES,
    *categories.ROUTES,
    *licences.ROUTES,
    *assets.ROUTES,
    *api.ROUTES,
    *operating.ROUTES,
]
ROUTES = [*SERVED, *routes_beside(SERVED)]


def build(settings: Settings, clock: Clock = system_clock) -> Litestar:
    """The marketplace over a database that is migrated already."""
    storage = open_storage(settings.database_url, clock)
    shelf = Shelf(settings.data / "index", storage, settings.base_url)
    usage = TokenUsage(storage)
    figures = Figures(storage, shelf)

    @asynccontextmanager
    async def life(app: Litestar) -> AsyncIterator[None]:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(storage.readers))
        await sync_to_thread(shelf.start)
        writing = asyncio.create_task(_write_usage(usage))
        yield
        writing.cancel()
        await sync_to_thread(_write, usage)
        await sync_to_thread(shelf.close)
        storage.close()

    app = Litestar(
        # in one router, since Litestar wraps a handler twice whose path gets a second one later
        route_handlers=[Router("/", route_handlers=ROUTES)],
        dependencies={
            **_passed_in(
                storage=storage,
                settings=settings,
                shelf=shelf,
                files=open_files(settings),
                figures=figures,
            ),
            "page": Provide(the_page, sync_to_thread=False),
        },
        exception_handlers=errors.HANDLERS,
        lifespan=[life],
        request_max_body_size=settings.body_limit,
        openapi_config=CONFIG,
        logging_config=None,
    )
    find_in_turn(app)
    app.state.token_usage = usage
    app.state.figures = figures
    app.state.storage = storage
    app.state.shelf = shelf
    app.state.access_log = logs.access_log(settings)
    return app


async def _write_usage(usage: TokenUsage) -> None:
    while True:
        await asyncio.sleep(INTERVAL.total_seconds())
        await sync_to_thread(_write, usage)


def _write(usage: TokenUsage) -> None:
    try:
        usage.write()
    except StorageFailure as error:
        log.warning("the last uses of tokens are not written", error=str(error))


def from_environment() -> ASGIApp:
    """The marketplace of the settings in the environment, as a server's worker starts it."""
    settings = read_settings()
    logs.set_up(settings)
    return serve(build(settings))


def serve(app: Litestar) -> ASGIApp:
    """The ASGI application that a server runs."""
    return Watched(HeadAsGet(EncodedSlashes(app)), app.state.figures, log=app.state.access_log)


def _passed_in(**parts: Any) -> dict[str, Provide]:
    return {name: Provide(_always(part), sync_to_thread=False) for name, part in parts.items()}


def _always(part: Any) -> Callable[[], Any]:
    return lambda: part

"""The marketplace put together: its list of routes is the table of contents."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields
from typing import Any

from litestar import Litestar, Router
from litestar.di import Provide
from litestar.handlers import HTTPRouteHandler
from litestar.types import ASGIApp

from haymarket import logs
from haymarket.analytics import routes as analytics
from haymarket.applications import logos as application_logos
from haymarket.applications import routes as applications
from haymarket.assets import routes as assets
from haymarket.catalogue import routes as catalogue
from haymarket.catalogue import short_routes as short_lists
from haymarket.categories import routes as categories
from haymarket.clock import CLOCK_FILE, Clock, TurnedClock
from haymarket.feedback import routes as feedback
from haymarket.licences import routes as licences
from haymarket.operating import routes as operating
from haymarket.parts import Parts, gather
from haymarket.pricing import routes as pricing
from haymarket.publishing import routes as publishing
from haymarket.reviews import routes as reviews
from haymarket.sandbox import routes as sandbox
from haymarket.sandbox.actions import Sandbox
from haymarket.settings import Settings, read_settings
from haymarket.tokens import routes as tokens
from haymarket.vendors import routes as vendors
from haymarket.versions import downloads
from haymarket.versions import routes as versions
from haymarket.versions.actions import Desk
from haymarket.watch import routes as watch
from haymarket.web import api_routes as api
from haymarket.web import entry, errors
from haymarket.web.dependencies import find_in_turn
from haymarket.web.heads import HeadAsGet
from haymarket.web.not_built import routes_beside
from haymarket.web.openapi import CONFIG
from haymarket.web.parameters import the_page
from haymarket.web.slashes import EncodedSlashes
from haymarket.web.watching import Watched

SERVED = [
    entry.show_entry,
    *catalogue.ROUTES,
    *short_lists.ROUTES,
    *publishing.ROUTES,
    *pricing.ROUTES,
    *analytics.ROUTES,
    *tokens.ROUTES,
    *feedback.ROUTES,
    *watch.ROUTES,
    *reviews.ROUTES,
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
Make = Callable[[Settings], Litestar]
"""Puts a marketplace together."""


@dataclass
class Holder:
    """Holds the parts that the routes work on."""

    parts: Parts | None = None

    def part(self, name: str) -> Callable[[], Any]:
        """What gives a part to a handler."""
        return lambda: getattr(self.parts, name)


def build(
    settings: Settings, clock: Clock | None = None, more: Sequence[HTTPRouteHandler] = ()
) -> Litestar:
    """The marketplace over a database that is migrated already, with `more` routes than usual.

    Without a clock it has that of its data folder.
    """
    return furnish(assemble(settings.body_limit, more), gather(settings, clock))


def assemble(body_limit: int, more: Sequence[HTTPRouteHandler] = ()) -> Litestar:
    """The routes, with no marketplace behind them yet: that is what takes time."""
    holder = Holder()
    names = [field.name for field in fields(Parts)]
    app = Litestar(
        # in one router, since Litestar wraps a handler twice whose path gets a second one later
        route_handlers=[Router("/", route_handlers=[*ROUTES, *more])],
        dependencies={
            **{name: Provide(holder.part(name), sync_to_thread=False) for name in names},
            "page": Provide(the_page, sync_to_thread=False),
        },
        exception_handlers=errors.HANDLERS,
        lifespan=[_life],
        request_max_body_size=body_limit,
        openapi_config=CONFIG,
        logging_config=None,
    )
    find_in_turn(app)
    app.state.holder = holder
    return app


def furnish(app: Litestar, parts: Parts) -> Litestar:
    """The same routes in front of another marketplace, that does not run yet."""
    app.state.holder.parts = parts
    app.state.parts = parts
    app.state.storage = parts.storage
    app.state.shelf = parts.shelf
    app.state.token_usage = parts.usage
    app.state.token_guesses = parts.guesses
    app.state.access_log = logs.access_log(parts.settings)
    return app


@asynccontextmanager
async def _life(app: Litestar) -> AsyncIterator[None]:
    async with app.state.parts.running():
        yield


def build_sandbox(settings: Settings) -> Litestar:
    """The marketplace of a sandbox, whose clock turns and which can be reset while it runs."""
    clock = TurnedClock(settings.data / CLOCK_FILE)
    app = build(settings, clock, sandbox.ROUTES)
    parts: Parts = app.state.parts
    made = Sandbox(
        Desk(parts.storage, parts.files, settings),
        parts.shelf,
        clock,
        refresh=[*parts.jobs, parts.dispatch.wake],
        forget=parts.remembering,
    )
    app.state.sandbox = made
    app.state.gate = made.gate
    return app


def from_environment() -> ASGIApp:
    """The marketplace of the settings in the environment, as a server's worker starts it."""
    settings = read_settings()
    logs.set_up(settings)
    return serve(build(settings))


def serve(app: Litestar) -> ASGIApp:
    """The ASGI application that a server runs."""
    layers: ASGIApp = HeadAsGet(EncodedSlashes(app))
    if "gate" in app.state:
        layers = app.state.gate.around(layers)
    return Watched(layers, app.state.parts.figures, log=app.state.access_log)

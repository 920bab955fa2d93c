"""The operations of a sandbox over HTTP: its clock, reset and scenarios (docs/sandbox.md).

They are served by `haymarket sandbox` alone, for anyone who reaches it, and for no foreign page.
"""

from typing import Any

from litestar import Request, Response, get, post, put
from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath, RawBody

from haymarket import paths
from haymarket.clock import wire_time
from haymarket.errors import Conflict, Forbidden
from haymarket.sandbox import actions, scenarios, wire
from haymarket.sandbox.gate import Busy
from haymarket.sandbox.model import is_own_page, span_text
from haymarket.web.answers import document
from haymarket.web.bodies import read_json, shape

AnyRequest = Request[Any, Any, Any]
AnyConnection = ASGIConnection[Any, Any, Any, Any]


def refuse_foreign_pages(connection: AnyConnection, _: BaseRouteHandler) -> None:
    """A web page of somebody else has no say here. Raises Forbidden."""
    headers, names = connection.headers, _sandbox(connection).host_names
    if not is_own_page(headers.get("host", ""), headers.get("origin"), names):
        raise Forbidden(
            "A page of another site may not use the sandbox. A host name of your own is told with"
            " HAYMARKET_PUBLIC_URL"
        )


GUARDS = [refuse_foreign_pages]


def _sandbox(connection: AnyConnection) -> actions.Sandbox:
    found: actions.Sandbox = connection.app.state.sandbox
    return found


def _clock(request: AnyRequest) -> Response[wire.ClockShown]:
    clock = _sandbox(request).clock
    return document(wire.ClockShown(now=wire_time(clock()), offset=span_text(clock.offset)))


@get(paths.SANDBOX_CLOCK, guards=GUARDS, include_in_schema=False, sync_to_thread=False)
def show_clock(request: AnyRequest) -> Response[wire.ClockShown]:
    """The time of the sandbox."""
    return _clock(request)


@put(paths.SANDBOX_CLOCK, guards=GUARDS, include_in_schema=False, sync_to_thread=True)
def set_clock(request: AnyRequest, body: RawBody) -> Response[wire.ClockShown]:
    """Let the clock go on from a later moment."""
    asked = shape(read_json(body), wire.ClockSet)
    actions.set_clock(_sandbox(request), asked.now)
    return _clock(request)


@post(
    paths.SANDBOX_CLOCK,
    guards=GUARDS,
    include_in_schema=False,
    sync_to_thread=True,
    status_code=200,
)
def advance_clock(request: AnyRequest, body: RawBody) -> Response[wire.ClockShown]:
    """Turn the clock forward by a span of time."""
    asked = shape(read_json(body), wire.ClockAdvanced)
    actions.advance_clock(_sandbox(request), asked.advance)
    return _clock(request)


@post(paths.SANDBOX_RESET, guards=GUARDS, include_in_schema=False, status_code=200)
async def reset(request: AnyRequest) -> Response[wire.ClockShown]:
    """Bring everything back to the seeded state, while all other requests wait."""
    sandbox = _sandbox(request)
    try:
        async with sandbox.gate.alone():
            await sync_to_thread(actions.reset, sandbox)
    except Busy as others:
        raise Conflict(f"Nothing was reset: {others} are still under way; try again") from None
    return _clock(request)


@get(paths.SANDBOX_SCENARIOS, guards=GUARDS, include_in_schema=False, sync_to_thread=False)
def list_scenarios(request: AnyRequest) -> Response[wire.ScenarioCollection]:
    """What can be set up."""
    return document(wire.scenarios(scenarios.descriptions()))


@post(
    f"{paths.SANDBOX_SCENARIOS}/{{name:str}}",
    guards=GUARDS,
    include_in_schema=False,
    sync_to_thread=True,
    status_code=200,
)
def set_up(request: AnyRequest, name: FromPath[str]) -> Response[wire.ScenarioShown]:
    """Set a scenario up."""
    sandbox = _sandbox(request)
    scenario = scenarios.named(name)
    made = scenario.set_up(sandbox.desk)
    sandbox.catch_up()
    return document(wire.scenario(name, scenario.description, made))


ROUTES = [show_clock, set_clock, advance_clock, reset, list_scenarios, set_up]

"""What the operations of a sandbox take and answer (docs/sandbox.md)."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct, field

from haymarket import paths
from haymarket.hal import Link, Wire

Instant = Annotated[datetime, Meta(tz=True)]


class ClockShown(Wire):
    """The time of the sandbox, and how far it is ahead of the machine (ISO 8601)."""

    now: str
    offset: str


class ClockSet(Struct, kw_only=True):
    """The moment that a clock is set to, with its time zone."""

    now: Instant


class ClockAdvanced(Struct, kw_only=True):
    """How far a clock is turned, as ISO 8601 writes it: `PT24H`, `P1M`."""

    advance: str


class ScenarioShown(Wire):
    """A scenario; after it was set up, with links to what it made."""

    links: dict[str, Link] = field(name="_links")
    name: str
    description: str


class ScenarioCollection(Wire):
    """All scenarios."""

    links: dict[str, Link] = field(name="_links")
    scenarios: list[ScenarioShown]


def scenario(name: str, description: str, made: dict[str, str]) -> ScenarioShown:
    """A scenario with links to what it made, by their relations."""
    links = {"self": Link(paths.scenario(name))}
    links.update({relation: Link(path) for relation, path in made.items()})
    return ScenarioShown(links=links, name=name, description=description)


def scenarios(described: dict[str, str]) -> ScenarioCollection:
    """The collection of scenarios from their names and descriptions."""
    shown = [scenario(name, description, {}) for name, description in described.items()]
    return ScenarioCollection(links={"self": Link(paths.SANDBOX_SCENARIOS)}, scenarios=shown)

"""What a version that clients send is checked against."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from haymarket.assets.model import ConnectDescriptor

Resolved = Mapping[tuple[str, str], str]
"""The names of kept assets by their kind (`artifact` or an image type) and their address."""

NOTHING: Resolved = {}


@dataclass(frozen=True)
class HostFacts:
    """What is known of an application: its key, hostings, and the names of builds."""

    key: str
    hostings: frozenset[str]
    builds: Mapping[int, str]


@dataclass(frozen=True)
class Surroundings:
    """What a version is checked against.

    `descriptors` are what those of the artifacts say that are Connect descriptors, by their names.
    `assets` maps the kinds and addresses that the document refers to, to names of kept assets;
    `hosts` maps what clients call an application to what is known of it; `licences` are the keys
    of the licence types.
    """

    assets: Resolved
    hosts: Mapping[str, HostFacts]
    licences: frozenset[str]
    now: datetime
    descriptors: Mapping[str, ConnectDescriptor] = field(default_factory=dict)

"""A host application and its versions: pure (related.md, 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from haymarket.errors import Problem

Status = Literal["published", "unpublished"]
CompatibilityMode = Literal["micro", "minor"]
Hosting = Literal["cloud", "server", "dataCenter"]
HOSTINGS: Sequence[Hosting] = get_args(Hosting)
LONGEST_VERSION = 100


@dataclass(frozen=True)
class Application:
    """A product that apps are made for. `key_aliases` are keys of the past.

    `compatibility_mode` says which new host versions an app version inherits: those that differ
    in the last part (`micro`) or in the last two (`minor`). `hosting` is where the application
    runs, `connect` where it takes apps that run elsewhere.
    """

    key: str
    name: str
    introduction: str = ""
    key_aliases: tuple[str, ...] = ()
    status: Status = "published"
    compatibility_mode: CompatibilityMode = "micro"
    hosting: frozenset[Hosting] = frozenset()
    connect: frozenset[Hosting] = frozenset()
    description: str = ""
    learn_more: str = ""
    download_page: str | None = None


@dataclass(frozen=True)
class HostVersion:
    """A version of a host application; `build` is its identity and its place in the order."""

    application: str
    build: int
    version: str
    released: date
    data_center_compatible: bool = False
    status: Status = "published"
    end_of_life: date | None = None


def problems_of_version(version: HostVersion) -> list[Problem]:
    """What is wrong with a version by itself, each with the pointer of its member."""
    name = version.version
    if not name.strip() or len(name) > LONGEST_VERSION or not name.isprintable():
        message = f"A version name has 1 to {LONGEST_VERSION} printable characters"
        return [Problem(message, "/version")]
    return []


def problems_of_change(before: HostVersion, after: HostVersion) -> list[Problem]:
    """What a change may not touch: the build number and the name, which others refer to."""
    found = []
    if after.build != before.build:
        found.append(Problem("The build number of a version can not be changed", "/buildNumber"))
    if after.version != before.version:
        found.append(Problem("The name of a version can not be changed", "/version"))
    return found

"""Adds and changes versions of applications."""

from dataclasses import replace
from typing import Any

from msgspec import to_builtins

from haymarket.applications import store, wire
from haymarket.applications.model import HostVersion, problems_of_change, problems_of_version
from haymarket.errors import Invalid, Problem
from haymarket.storage import Writing
from haymarket.web.bodies import shape
from haymarket.web.patching import apply_patch


def add_version(db: Writing, key: str, document: Any) -> HostVersion:
    """A new version of the application `key`. Raises Invalid for a known build or name."""
    version = wire.version_from_wire(shape(document, wire.ApplicationVersionInput), key)
    found = problems_of_version(version)
    if not found and store.get_host_version(db, key, version.build):
        found.append(Problem(f"Build number {version.build} already exists", "/buildNumber"))
    if not found and store.get_host_version_by_name(db, key, version.version):
        found.append(Problem(f"Version {version.version} already exists", "/version"))
    _refuse(found)
    store.save_host_version(db, version)
    return version


def change_version(
    db: Writing, before: HostVersion, operations: list[dict[str, Any]]
) -> HostVersion:
    """Apply a patch. Raises Invalid where it touches the build number or the name."""
    document = to_builtins(wire.version_to_wire(before))
    patched = apply_patch(document, operations, ("/_links",))
    asked = wire.version_from_wire(shape(patched, wire.ApplicationVersionInput), before.application)
    _refuse(problems_of_change(before, asked))
    after = replace(asked, end_of_life=before.end_of_life)
    store.save_host_version(db, after)
    return after


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Invalid(problems[0].message, problems[0].path, problems=tuple(problems))

"""`haymarket migrate`, `application` and `openapi`."""

import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number
from msgspec import json as as_json

from haymarket import logs
from haymarket.app import build
from haymarket.applications.model import HostVersion, problems_of_change, problems_of_version
from haymarket.applications.store import (
    LARGEST_BUILD,
    get_application,
    get_host_version,
    get_host_version_by_name,
    known_builds,
    list_applications,
    save_host_version,
)
from haymarket.commands.options import Json, Where, give_up, group, open_migrated, out, show
from haymarket.settings import Settings
from haymarket.storage import Writing
from haymarket.web.openapi import document

application = group("application", "Host applications and their releases.")


def migrate(*, where: Where | None = None) -> None:
    """Make the database, or bring it to the schema of this version.

    Parameters
    ----------
    where
        Which marketplace.
    """
    opened = open_migrated((where or Where()).settings())
    opened.storage.close()
    before, after = opened.before, opened.after
    changed = "up to date already" if before == after else f"from {before or 'nothing'}"
    out.print(f"Schema {after}, {changed}", markup=False)


def openapi(*, file: Path | None = None) -> None:
    """Write the OpenAPI document of the API; no marketplace is needed for it.

    Parameters
    ----------
    file
        Where to; the standard output by default.
    """
    with TemporaryDirectory(prefix="haymarket-") as folder:
        settings = Settings(data=Path(folder), log_level="error")
        logs.set_up(settings)
        app = build(settings)
        text = as_json.format(as_json.encode(document(app)), indent=2).decode() + "\n"
    if file is None:
        sys.stdout.write(text)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        give_up(f"{file}: {error.strerror}")


@application.command(name="list")
def show_applications(*, where: Where | None = None, json: Json = False) -> None:
    """List the host applications, each with its newest release.

    Parameters
    ----------
    where
        Which marketplace.
    """
    with (where or Where()).storage() as storage, storage.reading() as db:
        known, builds = list_applications(db), known_builds(db)
    rows = []
    for each in known:
        build_number, newest = builds.get(each.key, [(None, None)])[-1]
        told = {"key": each.key, "name": each.name, "status": each.status}
        rows.append({**told, "newest": newest, "build": build_number})
    show(rows, json, "There is no application yet. Load the usual ones: haymarket load --basics")


@application.command(name="release")
def add_release(
    key: str,
    version: str,
    build: Annotated[int, Parameter(validator=Number(gte=1, lte=LARGEST_BUILD))],
    /,
    *,
    where: Where | None = None,
    released: datetime | None = None,
    data_center: bool = True,
) -> None:
    """Add a release of a host application, or change it.

    Apps that inherit compatibility are compatible with it at once.

    Parameters
    ----------
    key
        The application, such as jira.
    version
        Name of the release, such as 10.3.1.
    build
        Build number; it rises with the releases.
    where
        Which marketplace.
    released
        Day of the release, such as 2026-11-24; today by default.
    data_center
        Whether it exists as Data Center.
    """
    with (where or Where()).storage() as storage, storage.writing(None) as db:
        known = get_application(db, key)
        if known is None:
            give_up(f"There is no application {key}; see haymarket application list")
        day: date = (released or db.now()).date()
        _save_release(db, known.name, HostVersion(known.key, build, version, day, data_center))
    out.print(f"{known.name} {version} has build number {build}", markup=False)


def _save_release(db: Writing, application: str, wanted: HostVersion) -> None:
    """Add a release or change the one with its build number; a wrong one ends the program."""
    before = get_host_version(db, wanted.application, wanted.build)
    namesake = get_host_version_by_name(db, wanted.application, wanted.version)
    if namesake and namesake.build != wanted.build:
        give_up(f"{application} {wanted.version} has build number {namesake.build} already")
    found = problems_of_version(wanted) + (problems_of_change(before, wanted) if before else [])
    for problem in found[:1]:
        give_up(f"{wanted.version}: {problem.message}")
    if before:
        wanted = replace(wanted, status=before.status, end_of_life=before.end_of_life)
    save_host_version(db, wanted)

"""`haymarket migrate`, `application` and `openapi`."""

from datetime import date, datetime
from pathlib import Path

from cyclopts import App
from msgspec import json

from haymarket.app import build
from haymarket.applications.model import HostVersion
from haymarket.applications.store import get_application, list_applications, save_host_version
from haymarket.clock import system_clock
from haymarket.commands.options import Where, give_up, out, reachable
from haymarket.storage import open_storage
from haymarket.storage.migrate import migrate as bring_up_to_date
from haymarket.web.openapi import document

application = App(name="application", help="Host applications and their releases.")


def migrate(where: Where | None = None) -> None:
    """Bring the database to the schema of this version.

    Parameters
    ----------
    where
        Which marketplace.
    """
    settings = (where or Where()).settings()
    settings.data.mkdir(parents=True, exist_ok=True)
    storage = open_storage(settings.database_url, system_clock)
    with reachable(settings):
        before, after = bring_up_to_date(storage)
    storage.close()
    changed = "up to date already" if before == after else f"from {before or 'nothing'}"
    out.print(f"Schema {after}, {changed}", markup=False)


def openapi(where: Where | None = None, *, file: Path | None = None) -> None:
    """Write the OpenAPI document of the API.

    Parameters
    ----------
    where
        Which marketplace: its addresses are in the document.
    file
        Where to; the standard output by default.
    """
    with (where or Where()).storage():
        text = json.format(json.encode(document(build((where or Where()).settings()))), indent=2)
    if file:
        file.write_bytes(text + b"\n")
    else:
        out.print(text.decode(), markup=False)


@application.command(name="list")
def show_applications(where: Where | None = None) -> None:
    """List the host applications."""
    with (where or Where()).storage() as storage, storage.reading() as db:
        for each in list_applications(db):
            out.print(f"{each.key}\t{each.name}\t{each.status}", markup=False)


@application.command(name="release")
def add_release(
    key: str,
    version: str,
    build: int,
    where: Where | None = None,
    *,
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
        Build number.
    where
        Which marketplace.
    released
        Day of the release; today by default.
    data_center
        Whether it exists as Data Center.
    """
    day: date = released.date() if released else system_clock().date()
    with (where or Where()).storage() as storage, storage.writing(None) as db:
        if get_application(db, key) is None:
            give_up(f"There is no application {key}")
        save_host_version(db, HostVersion(key, build, version, day, data_center, "published", None))
    out.print(f"{key} {version} has build number {build}", markup=False)

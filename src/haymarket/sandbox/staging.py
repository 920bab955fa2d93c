"""Apps in a certain state, for scenarios: found where an earlier call left them, or made."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from haymarket.accounts.contacts import permissions_of
from haymarket.accounts.store import get_user
from haymarket.applications.store import known_builds
from haymarket.apps.store import get_app
from haymarket.categories.store import list_categories
from haymarket.errors import Conflict
from haymarket.lifecycle.model import AppStatus, VersionStatus
from haymarket.loading import format
from haymarket.loading.load import Loader
from haymarket.storage import Reading
from haymarket.vendors.store import find_vendors
from haymarket.versions.actions import Desk
from haymarket.versions.model import PaymentModel
from haymarket.versions.store import list_versions

PARTNER = "partner@example.com"
FIRST_BUILD, STEP = 100, 10
FIGURES = format.Figures(downloads=5200, installs=2400, users=61_000)


@dataclass(frozen=True)
class Wanted:
    """An app as a scenario needs it. `versions` are the statuses of its versions, oldest first.

    `weeks` says how long a public one is listed, and that it was installed more and more since.
    """

    key: str
    name: str
    status: AppStatus
    versions: tuple[VersionStatus, ...]
    payment_model: PaymentModel = "free"
    rejection_reason: str | None = None
    weeks: int = 0

    @property
    def newest_build(self) -> int:
        """The build number of its newest version."""
        return FIRST_BUILD + STEP * (len(self.versions) - 1)


@dataclass(frozen=True)
class Surroundings:
    """What such an app refers to: its vendor, a host application, and how old it is."""

    vendor: int
    application: str
    oldest: str
    newest: str
    categories: list[str]
    today: date


def app_in_state(desk: Desk, wanted: Wanted) -> str:
    """The key of an app as it is wanted: `KEY`, `KEY-2` and so on, the first that fits or is free.

    Raises Conflict when there is no vendor or no host application.
    """
    with desk.storage.reading() as db:
        key, is_there = _first_that_fits(db, wanted)
        around = _surroundings(db)
    if not is_there:
        document = format.Document(haymarket=1, apps=[_app(key, wanted, around)])
        Loader(desk, ()).load_documents([(Path(key), document)])
    return key


def _first_that_fits(db: Reading, wanted: Wanted) -> tuple[str, bool]:
    number, key = 1, wanted.key
    while (app := get_app(db, key)) is not None:
        statuses = tuple(each.status for each in reversed(list_versions(db, app.id)))
        if app.archived_at is None and (app.status, statuses) == (wanted.status, wanted.versions):
            return key, True
        number += 1
        key = f"{wanted.key}-{number}"
    return key, False


def _surroundings(db: Reading) -> Surroundings:
    """The vendor that the partner acts for, or else the first; and the best known application."""
    partner = get_user(db, PARTNER)
    vendors = sorted(permissions_of(db, partner.id)) if partner else []
    vendors = vendors or [each.id for each in find_vendors(db, None, None, False, 0, 1)[0]]
    known = {key: sorted(builds) for key, builds in known_builds(db).items() if builds}
    if not vendors or not known:
        raise Conflict("A scenario needs a vendor, and a host application with releases")
    application = "jira" if "jira" in known else min(known)
    names = [name for _, name in known[application]]
    categories = [each.name for each in list_categories(db) if each.application == application]
    return Surroundings(
        vendors[0], application, names[0], names[-1], categories[:1], db.now().date()
    )


def _app(key: str, wanted: Wanted, around: Surroundings) -> format.App:
    return format.App(
        key=key,
        name=wanted.name,
        vendor=around.vendor,
        status=wanted.status,
        rejection_reason=wanted.rejection_reason,
        tag_line="Stands where you need it to try something out",
        summary="An app that a scenario of the sandbox has set up, with drawn pictures.",
        categories=around.categories,
        listed=_day(wanted, around, 0) if wanted.status == "public" else None,
        figures=FIGURES if wanted.weeks else format.Figures(),
        installs=format.Installs(weeks=wanted.weeks) if wanted.weeks else None,
        links=format.AppLinks(privacy="https://sandbox.example/privacy"),
        logo="drawn",
        versions=[
            _version(index, status, wanted, around) for index, status in enumerate(wanted.versions)
        ],
    )


def _version(
    index: int, status: VersionStatus, wanted: Wanted, around: Surroundings
) -> format.Version:
    bounds = format.NamedBounds(min=around.oldest, max=around.newest)
    runs_on = format.Compatibility(application=around.application, data_center=bounds)
    return format.Version(
        name=f"1.{index}.0",
        build=FIRST_BUILD + STEP * index,
        status=status,
        payment_model=wanted.payment_model,
        date=_day(wanted, around, index),
        compatibilities=[runs_on],
        release_summary="First release" if index == 0 else "An update",
        artifact="made",
    )


def _day(wanted: Wanted, around: Surroundings, index: int) -> date:
    """When a version was released: they are spread over the time since the first."""
    since = timedelta(weeks=wanted.weeks) * (len(wanted.versions) - index) / len(wanted.versions)
    return around.today - timedelta(days=since.days)

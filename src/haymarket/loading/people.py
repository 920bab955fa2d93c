"""Loads applications, categories, licences, people and vendors."""

from dataclasses import dataclass

from msgspec import to_builtins

from haymarket import drawing
from haymarket.accounts import store as accounts
from haymarket.accounts.contacts import set_contact
from haymarket.accounts.model import PERMISSIONS, User, token_hash
from haymarket.applications.model import Application, HostVersion
from haymarket.applications.store import (
    get_application,
    list_host_versions,
    save_application,
    save_host_versions,
)
from haymarket.assets.store import set_uses
from haymarket.categories.model import Category
from haymarket.categories.store import save_category
from haymarket.licences.model import LicenceType
from haymarket.licences.store import save_licence_type
from haymarket.loading import format
from haymarket.loading.keeper import Keeper, Place
from haymarket.storage import Reading, Writing
from haymarket.vendors.model import Vendor, problems_of_vendor
from haymarket.vendors.store import add_vendor, get_vendor, save_vendor

MOST_RELEASES = 1_000_000


def load_application(db: Writing, place: Place, each: format.Application) -> None:
    """Add or update an application with its releases."""
    save_application(
        db,
        Application(
            key=each.key,
            name=each.name,
            introduction=each.introduction,
            key_aliases=tuple(each.key_aliases),
            status=each.status,
            compatibility_mode=each.compatibility_mode,
            hosting=frozenset(each.hosting),
            connect=frozenset(each.connect),
            description=each.details.description,
            learn_more=each.details.learn_more,
            download_page=each.details.download_page,
        ),
    )
    _refuse_twice(place, each.versions)
    _refuse_renumbered(db, place, each)
    save_host_versions(db, [_release(each.key, release) for release in each.versions])


def _release(application: str, release: format.HostRelease) -> HostVersion:
    return HostVersion(
        application,
        release.build,
        release.version,
        release.date,
        release.data_center,
        release.status,
        release.end_of_life,
    )


def _refuse_twice(place: Place, releases: list[format.HostRelease]) -> None:
    builds: set[int] = set()
    names: set[str] = set()
    for index, release in enumerate(releases):
        if release.build in builds or release.version in names:
            raise place.within(f"versions[{index}]").bad("build and version are there already")
        builds.add(release.build)
        names.add(release.version)


def _refuse_renumbered(db: Reading, place: Place, each: format.Application) -> None:
    """A release keeps its build number, which compatibilities refer to."""
    known, _ = list_host_versions(db, each.key, None, 0, MOST_RELEASES)
    builds = {version.version: version.build for version in known}
    for index, release in enumerate(each.versions):
        build = builds.get(release.version, release.build)
        if build != release.build:
            at = place.within(f"versions[{index}].build")
            raise at.bad(f"{release.version} has the build {build} already")


def load_category(db: Writing, place: Place, each: format.Category) -> None:
    """Add or update a category."""
    if get_application(db, each.application) is None:
        raise place.within("application").bad(f"there is no application {each.application}")
    save_category(db, Category(each.id, each.name, each.application))


def load_licence(db: Writing, place: Place, each: format.Licence) -> None:
    """Add or update a licence type."""
    save_licence_type(db, LicenceType(each.key, each.name, each.url))


@dataclass(frozen=True)
class Tokens:
    """Whether files may carry fixed tokens: only the sandbox takes them."""

    allowed: bool


def load_user(db: Writing, place: Place, each: format.User, tokens: Tokens) -> None:
    """Add or update a person, with a fixed token in the sandbox."""
    if each.token and not tokens.allowed:
        raise place.within("token").bad("a token in a file is no secret: only the sandbox takes it")
    user = accounts.get_user(db, each.email)
    if user is None:
        user = accounts.add_user(db, each.email, each.name, is_admin=each.administrator)
    else:
        changed = User(user.id, user.email, each.name, each.administrator, True)
        accounts.save_user(db, changed)
    if each.token and not accounts.token_exists(db, token_hash(each.token)):
        accounts.add_token(db, user, "fixed", token_hash(each.token), each.scopes)


def load_vendor(db: Writing, place: Place, each: format.Vendor, logo: str | None) -> None:
    """Add or update a vendor and its contacts; `logo` is the asset that was kept for it."""
    vendor = _vendor(each, logo)
    for problem in problems_of_vendor(vendor)[:1]:
        raise place.bad(f"{(problem.path or '')[1:]}: {problem.message}")
    if not any(_administers(contact) for contact in each.contacts):
        raise place.within("contacts").bad("one of them needs the permission administer-vendor")
    if get_vendor(db, each.id) is None:
        add_vendor(db, vendor)
    else:
        save_vendor(db, vendor)
    set_uses(db, f"vendor:{each.id}", {logo} if logo else set())
    for index, contact in enumerate(each.contacts):
        user = accounts.get_user(db, contact.email)
        if user is None:
            at = place.within(f"contacts[{index}].email")
            raise at.bad(f"there is no user {contact.email}")
        given = PERMISSIONS if contact.permissions == "all" else contact.permissions
        set_contact(db, each.id, user, list(given), contact.roles)


def _administers(contact: format.Contact) -> bool:
    return contact.permissions == "all" or "administer-vendor" in contact.permissions


def vendor_logo(keeper: Keeper, place: Place, each: format.Vendor) -> str | None:
    """The asset of a vendor's logo."""
    at = place.within("logo")
    return keeper.image(at, each.logo, "logo", lambda: drawing.logo(each.name))


def has_applications(db: Reading) -> bool:
    """Whether compatibilities can refer to anything."""
    return get_application(db, "jira") is not None


def _vendor(each: format.Vendor, logo: str | None) -> Vendor:
    return Vendor(
        id=each.id,
        name=each.name,
        email=each.email,
        description=each.description,
        phone=each.phone,
        address=_plain(each.address) if each.address else None,
        other_contact_details=each.other_contact_details,
        links=_plain(each.links),
        support_details=_support(each.support),
        logo=logo,
        verified_status="verified" if each.verified else "not-requested",
        top_vendor_status="approved" if each.top_vendor else None,
        is_atlassian=each.atlassian,
    )


def _plain(part: format.Part) -> dict[str, object]:
    found: dict[str, object] = to_builtins(part)
    return {name: value for name, value in found.items() if value is not None}


def _support(support: format.Support) -> dict[str, object]:
    """The support details as the wire has them (related.md, 8)."""
    organisation = {
        "name": support.name,
        "supportEmail": support.email,
        "supportUrl": support.url,
        "supportPhone": support.phone,
    }
    details: dict[str, object] = {"supportOrg": _told(organisation)}
    if support.timezone or support.days or support.from_:
        hours: dict[str, object] = {
            "timezone": support.timezone or "UTC",
            "days": support.days or [],
            "holidays": [],
        }
        if support.from_ and support.until:
            hours = {"range": {"from": support.from_, "until": support.until}, **hours}
        details["supportHours"] = hours
    details["targetResponseTime"] = support.target_response_hours
    details["emergencyContact"] = support.emergency_contact
    return _told(details)


def _told(facts: dict[str, object] | dict[str, str | None]) -> dict[str, object]:
    return {name: value for name, value in facts.items() if value is not None}

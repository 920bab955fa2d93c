"""Creating and changing apps: decisions longer than a handler."""

from dataclasses import dataclass, replace

from haymarket import paths
from haymarket.accounts.model import Caller
from haymarket.apps.model import App, problems_of_key, problems_of_listing
from haymarket.apps.store import add_app, key_exists, save_app
from haymarket.assets.actions import resolve_image
from haymarket.assets.store import set_uses
from haymarket.catalogue.build import make_app
from haymarket.catalogue.incoming import AppIn, NewAppIn
from haymarket.catalogue.states import submit_app
from haymarket.categories.store import list_categories
from haymarket.errors import Forbidden, Invalid, InvalidParameter, Problem
from haymarket.lifecycle.store import record_transition
from haymarket.storage import Reading, Writing
from haymarket.vendors.store import get_vendor
from haymarket.versions.actions import NewVersion, add_version
from haymarket.versions.attachments import Desk, resolve_assets
from haymarket.versions.incoming import VersionIn
from haymarket.versions.model import Version
from haymarket.versions.surroundings import NOTHING, Resolved

FIRST_VERSION = "/_embedded/version"


@dataclass(frozen=True)
class NewApp:
    """An app to be added with its first version; `assets` by the addresses in the document."""

    doc: NewAppIn
    assets: Resolved
    twin_build: int | None = None


def first_version(doc: NewAppIn) -> VersionIn:
    """The version that a new app comes with. Raises Invalid when it is missing."""
    if doc.embedded is None or doc.embedded.version is None:
        raise Invalid("A new app comes with its first version", FIRST_VERSION)
    return doc.embedded.version


def resolve_images(desk: Desk, caller: Caller, doc: AppIn, own: Resolved = NOTHING) -> Resolved:
    """The names of the images that an app refers to; fetches those that lie outside.

    `own` is what it refers to already, and is taken as it is.
    """
    found = dict(own)
    tools = (desk.storage, desk.files, desk.settings, caller)
    for href, image_type, pointer in doc.image_links():
        if (image_type, href) not in found:
            found[image_type, href] = resolve_image(*tools, href, image_type, pointer)
    return found


def own_images(app: App) -> Resolved:
    """The names of the images that an app refers to, by the addresses in its document."""
    images = (("logo", app.logo), ("banner", app.banner), ("title-logo", app.title_logo))
    return {(kind, paths.asset(name)): name for kind, name in images if name}


def resolve_new(desk: Desk, caller: Caller, doc: NewAppIn) -> Resolved:
    """The names of all assets that a new app and its version refer to."""
    version = resolve_assets(desk, caller, first_version(doc), FIRST_VERSION)
    return {**resolve_images(desk, caller, doc), **version}


def create_app(db: Writing, caller: Caller, new: NewApp) -> tuple[App, Version]:
    """Add an app with its first version, and submit it where that is asked for.

    Raises Invalid with pointers, and Forbidden for those who may not publish for the vendor.
    """
    doc = new.doc
    if doc.status not in ("private", "public", "submitted"):
        raise Invalid("A new app is private, or asks to become public", "/status")
    if key_exists(db, doc.key):
        raise Invalid(f"There is an app with the key {doc.key} already", "/key")
    start = _start(db, doc.key, vendor_of(db, caller, doc))
    app = make_app(doc, start, new.assets, _category_ids(db))
    _refuse(problems_of_key(app.key))
    app = replace(app, id=add_app(db, app))
    record_transition(db, app.id, None, "create", (None, app.status))
    version = _add_first(db, app, new)
    _use_assets(db, app)
    if doc.status != "private":
        app = submit_app(db, app)
    return app, version


def change_app(db: Writing, caller: Caller, app: App, doc: AppIn, assets: Resolved) -> App:
    """Bring an app to what `doc` says. Raises Invalid with pointers."""
    if doc.key != app.key:
        raise Invalid("The key of an app can not change", "/key")
    vendor_id = vendor_of(db, caller, doc)
    if vendor_id != app.vendor_id and not caller.is_admin:
        raise Invalid("Only administrators move an app to another vendor", "/_links/vendor")
    changed = make_app(doc, app, {**assets, **own_images(app)}, _category_ids(db))
    if app.status != "private":
        lacking = problems_of_listing(app)
        _refuse([each for each in problems_of_listing(changed) if each not in lacking])
    changed = replace(changed, vendor_id=vendor_id, modified_at=db.now())
    save_app(db, changed)
    _use_assets(db, changed)
    if doc.status == app.status:
        return changed
    if doc.status not in ("public", "submitted"):
        raise Invalid(f"An app that is {app.status} can not become {doc.status}", "/status")
    return submit_app(db, changed)


def vendor_of(db: Reading, caller: Caller, doc: AppIn) -> int:
    """The vendor that a document names. Raises Invalid or Forbidden."""
    segment = paths.last_segment(doc.links.vendor.href, paths.VENDORS) or ""
    vendor_id = int(segment) if segment.isdecimal() and len(segment) < 18 else -1
    if get_vendor(db, vendor_id) is None:
        raise Invalid(f"There is no vendor at {doc.links.vendor.href}", "/_links/vendor")
    if not caller.may(vendor_id, "manage-addon-details"):
        raise Forbidden(
            "This needs the permission manage-addon-details of the vendor", "/_links/vendor"
        )
    return vendor_id


def _add_first(db: Writing, app: App, new: NewApp) -> Version:
    try:
        return add_version(db, app, NewVersion(first_version(new.doc), new.assets, new.twin_build))
    except InvalidParameter:  # of the header, not of the document
        raise
    except Invalid as error:
        raise error.under(FIRST_VERSION) from None


def _start(db: Writing, key: str, vendor_id: int) -> App:
    return App(
        id=0,
        key=key,
        name="",
        vendor_id=vendor_id,
        status="private",
        created_at=db.now(),
        modified_at=db.now(),
    )


def _category_ids(db: Reading) -> frozenset[int]:
    return frozenset(category.id for category in list_categories(db))


def _use_assets(db: Writing, app: App) -> None:
    set_uses(db, f"app:{app.id}", set(own_images(app).values()))


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Invalid(problems[0].message, problems[0].path, problems=tuple(problems))

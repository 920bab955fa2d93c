"""What tests are made of: a clock that stands still, a marketplace, people who call it."""

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace as replace_facts
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from assets.samples import a_jar, an_image
from haymarket.accounts import store as accounts
from haymarket.accounts.contacts import set_contact
from haymarket.accounts.model import PERMISSIONS, USUAL_SCOPES, Permission, token_hash
from haymarket.applications import store as applications
from haymarket.applications.model import HOSTINGS, Application, HostVersion
from haymarket.apps.model import App
from haymarket.apps.store import add_app
from haymarket.categories.model import Category
from haymarket.categories.store import save_category
from haymarket.licences.model import LicenceType
from haymarket.licences.store import save_licence_type
from haymarket.storage import Storage
from haymarket.vendors import store as vendors
from haymarket.vendors.model import Vendor
from haymarket.versions.compatibility import Bounds, Compatibility, Point
from haymarket.versions.model import Presentation, Version
from haymarket.versions.store import add_version

if TYPE_CHECKING:
    from calling import Api

Json = dict[str, Any]


class FakeClock:
    """A clock that moves when a test says so."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **duration: float) -> None:
        """Turn the clock forward by a timedelta."""
        self.now += timedelta(**duration)


@dataclass(frozen=True)
class Person:
    """Somebody who calls the API; `auth` is empty for anonymous callers."""

    id: int | None
    email: str
    auth: tuple[str, str] | None


ANONYMOUS = Person(None, "", None)


def a_user(storage: Storage, email: str, *, admin: bool = False) -> Person:
    """A user with a token for everything; an existing one is taken as it is."""
    token = f"token-of-{email}"
    with storage.writing(None) as db:
        user = accounts.get_user(db, email) or accounts.add_user(
            db, email, email.split("@")[0].title(), is_admin=admin
        )
        if not accounts.token_exists(db, token_hash(token)):
            accounts.add_token(db, user, "test", token_hash(token), USUAL_SCOPES)
        db.record("test.person", email)
    return Person(user.id, email, (email, token))


# --- a world --------------------------------------------------------------------------------

ACME, BRAMBLING = 12, 7
"""Two vendors."""

JIRA = {800000: "8.0.0", 800001: "8.0.1", 810000: "8.1.0", 900000: "9.0.0", 910000: "9.1.0"}
CONFLUENCE = {7000: "7.0.0", 7100: "7.1.0", 8000: "8.0.0"}
"""The releases of two host applications: Jira inherits micro, Confluence minor releases."""


def a_vendor(storage: Storage, vendor_id: int, name: str, **facts: Any) -> int:
    """A vendor; an existing one is taken as it is."""
    with storage.writing(None) as db:
        if vendors.get_vendor(db, vendor_id) is None:
            vendors.add_vendor(db, Vendor(vendor_id, name, "hello@vendor.example", **facts))
        db.record("test.vendor", str(vendor_id))
    return vendor_id


def a_contact(
    storage: Storage, email: str, vendor_id: int, permissions: Sequence[Permission] = PERMISSIONS
) -> Person:
    """A user who is a contact of a vendor, with every permission by default."""
    person = a_user(storage, email)
    with storage.writing(None) as db:
        user = accounts.get_user(db, email)
        assert user is not None
        set_contact(db, vendor_id, user, permissions)
    return person


def an_application(
    storage: Storage, key: str = "jira", builds: dict[int, str] = JIRA, **facts: Any
) -> dict[int, str]:
    """A host application with releases, for every hosting by default; returns them."""
    application = Application(key, key.title(), **{"hosting": frozenset(HOSTINGS), **facts})
    day = date(2020, 1, 1)
    with storage.writing(None) as db:
        applications.save_application(db, application)
        releases = [HostVersion(key, build, name, day) for build, name in builds.items()]
        applications.save_host_versions(db, releases)
    return builds


def a_category(storage: Storage, category_id: int, name: str, application: str = "jira") -> int:
    """A category of apps."""
    with storage.writing(None) as db:
        save_category(db, Category(category_id, name, application))
    return category_id


def a_licence_type(storage: Storage, key: str = "gpl", name: str = "GNU Public License") -> str:
    """A licence type."""
    with storage.writing(None) as db:
        save_licence_type(db, LicenceType(key, name, f"https://{key}.example"))
    return key


# --- documents ------------------------------------------------------------------------------


def bounds(lowest: int, highest: int) -> Json:
    """From one host build to another, as clients send it."""
    return {"min": {"build": lowest}, "max": {"build": highest}}


def runs_on(application: str = "jira", **hosting: Any) -> Json:
    """A compatibility: server, from Jira 8.0.0 to 8.1.0, unless something else is said."""
    return {
        "application": application,
        "hosting": hosting or {"server": bounds(800000, 810000)},
    }


def version_document(**changes: Any) -> Json:
    """A version to send: private, free, for Jira on servers."""
    document: Json = {
        "_links": {},
        "status": "private",
        "vendorLinks": {"binary": "https://acme.example/draw.jar"},
        "compatibilities": [runs_on()],
    }
    return document | changes


def app_document(key: str = "com.acme.draw", vendor_id: int = ACME, **changes: Any) -> Json:
    """A private app to send, with its first version; `version` holds changes of that one."""
    version = version_document(**changes.pop("version", {}))
    links = {"vendor": {"href": f"/rest/2/vendors/{vendor_id}"}, **changes.pop("_links", {})}
    document: Json = {
        "_links": links,
        "_embedded": {"version": version},
        "key": key,
        "name": key.rpartition(".")[2].title(),
        "status": "private",
        "tagLine": "Draw what you mean",
        "summary": "Boxes and arrows",
    }
    return document | changes


def a_price(units: int, amount: float, months: int = 12, licence: str = "commercial") -> Json:
    """A price to send, in US dollars."""
    return {
        "unitCount": units,
        "amount": amount,
        "monthsValid": months,
        "licenseType": licence,
    }


def pricing_document(**changes: Any) -> Json:
    """Prices to send: three tiers."""
    items = [a_price(10, 10), a_price(25, 99.5), a_price(-1, 4000)]
    return {"items": items, "expertDiscountOptOut": False} | changes


# --- things that exist ----------------------------------------------------------------------


def an_app(api: "Api", by: Person, key: str = "com.acme.draw", **changes: Any) -> str:
    """An app that somebody posts, private unless something else is said; returns its path."""
    answer = api.post(by, "addons", app_document(key, **changes))
    assert answer.status_code == 201, answer.text
    return str(answer.headers["Location"])


def a_public_app(
    api: "Api", by: Person, reviewer: Person, key: str = "com.acme.draw", **changes: Any
) -> str:
    """An app that somebody posts and an administrator approves; returns its path."""
    path = an_app(api, by, key, **{"status": "public", **changes})
    decide(api, reviewer, path, "approved")
    return path


def a_version(api: "Api", by: Person, app: str, **changes: Any) -> str:
    """A version that somebody posts to an app; returns its path."""
    answer = api.post(by, f"{app}/versions", version_document(**changes))
    assert answer.status_code == 201, answer.text
    return str(answer.headers["Location"])


def decide(api: "Api", who: Person, path: str, status: str, reason: str | None = None) -> None:
    """A decision about an app or a version that is expected to be accepted."""
    document = {"status": status} | ({"reason": reason} if reason else {})
    answer = api.put(who, f"{path}/approval", document)
    assert answer.status_code == 204, answer.text


def submit_prices(api: "Api", by: Person, app: str) -> None:
    """Prices of an app for servers that are expected to be accepted."""
    item = {"amount": 10, "unitCount": 10, "monthsValid": 12, "licenseType": "COMMERCIAL"}
    document = {"items": [item], "expertDiscountOptOut": False}
    answer = api.put(by, f"{app}/pricing/server/pending", document)
    assert answer.status_code == 200, answer.text


def an_app_token(api: "Api", by: Person, app: str) -> str:
    """An access token that somebody adds to an app."""
    answer = api.call("POST", by, f"{app}/tokens")
    assert answer.status_code == 200, answer.text
    return str(answer.json()["token"])


def an_uploaded_jar(api: "Api", by: Person, name: str = "draw.jar") -> str:
    """The link to a jar that somebody uploads."""
    return _uploaded(api, by, f"/rest/2/assets/artifact?file={name}", a_jar())


def an_uploaded_image(api: "Api", by: Person, image_type: str = "logo") -> str:
    """The link to an image of a type that somebody uploads."""
    size = {"logo": (144, 144), "banner": (1120, 548)}.get(image_type, (60, 60))
    return _uploaded(api, by, f"/rest/2/assets/image/{image_type}?file=a.png", an_image(*size))


def _uploaded(api: "Api", by: Person, path: str, content: bytes) -> str:
    headers = {"Content-Type": "application/octet-stream"}
    answer = api.call("POST", by, path, content=content, headers=headers)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["_links"]["self"]["href"])


def a_kept_app(
    storage: Storage, key: str, versions: Sequence[Json] | None = None, **facts: Any
) -> App:
    """A public app that is put into the database as it is; `versions` hold facts of each."""
    with storage.writing(None) as db:
        given: Json = {"id": 0, "key": key, "name": key, "vendor_id": ACME, "status": "public"}
        moments = {"created_at": db.now(), "modified_at": db.now(), "approved_at": db.now()}
        app = App(**(given | moments | facts))
        app = replace_facts(app, id=add_app(db, app))
        for number, each in enumerate([{}] if versions is None else versions, 1):
            version = _version(app, db.now(), {"build": number, **each})
            add_version(db, key, version, Presentation())
    return app


def _version(app: App, now: datetime, facts: Json) -> Version:
    low, high = Point(800000, "8.0.0"), Point(810000, "8.1.0")
    given: Json = {
        "app_id": app.id,
        "name": f"1.0.{facts['build']}",
        "status": "public",
        "payment_model": "free",
        "released_on": now.date(),
        "created_at": now,
        "modified_at": now,
        "compatibilities": (Compatibility("jira", server=Bounds(low, high)),),
    }
    return Version(**(given | facts))

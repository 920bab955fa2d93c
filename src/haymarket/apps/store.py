"""Apps in SQL."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Row,
    Table,
    Text,
    bindparam,
    false,
    func,
    insert,
    select,
    update,
)

from haymarket.apps.model import App, Figures, Flags
from haymarket.storage import Reading, Writing, new_id
from haymarket.storage.schema import Id, Moment, metadata

apps = Table(
    "apps",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("vendor_id", Id, ForeignKey("vendors.id"), nullable=False, index=True),
    Column("status", Text, nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("modified_at", Moment, nullable=False),
    Column("approved_at", Moment),
    Column("listed_at", Moment),
    Column("archived_at", Moment),
    Column("after_approval", Text, nullable=False),
    Column("tag_line", Text),
    Column("summary", Text),
    Column("category_ids", JSON, nullable=False),
    Column("links", JSON, nullable=False),
    Column("tags", JSON),
    Column("legacy", JSON),
    Column("google_analytics_id", Text),
    Column("jsd_embedded_data_key", Text),
    Column("community_enabled", Boolean, nullable=False),
    Column("stores_personal_data", Boolean, nullable=False),
    Column("logo", Text),
    Column("banner", Text),
    Column("title_logo", Text),
    Column("downloads", BigInteger, nullable=False),
    Column("installs", BigInteger),
    Column("users", BigInteger),
    Column("stars", Double, nullable=False),
    Column("reviews", BigInteger, nullable=False),
    Column("bundled", Boolean, nullable=False),
    Column("bundled_cloud", Boolean, nullable=False),
    Column("hidden", Text, nullable=False),
    Column("featured", Boolean, nullable=False),
    Column("codegeist", Boolean, nullable=False),
    Column("marketing_labels", JSON, nullable=False),
    Column("data_center_review_issue", Text),
    Column("has_prices", Boolean, nullable=False, server_default=false()),
)

LARGEST_ID = 2**63 - 1
FIGURES = tuple(Figures.__dataclass_fields__)
FLAGS = tuple(Flags.__dataclass_fields__)
OWN = tuple(name for name in App.__dataclass_fields__ if name not in ("id", "figures", "flags"))

_BY_KEY = select(apps).where(apps.c.key == bindparam("key"))
_BY_IDS = select(apps).where(apps.c.id.in_(bindparam("ids", expanding=True)))
_PRICED = select(apps.c.has_prices).where(apps.c.id == bindparam("app"))
_MARK_PRICED = update(apps).where(apps.c.id == bindparam("app")).values(has_prices=True)
_ADD = insert(apps)
_TOUCH = update(apps).where(apps.c.id == bindparam("app")).values(modified_at=bindparam("moment"))
_INSTALLS = (
    update(apps)
    .where(apps.c.id == bindparam("app"))
    .values(installs=bindparam("active"), users=bindparam("people"))
)
_STARS = (
    update(apps)
    .where(apps.c.id == bindparam("app"))
    .values(stars=bindparam("average"), reviews=bindparam("number"))
)
_DOWNLOADS = (
    update(apps)
    .where(apps.c.id == bindparam("app"))
    .values(downloads=apps.c.downloads + bindparam("more"))
)


def get_app(db: Reading, key: str) -> App | None:
    """The app with a key."""
    if "\0" in key:  # which PostgreSQL does not take in a text
        return None
    row = db.row(_BY_KEY, key=key)
    return _app(row) if row else None


def get_app_by_id(db: Reading, app_id: int) -> App | None:
    """The app with a number."""
    if not 0 < app_id <= LARGEST_ID:
        return None
    row = db.row(select(apps).where(apps.c.id == app_id))
    return _app(row) if row else None


def apps_by_id(db: Reading, ids: Collection[int]) -> dict[int, App]:
    """The apps with these numbers."""
    rows = db.rows(_BY_IDS, ids=list(ids)) if ids else []
    return {row.id: _app(row) for row in rows}


def apps_after(db: Reading, app_id: int, limit: int) -> list[App]:
    """The next `limit` apps by number, to walk over all of them."""
    statement = select(apps).where(apps.c.id > app_id).order_by(apps.c.id).limit(limit)
    return [_app(row) for row in db.rows(statement)]


def ids_of_vendor(db: Reading, vendor_id: int) -> list[int]:
    """The numbers of a vendor's apps."""
    return [row.id for row in db.rows(select(apps.c.id).where(apps.c.vendor_id == vendor_id))]


def count_apps(db: Reading) -> int:
    """How many apps there are."""
    return int(db.value(select(func.count()).select_from(apps)))


def key_exists(db: Reading, key: str) -> bool:
    """Whether an app has this key."""
    return db.value(select(apps.c.id).where(apps.c.key == key)) is not None


def has_prices(db: Reading, app_id: int) -> bool:
    """Whether prices were ever submitted for an app."""
    return bool(db.value(_PRICED, app=app_id))


def mark_priced(db: Writing, app_id: int) -> None:
    """Note that prices are submitted for an app; it is part of their change."""
    db.run(_MARK_PRICED, {"app": app_id})


def add_app(db: Writing, app: App) -> int:
    """Keep a new app; its `id` is given by the database and returned."""
    result = db.run(_ADD, _values(app))
    app_id = new_id(result)
    db.record("app.added", app.key, id=app_id, status=app.status)
    return app_id


def save_app(db: Writing, app: App) -> None:
    """Write every fact of an app."""
    db.run(update(apps).where(apps.c.id == app.id).values(_values(app)))
    db.record("app.changed", app.key, id=app.id, status=app.status)


def _values(app: App) -> dict[str, Any]:
    values = {name: getattr(app, name) for name in OWN}
    values |= asdict(app.figures) | asdict(app.flags)
    for name in ("category_ids", "marketing_labels"):
        values[name] = list(values[name])
    return values


def _app(row: Row[Any]) -> App:
    facts = {name: value for name, value in row._mapping.items() if name != "has_prices"}
    figures = Figures(**{name: facts.pop(name) for name in FIGURES})
    flags = {name: facts.pop(name) for name in FLAGS}
    flags["marketing_labels"] = tuple(flags["marketing_labels"])
    facts["category_ids"] = tuple(facts["category_ids"])
    return App(**facts, figures=figures, flags=Flags(**flags))


def touch_app(db: Writing, app: App) -> App:
    """Move the moment of an app's last change to now."""
    touched = replace(app, modified_at=db.now())
    db.run(_TOUCH, {"app": app.id, "moment": touched.modified_at})
    db.record("app.touched", app.key, id=app.id)
    return touched


def save_installs(db: Writing, counted: Sequence[tuple[int, str, int, int]]) -> None:
    """Write what was counted of apps in the last full week: number, key, installs, users."""
    db.run(
        _INSTALLS,
        [{"app": app_id, "active": i, "people": u} for app_id, _, i, u in counted],
    )
    details = [(key, {"id": app_id, "installs": i, "users": u}) for app_id, key, i, u in counted]
    db.record_each("app.counted", details)


def add_downloads(db: Writing, more: Mapping[int, int]) -> None:
    """Add to the downloads of some apps, by their numbers."""
    known = apps_by_id(db, more)
    db.run(_DOWNLOADS, [{"app": app_id, "more": more[app_id]} for app_id in sorted(known)])
    details = [
        (known[app_id].key, {"id": app_id, "downloads": more[app_id]}) for app_id in sorted(known)
    ]
    db.record_each("app.counted", details)


def save_stars(db: Writing, app: App, stars: float, reviews: int) -> None:
    """Write what the reviews of an app give on average, and how many there are."""
    db.run(_STARS, {"app": app.id, "average": stars, "number": reviews})
    db.record("app.counted", app.key, id=app.id, stars=stars, reviews=reviews)

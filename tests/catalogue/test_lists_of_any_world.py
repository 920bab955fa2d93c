"""Lists of random worlds for random questions hold what a naive evaluation says."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from calling import Api
from catalogue.naive import ALIASES, CATEGORIES, COSTS, HOSTED, Asker, Known, listed, shown_version
from given import ACME, BRAMBLING, CONFLUENCE, JIRA, Json, Person, a_kept_app, a_vendor
from haymarket.apps.model import Figures, Flags
from haymarket.apps.store import apps as apps_table
from haymarket.catalogue.query import Filter, IncludeHidden, PartlyFree
from haymarket.storage import Storage
from haymarket.versions.compatibility import Bounds, Compatibility, Point
from haymarket.versions.model import Boundary, PaymentModel
from haymarket.versions.store import list_versions
from haymarket.versions.store import versions as versions_table

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
VENDORS: dict[int, Json] = {
    ACME: {},
    BRAMBLING: {
        "is_atlassian": True,
        "verified_status": "verified",
        "top_vendor_status": "approved",
    },
}
LABELS = ["DevOps", "ITSM"]


def one_of(values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(list(values))


def literals(kind: Any) -> list[Any]:
    return list(kind.__args__)


@st.composite
def compatibilities(draw: st.DrawFn) -> Compatibility:
    key, releases = draw(one_of([("jira", JIRA), ("confluence", CONFLUENCE)]))

    def bounds() -> Bounds | None:
        if not draw(st.booleans()):
            return None
        ends = sorted([draw(one_of(releases)), draw(one_of(releases))])
        return Bounds(*(Point(each, releases[each]) for each in ends))

    return Compatibility(key, draw(st.booleans()), bounds(), bounds())


@st.composite
def versions(draw: st.DrawFn) -> Json:
    runs = tuple(draw(st.lists(compatibilities(), max_size=2, unique_by=lambda c: c.application)))
    cloud = any(each.cloud for each in runs)
    return {
        "status": draw(one_of(["public", "public", "private", "submitted"])),
        "payment_model": draw(one_of(literals(PaymentModel))),
        "compatibilities": runs,
        "boundary": draw(one_of(literals(Boundary))) if cloud else None,
    }


FIGURES = st.builds(
    Figures,
    downloads=one_of([0, 5000]),
    installs=one_of([None, 3, 3, 900]),
    users=one_of([None, 7]),
    stars=one_of([0.0, 2.5, 4.0]),
    reviews=one_of([0, 9]),
)
FLAGS = st.builds(
    Flags,
    hidden=one_of(["no", "no", "site", "everywhere"]),
    featured=st.booleans(),
    codegeist=st.booleans(),
    marketing_labels=st.lists(one_of(LABELS), unique=True).map(tuple),
)
DAYS = st.integers(0, 3).map(lambda days: LONG_AGO + timedelta(days=days))
APPS = st.fixed_dictionaries(
    {
        "name": one_of(["Alpha", "beta", "Gamma"]),
        "status": one_of(["public", "public", "public", "private", "readytolaunch"]),
        "vendor_id": one_of(VENDORS),
        "category_ids": st.lists(one_of(CATEGORIES), unique=True).map(tuple),
        "stores_personal_data": st.booleans(),
        "archived_at": one_of([None, None, None, LONG_AGO]),
        "created_at": DAYS,
        "modified_at": DAYS,
        "listed_at": st.none() | DAYS,
        "figures": FIGURES,
        "flags": FLAGS,
    }
)
WORLDS = st.lists(st.tuples(APPS, st.lists(versions(), max_size=3)), max_size=6)

ORDERS = [each for each in literals(Filter) if each != "trending"]
ANY_OF = {
    "category": [*CATEGORIES.values(), "Other"],
    "marketingLabel": [*LABELS, "Other"],
    "hosting": [*HOSTED, "any"],
    "cloudComplianceBoundaries": literals(Boundary),
}
OPTIONAL: dict[str, st.SearchStrategy[Any]] = {
    **{name: st.lists(one_of(values), min_size=1, max_size=2) for name, values in ANY_OF.items()},
    "application": one_of(["jira", "confluence", *ALIASES, "trello"]),
    "cost": one_of(COSTS),
    "filter": one_of(ORDERS),
    "includeHidden": one_of(literals(IncludeHidden)),
    "includePrivate": st.just(True),
    "storesPersonalData": st.booleans(),
    "treatPartlyFreeAs": one_of(literals(PartlyFree)),
    "withVersion": st.just(True),
    "forThisUser": st.just(True),
}
BUILDS = [*JIRA, *CONFLUENCE, 5, 7050, 805000, 999999]


@st.composite
def queries(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.lists(one_of(OPTIONAL), max_size=4, unique=True))
    query = {name: draw(OPTIONAL[name]) for name in names}
    if "application" in query and draw(st.booleans()):
        query["applicationBuild"] = draw(one_of(BUILDS))
    return query


def sent(query: dict[str, Any]) -> dict[str, Any]:
    words = {True: "true", False: "false"}
    return {
        name: words.get(value, value) if isinstance(value, bool) else value
        for name, value in query.items()
    }


def keep(storage: Storage, world: list[tuple[Json, list[Json]]]) -> list[Known]:
    """Put this world in place of whatever there is."""
    with storage.writing(None) as db:
        db.run(delete(versions_table))
        db.run(delete(apps_table))
        db.record("category.saved", "10")  # after which the shelf reads everything anew
    found = []
    for number, (facts, kept) in enumerate(world):
        app = a_kept_app(storage, f"com.acme.n{number}", kept, **facts)
        with storage.reading() as db:
            found.append(Known(app, list_versions(db, app.id), VENDORS[app.vendor_id]))
    return found


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_every_list_is_what_a_naive_evaluation_says(
    api: Api, anonymous: Person, stranger: Person, vendor: Person, admin: Person
) -> None:
    a_vendor(api.storage, BRAMBLING, "Brambling", **VENDORS[BRAMBLING])
    people = [
        (anonymous, Asker()),
        (stranger, Asker()),
        (vendor, Asker(frozenset({ACME}))),
        (admin, Asker(None)),
    ]

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(WORLDS, st.lists(st.tuples(one_of(people), queries()), min_size=6, max_size=8))
    def check(world: list[Any], questions: list[Any]) -> None:
        known = keep(api.storage, world)
        api.settle()
        for (who, asker), query in questions:
            agree(api, who, asker, query, known)

    check()


def agree(api: Api, who: Person, asker: Asker, query: dict[str, Any], known: list[Known]) -> None:
    answer = api.get(who, "addons", limit=50, **sent(query))
    if "forThisUser" in query and who.id is None:
        assert answer.status_code == 401
        return
    assert answer.status_code == 200, answer.text
    expected = listed(known, asker, query)
    shown = answer.json()["_embedded"]["addons"]
    assert [each["key"] for each in shown] == [app.key for app in expected], query
    assert answer.json()["count"] == len(expected)
    by_key = {each.app.key: each for each in known}
    for each in shown:
        version = each["_embedded"].get("version")
        build = version and int(version["_links"]["self"]["href"].rpartition("/")[2])
        wanted = (
            shown_version(by_key[each["key"]], asker, query) if "withVersion" in query else None
        )
        assert build == wanted, query

"""Whatever a vendor sends is taken or refused; nothing breaks, and nothing breaks later."""

from copy import deepcopy
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calling import Api
from given import (
    Json,
    Person,
    a_public_app,
    an_app,
    app_document,
    bounds,
    runs_on,
    version_document,
)
from haymarket.storage import Storage

TEXTS = st.sampled_from(
    (
        *("", " ", "x", "ü日🎉", "\x01\x7f", "x" * 1001, "a/b", "%2F", "-1", "http://["),
        *("https://a.example/x?y#z", "javascript:alert(1)", "/rest/2/vendors/12", "public", "jira"),
    )
)
NUMBERS = st.sampled_from([0, -1, 1, 800000, 2**31, 2**53, 2**63, 2**64 - 1, 1.5, -0.0, 1e308])
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["href", "build", "min", "id", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)
NAMES = count()


def full_version() -> Json:
    return version_document(
        name="1.0",
        buildNumber=5,
        paymentModel="free",
        release={"date": "2026-01-01", "releasedBy": "A", "beta": False, "supported": True},
        youtubeId="x",
        text={"releaseSummary": "s", "moreDetails": "<p>d</p>", "releaseNotes": "n"},
        integrationType="room",
        compatibilities=[
            runs_on(server=bounds(800000, 810000), dataCenter=bounds(800000, 810000), cloud=True)
        ],
        cloudComplianceBoundaries=["commercial"],
        cloud={"appId": "a", "appEnvironmentId": "b", "appVersionId": "c", "appScopes": []},
        _embedded={"highlights": [], "screenshots": [], "instructions": [{"body": "b"}]},
    )


def full_app() -> Json:
    return app_document(
        version=full_version(),
        _links={"categories": [{"href": "/rest/2/addonCategories/10"}]},
        tags={"category": [{"id": "1", "name": "n"}], "keywords": [{"id": "k"}]},
        vendorLinks={"privacy": "https://p.example", "forums": "https://f.example"},
        googleAnalyticsId="g",
        statusAfterApproval="public",
        communityEnabled=True,
        storesPersonalData=False,
        jsdEmbeddedDataKey="j",
    )


def places(document: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to every value of a document."""
    found = [at]
    if isinstance(document, dict):
        members: Any = document.items()
    else:
        members = enumerate(document) if isinstance(document, list) else ()
    for name, value in members:
        found += places(value, (*at, name))
    return found


def spoiled(document: Json, way: tuple[Any, ...], value: Any) -> Any:
    """A document with another value at a place."""
    if not way:
        return value
    changed = deepcopy(document)
    inside: Any = changed
    for name in way[:-1]:
        inside = inside[name]
    inside[way[-1]] = value
    return changed


def pointer_of(way: tuple[Any, ...]) -> str:
    return "".join(f"/{name}" for name in way)


def still_answers(api: Api, who: Person, path: str) -> None:
    """Whatever was taken can be shown, changed and listed."""
    assert api.get(who, path, withVersion="true").status_code == 200
    assert api.get(who, f"{path}/versions", includePrivate="true").status_code == 200
    assert api.patch(who, path).status_code == 204
    assert api.get(who, "addons", includePrivate="true", withVersion="true").status_code == 200


ANY = settings(
    max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


def test_any_new_app_is_taken_or_refused(api: Api, vendor: Person) -> None:
    document = full_app()

    @ANY
    @given(st.sampled_from(places(document)), VALUES)
    def check(way: tuple[Any, ...], value: Any) -> None:
        key = f"com.acme.n{next(NAMES)}"
        sent = spoiled(document | {"key": key}, way, value)
        answer = api.post(vendor, "addons", sent)
        assert answer.status_code in (201, 400, 403), answer.text
        if answer.status_code == 201:
            still_answers(api, vendor, answer.headers["Location"])

    check()


def test_any_new_version_is_taken_or_refused(api: Api, vendor: Person) -> None:
    path = an_app(api, vendor)
    document = full_version()

    @ANY
    @given(st.sampled_from(places(document)), VALUES)
    def check(way: tuple[Any, ...], value: Any) -> None:
        number = next(NAMES) + 100
        sent = spoiled(document | {"buildNumber": number, "name": f"n{number}"}, way, value)
        answer = api.post(vendor, f"{path}/versions", sent)
        assert answer.status_code in (201, 400), answer.text
        if answer.status_code == 201:
            still_answers(api, vendor, path)
            assert api.patch(vendor, answer.headers["Location"]).status_code == 204

    check()


@pytest.mark.parametrize("part", ["", "/versions/build/5"])
def test_any_change_is_made_or_refused(
    api: Api, vendor: Person, admin: Person, storage: Storage, part: str
) -> None:
    path = a_public_app(
        api, vendor, admin, **{**full_app(), "status": "public", "version": full_version()}
    )
    shown = api.get(vendor, f"{path}{part}").json()
    operations = st.builds(
        lambda op, way, value, other: {
            "op": op,
            "path": pointer_of(way),
            "value": value,
            "from": pointer_of(other),
        },
        st.sampled_from(["add", "replace", "remove", "copy", "move"]),
        st.sampled_from(places(shown)),
        VALUES,
        st.sampled_from(places(shown)),
    )

    @ANY
    @given(st.lists(operations, min_size=1, max_size=3))
    def check(patch: list[Json]) -> None:
        answer = api.patch(vendor, f"{path}{part}", *patch)
        assert answer.status_code in (204, 400, 403), answer.text
        if answer.status_code == 204:
            still_answers(api, vendor, path)
            assert api.patch(vendor, f"{path}{part}").status_code == 204

    check()

"""Heartbeats in and series out over HTTP (apps.md, C.12 to 18)."""

import gzip
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from msgspec import json

from analytics.beats import Json, beat, beats, lines
from calling import Api, problem
from given import FakeClock, Person, a_kept_app
from haymarket.accounts import store as accounts
from haymarket.accounts.model import token_hash
from haymarket.analytics.actions import bring_up_to_date, count_heartbeats
from haymarket.apps.model import App
from haymarket.storage import Storage

HEARTBEATS = "/rest/haymarket/1/heartbeats"
PARTS = (
    "active",
    "application",
    "application/version",
    "application/version/major",
    "application/version/minor",
    "version",
)


@pytest.fixture
def host(storage: Storage) -> Person:
    """A host application."""
    with storage.writing(None) as db:
        user = accounts.add_user(db, "host@example.com", "Host")
        accounts.add_token(db, user, "test", token_hash("ingest-token"), ["ingest"])
    return Person(user.id, user.email, (user.email, "ingest-token"))


@pytest.fixture
def draw(storage: Storage, vendor: Person) -> App:
    """A public app of Acme."""
    return a_kept_app(storage, "com.acme.draw")


def send(api: Api, who: Person, body: bytes, **headers: str) -> Any:
    return api.call("POST", who, HEARTBEATS, content=body, headers=headers)


def series(api: Api, who: Person, part: str, key: str = "com.acme.draw") -> dict[str, Any]:
    answer = api.get(who, f"addons/{key}/distribution/{part}")
    assert answer.status_code == 200, answer.text
    return {
        each["name"]: [(one["date"], one["count"]) for one in each["elements"]]
        for each in answer.json()["series"]
    }


def reports(clock: FakeClock) -> Iterator[Json]:
    """Three instances over three weeks; one of them is silent in the second."""
    for week, instances in ((3, "ab"), (2, "a"), (1, "abc")):
        for instance in instances:
            yield beat(
                clock.now - timedelta(weeks=week),
                instance=instance,
                addonVersion="1.10" if instance == "c" else "1.9",
                applicationVersion="9.4.2" if week == 1 else "9.3.0",
            )


def test_a_host_reports_and_a_vendor_sees_it_when_the_week_is_over(
    api: Api, host: Person, vendor: Person, draw: App, clock: FakeClock
) -> None:
    body = lines(*reports(clock), beat(clock.now))
    for _ in range(2):
        answer = send(api, host, gzip.compress(body), **{"Content-Encoding": "gzip"})
        assert answer.status_code == 200, answer.text
        assert answer.json() == {"accepted": 7, "unknown": 0}
    assert series(api, vendor, "active") == {
        "active": [("2026-11-02", 2), ("2026-11-09", 1), ("2026-11-16", 3)]
    }
    clock.advance(days=7)
    assert series(api, vendor, "active")["active"][-1] == ("2026-11-23", 1)


def test_every_part_has_its_names_in_order_and_no_gaps(
    api: Api, vendor: Person, draw: App, clock: FakeClock, storage: Storage
) -> None:
    count_heartbeats(storage, beats(*reports(clock)), clock.now)
    old, mid, new = "2026-11-02", "2026-11-09", "2026-11-16"
    assert series(api, vendor, "application") == {"Jira": [(old, 2), (mid, 1), (new, 3)]}
    assert series(api, vendor, "application/version") == {
        "Jira 9.3.0": [(old, 2), (mid, 1), (new, 0)],
        "Jira 9.4.2": [(new, 3)],
    }
    assert list(series(api, vendor, "application/version/minor")) == ["Jira 9.3", "Jira 9.4"]
    assert series(api, vendor, "application/version/major") == {
        "Jira 9": [(old, 2), (mid, 1), (new, 3)]
    }
    versions = series(api, vendor, "version")
    assert list(versions) == ["1.9", "1.10"]
    assert versions["1.10"] == [(new, 1)]


def test_former_keys_of_an_application_count_with_it_and_unknown_ones_have_their_key(
    api: Api, vendor: Person, draw: App, clock: FakeClock, storage: Storage
) -> None:
    at = clock.now - timedelta(weeks=1)
    told = [("a", "jira"), ("b", "jira-software"), ("c", "typewriter")]
    sent = [beat(at, instance=each, application=application) for each, application in told]
    count_heartbeats(storage, beats(*sent), clock.now)
    found = series(api, vendor, "application")
    assert {name: counts[0][1] for name, counts in found.items()} == {"Jira": 2, "typewriter": 1}


def test_an_app_without_reports_has_no_series(api: Api, vendor: Person, draw: App) -> None:
    for part in PARTS:
        assert series(api, vendor, part) == {}


@pytest.mark.parametrize("part", PARTS)
def test_series_are_for_contacts_and_a_private_app_is_unknown_to_strangers(
    api: Api, anonymous: Person, stranger: Person, vendor: Person, draw: App, part: str
) -> None:
    path = f"addons/com.acme.draw/distribution/{part}"
    assert problem(api.get(anonymous, path), 401)
    assert problem(api.get(stranger, path), 404)
    a_kept_app(api.storage, "com.acme.hidden", status="private")
    for who in (anonymous, stranger):
        assert problem(api.get(who, f"addons/com.acme.hidden/distribution/{part}"), 404)
    assert series(api, vendor, part, "com.acme.hidden") == {}


def test_the_figures_of_the_last_full_week_are_public(
    api: Api, anonymous: Person, draw: App, clock: FakeClock, storage: Storage
) -> None:
    nothing = {"bundled": False, "bundledCloud": False, "downloads": 0}
    path = "addons/com.acme.draw/distribution"
    assert api.get(anonymous, path).json() == nothing
    count_heartbeats(storage, beats(*reports(clock)), clock.now)
    bring_up_to_date(storage)
    told = {**nothing, "totalInstalls": 3, "totalUsers": 30}
    assert api.get(anonymous, path).json() == told
    api.settle()
    shown = api.get(anonymous, "addons/com.acme.draw").json()
    assert shown["_embedded"]["distribution"] == told


def test_a_batch_with_a_mistake_is_refused_whole_with_its_line(
    api: Api, host: Person, vendor: Person, draw: App, clock: FakeClock
) -> None:
    good = beat(clock.now - timedelta(weeks=1))
    answer = send(api, host, lines(good, good | {"users": -1}))
    found = problem(answer)
    assert found["path"] == "/users"
    assert found["message"].startswith("line 2: ")
    in_array = send(api, host, json.encode([good, good | {"hosting": "moon"}]))
    assert problem(in_array)["path"] == "/1/hosting"
    assert series(api, vendor, "active") == {}


def test_only_a_token_with_the_scope_reports_and_it_does_nothing_else(
    api: Api, anonymous: Person, admin: Person, host: Person, draw: App, clock: FakeClock
) -> None:
    body = lines(beat(clock.now))
    assert problem(send(api, anonymous, body), 401)
    assert problem(send(api, admin, body), 403)
    assert problem(api.get(host, "addons"), 403)
    assert problem(api.get(host, "addons/com.acme.draw/distribution"), 403)


def test_a_body_over_the_limit_is_refused(api: Api, host: Person, draw: App) -> None:
    assert problem(send(api, host, b" " * 10_000_001), 413)
    packed = gzip.compress(b" " * 10_000_001)
    assert problem(send(api, host, packed, **{"Content-Encoding": "gzip"}), 413)
    assert problem(send(api, host, b"[]", **{"Content-Encoding": "br"}), 415)

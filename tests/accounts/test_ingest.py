"""The scope of tokens that lie in host products (docs/security.md)."""

from datetime import timedelta

import pytest

from accounts.test_identify import a_token
from calling import Api, problem
from given import FakeClock, Person, a_kept_app
from haymarket.accounts.model import SCOPES, USUAL_SCOPES, Scope
from haymarket.storage import Storage

HEARTBEATS = "/rest/haymarket/1/heartbeats"
EMAIL = "admin@example.com"


def reporting(api: Api, who: Person) -> int:
    """What is answered to a batch that can not be read: 400 is whoever may report."""
    return int(api.call("POST", who, HEARTBEATS, content=b"{").status_code)


def test_what_a_person_does_and_what_a_host_does_are_scopes_apart() -> None:
    assert set(SCOPES) - set(USUAL_SCOPES) == {"ingest"}


def test_a_token_with_the_scope_alone_reports_and_is_refused_everywhere_else(
    api: Api, storage: Storage, admin: Person, vendor: Person
) -> None:
    host = a_token(storage, EMAIL, ("ingest",))
    a_kept_app(storage, "com.acme.draw")
    assert reporting(api, host) == 400
    for method, path in (
        ("GET", "addons"),
        ("GET", "addons/com.acme.draw"),
        ("PATCH", "addons/com.acme.draw"),
        ("PUT", "addons/com.acme.draw/approval"),
        ("POST", "vendors"),
    ):
        found = problem(api.call(method, host, path, json=[]), 403)
        assert found["message"] == "This API token may only send heartbeats"


@pytest.mark.parametrize("scopes", [USUAL_SCOPES, ("read",), ("administer",)])
def test_a_token_without_the_scope_does_not_report(
    api: Api, storage: Storage, admin: Person, scopes: tuple[Scope, ...]
) -> None:
    person = a_token(storage, EMAIL, scopes)
    assert problem(api.call("POST", person, HEARTBEATS, content=b"[]"), 403)


def test_a_token_may_have_the_scope_beside_others(
    api: Api, storage: Storage, admin: Person
) -> None:
    both = a_token(storage, EMAIL, ("read", "ingest"))
    assert reporting(api, both) == 400
    assert api.get(both, "addons").status_code == 200
    assert problem(api.post(both, "vendors", {}), 403)


def test_a_token_that_has_expired_does_not_report(
    api: Api, storage: Storage, admin: Person, clock: FakeClock
) -> None:
    host = a_token(storage, EMAIL, ("ingest",), timedelta(days=1))
    clock.advance(days=1)
    assert problem(api.call("POST", host, HEARTBEATS, content=b"[]"), 401)

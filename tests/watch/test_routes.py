"""Whether somebody watches an app, over HTTP (apps.md, C.31, 32)."""

from typing import Any

import pytest

from calling import Api, pointer, problem
from given import Person, a_public_app, an_app
from haymarket.storage import Storage
from watch.people import watch


@pytest.fixture
def public(api: Api, vendor: Person, admin: Person) -> str:
    """An app of Acme that everyone may see."""
    return a_public_app(api, vendor, admin)


def state(api: Api, who: Person, path: str) -> Any:
    return api.get(who, f"{path}/watch").json()["state"]


def test_nobody_watches_an_app_until_he_says_so(
    api: Api, stranger: Person, vendor: Person, public: str
) -> None:
    assert api.get(stranger, f"{public}/watch").json() == {
        "_links": {"self": {"href": f"{public}/watch"}, "up": {"href": public}},
        "state": False,
    }
    assert state(api, vendor, public) is False


def test_each_caller_watches_for_himself(
    api: Api, stranger: Person, other_vendor: Person, public: str
) -> None:
    answer = api.put(stranger, f"{public}/watch", {"state": True})
    assert answer.status_code == 204
    assert answer.headers["Location"] == f"{public}/watch"
    assert state(api, stranger, public) is True
    assert state(api, other_vendor, public) is False


def test_watching_twice_is_watching_once_and_writes_nothing(
    api: Api, stranger: Person, public: str, storage: Storage
) -> None:
    for wanted in (True, False):
        watch(api, stranger, public, wanted)
        with storage.reading() as db:
            head = db.head()
        watch(api, stranger, public, wanted)
        assert state(api, stranger, public) is wanted
        with storage.reading() as db:
            assert db.head() == head


def test_who_sends_the_document_back_is_understood(api: Api, stranger: Person, public: str) -> None:
    document = api.get(stranger, f"{public}/watch").json() | {"state": True}
    assert api.put(stranger, f"{public}/watch", document).status_code == 204
    assert state(api, stranger, public) is True


@pytest.mark.parametrize(
    ("body", "path"),
    [({}, "/state"), ({"state": "yes"}, "/state"), ({"state": None}, "/state"), ([], "")],
)
def test_a_state_that_can_not_be_read_is_refused(
    api: Api, stranger: Person, public: str, body: Any, path: str
) -> None:
    assert pointer(api.put(stranger, f"{public}/watch", body)) == path
    assert state(api, stranger, public) is False


def test_a_private_app_can_not_be_watched_by_strangers(
    api: Api, anonymous: Person, stranger: Person, clerk: Person, vendor: Person
) -> None:
    path = an_app(api, vendor)
    for who in (anonymous, stranger):
        assert problem(api.get(who, f"{path}/watch"), 404)["code"] == "NOT_FOUND"
        assert problem(api.put(who, f"{path}/watch", {}), 404)["code"] == "NOT_FOUND"
    watch(api, clerk, path)
    assert state(api, clerk, path) is True


def test_an_anonymous_caller_can_not_watch(api: Api, anonymous: Person, public: str) -> None:
    assert api.get(anonymous, f"{public}/watch").status_code == 401
    assert api.put(anonymous, f"{public}/watch", {"state": True}).status_code == 401

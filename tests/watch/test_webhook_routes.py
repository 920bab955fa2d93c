"""Webhooks of a vendor over HTTP: who may see and change them, and what is refused."""

from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from calling import Api, pointer, problem
from given import BRAMBLING, Json, Person
from haymarket.app import build, serve
from haymarket.settings import Settings
from haymarket.storage import Storage
from haymarket.watch.model import MOST_WEBHOOKS
from watch.people import WEBHOOKS, a_webhook, own, the_log
from watch.receivers import Receiver

HOOK = "http://127.0.0.1:9/hook"


def document(**changes: Any) -> Json:
    return {"url": HOOK, "events": ["app.released"], **changes}


def test_the_secret_is_shown_once(api: Api, vendor: Person) -> None:
    answer = api.post(vendor, WEBHOOKS, document(description="Our CI"))
    assert answer.status_code == 201
    made = answer.json()
    assert answer.headers["Location"] == own(made) == f"{WEBHOOKS}/1"
    assert len(made.pop("secret")) == 43
    assert made == {
        "_links": {
            "self": {"href": f"{WEBHOOKS}/1"},
            "vendor": {"href": "/rest/2/vendors/12"},
            "deliveries": {"href": f"{WEBHOOKS}/1/deliveries"},
            "ping": {"href": f"{WEBHOOKS}/1/ping"},
        },
        "id": 1,
        "url": HOOK,
        "events": ["app.released"],
        "description": "Our CI",
        "created": "2026-11-24T09:30:00.000Z",
    }
    assert api.get(vendor, own(made)).json() == made
    assert api.get(vendor, WEBHOOKS).json() == {
        "_links": {"self": {"href": WEBHOOKS}},
        "_embedded": {"webhooks": [made]},
        "count": 1,
    }


def test_the_database_does_not_hold_the_secret(api: Api, vendor: Person, storage: Storage) -> None:
    secret = a_webhook(api, vendor, HOOK)["secret"]
    with storage.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT * FROM webhooks").all()
    assert len(found) == 1
    assert secret not in str(found)


def test_two_webhooks_have_two_secrets(api: Api, vendor: Person) -> None:
    assert a_webhook(api, vendor, HOOK)["secret"] != a_webhook(api, vendor, HOOK)["secret"]


def test_a_webhook_is_changed_and_keeps_its_secret(
    api: Api, vendor: Person, receiver: Receiver
) -> None:
    made = a_webhook(api, vendor, HOOK)
    changed = document(url=receiver.url(), events=["app.approved", "app.approved", "ping"])
    answer = api.put(vendor, own(made), changed)
    assert answer.status_code == 204
    assert answer.headers["Location"] == own(made)
    shown = api.get(vendor, own(made)).json()
    assert shown["url"] == receiver.url()
    assert shown["events"] == ["app.approved", "ping"]
    api.post(vendor, f"{own(made)}/ping", None)
    assert receiver.hears("ping")


def test_a_webhook_that_is_removed_is_gone(api: Api, vendor: Person) -> None:
    made = a_webhook(api, vendor, HOOK)
    assert api.call("DELETE", vendor, own(made)).status_code == 204
    for path in ("", "/deliveries"):
        assert api.get(vendor, own(made) + path).status_code == 404
    assert api.call("DELETE", vendor, own(made)).status_code == 404
    assert api.post(vendor, f"{own(made)}/ping", None).status_code == 404


def test_only_who_manages_the_vendor_sees_webhooks(
    api: Api,
    anonymous: Person,
    stranger: Person,
    clerk: Person,
    other_vendor: Person,
    vendor: Person,
    admin: Person,
) -> None:
    made = own(a_webhook(api, vendor, HOOK))
    people = (anonymous, stranger, clerk, other_vendor, vendor, admin)
    for path in (WEBHOOKS, made, f"{made}/deliveries"):
        answers = [api.get(who, path).status_code for who in people]
        assert answers == [401, 403, 403, 403, 200, 200]


def test_a_webhook_of_another_vendor_is_not_there(
    api: Api, vendor: Person, other_vendor: Person, admin: Person
) -> None:
    made = own(a_webhook(api, vendor, HOOK))
    elsewhere = made.replace("/vendors/12/", f"/vendors/{BRAMBLING}/")
    for who in (other_vendor, admin):
        assert api.get(who, elsewhere).status_code == 404
        assert api.call("DELETE", who, elsewhere).status_code == 404
    assert api.get(admin, "/rest/haymarket/1/vendors/999/webhooks").status_code == 404
    assert api.get(vendor, f"{WEBHOOKS}/{2**70}").status_code == 404
    for number in (2**70, -(2**70)):
        assert api.get(vendor, f"{made}/deliveries/{number}").status_code == 404


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"url": "ftp://acme.example/"}, "/url"),
        ({"url": "nowhere"}, "/url"),
        ({"url": "https://me:secret@acme.example/"}, "/url"),
        ({"url": "http://unknown.invalid/"}, "/url"),
        ({"url": "http://a.example/" + "x" * 2000}, "/url"),
        ({"url": None}, "/url"),
        ({"events": []}, "/events"),
        ({"events": ["app.sold"]}, "/events/0"),
        ({"description": "x" * 501}, "/description"),
    ],
)
def test_a_webhook_that_can_not_be_is_refused(
    api: Api, vendor: Person, changes: Json, path: str
) -> None:
    made = own(a_webhook(api, vendor, HOOK))
    assert pointer(api.post(vendor, WEBHOOKS, document(**changes))) == path
    assert pointer(api.put(vendor, made, document(**changes))) == path
    assert api.get(vendor, WEBHOOKS).json()["count"] == 1


def test_a_vendor_has_only_so_many_webhooks(api: Api, vendor: Person) -> None:
    for _ in range(MOST_WEBHOOKS):
        a_webhook(api, vendor, HOOK)
    answer = api.post(vendor, WEBHOOKS, document())
    assert problem(answer, 409)["code"] == "CONFLICT"


def test_the_log_has_pages(api: Api, vendor: Person, receiver: Receiver) -> None:
    made = a_webhook(api, vendor, receiver.url())
    for _ in range(3):
        api.post(vendor, f"{own(made)}/ping", None)
    first = api.get(vendor, f"{own(made)}/deliveries", limit=2).json()
    assert first["count"] == 3
    assert first["_links"]["next"]["href"] == f"{own(made)}/deliveries?limit=2&offset=2"
    second = api.get(vendor, first["_links"]["next"]["href"]).json()
    numbers = [each["id"] for page in (first, second) for each in page["_embedded"]["deliveries"]]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == 3
    assert "next" not in second["_links"]
    assert len(the_log(api, vendor, made)) == 3


# --- private addresses ----------------------------------------------------------------------


@pytest.fixture
def strict(settings: Settings, hosts: None) -> Iterator[Api]:
    """The API of a marketplace that may call the public internet only."""
    from_outside = Settings(
        data=settings.data, database=settings.database, public_url="http://haymarket.test"
    )
    app = build(from_outside)
    client: TestClient[Any]
    with TestClient(serve(app), raise_server_exceptions=False) as client:
        yield Api(client, app)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost:8080/",
        "http://10.1.2.3/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://2130706433/",
    ],
)
def test_a_webhook_into_the_network_behind_is_refused(
    strict: Api, vendor: Person, url: str
) -> None:
    answer = strict.post(vendor, WEBHOOKS, document(url=url))
    assert pointer(answer) == "/url"
    assert "is not on the public internet" in problem(answer)["message"]


def test_a_webhook_on_the_public_internet_is_taken(strict: Api, vendor: Person) -> None:
    answer = strict.post(vendor, WEBHOOKS, document(url="https://93.184.215.14/hook"))
    assert answer.status_code == 201

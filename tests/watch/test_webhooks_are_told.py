"""From a change over the API to the receiver of a webhook."""

import hashlib
import hmac

import pytest

from calling import Api
from given import FakeClock, Person, a_public_app, a_version, an_app, decide, runs_on
from running import eventually
from watch.people import EVERYTHING, a_webhook, own, the_log
from watch.receivers import Received, Receiver

CLOUD = [runs_on(cloud=True)]


def test_a_webhook_hears_of_every_step_of_an_app_and_its_versions_in_order(
    api: Api, vendor: Person, admin: Person, receiver: Receiver
) -> None:
    a_webhook(api, vendor, receiver.url())
    path = an_app(api, vendor, status="public", statusAfterApproval="readytolaunch")
    decide(api, admin, path, "rejected", "<p>No logo</p>")
    decide(api, vendor, path, "pending")
    decide(api, admin, path, "approved")
    api.put(vendor, f"{path}/release", {"released": True})
    version = a_version(api, vendor, path, status="public", compatibilities=CLOUD)
    decide(api, admin, version, "approved")
    assert receiver.hears(
        "app.submitted",
        "version.submitted",
        "app.rejected",
        "version.rejected",
        "app.submitted",
        "version.submitted",
        "app.approved",
        "version.approved",
        "app.released",
        "version.submitted",
        "version.approved",
        "version.published",
    ), receiver.events


def test_what_is_told_names_the_app_the_version_and_the_reason(
    api: Api, vendor: Person, admin: Person, receiver: Receiver
) -> None:
    a_webhook(api, vendor, receiver.url(), "app.rejected", "version.published")
    path = an_app(api, vendor, status="public")
    decide(api, admin, path, "rejected", "<p>No logo</p>")
    decide(api, vendor, path, "pending")
    decide(api, admin, path, "approved")
    assert receiver.hears("app.rejected", "version.published")
    rejected, published = (each.told for each in receiver.received)
    app = {
        "key": "com.acme.draw",
        "name": "Draw",
        "vendor": 12,
        "href": "http://haymarket.test/rest/2/addons/com.acme.draw",
    }
    assert rejected == {
        "event": "app.rejected",
        "time": "2026-11-24T09:30:00.000Z",
        "app": {**app, "status": "rejected"},
        "reason": "<p>No logo</p>",
    }
    assert published == {
        "event": "version.published",
        "time": "2026-11-24T09:30:00.000Z",
        "app": {**app, "status": "public"},
        "version": {
            "buildNumber": 1,
            "name": "1.0.0",
            "status": "public",
            "href": "http://haymarket.test/rest/2/addons/com.acme.draw/versions/build/1",
        },
    }


def test_the_signature_is_made_as_the_documentation_says(
    api: Api, vendor: Person, receiver: Receiver
) -> None:
    webhook = a_webhook(api, vendor, receiver.url())
    an_app(api, vendor, status="submitted")
    assert receiver.hears("app.submitted", "version.submitted")
    for each in receiver.received:
        signed = each.headers["X-Haymarket-Timestamp"].encode() + b"." + each.body
        made = hmac.new(webhook["secret"].encode(), signed, hashlib.sha256).hexdigest()
        assert each.headers["X-Haymarket-Signature-256"] == f"sha256={made}"
        assert each.headers["Content-Type"] == "application/json"
        assert each.headers["User-Agent"].startswith("Haymarket/")


def test_a_webhook_hears_only_of_what_it_asked_for_and_of_its_own_vendor(
    api: Api, vendor: Person, other_vendor: Person, receiver: Receiver
) -> None:
    a_webhook(api, vendor, receiver.url(), "app.submitted")
    an_app(api, other_vendor, "com.bramble.x", _links=link_to_vendor(7), status="submitted")
    an_app(api, vendor, "com.acme.last", status="submitted")
    assert receiver.hears("app.submitted")
    assert receiver.received[0].told["app"]["key"] == "com.acme.last"


def link_to_vendor(number: int) -> dict[str, dict[str, str]]:
    return {"vendor": {"href": f"/rest/2/vendors/{number}"}}


def answering(*statuses: int) -> "Answers":
    return Answers(list(statuses))


class Answers:
    """Answers with some statuses one after the other, and with 200 after them."""

    def __init__(self, statuses: list[int]) -> None:
        self._left = statuses

    def __call__(self, request: Received) -> int:
        return self._left.pop(0) if self._left else 200


def test_a_failed_delivery_is_tried_again_later_with_the_same_number_and_the_next_one_waits(
    api: Api, vendor: Person, receiver: Receiver, clock: FakeClock
) -> None:
    receiver.answer = answering(500)
    webhook = a_webhook(api, vendor, receiver.url())
    an_app(api, vendor, status="submitted")
    assert receiver.hears("app.submitted")
    assert eventually(lambda: bool(the_log(api, vendor, webhook)[-1]["attempts"]), 5)
    second, first = the_log(api, vendor, webhook)
    assert first["state"] == second["state"] == "waiting"
    assert first["attempts"][0]["status"] == 500
    assert first["attempts"][0]["error"] == "The receiver answered with status 500"
    assert "2026-11-24T09:30:10" <= first["nextAttempt"] <= "2026-11-24T09:30:12.000Z"
    assert "nextAttempt" not in second
    assert second["attempts"] == []
    clock.advance(seconds=9)
    assert not eventually(lambda: len(receiver.received) > 1, 1)
    clock.advance(seconds=4)
    assert receiver.hears("app.submitted", "app.submitted", "version.submitted")
    numbers = [each.headers["X-Haymarket-Delivery"] for each in receiver.received]
    assert numbers == [str(first["id"]), str(first["id"]), str(second["id"])]
    assert receiver.received[0].body == receiver.received[1].body
    assert eventually(
        lambda: {each["state"] for each in the_log(api, vendor, webhook)} == {"delivered"}, 5
    )


def test_what_never_arrives_is_given_up_after_eight_attempts_and_lets_the_next_one_go(
    api: Api, vendor: Person, receiver: Receiver, clock: FakeClock
) -> None:
    receiver.answer = answering(*[503] * 8)
    webhook = a_webhook(api, vendor, receiver.url())
    an_app(api, vendor, status="submitted")

    def tries() -> int:
        return len(the_log(api, vendor, webhook)[-1]["attempts"])

    for attempt in range(1, 9):
        assert eventually(lambda: bool(the_log(api, vendor, webhook)), 10)
        assert eventually(lambda: tries() == attempt, 10)  # noqa: B023
        clock.advance(hours=30)
    assert receiver.hears(*["app.submitted"] * 8, "version.submitted")
    assert the_log(api, vendor, webhook)[-1]["state"] == "given-up"


def test_a_slow_webhook_does_not_hold_others_up(
    api: Api, vendor: Person, receiver: Receiver
) -> None:
    hold = Held()
    receiver.answer = hold
    a_webhook(api, vendor, receiver.url("/slow"), "app.submitted")
    a_webhook(api, vendor, receiver.url("/quick"), "app.submitted")
    for number in range(3):
        an_app(api, vendor, f"com.acme.app{number}", status="submitted")

    def quick() -> int:
        return sum(each.path == "/quick" for each in receiver.received)

    assert eventually(lambda: quick() == 3, 5)
    assert sum(each.path == "/slow" for each in receiver.received) == 1
    hold.released = True
    assert eventually(lambda: len(receiver.received) == 6, 10)


class Held:
    """Lets a request to /slow wait until it is released."""

    def __init__(self) -> None:
        self.released = False

    def __call__(self, request: Received) -> int:
        if request.path == "/slow":
            eventually(lambda: self.released, 8)
        return 200


@pytest.mark.parametrize("status", [301, 302, 307])
def test_redirects_are_not_followed(
    api: Api, vendor: Person, receiver: Receiver, status: int
) -> None:
    receiver.answer = answering(status)
    webhook = a_webhook(api, vendor, receiver.url(), "app.submitted")
    an_app(api, vendor, status="submitted")
    assert eventually(lambda: bool(attempts(api, vendor, webhook)), 10)
    assert "redirects are not followed" in attempts(api, vendor, webhook)[0]["error"]
    assert [each.path for each in receiver.received] == ["/hook"]


def attempts(api: Api, who: Person, webhook: dict[str, object]) -> list[dict[str, str]]:
    log = the_log(api, who, webhook)
    return log[-1]["attempts"] if log else []


def test_a_delivery_is_sent_once_more_on_demand(
    api: Api, vendor: Person, admin: Person, receiver: Receiver
) -> None:
    webhook = a_webhook(api, vendor, receiver.url(), "app.released")
    a_public_app(api, vendor, admin)
    assert receiver.hears("app.released")
    assert eventually(lambda: the_log(api, vendor, webhook)[0]["state"] == "delivered", 5)
    [delivery] = the_log(api, vendor, webhook)
    answer = api.post(vendor, delivery["_links"]["redeliver"]["href"], None)
    assert answer.status_code == 204
    assert answer.headers["Location"] == own(delivery)
    assert receiver.hears("app.released", "app.released")
    assert eventually(lambda: len(attempts(api, vendor, webhook)) == 2, 5)
    assert api.get(vendor, own(delivery)).json()["state"] == "delivered"


def test_a_ping_reaches_the_webhook(api: Api, vendor: Person, receiver: Receiver) -> None:
    webhook = a_webhook(api, vendor, receiver.url(), "app.released")
    answer = api.post(vendor, webhook["_links"]["ping"]["href"], None)
    assert answer.status_code == 201
    assert answer.json()["event"] == "ping"
    assert receiver.hears("ping")
    assert receiver.received[0].told == {"event": "ping", "time": "2026-11-24T09:30:00.000Z"}
    assert eventually(lambda: the_log(api, vendor, webhook)[0]["state"] == "delivered", 5)
    assert api.get(vendor, answer.headers["Location"]).json()["state"] == "delivered"


def test_what_waits_for_a_webhook_that_is_removed_is_dropped(
    api: Api, vendor: Person, receiver: Receiver, clock: FakeClock
) -> None:
    receiver.answer = answering(500)
    webhook = a_webhook(api, vendor, receiver.url(), *EVERYTHING)
    an_app(api, vendor, status="submitted")
    assert receiver.hears("app.submitted")
    assert api.call("DELETE", vendor, own(webhook)).status_code == 204
    clock.advance(hours=1)
    assert not eventually(lambda: len(receiver.received) > 1, 2)

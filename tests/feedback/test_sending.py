"""Feedback arrives from host products, or is refused."""

from typing import Any

import pytest
from litestar.testing import TestClient

from calling import Api, pointer, problem
from feedback.sending import FEEDBACKS, KEY, SENDING, anonymous_feedback, feedback, send, sent
from given import FakeClock, Json, Person, an_app, an_app_token
from haymarket import logs
from haymarket.feedback.model import LONGEST
from haymarket.settings import Settings
from haymarket.storage import Storage


def kept(api: Api, vendor: Person) -> list[Json]:
    """All feedback about the app."""
    answer = api.get(vendor, FEEDBACKS, includeAnonymous="true", limit=50)
    found: list[Json] = answer.json()["feedbacks"]
    return found


def test_what_a_host_sends_arrives_whole(
    api: Api, app_path: str, vendor: Person, clock: FakeClock
) -> None:
    answer = send(api, feedback())
    assert (answer.status_code, answer.headers["Location"]) == (204, FEEDBACKS)
    assert kept(api, vendor) == [
        {
            "version": "1.0.0",
            "time": "2026-11-24T09:30:00.000Z",
            "feedbackType": "uninstall",
            "reasonCode": "cost",
            "message": "Too dear for a team of three",
            "email": "wren@customer.example",
            "fullName": "Wren Field",
            "addonSen": "SEN-1000",
        }
    ]


def test_what_is_not_told_is_left_out(api: Api, app_path: str, vendor: Person) -> None:
    sent(
        api, anonymous_feedback(reason=None, message="  ", email="", at="2026-11-20T23:30:00-02:00")
    )
    assert kept(api, vendor) == [
        {"version": "1.0.0", "time": "2026-11-21T01:30:00.000Z", "feedbackType": "uninstall"}
    ]


def test_a_host_whose_clock_is_ahead_sends_it_now(api: Api, app_path: str, vendor: Person) -> None:
    sent(api, feedback(at="2026-11-25T09:00:00Z"))
    assert kept(api, vendor)[0]["time"] == "2026-11-24T09:30:00.000Z"


@pytest.mark.usefixtures("logging_as_before")
def test_a_defect_logs_no_word_of_it(
    client: TestClient[Any],
    app_path: str,
    storage: Storage,
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.set_up(settings)
    with storage.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE feedbacks RENAME TO gone")
    assert client.post(SENDING, json=feedback()).status_code == 500
    logged = "".join(capsys.readouterr())
    assert "Traceback" in logged
    for word in ("wren@customer", "Wren Field", "SEN-1000", "Too dear"):
        assert word not in logged


WRONG: list[tuple[Json, str]] = [
    ({"addonKey": None}, "/addonKey"),
    ({"addonVersion": None}, "/addonVersion"),
    ({"addonVersion": " "}, "/addonVersion"),
    ({"type": None}, "/type"),
    ({"type": "unsubscribe"}, "/type"),
    ({"reason": "weather"}, "/reason"),
    ({"email": "wren"}, "/email"),
    ({"at": "2026-11-26"}, "/at"),
    ({"at": "2026-11-24T09:30:00"}, "/at"),
    ({"at": "2026-11-25T09:31:00Z"}, "/at"),
    ({"at": "1999-12-31T23:59:59Z"}, "/at"),
    ({"at": "0001-01-01T00:00:00+23:59"}, "/at"),
    *(({name: "x" * (longest + 1)}, f"/{name}") for name, longest in LONGEST.items()),
]


@pytest.mark.parametrize(
    ("change", "at"), WRONG, ids=[f"{at} {i}" for i, (_, at) in enumerate(WRONG)]
)
def test_bad_feedback_is_refused_with_the_place(
    api: Api, app_path: str, vendor: Person, change: Json, at: str
) -> None:
    assert pointer(send(api, feedback(**change))) == at
    assert kept(api, vendor) == []


def test_everything_that_is_wrong_is_told_at_once(api: Api, app_path: str) -> None:
    answer = send(api, feedback(email="wren", message="x" * 6000, at="1999-01-01T00:00:00Z"))
    paths = [each["path"] for each in answer.json()["errors"]]
    assert sorted(paths) == ["/at", "/email", "/message"]


def test_an_app_that_the_sender_does_not_see_takes_no_feedback(
    api: Api, vendor: Person, anonymous: Person, stranger: Person
) -> None:
    path = an_app(api, vendor)
    token = an_app_token(api, vendor, path)
    for who in (anonymous, stranger):
        assert send(api, feedback(), who).status_code == 404
        assert send(api, feedback(addonKey="com.acme.unknown"), who).status_code == 404
    assert send(api, feedback(), vendor).status_code == 204
    answer = api.post(anonymous, f"{SENDING}?accessToken={token}", feedback())
    assert answer.status_code == 204
    assert len(kept(api, vendor)) == 2


def test_the_journal_is_told_no_words(api: Api, app_path: str) -> None:
    with api.storage.reading() as db:
        before = db.head()
    sent(api, feedback())
    with api.storage.reading() as db:
        [entry] = db.entries_after(before)
    assert (entry.kind, entry.subject, entry.actor) == ("feedback.added", KEY, None)
    assert entry.details == {"type": "uninstall"}


def test_one_address_sends_so_much_a_minute(
    api: Api, app_path: str, settings: Settings, clock: FakeClock
) -> None:
    clock.advance(minutes=5)
    sent(api, *[feedback()] * (settings.feedback_limit - 1))
    assert send(api, {}).status_code == 400  # counts too
    answer = send(api, feedback())
    assert problem(answer, 429)["code"] == "TOO_MANY_REQUESTS"
    assert answer.headers["Retry-After"] == "60"
    clock.advance(minutes=1)
    sent(api, feedback())


def test_a_body_that_is_no_document_is_refused(api: Api, app_path: str) -> None:
    bodies: list[Any] = [b"", b"[", b"[]", b"null", b'"a"', b"\xff"]
    for body in bodies:
        assert api.client.post(SENDING, content=body).status_code == 400

"""One attempt: where it may go, and what it tells of what went wrong."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import httpcore
import pytest

from given import FakeClock
from haymarket.assets.network import Internet, connect
from haymarket.errors import Invalid
from haymarket.settings import Settings
from haymarket.watch.delivery import Delivery
from haymarket.watch.model import Webhook
from haymarket.watch.send import Outside, check_target, secret_of, send, signature
from running import eventually, free_port
from watch.receivers import Received, Receiver

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
PUBLIC = "93.184.215.14"
DELIVERY = Delivery(
    7, 1, "webhook", 3, 0, "waiting", 0, NOON, NOON, "ping", '{"event":"ping","time":"é"}'
)


def a_webhook(url: str) -> Webhook:
    return Webhook(3, 12, url, ("ping",), "nonce", NOON, 0)


def outside(folder: Path, internet: Internet | None = None, **settings: object) -> Outside:
    given = Settings(data=folder, **settings)  # type: ignore[arg-type]
    return Outside(given, b"secret", internet or Internet(no_names, connect), FakeClock())


def no_names(host: str, port: int) -> Sequence[str]:
    return [host]


def test_what_is_sent_is_the_payload_with_its_marks(tmp_path: Path, receiver: Receiver) -> None:
    here = outside(tmp_path, allow_private_addresses=True)
    outcome = send(here, a_webhook(receiver.url("/a?b=c")), DELIVERY)
    assert (outcome.status, outcome.error) == (200, None)
    [request] = receiver.received
    assert request.path == "/a?b=c"
    assert request.body == DELIVERY.payload.encode()
    assert request.headers["X-Haymarket-Event"] == "ping"
    assert request.headers["X-Haymarket-Delivery"] == "7"
    assert request.headers["X-Haymarket-Timestamp"] == str(int(FakeClock().now.timestamp()))
    made = signature(
        secret_of(b"secret", "nonce"), request.headers["X-Haymarket-Timestamp"], request.body
    )
    assert request.headers["X-Haymarket-Signature-256"] == f"sha256={made}"


def test_a_private_address_is_refused_at_the_moment_of_sending(
    tmp_path: Path, receiver: Receiver
) -> None:
    outcome = send(outside(tmp_path), a_webhook(receiver.url()), DELIVERY)
    assert outcome.error == "The host 127.0.0.1 is not on the public internet"
    assert receiver.received == []


def test_a_name_that_means_something_else_by_now_is_refused(
    tmp_path: Path, receiver: Receiver
) -> None:
    answers = [[PUBLIC], ["10.0.0.7"]]
    connected: list[str] = []

    def resolve(host: str, port: int) -> Sequence[str]:
        return answers.pop(0)

    def connect_here(address: str, port: int, timeout: float) -> httpcore.NetworkStream:
        connected.append(address)
        return connect("127.0.0.1", receiver.port, timeout)

    there = outside(tmp_path, Internet(resolve, connect_here))
    url = "http://sly.test/hook"
    check_target(there, url)
    outcome = send(there, a_webhook(url), DELIVERY)
    assert outcome.error == "The host sly.test is not on the public internet"
    assert connected == []


def test_the_address_that_was_checked_is_connected_to(tmp_path: Path, receiver: Receiver) -> None:
    connected: list[str] = []

    def connect_here(address: str, port: int, timeout: float) -> httpcore.NetworkStream:
        connected.append(address)
        return connect("127.0.0.1", receiver.port, timeout)

    there = outside(tmp_path, Internet(lambda host, port: [PUBLIC], connect_here))
    assert send(there, a_webhook("http://acme.test/hook"), DELIVERY).error is None
    assert connected == [PUBLIC]
    assert receiver.received[0].headers["Host"] == "acme.test"


def test_who_does_not_answer_in_time_is_left(tmp_path: Path, receiver: Receiver) -> None:
    done = False

    def slowly(request: Received) -> int:
        eventually(lambda: done, 5)
        return 200

    receiver.answer = slowly
    here = outside(tmp_path, allow_private_addresses=True, fetch_timeout=1)
    outcome = send(here, a_webhook(receiver.url()), DELIVERY)
    done = True
    assert outcome.error == "No answer in time"
    assert 900 < outcome.milliseconds < 3000


def test_where_nobody_listens_the_connection_fails(tmp_path: Path) -> None:
    here = outside(tmp_path, allow_private_addresses=True)
    outcome = send(here, a_webhook(f"http://127.0.0.1:{free_port()}/"), DELIVERY)
    assert outcome.status is None
    assert outcome.error
    assert outcome.error.startswith("The connection failed")


@pytest.mark.parametrize("addresses", [["10.0.0.7"], [PUBLIC, "::1"], []])
def test_a_host_that_may_not_be_called_can_not_be_registered(
    tmp_path: Path, addresses: list[str]
) -> None:
    there = outside(tmp_path, Internet(lambda host, port: addresses, connect))
    with pytest.raises(Invalid) as refused:
        check_target(there, "https://sly.test/hook")
    assert refused.value.path == "/url"

"""A sandbox in a process of its own: its mails, and what a kill leaves to be delivered."""

import signal
from pathlib import Path

import httpx

from commands.marketplaces import APP, PARTNER
from running import Running, eventually, running
from watch.people import told
from watch.receivers import Received, Receiver

ADMIN = ("admin@example.com", "admin-token")
OPEN = {"HAYMARKET_ALLOW_PRIVATE_ADDRESSES": "true"}


def a_webhook(server: Running, receiver: Receiver) -> str:
    app = httpx.get(server.address + APP, auth=PARTNER).json()
    vendor = app["_links"]["vendor"]["href"].rpartition("/")[2]
    answer = httpx.post(
        f"{server.address}/rest/haymarket/1/vendors/{vendor}/webhooks",
        json={"url": receiver.url(), "events": ["version.published"]},
        auth=PARTNER,
    )
    assert answer.status_code == 201, answer.text
    return server.address + str(answer.headers["Location"])


def publish(server: Running, name: str) -> None:
    newest = httpx.get(f"{server.address}{APP}/versions/latest", auth=PARTNER).json()
    document = {
        "_links": {},
        "name": name,
        "status": "public",
        "compatibilities": newest["compatibilities"],
        "vendorLinks": {"binary": "https://larkspur.example/a.jar"},
    }
    answer = httpx.post(f"{server.address}{APP}/versions", json=document, auth=PARTNER)
    assert answer.status_code == 201, answer.text


def names(receiver: Receiver) -> list[str]:
    return [each.told["version"]["name"] for each in receiver.received]


def test_what_was_committed_before_a_kill_is_delivered_after_the_next_start(
    sandbox_data: Path, tmp_path: Path, receiver: Receiver
) -> None:
    refused: list[Received] = []

    def refuse(request: Received) -> int:
        refused.append(request)
        return 503

    data = ("--data", str(sandbox_data))
    with running("sandbox", *data, folder=tmp_path, **OPEN) as server:
        a_webhook(server, receiver)
        receiver.answer = refuse
        publish(server, "91.0")
        assert eventually(lambda: len(refused) == 1, 20)
        publish(server, "92.0")  # waits behind the first one
        server.process.kill()
        server.process.wait()
    receiver.answer = lambda request: 200
    with running("sandbox", *data, folder=tmp_path, **OPEN):
        assert eventually(lambda: names(receiver)[-2:] == ["91.0", "92.0"], 45), names(receiver)
    first, second, _ = (each.headers["X-Haymarket-Delivery"] for each in receiver.received[:3])
    assert first == second


def test_a_kill_right_after_the_answer_loses_nothing(
    sandbox_data: Path, tmp_path: Path, receiver: Receiver
) -> None:
    data = ("--data", str(sandbox_data))
    with running("sandbox", *data, folder=tmp_path, **OPEN) as server:
        a_webhook(server, receiver)
        publish(server, "91.0")
        server.process.kill()
        server.process.wait()
    with running("sandbox", *data, folder=tmp_path, **OPEN) as server:
        assert eventually(lambda: "91.0" in names(receiver), 45)
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=30) == 0
    with running("sandbox", *data, folder=tmp_path, **OPEN) as server:
        publish(server, "92.0")
        assert eventually(lambda: names(receiver)[-1] == "92.0", 5), "a lease that was given back"


def test_a_sandbox_writes_its_mails_into_its_folder(sandbox: Running, sandbox_data: Path) -> None:
    answer = httpx.put(
        f"{sandbox.address}{APP}/watch",
        json={"state": True},
        auth=("user@example.com", "user-token"),
    )
    assert answer.status_code == 204
    publish(sandbox, "91.0")
    assert eventually(lambda: bool(told(sandbox_data / "mail")), 10)
    [(to, subject)] = told(sandbox_data / "mail")
    assert to == "user@example.com"
    assert subject.endswith(" 91.0 is out")

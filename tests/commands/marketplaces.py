"""What the tests of processes ask of a running sandbox."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from running import Running, eventually

APP = "/rest/2/addons/example.larkspur.tidy-boards"
PARTNER = ("partner@example.com", "partner-token")


def ask(
    server: Running, client: httpx.Client | None, method: str, path: str, **options: Any
) -> httpx.Response:
    """A request on the connection of a client, or on one of its own."""
    if client is not None:
        return client.request(method, path, **options)
    return httpx.request(method, f"{server.address}{path}", timeout=30, **options)


def rename(server: Running, name: str, client: httpx.Client | None = None) -> None:
    """Give an app of the sandbox another name."""
    patch = [{"op": "replace", "path": "/name", "value": name}]
    answer = ask(server, client, "PATCH", APP, json=patch, auth=PARTNER)
    assert answer.status_code == 204, answer.text


def is_found(server: Running, name: str, client: httpx.Client | None = None) -> bool:
    """Whether a stranger who asks once finds an app by its name."""
    asked = {"text": name, "limit": 5}
    answer = ask(server, client, "GET", "/rest/2/addons", params=asked)
    return name in [app["name"] for app in answer.json()["_embedded"]["addons"]]


def finds(
    server: Running, name: str, client: httpx.Client | None = None, seconds: float = 2.0
) -> bool:
    """Whether strangers find an app within a time."""
    return eventually(lambda: is_found(server, name, client), seconds)


def process_of(client: httpx.Client) -> int:
    """The process that answers on the connection of a client."""
    return int(client.get("/readyz").json()["process"])


def one_connection(server: Running) -> httpx.Client:
    """A client that keeps to one connection, hence to one worker."""
    limits = httpx.Limits(max_connections=1, max_keepalive_connections=1)
    return httpx.Client(base_url=server.address, limits=limits, timeout=30)


def a_client_of_each_worker(server: Running, workers: int) -> dict[int, httpx.Client]:
    """A client for each worker, by its process; a crowd makes all of them answer."""
    found: dict[int, httpx.Client] = {}

    def settled() -> bool:
        with ThreadPoolExecutor(16) as crowd:
            clients = [one_connection(server) for _ in range(16)]
            for process, client in zip(crowd.map(_busy, clients), clients, strict=True):
                if process in found:
                    client.close()
                else:
                    found[process] = client
        return len(found) >= workers

    assert eventually(settled, 30), f"only {sorted(found)} answer"
    return found


def _busy(client: httpx.Client) -> int:
    client.get("/rest/2/addons?limit=50")
    return process_of(client)

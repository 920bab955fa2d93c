"""Calls of the asset operations, and what is read from the answers."""

from typing import Any

from litestar.testing import TestClient

from given import Person

Client = TestClient[Any]
BINARY = {"Content-Type": "application/octet-stream"}
HOST = "http://haymarket.test"


def upload_artifact(
    client: Client, who: Person, content: bytes, name: str = "app.jar", kind: str = "binary"
) -> Any:
    return client.request(
        "POST",
        "/rest/2/assets/artifact",
        params={"file": name, "pluginKey": "com.example"},
        content=content,
        headers={"Content-Type": f"application/{kind}"},
        auth=who.auth,
    )


def upload_image(client: Client, who: Person, content: bytes, image_type: str = "logo") -> Any:
    return client.request(
        "POST",
        f"/rest/2/assets/image/{image_type}",
        params={"file": "logo.png"},
        content=content,
        headers=BINARY,
        auth=who.auth,
    )


def path_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.text
    return str(answer.json()["_links"]["self"]["href"])


def problem(answer: Any, status: int = 400) -> str:
    assert answer.status_code == status, answer.text
    return str(answer.json()["errors"][0]["message"])


def local(href: str) -> str:
    assert href.startswith(HOST)
    return href.removeprefix(HOST)


def form(client: Client, who: Person, *parts: tuple[str, str | None, bytes]) -> Any:
    body = b""
    for name, file_name, content in parts:
        end = "" if file_name is None else f'; filename="{file_name}"'
        body += f'--x\r\nContent-Disposition: form-data; name="{name}"{end}\r\n\r\n'.encode()
        body += content + b"\r\n"
    return client.request(
        "POST",
        "/rest/2/assets/artifact",
        content=body + b"--x--\r\n",
        headers={"Content-Type": "multipart/form-data; boundary=x"},
        auth=who.auth,
    )


def fetch(client: Client, who: Person, uri: str) -> Any:
    return client.request(
        "POST", "/rest/2/assets/artifact/fetch", params={"uri": uri}, auth=who.auth
    )

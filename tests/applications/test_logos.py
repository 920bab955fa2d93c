"""The logos of host applications."""

import io
from typing import Any

from litestar.testing import TestClient
from PIL import Image

from given import an_application
from haymarket.storage import Storage


def test_the_logo_that_an_application_links_to_is_a_picture(
    client: TestClient[Any], storage: Storage
) -> None:
    an_application(storage, "jira", {904002: "9.4.2"})
    link = client.get("/rest/2/applications/jira").json()["_links"]["logo"]
    answer = client.get(link["href"].removeprefix("http://haymarket.test"))
    assert answer.headers["content-type"] == link["type"]
    assert Image.open(io.BytesIO(answer.content)).size == (144, 144)


def test_an_unknown_application_has_no_logo(client: TestClient[Any]) -> None:
    assert client.get("/files/applications/none.png").status_code == 404

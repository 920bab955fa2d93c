"""How tests call the API, and what they ask of its answers."""

from typing import Any

from litestar import Litestar
from litestar.testing import TestClient

from given import Json, Person
from haymarket.catalogue.shelf import Shelf
from haymarket.storage import Storage
from truths import check_answer


class Api:
    """The API as people call it. Every answer is held against what is true of all answers."""

    def __init__(self, client: TestClient[Any], app: Litestar) -> None:
        self.client = client
        self.shelf: Shelf = app.state.shelf
        self.storage: Storage = app.state.storage

    def get(self, who: Person, path: str, **query: Any) -> Any:
        """GET; a `query` value that is a list is repeated."""
        return self.call("GET", who, path, params=query or None)

    def post(
        self, who: Person, path: str, document: Any, headers: dict[str, str] | None = None
    ) -> Any:
        """POST a document."""
        return self.call("POST", who, path, json=document, headers=headers)

    def put(self, who: Person, path: str, document: Any) -> Any:
        """PUT a document."""
        return self.call("PUT", who, path, json=document)

    def patch(self, who: Person, path: str, *operations: Json) -> Any:
        """PATCH with the operations of a JSON Patch."""
        return self.call("PATCH", who, path, json=list(operations))

    def call(self, method: str, who: Person, path: str, **options: Any) -> Any:
        """Any request; `options` are those of the HTTP client."""
        at = path if path.startswith("/") else f"/rest/2/{path}"
        answer = self.client.request(method, at, auth=who.auth, **options)
        check_answer(answer)
        return answer

    def settle(self) -> None:
        """Let anonymous lists show everything that was written so far."""
        with self.storage.reading() as db:
            self.shelf.at_least(db.head())


def replace(path: str, value: Any) -> Json:
    """An operation of a JSON Patch."""
    return {"op": "replace", "path": path, "value": value}


def add(path: str, value: Any) -> Json:
    """An operation of a JSON Patch."""
    return {"op": "add", "path": path, "value": value}


def remove(path: str) -> Json:
    """An operation of a JSON Patch."""
    return {"op": "remove", "path": path}


def problem(answer: Any, status: int = 400) -> Json:
    """The first problem that an answer with this status tells."""
    assert answer.status_code == status, answer.text
    first: Json = answer.json()["errors"][0]
    return first


def pointer(answer: Any) -> str | None:
    """The JSON Pointer of the first problem of a 400."""
    path: str | None = problem(answer).get("path")
    return path

"""Reviews that the callers of the contract wrote, or act on."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from contract.operations import PERSONAS, Persona
from given import Person, a_kept_app, a_user
from haymarket.apps.store import get_app
from haymarket.reviews.actions import keep_review
from haymarket.reviews.model import Review
from haymarket.storage import Storage


def a_customer(persona: Persona) -> str:
    """The address of somebody whose reviews a persona may act on."""
    return f"new.{persona}@example.com"


def reviews_of(
    storage: Storage, key: str, authors: Sequence[Person], **facts: Any
) -> dict[tuple[str, str], int]:
    """Reviews by app and author: of the authors, and of a customer for each persona.

    They are of the app with this key, and of two like it with these facts, whose are deleted.
    """
    people = [*authors, *(a_user(storage, a_customer(persona)) for persona in PERSONAS)]
    for name in ("mine", "one"):
        a_kept_app(storage, f"{key}.{name}", **facts)
    return {
        (name, person.email): _a_review(storage, name, person)
        for name in (key, f"{key}.mine", f"{key}.one")
        for person in people
    }


def _a_review(storage: Storage, key: str, person: Person) -> int:
    with storage.writing(person.id) as db:
        app = get_app(db, key)
        assert app is not None
        review = Review(0, app.id, person.id or 0, 3, "It draws", None, db.now())
        return keep_review(db, app, replace(review, response="<p>Thank you</p>"))

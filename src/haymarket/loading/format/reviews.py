"""Reviews in the load format."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, field

from haymarket.loading.format.parts import Email, Key, Part
from haymarket.reviews.model import Hosting


class Review(Part, kw_only=True):
    """What a user thinks of an app; its author tells it from the others of the app."""

    app: Key
    author: Email
    stars: int
    review: str | None = None
    at: Annotated[datetime, Meta(tz=True)]
    hosting: Hosting | None = None
    helpful: list[Email] = field(default_factory=list)
    unhelpful: list[Email] = field(default_factory=list)
    response: str | None = None

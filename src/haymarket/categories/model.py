"""A category of apps."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Category:
    """A category by its number; `application` is the key of the application it was made for."""

    id: int
    name: str
    application: str

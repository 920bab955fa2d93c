"""A licence type."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LicenceType:
    """A licence by its key, with the page of its text if there is one."""

    key: str
    name: str
    url: str | None = None

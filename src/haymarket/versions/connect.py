"""What a Connect descriptor makes of a version: where it runs, and what it may do there."""

from dataclasses import replace

from haymarket.assets.model import ConnectDescriptor
from haymarket.versions.model import Version

SCOPES = {
    "NONE": ("No access", "Reads and changes nothing of the host product"),
    "READ": ("Read", "Reads what the host product holds"),
    "WRITE": ("Write", "Adds and changes what the host product holds"),
    "DELETE": ("Delete", "Deletes what the host product holds"),
    "PROJECT_ADMIN": ("Administer projects", "Changes the settings of projects"),
    "SPACE_ADMIN": ("Administer spaces", "Changes the settings of spaces"),
    "ADMIN": ("Administer", "Changes the settings of the host product"),
    "ACT_AS_USER": ("Act for users", "Does things in the name of users"),
    "ACCESS_EMAIL_ADDRESSES": ("Read e-mail addresses", "Reads the e-mail addresses of users"),
}
"""The scopes of Connect: a name and a sentence for people."""


def with_descriptor(version: Version, found: ConnectDescriptor | None) -> Version:
    """A version whose artifact says this; None for an archive."""
    return replace(version, connect=found is not None, base_url=found.base_url if found else None)


def permissions_of(found: ConnectDescriptor | None) -> tuple[dict[str, str], ...]:
    """The scopes of a descriptor, as a version shows its permissions."""
    return tuple(_permission(scope) for scope in (found.scopes if found else ()))


def _permission(scope: str) -> dict[str, str]:
    name, description = SCOPES.get(scope.upper(), (scope, scope))
    return {"key": scope, "name": name, "description": description}

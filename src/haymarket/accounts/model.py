"""Who calls and what they may: pure rules (general.md, 3; related.md, 8)."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

Permission = Literal[
    "administer-vendor",
    "manage-addon-details",
    "manage-payment",
    "manage-pricing",
    "manage-promotions",
    "manage-vendor-details",
    "view-sales-reports",
    "view-usage-reports",
]
PERMISSIONS: tuple[Permission, ...] = get_args(Permission)

Role = Literal[
    "primary",
    "engineering",
    "marketing",
    "finance",
    "support",
    "security",
    "migrations",
    "salessupportandapprovals",
]

Scope = Literal["read", "write", "administer", "ingest"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
"""What a token is good for: to read as its owner, to change things, to use administrator rights,
to send heartbeats."""
USUAL_SCOPES: tuple[Scope, ...] = ("read", "write", "administer")
"""What a token is good for when nothing is said: all that a person does, not what a host does."""


@dataclass(frozen=True)
class Caller:
    """Who asks. `permissions` holds, for each vendor id, what this contact may do there.

    `apps` are the numbers of the apps that an access token in the request opens for reading.
    """

    id: int | None
    email: str = ""
    name: str = ""
    is_admin: bool = False
    may_write: bool = True
    permissions: Mapping[int, frozenset[str]] = field(default_factory=dict)
    apps: frozenset[int] = frozenset()

    @property
    def is_anonymous(self) -> bool:
        return self.id is None

    @property
    def vendors(self) -> frozenset[int]:
        """The vendors that the caller is a contact of."""
        return frozenset(self.permissions)

    def belongs_to(self, vendor_id: int) -> bool:
        """Whether what is private to a vendor may be shown: to contacts and administrators."""
        return self.is_admin or vendor_id in self.permissions

    def may(self, vendor_id: int, permission: Permission) -> bool:
        """Whether the caller may do what `permission` names for a vendor."""
        return self.is_admin or permission in self.permissions.get(vendor_id, frozenset())


ANONYMOUS = Caller(None)


@dataclass(frozen=True)
class User:
    """A person with an account."""

    id: int
    email: str
    name: str
    is_admin: bool
    is_active: bool


@dataclass(frozen=True)
class ApiToken:
    """A credential of a user; the token itself is not kept, only its hash."""

    id: int
    user_id: int
    name: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None

    def is_valid(self, now: datetime) -> bool:
        """Whether it opens the door at `now`."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


@dataclass(frozen=True)
class AppToken:
    """A token that opens one private app to the host of a customer (apps.md, C.26).

    The token is derived from `nonce` and the instance's secret, and known by its hash. `instance`
    is the origin of the host that claimed it.
    """

    id: int
    app_id: int
    nonce: str
    hash: str
    created_at: datetime
    created_by: int | None = None
    instance: str | None = None
    claimed_at: datetime | None = None


@dataclass(frozen=True)
class Contact:
    """A user as a contact of a vendor."""

    id: int
    vendor_id: int
    user_id: int
    email: str
    name: str
    permissions: tuple[Permission, ...]
    roles: tuple[Role, ...]


TOKEN_PREFIX = "hmk_"  # noqa: S105 (a mark for secret scanners, no secret)


def new_token() -> str:
    """A random 256-bit token, with a prefix that secret scanners can look for."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token: SHA-256, which is enough for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def normal_email(email: str) -> str:
    """The form under which an e-mail address is known: no blanks around it, lower case."""
    return email.strip().lower()

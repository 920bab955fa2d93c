"""What somebody asks of a version: the filters that apps and versions share (apps.md, B)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from haymarket.versions.compatibility import HOSTINGS, Host, Hosting, suits
from haymarket.versions.model import Boundary, PaymentModel, Version

Cost = Literal["free", "marketplace", "orderable", "paid"]
HostingFilter = Literal["any", "cloud", "datacenter", "server"]

PAYMENTS: dict[Cost, frozenset[PaymentModel]] = {
    "free": frozenset({"free"}),
    "marketplace": frozenset({"atlassian"}),
    "orderable": frozenset({"atlassian"}),
    "paid": frozenset({"atlassian", "vendor"}),
}
"""`paid` is any payment; `marketplace` and `orderable` are paid via Atlassian."""

HOSTING_OF: dict[HostingFilter, tuple[Hosting, ...]] = {
    "any": HOSTINGS,
    "cloud": ("cloud",),
    "server": ("server",),
    "datacenter": ("dataCenter",),
}


@dataclass(frozen=True)
class Wanted:
    """What a version has to be like; the empty one is met by every version."""

    host: Host | None = None
    hostings: tuple[Hosting, ...] = HOSTINGS
    cost: Cost | None = None
    boundaries: frozenset[Boundary] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return self == Wanted()

    def suits(self, version: Version) -> bool:
        """Whether a version is what is asked for."""
        if self.cost and version.payment_model not in PAYMENTS[self.cost]:
            return False
        if not suits(version.compatibilities, self.host, self.hostings):
            return False
        # Versions that do not run in the cloud have no boundary, and the filter is not for them.
        return not self.boundaries or version.boundary in (None, *self.boundaries)


def hostings_of(filters: Iterable[HostingFilter] | None) -> tuple[Hosting, ...]:
    """The hostings that repeated filters ask for, any of them; all without a filter."""
    found = {hosting for each in filters or () for hosting in HOSTING_OF[each]}
    return tuple(hosting for hosting in HOSTINGS if hosting in found) or HOSTINGS


def newest(versions: Iterable[Version], wanted: Wanted) -> Version | None:
    """The version with the greatest build number among those that suit."""
    found = [version for version in versions if wanted.suits(version)]
    return max(found, key=lambda version: version.build, default=None)

"""The query parameters of an app's versions (related.md, 1)."""

from dataclasses import dataclass
from typing import Annotated

from litestar.params import QueryParameter

from haymarket.storage import Reading
from haymarket.versions.hosts import wanted_host
from haymarket.versions.model import Boundary
from haymarket.versions.wanted import Cost, HostingFilter, Wanted, hostings_of


@dataclass(frozen=True)
class VersionQuery:
    """The filters of a list of versions, as they were asked for."""

    after_version: str | None
    application: str | None
    application_build: int | None
    cost: Cost | None
    hosting: list[HostingFilter] | None
    include_private: bool | None
    boundary: Boundary | None

    def wanted(self, db: Reading) -> Wanted:
        """What a version has to be like. Raises InvalidParameter."""
        return Wanted(
            wanted_host(db, self.application, self.application_build),
            hostings_of(self.hosting),
            self.cost,
            frozenset({self.boundary} if self.boundary else ()),
        )


def _asked(name: str, description: str) -> QueryParameter:
    return QueryParameter(name=name, description=description)


Hostings = Annotated[
    list[HostingFilter] | None, _asked("hosting", "Versions for any of these hostings")
]
OneBoundary = Annotated[
    Boundary | None,
    _asked("cloudComplianceBoundary", "Versions for cloud within this boundary, and all others"),
]


def the_version_query(
    after_version: Annotated[
        str | None, _asked("afterVersion", "Versions newer than the one of this name")
    ] = None,
    application: Annotated[
        str | None, _asked("application", "Versions for this host product")
    ] = None,
    application_build: Annotated[
        int | None, _asked("applicationBuild", "Versions for this build of `application`")
    ] = None,
    cost: Annotated[Cost | None, _asked("cost", "Versions that cost this")] = None,
    hosting: Hostings = None,
    include_private: Annotated[
        bool | None, _asked("includePrivate", "Versions too that only the caller may see")
    ] = None,
    boundary: OneBoundary = None,
) -> VersionQuery:
    """The dependency `wanted` of the operations on versions."""
    return VersionQuery(
        after_version, application, application_build, cost, hosting, include_private, boundary
    )

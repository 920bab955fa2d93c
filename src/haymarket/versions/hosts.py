"""Host products as versions and filters refer to them: read from the applications."""

from collections.abc import Iterable

from haymarket.applications.model import Application
from haymarket.applications.releases import published_releases, release_names
from haymarket.applications.store import get_application
from haymarket.errors import InvalidParameter
from haymarket.storage import Reading
from haymarket.versions.compatibility import Host, KnownApplication, Point, host_asked_for
from haymarket.versions.surroundings import HostFacts


def refuse_lone_build(application: str | None, build: int | None) -> None:
    """Raises InvalidParameter for a build number without the application that it is of."""
    if build is not None and application is None:
        raise InvalidParameter("applicationBuild: needs application beside it")


def wanted_host(db: Reading, application: str | None, build: int | None) -> Host | None:
    """The host that a caller asks for. Raises InvalidParameter for a build without application."""
    refuse_lone_build(application, build)
    if application is None:
        return None
    found = get_application(db, application)
    return host_asked_for(known_application(db, found) if found else None, application, build)


def known_application(db: Reading, application: Application) -> KnownApplication:
    """An application with its published releases."""
    releases = tuple(Point(*each) for each in published_releases(db, application.key))
    return KnownApplication(application.key, application.compatibility_mode, releases)


def host_facts(
    db: Reading, named: Iterable[str], builds: set[tuple[str, int]]
) -> dict[str, HostFacts]:
    """What is known of the applications that a document names, with the builds that it names."""
    facts = {}
    for name in set(named):
        application = get_application(db, name)
        if application:
            numbers = [build for each, build in builds if each == name]
            names = release_names(db, application.key, numbers)
            facts[name] = HostFacts(application.key, application.hosting, names)
    return facts

"""Applications and their versions as documents (related.md, 2)."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta, field

from haymarket import paths
from haymarket.applications import model
from haymarket.hal import Link, LinkTemplate, Wire, template


class ApplicationLinks(Wire):
    """Links of an application; `addons` are the apps for it."""

    self_: Link = field(name="self")
    logo: Link
    versions: LinkTemplate
    latest_version: Link
    version_by_build: LinkTemplate
    version_by_name: LinkTemplate
    addons: Link
    addon_categories: Link


class HostingSupportModel(Wire):
    """Whether an application runs in one kind of hosting."""

    enabled: bool


class HostingSupport(Wire):
    """Where an application runs."""

    cloud: HostingSupportModel
    server: HostingSupportModel
    data_center: HostingSupportModel


class ConnectSupport(Wire):
    """Where an application takes apps that run elsewhere."""

    cloud: bool
    server: bool
    data_center: bool


class ApplicationDetails(Wire):
    """What an application is, and where to learn more."""

    description: str
    learn_more: str
    download_page: str | None = None


class Application(Wire):
    """A host application."""

    links: ApplicationLinks = field(name="_links")
    name: str
    key: str
    key_aliases: list[str]
    introduction: str
    status: model.Status
    hosting_support: HostingSupport
    atlassian_connect_support: ConnectSupport
    compatibility_mode: model.CompatibilityMode
    details: ApplicationDetails


class ApplicationCollectionLinks(Wire):
    """Links of the applications: templates that lead to one, and to its versions."""

    self_: Link = field(name="self")
    by_key: LinkTemplate
    latest_version: LinkTemplate
    version_by_build: LinkTemplate


class ApplicationCollectionEmbedded(Wire):
    """The applications themselves."""

    applications: list[Application]


class ApplicationCollection(Wire):
    """Applications; without a count."""

    links: ApplicationCollectionLinks = field(name="_links")
    embedded: ApplicationCollectionEmbedded = field(name="_embedded")


class ApplicationVersionLinks(Wire):
    """Links of a version; `parent` is its application."""

    self_: Link = field(name="self")
    parent: Link


class ApplicationVersion(Wire):
    """A version of an application; its display name is in `version`."""

    links: ApplicationVersionLinks = field(name="_links")
    build_number: int
    data_center_compatible: bool
    version: str
    release_date: date
    status: model.Status


class ApplicationVersionCollectionLinks(Wire):
    """Links of a page of versions."""

    self_: Link = field(name="self")
    next: Link | None = None
    prev: Link | None = None


class ApplicationVersionCollectionEmbedded(Wire):
    """The versions themselves, newest first."""

    versions: list[ApplicationVersion]


class ApplicationVersionCollection(Wire):
    """A page of versions; `count` is how many there are on all pages."""

    links: ApplicationVersionCollectionLinks = field(name="_links")
    embedded: ApplicationVersionCollectionEmbedded = field(name="_embedded")
    count: int


class ApplicationVersionInput(Wire, kw_only=True):
    """What an administrator writes of a version."""

    build_number: Annotated[int, Meta(ge=1, le=2**63 - 1)]
    data_center_compatible: bool = False
    version: str
    release_date: date
    status: model.Status


def to_wire(application: model.Application, base_url: str) -> Application:
    """An application as the wire shows it."""
    runs = {
        hosting: HostingSupportModel(enabled=hosting in application.hosting)
        for hosting in model.HOSTINGS
    }
    connects = {hosting: hosting in application.connect for hosting in model.HOSTINGS}
    return Application(
        links=_links(application.key, base_url),
        name=application.name,
        key=application.key,
        key_aliases=list(application.key_aliases),
        introduction=application.introduction,
        status=application.status,
        hosting_support=HostingSupport(
            cloud=runs["cloud"], server=runs["server"], data_center=runs["dataCenter"]
        ),
        atlassian_connect_support=ConnectSupport(
            cloud=connects["cloud"], server=connects["server"], data_center=connects["dataCenter"]
        ),
        compatibility_mode=application.compatibility_mode,
        details=ApplicationDetails(
            description=application.description,
            learn_more=application.learn_more,
            download_page=application.download_page,
        ),
    )


def _links(key: str, base_url: str) -> ApplicationLinks:
    versions = paths.application_versions(key)
    return ApplicationLinks(
        self_=Link(paths.application(key)),
        logo=Link(paths.application_logo(base_url, key), "image/png"),
        versions=template(f"{versions}{{?afterBuildNumber,offset,limit}}"),
        latest_version=Link(f"{versions}/latest"),
        version_by_build=template(f"{versions}/build/{{applicationBuildNumber}}"),
        version_by_name=template(f"{versions}/name/{{name}}"),
        addons=Link(paths.with_query(paths.ADDONS, [("application", key)])),
        addon_categories=Link(paths.categories_of(key)),
    )


def to_collection(
    applications: Sequence[model.Application], base_url: str
) -> ApplicationCollection:
    """The collection document."""
    one = f"{paths.APPLICATIONS}/{{applicationKey}}"
    return ApplicationCollection(
        links=ApplicationCollectionLinks(
            self_=Link(paths.APPLICATIONS),
            by_key=template(one),
            latest_version=template(f"{one}/versions/latest"),
            version_by_build=template(f"{one}/versions/build/{{applicationBuildNumber}}"),
        ),
        embedded=ApplicationCollectionEmbedded(
            applications=[to_wire(each, base_url) for each in applications]
        ),
    )


def version_to_wire(version: model.HostVersion) -> ApplicationVersion:
    """A version as the wire shows it."""
    return ApplicationVersion(
        links=ApplicationVersionLinks(
            self_=Link(paths.application_version(version.application, version.build)),
            parent=Link(paths.application(version.application)),
        ),
        build_number=version.build,
        data_center_compatible=version.data_center_compatible,
        version=version.version,
        release_date=version.released,
        status=version.status,
    )


def version_from_wire(asked: ApplicationVersionInput, key: str) -> model.HostVersion:
    """A version of the application `key` from what was written; without an end of life."""
    return model.HostVersion(
        application=key,
        build=asked.build_number,
        version=asked.version,
        released=asked.release_date,
        data_center_compatible=asked.data_center_compatible,
        status=asked.status,
    )


def to_version_collection(
    versions: Sequence[model.HostVersion],
    count: int,
    links: ApplicationVersionCollectionLinks,
) -> ApplicationVersionCollection:
    """A page of versions."""
    embedded = ApplicationVersionCollectionEmbedded(
        versions=[version_to_wire(each) for each in versions]
    )
    return ApplicationVersionCollection(links=links, embedded=embedded, count=count)

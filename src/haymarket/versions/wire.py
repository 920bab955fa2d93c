"""Versions as documents, full and in summary (related.md, 1)."""

from dataclasses import dataclass

from msgspec import convert

from haymarket import paths
from haymarket.accounts.model import Caller
from haymarket.apps.model import App
from haymarket.assets.wire import AddonArtifactAssetSummary, artifact_summary
from haymarket.hal import Link, image_summary, page
from haymarket.licences.model import LicenceType
from haymarket.licences.wire import to_wire as licence_to_wire
from haymarket.versions import schemas, schemas_shown
from haymarket.versions.compatibility import Bounds, Compatibility
from haymarket.versions.model import Presentation, Version


@dataclass(frozen=True)
class Site:
    """Who looks at documents, and at which address the site is."""

    caller: Caller
    base_url: str


def to_wire(
    site: Site,
    app: App,
    version: Version,
    shown: Presentation,
    licence: LicenceType | None = None,
) -> schemas.AddonVersion:
    """The full document of a version, as this caller may see it."""
    return schemas.AddonVersion(
        links=_links(site, app, version, shown),
        embedded=_embedded(site, app, version, shown, licence),
        build_number=version.build,
        name=version.name,
        status=version.status,
        payment_model=version.payment_model,
        release=_release(version),
        youtube_id=shown.youtube_id,
        vendor_links=convert(version.links, schemas.AddonVersionExternalLinks),
        compatibilities=[_compatibility(each) for each in version.compatibilities],
        text=schemas.AddonVersionText(
            release_summary=shown.release_summary,
            more_details=shown.more_details,
            release_notes=shown.release_notes,
        ),
        static=version.static,
        deployable=version.is_deployable,
        integration_type=shown.integration_type,
        legacy=convert(shown.legacy, schemas.AddonVersionLegacyProperties | None),
        deployment=_deployment(version, shown),
        cloud=convert(shown.cloud, schemas.AddonVersionCloudDeployment | None),
        cloud_compliance_boundaries=[version.boundary] if version.boundary else None,
    )


def to_summary(site: Site, app: App, version: Version) -> schemas.AddonVersionSummary:
    """A version as lists show it."""
    return schemas.AddonVersionSummary(
        links=schemas.AddonVersionSummaryLinks(
            self_=Link(paths.version(app.key, version.build)),
            artifact=_artifact_link(version),
            functional_categories=[],
        ),
        embedded=schemas.AddonVersionSummaryEmbedded(
            artifact=_artifact(site, app, version), functional_categories=[]
        ),
        name=version.name,
        status=version.status,
        payment_model=version.payment_model,
        release=_release(version),
        static=version.static,
        deployable=version.is_deployable,
        deployment=schemas.AddonVersionDeploymentSummary(
            server="server" in version.hostings,
            cloud="cloud" in version.hostings,
            connect=version.connect,
            auto_update_allowed=_updates_itself(version),
            data_center="dataCenter" in version.hostings,
            data_center_status=version.data_center_status,
        ),
        vendor_links=convert(version.links, schemas.AddonVersionExternalLinks),
        cloud_compliance_boundaries=[version.boundary] if version.boundary else None,
    )


def _links(
    site: Site, app: App, version: Version, shown: Presentation
) -> schemas.AddonVersionLinks:
    own = site.caller.belongs_to(app.vendor_id)
    manage = page(paths.manage_version(app.id, version.build)) if own else None
    return schemas.AddonVersionLinks(
        self_=Link(paths.version(app.key, version.build)),
        alternate=page(paths.version_page(app.id, app.name, version.build)),
        agreement=Link(shown.agreement) if shown.agreement else None,
        artifact=_artifact_link(version),
        functional_categories=[],
        edit=manage,
        approval=Link(paths.version_approval(app.key, version.build)) if own else None,
        transition=manage if own and version.status == "private" else None,
        hero=Link(paths.asset(shown.hero)) if shown.hero else None,
        license=Link(paths.licence_type(shown.licence)) if shown.licence else None,
    )


def _embedded(
    site: Site, app: App, version: Version, shown: Presentation, licence: LicenceType | None
) -> schemas.AddonVersionEmbedded:
    return schemas.AddonVersionEmbedded(
        artifact=_artifact(site, app, version),
        functional_categories=[],
        hero=image_summary(site.base_url, shown.hero) if shown.hero else None,
        highlights=_highlights(site, shown),
        screenshots=_screenshots(site, shown),
        instructions=_instructions(site, shown) or None,
        license=licence_to_wire(licence) if licence else None,
    )


def _artifact_link(version: Version) -> Link | None:
    if version.artifact:
        return Link(paths.asset(version.artifact))
    return Link(version.artifact_remote) if version.artifact_remote else None


def _artifact(site: Site, app: App, version: Version) -> AddonArtifactAssetSummary | None:
    if not version.artifact:
        return None
    binary = paths.download(site.base_url, app.id, version.build)
    return artifact_summary(site.base_url, version.artifact, binary, version.artifact_remote)


def _release(version: Version) -> schemas.AddonVersionReleaseProperties:
    return schemas.AddonVersionReleaseProperties(
        date=version.released_on,
        released_by=version.released_by,
        beta=version.beta,
        supported=version.supported,
    )


def _compatibility(kept: Compatibility) -> schemas.Compatibility:
    return schemas.Compatibility(
        application=kept.application,
        hosting=schemas.CompatibilityHosting(
            cloud=kept.cloud or None,
            server=_bounds(kept.server),
            data_center=_bounds(kept.data_center),
        ),
    )


def _bounds(kept: Bounds | None) -> schemas.CompatibilityBounds | None:
    if kept is None:
        return None
    return schemas.CompatibilityBounds(
        min=schemas.CompatibilityHostingPoint(build=kept.min.build, version=kept.min.version),
        max=schemas.CompatibilityHostingPoint(build=kept.max.build, version=kept.max.version),
    )


def _updates_itself(version: Version) -> bool:
    return version.connect or version.payment_model == "free"


def _deployment(version: Version, shown: Presentation) -> schemas.AddonVersionDeployment:
    return schemas.AddonVersionDeployment(
        server="server" in version.hostings,
        cloud="cloud" in version.hostings,
        connect=version.connect,
        auto_update_allowed=_updates_itself(version),
        permissions=[
            schemas.AddonVersionPermission(
                links=schemas.AddonVersionPermissionLinks(alternate=page(paths.SCOPES_PAGE)),
                key=each["key"],
                name=each["name"],
                description=each["description"],
            )
            for each in shown.permissions
        ],
        data_center="dataCenter" in version.hostings,
        data_center_status=version.data_center_status,
    )


def _highlights(site: Site, shown: Presentation) -> list[schemas_shown.AddonHighlight]:
    return [
        schemas_shown.AddonHighlight(
            links=schemas_shown.AddonHighlightLinks(
                screenshot=Link(paths.asset(each.screenshot)),
                thumbnail=Link(paths.asset(each.thumbnail)),
            ),
            embedded=schemas_shown.AddonHighlightEmbedded(
                screenshot=image_summary(site.base_url, each.screenshot),
                thumbnail=image_summary(site.base_url, each.thumbnail),
            ),
            title=each.title,
            body=each.body,
            explanation=each.explanation,
        )
        for each in shown.highlights
    ]


def _screenshots(site: Site, shown: Presentation) -> list[schemas_shown.Screenshot]:
    return [
        schemas_shown.Screenshot(
            links=schemas_shown.ScreenshotLinks(image=Link(paths.asset(each.image))),
            embedded=schemas_shown.ScreenshotEmbedded(
                image=image_summary(site.base_url, each.image)
            ),
            caption=each.caption,
        )
        for each in shown.screenshots
    ]


def _instructions(site: Site, shown: Presentation) -> list[schemas_shown.AddonInstruction]:
    return [
        schemas_shown.AddonInstruction(
            links=schemas_shown.AddonInstructionLinks(
                image=Link(paths.asset(each.image)) if each.image else None
            ),
            embedded=schemas_shown.AddonInstructionEmbedded(
                image=image_summary(site.base_url, each.image)
            )
            if each.image
            else None,
            body=each.body,
        )
        for each in shown.instructions
    ]

"""The shapes of versions on the wire (related.md, 1), under the names of the API."""

from datetime import date as Day

from msgspec import field

from haymarket.assets.wire import AddonArtifactAssetSummary
from haymarket.categories.wire import AddonCategorySummary
from haymarket.hal import ImageAssetSummary, Link, Wire
from haymarket.licences.wire import LicenseType
from haymarket.lifecycle.model import VersionStatus
from haymarket.versions.model import Boundary, DataCenterStatus, IntegrationType, PaymentModel
from haymarket.versions.schemas_shown import AddonHighlight, AddonInstruction, Screenshot


class AddonVersionReleaseProperties(Wire, kw_only=True):
    """When and by whom a version was released; `date` is a day without time."""

    date: Day | None = None
    released_by: str | None = None
    beta: bool
    supported: bool


class AddonVersionText(Wire, kw_only=True):
    """Texts of a version; `moreDetails` and `releaseNotes` hold HTML."""

    release_summary: str | None = None
    more_details: str | None = None
    release_notes: str | None = None


class AddonVersionExternalLinks(Wire, kw_only=True):
    """Addresses outside of the marketplace."""

    binary: str | None = None
    documentation: str | None = None
    license: str | None = None
    learn_more: str | None = None
    eula: str | None = None
    bon_terms_supported: bool | None = None
    partner_specific_terms: str | None = None
    purchase: str | None = None
    release_notes: str | None = None


class AddonVersionLegacyLinks(Wire, kw_only=True):
    """Addresses that only old versions have."""

    release_notes: str | None = None
    javadocs: str | None = None
    source: str | None = None
    evaluation_license: str | None = None
    donate: str | None = None


class AddonVersionLegacyProperties(Wire, kw_only=True):
    """What only old versions have."""

    vendor_links: AddonVersionLegacyLinks


class CompatibilityHostingPoint(Wire, kw_only=True):
    """A host build; clients send `build`, the server adds `version`."""

    build: int
    version: str | None = None


class CompatibilityBounds(Wire, kw_only=True):
    """The lowest and the highest host build, both included."""

    min: CompatibilityHostingPoint
    max: CompatibilityHostingPoint


class CompatibilityHosting(Wire, kw_only=True):
    """Where a version runs; `cloud` is left out when false."""

    cloud: bool | None = None
    server: CompatibilityBounds | None = None
    data_center: CompatibilityBounds | None = None


class Compatibility(Wire, kw_only=True):
    """What a version runs on within one application."""

    application: str
    hosting: CompatibilityHosting


class AddonVersionPermissionLinks(Wire, kw_only=True):
    """Where a permission is explained."""

    alternate: Link


class AddonVersionPermission(Wire, kw_only=True):
    """A scope of a Connect descriptor."""

    links: AddonVersionPermissionLinks = field(name="_links")
    key: str
    name: str
    description: str


class AddonVersionDeployment(Wire, kw_only=True):
    """How a version is installed; all of it follows from its other facts."""

    server: bool
    cloud: bool
    connect: bool
    auto_update_allowed: bool
    permissions: list[AddonVersionPermission]
    data_center: bool
    data_center_status: DataCenterStatus | None = None


class AddonVersionDeploymentSummary(Wire, kw_only=True):
    """How a version is installed, without its permissions."""

    server: bool
    cloud: bool
    connect: bool
    auto_update_allowed: bool
    data_center: bool
    data_center_status: DataCenterStatus | None = None


class AddonVersionCloudPermissionLinks(Wire, kw_only=True):
    """Where a scope is explained."""

    alternate: Link


class AddonVersionCloudPermission(Wire, kw_only=True):
    """A scope of a Forge app."""

    links: AddonVersionCloudPermissionLinks | None = field(name="_links", default=None)
    key: str
    name: str | None = None
    description: str | None = None


class AddonVersionCloudDeployment(Wire, kw_only=True):
    """The Forge identities of a version for cloud."""

    app_id: str
    app_environment_id: str
    app_version_id: str
    app_scopes: list[AddonVersionCloudPermission] | None = None


class AddonVersionLinks(Wire, kw_only=True):
    """Links of a version; `edit` and `approval` are for contacts."""

    self_: Link | None = field(name="self", default=None)
    alternate: Link | None = None
    agreement: Link | None = None
    artifact: Link | None = None
    functional_categories: list[Link]
    edit: Link | None = None
    approval: Link | None = None
    transition: Link | None = None
    hero: Link | None = None
    license: Link | None = None


class AddonVersionEmbedded(Wire, kw_only=True):
    """What a version embeds."""

    artifact: AddonArtifactAssetSummary | None = None
    functional_categories: list[AddonCategorySummary]
    hero: ImageAssetSummary | None = None
    highlights: list[AddonHighlight]
    screenshots: list[Screenshot]
    instructions: list[AddonInstruction] | None = None
    license: LicenseType | None = None


class AddonVersion(Wire, kw_only=True):
    """A version of an app."""

    links: AddonVersionLinks = field(name="_links")
    embedded: AddonVersionEmbedded | None = field(name="_embedded", default=None)
    build_number: int | None = None
    name: str | None = None
    status: VersionStatus
    payment_model: PaymentModel | None = None
    release: AddonVersionReleaseProperties | None = None
    youtube_id: str | None = None
    vendor_links: AddonVersionExternalLinks | None = None
    compatibilities: list[Compatibility] | None = None
    text: AddonVersionText | None = None
    static: bool | None = None
    deployable: bool | None = None
    integration_type: IntegrationType | None = None
    legacy: AddonVersionLegacyProperties | None = None
    deployment: AddonVersionDeployment | None = None
    cloud: AddonVersionCloudDeployment | None = None
    cloud_compliance_boundaries: list[Boundary] | None = None


class AddonVersionSummaryLinks(Wire, kw_only=True):
    """Links of a version in a list."""

    self_: Link = field(name="self")
    artifact: Link | None = None
    functional_categories: list[Link]


class AddonVersionSummaryEmbedded(Wire, kw_only=True):
    """What a version in a list embeds."""

    artifact: AddonArtifactAssetSummary | None = None
    functional_categories: list[AddonCategorySummary]


class AddonVersionSummary(Wire, kw_only=True):
    """A version in a list."""

    links: AddonVersionSummaryLinks = field(name="_links")
    embedded: AddonVersionSummaryEmbedded = field(name="_embedded")
    name: str
    status: VersionStatus
    payment_model: PaymentModel
    release: AddonVersionReleaseProperties
    static: bool
    deployable: bool
    deployment: AddonVersionDeploymentSummary
    vendor_links: AddonVersionExternalLinks
    cloud_compliance_boundaries: list[Boundary] | None = None

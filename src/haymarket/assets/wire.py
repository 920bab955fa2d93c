"""Assets as documents (related.md, 3)."""

import msgspec
from msgspec import field

from haymarket import paths
from haymarket.assets.model import Asset
from haymarket.hal import ImageAssetLinks, Link, LinkTemplate, Wire, image_summary, template


class AssetsCollectionLinks(Wire):
    """Where to send files to."""

    self_: Link = field(name="self")
    artifact: Link
    fetch_artifact: Link
    image_by_type: LinkTemplate


class HasAssetsCollectionLinks(Wire):
    """The collection: nothing but links, what was uploaded is not listed."""

    links: AssetsCollectionLinks = field(name="_links")


class AssetFileInfo(Wire):
    """The original file name, and the size in bytes."""

    logical_file_name: str
    size: int


class AddonArtifactAssetLinks(Wire):
    """Links of an artifact: `self` names it, `binary` is the file, `remote` where it came from."""

    self_: Link = field(name="self")
    binary: Link
    remote: Link | None = None


class AddonArtifactAsset(Wire):
    """An artifact."""

    links: AddonArtifactAssetLinks = field(name="_links")
    file_info: AssetFileInfo | None = None


class AddonArtifactAssetSummary(Wire):
    """An artifact as a version embeds it."""

    links: AddonArtifactAssetLinks = field(name="_links")


class ImageAsset(Wire):
    """An image."""

    links: ImageAssetLinks = field(name="_links")
    file_info: AssetFileInfo | None = None


COLLECTION = HasAssetsCollectionLinks(
    links=AssetsCollectionLinks(
        self_=Link(paths.ASSETS),
        artifact=Link(paths.ASSETS_ARTIFACT),
        fetch_artifact=Link(paths.ASSETS_FETCH),
        image_by_type=template(paths.image_by_type()),
    )
)


def artifact_summary(
    base_url: str, name: str, binary_href: str | None = None, remote: str | None = None
) -> AddonArtifactAssetSummary:
    """The embedded form of the artifact `name`.

    `binary_href` is the absolute address of the download; without one, of the uploader's own
    copy, as long as no version gives the artifact a public address.
    """
    return AddonArtifactAssetSummary(
        links=AddonArtifactAssetLinks(
            self_=Link(paths.asset(name)),
            binary=Link(binary_href or paths.artifact_file(base_url, name)),
            remote=Link(remote) if remote else None,
        )
    )


def to_artifact(base_url: str, asset: Asset) -> AddonArtifactAsset:
    """An artifact as the wire shows it."""
    links = artifact_summary(base_url, asset.name, None, asset.remote).links
    return AddonArtifactAsset(links=links, file_info=_file_info(asset))


def to_image(base_url: str, asset: Asset) -> ImageAsset:
    """An image as the wire shows it; `unscaled` says the type of the upload."""
    links = image_summary(base_url, asset.name).links
    unscaled = Link(links.unscaled.href, asset.content_type)
    return ImageAsset(
        links=msgspec.structs.replace(links, unscaled=unscaled), file_info=_file_info(asset)
    )


def to_wire(base_url: str, asset: Asset) -> ImageAsset | AddonArtifactAsset:
    """An asset of either kind."""
    to_its_kind = to_artifact if asset.kind == "artifact" else to_image
    return to_its_kind(base_url, asset)


def _file_info(asset: Asset) -> AssetFileInfo:
    return AssetFileInfo(logical_file_name=asset.file_name, size=asset.size)

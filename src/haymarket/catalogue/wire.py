"""Apps as documents: full, in lists, and in short (apps.md, C and F)."""

from msgspec import convert

from haymarket import paths
from haymarket.apps.model import App
from haymarket.catalogue import schemas
from haymarket.catalogue.listing import Listing
from haymarket.catalogue.schemas_lists import (
    AddonListing,
    AddonListingEmbedded,
    AddonListingLinks,
    BriefSearchResultItem,
    BriefSearchResultItemLinks,
)
from haymarket.categories.wire import AddonCategorySummary
from haymarket.categories.wire import summary as category_summary
from haymarket.clock import wire_time
from haymarket.hal import (
    HTML,
    ImageAssetSummary,
    Link,
    LinkTemplate,
    PricingLinkTemplate,
    image_summary,
    page,
    template,
)
from haymarket.vendors.schemas import VendorSummary
from haymarket.vendors.wire import summary as vendor_summary
from haymarket.versions.schemas import AddonVersion, AddonVersionSummary
from haymarket.versions.wire import Site


def to_wire(site: Site, listing: Listing, version: AddonVersion | None = None) -> schemas.Addon:
    """The full document of an app, as this caller may see it."""
    app = listing.app
    asked = app.after_approval if app.after_approval != "public" else None
    return schemas.Addon(
        links=_links(site, listing),
        embedded=_embedded(site, listing, version),
        name=app.name,
        key=app.key,
        status=app.status,
        summary=app.summary,
        tag_line=app.tag_line,
        tags=convert(app.tags, schemas.Tags | None),
        vendor_links=convert(app.links, schemas.AddonExternalLinks),
        google_analytics_id=app.google_analytics_id,
        legacy=convert(app.legacy, schemas.AddonLegacyProperties | None),
        marketing=_marketing(app),
        last_modified=wire_time(app.modified_at),
        codegeist=app.flags.codegeist or None,
        status_after_approval=asked,
        community_enabled=app.community_enabled,
        jsd_embedded_data_key=app.jsd_embedded_data_key,
        data_center_review_issue_key=app.flags.data_center_review_issue,
        stores_personal_data=app.stores_personal_data,
    )


def to_summary(
    site: Site,
    listing: Listing,
    hosting: str | None = None,
    version: AddonVersionSummary | None = None,
) -> schemas.AddonSummary:
    """An app as lists show it; `hosting` is what web links carry."""
    app = listing.app
    return schemas.AddonSummary(
        links=schemas.AddonSummaryLinks(
            self_=Link(paths.app(app.key)),
            alternate=_web_page(app, hosting),
            categories=_category_links(app),
            distribution=Link(paths.app_part(app.key, "distribution")),
            logo=Link(paths.asset(app.logo)) if app.logo else None,
            reviews=_reviews(app, hosting),
            vendor=Link(paths.vendor(app.vendor_id)),
            versions=Link(paths.versions(app.key)),
        ),
        embedded=schemas.AddonSummaryEmbedded(
            categories=_categories(listing),
            distribution=distribution(app),
            logo=image_summary(site.base_url, app.logo) if app.logo else None,
            reviews=_stars(app),
            vendor=_vendor(site, listing),
            version=version,
            last_modified=wire_time(app.modified_at),
        ),
        id=str(app.id),
        name=app.name,
        key=app.key,
        tag_line=app.tag_line,
        summary=app.summary,
        status=app.status,
    )


def to_listing(site: Site, app: App) -> AddonListing:
    """An app in short; its image is the banner, or else the logo."""
    image = app.banner or app.logo
    return AddonListing(
        links=AddonListingLinks(
            self_=Link(paths.app(app.key)),
            alternate=_web_page(app, None),
            image=Link(paths.asset(image)) if image else None,
            reviews=template(paths.reviews_template(app.key)),
            vendor=Link(paths.vendor(app.vendor_id)),
        ),
        embedded=AddonListingEmbedded(
            image=image_summary(site.base_url, image) if image else None, reviews=_stars(app)
        ),
        key=app.key,
        name=app.name,
        last_modified=wire_time(app.modified_at),
    )


def to_brief(app: App) -> BriefSearchResultItem:
    """An app as the brief search shows it."""
    logo = Link(paths.asset(app.logo)) if app.logo else None
    links = BriefSearchResultItemLinks(alternate=_web_page(app, None), logo=logo)
    return BriefSearchResultItem(name=app.name, key=app.key, links=links)


def pricing_links(key: str, app_id: int, name: str) -> list[PricingLinkTemplate]:
    """The template of price lists, and the web page about them."""
    tab = paths.app_tab(app_id, name, "pricing")
    href = paths.pricing_template(key)
    return [PricingLinkTemplate(href, True, href), PricingLinkTemplate(tab, type=HTML)]


def _links(site: Site, listing: Listing) -> schemas.AddonLinks:
    app = listing.app
    own = site.caller.belongs_to(app.vendor_id)
    manage = page(paths.manage_app(app.id)) if own else None
    release = own and app.state.approved and app.status in ("readytolaunch", "private")
    return schemas.AddonLinks(
        self_=Link(paths.app(app.key)),
        alternate=_web_page(app, None),
        banner=Link(paths.asset(app.banner)) if app.banner else None,
        categories=_category_links(app),
        logo=Link(paths.asset(app.logo)) if app.logo else None,
        pricing=pricing_links(app.key, app.id, app.name),
        support=page(paths.app_tab(app.id, app.name, "support")),
        title_logo=Link(paths.asset(app.title_logo)) if app.title_logo else None,
        tokens=Link(paths.app_part(app.key, "tokens")),
        distribution=Link(paths.app_part(app.key, "distribution")),
        recommendations=template(paths.recommendations_query(app.key)),
        reviews=_reviews(app, None),
        vendor=Link(paths.vendor(app.vendor_id)),
        versions=Link(paths.versions(app.key)),
        watch=Link(paths.app_part(app.key, "watch")),
        approval=Link(paths.app_part(app.key, "approval")) if own else None,
        edit=manage,
        transition=manage if app.status in ("private", "rejected") else None,
        release=Link(paths.app_part(app.key, "release")) if release else None,
        feedbacks=template(paths.feedbacks_template(app.key)) if own else None,
    )


def _embedded(site: Site, listing: Listing, version: AddonVersion | None) -> schemas.AddonEmbedded:
    app = listing.app

    def image(name: str | None) -> ImageAssetSummary | None:
        return image_summary(site.base_url, name) if name else None

    return schemas.AddonEmbedded(
        banner=image(app.banner),
        categories=_categories(listing),
        logo=image(app.logo),
        title_logo=image(app.title_logo),
        distribution=distribution(app),
        reviews=_stars(app),
        vendor=_vendor(site, listing),
        version=version,
    )


def _web_page(app: App, hosting: str | None) -> Link:
    if hosting is None:
        return page(paths.app_tab(app.id, app.name, "overview"))
    return page(paths.app_tab(app.id, app.name, "overview", hosting))


def _category_links(app: App) -> list[Link]:
    return [Link(paths.category(each)) for each in app.category_ids]


def _categories(listing: Listing) -> list[AddonCategorySummary]:
    ordered = sorted(listing.categories, key=lambda category: category.id)
    return [category_summary(each) for each in ordered]


def distribution(app: App) -> schemas.AddonDistributionSummary:
    """What is counted of an app."""
    figures = app.figures
    return schemas.AddonDistributionSummary(
        bundled=figures.bundled,
        bundled_cloud=figures.bundled_cloud,
        downloads=figures.downloads,
        total_installs=figures.installs,
        total_users=figures.users,
    )


def _reviews(app: App, hosting: str | None) -> list[LinkTemplate]:
    tab = paths.app_tab(app.id, app.name, "reviews", hosting)
    return [template(paths.reviews_template(app.key)), LinkTemplate(tab, type=HTML)]


def _stars(app: App) -> schemas.ReviewCollectionSummary:
    return schemas.ReviewCollectionSummary(
        average_stars=app.figures.stars, count=app.figures.reviews
    )


def _vendor(site: Site, listing: Listing) -> VendorSummary:
    own = site.caller.belongs_to(listing.vendor.id)
    return vendor_summary(listing.vendor, site.base_url, own)


def _marketing(app: App) -> schemas.AddonMarketingProperties | None:
    labels = list(app.flags.marketing_labels)
    return schemas.AddonMarketingProperties(marketing_labels=labels) if labels else None

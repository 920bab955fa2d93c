"""Every URL of Haymarket, once: documents link to anything without importing it."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, unquote

API = "/rest/2"
OWN = "/rest/haymarket/1"
"""What Haymarket has beyond the API that it speaks."""

ADDONS = f"{API}/addons"
APPLICATIONS = f"{API}/applications"
ASSETS = f"{API}/assets"
ASSETS_ARTIFACT = f"{ASSETS}/artifact"
ASSETS_FETCH = f"{ASSETS_ARTIFACT}/fetch"
ASSETS_IMAGE = f"{ASSETS}/image"
CATEGORIES = f"{API}/addonCategories"
LICENCE_TYPES = f"{API}/licenseTypes"
PRODUCTS = f"{API}/products"
VENDORS = f"{API}/vendors"
DOWNLOADS = "/download/apps"
APPLICATION_LOGOS = "/files/applications"
PICTURES = "/files/people"
OPENAPI = f"{API}/openapi.json"
POSTMAN = f"{API}/postman.json"
API_PAGE = f"{API}/docs"
OWN_APPS = f"{OWN}/apps"
OWN_REVIEWS = f"{OWN}/reviews"
HEARTBEATS = f"{OWN}/heartbeats"
OWN_VENDORS = f"{OWN}/vendors"
SANDBOX_CLOCK = "/sandbox/clock"
SANDBOX_RESET = "/sandbox/reset"
SANDBOX_SCENARIOS = "/sandbox/scenarios"

FILES = "/files"
SCOPES_PAGE = f"{API_PAGE}#scopes"

APP_FILTERS = (
    "application,applicationBuild,category*,cloudFortifiedStatus*,cost,filter,forThisUser,"
    "hosting*,includeHidden,includePrivate,marketingLabel*,text,withVersion,withPricingInfo,"
    "storesPersonalData,cloudComplianceBoundaries*"
)
VERSION_FILTERS = "afterVersion,application,applicationBuild,cost,hosting,includePrivate"

Query = Iterable[tuple[str, str]]

_PLAIN = re.compile(r"[A-Za-z0-9_.~-]*")
"""Texts that need no encoding, as nearly all keys and names of assets."""


def segment(text: str) -> str:
    """One path segment, percent-encoded, slashes included."""
    return text if _PLAIN.fullmatch(text) else quote(text, safe="")


def with_query(path: str, query: Query) -> str:
    """`path` with the query sorted by name, as `self` links echo it (general.md, 5)."""
    encoded = "&".join(_parameter(*pair) for pair in sorted(query, key=lambda pair: pair[0]))
    return f"{path}?{encoded}" if encoded else path


@lru_cache(2000)
def _parameter(name: str, value: str) -> str:
    return f"{segment(name)}={segment(value)}"


def slug(name: str) -> str:
    """A name as web addresses show it: lower case, ASCII where possible, words joined by `-`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "app"


# --- apps -----------------------------------------------------------------------------------


def app(key: str) -> str:
    return f"{ADDONS}/{segment(key)}"


def app_part(key: str, part: str) -> str:
    """A sub-resource of an app, such as `versions`, `watch` or `reviews`."""
    return f"{app(key)}/{part}"


def app_page(app_id: int, name: str) -> str:
    return f"/apps/{app_id}/{slug(name)}"


def app_tab(app_id: int, name: str, tab: str, hosting: str | None = None) -> str:
    query = [("tab", tab)] if hosting is None else [("hosting", hosting), ("tab", tab)]
    return with_query(app_page(app_id, name), query)


def manage_app(app_id: int) -> str:
    return f"/manage/apps/{app_id}"


def apps_query() -> str:
    return f"{ADDONS}{{?{APP_FILTERS},offset,limit}}"


def apps_of_vendor(vendor_id: int) -> str:
    return f"{ADDONS}/vendor/{vendor_id}"


def archived_of_vendor(vendor_id: int) -> str:
    return f"{ADDONS}/archived/vendor/{vendor_id}"


def banners_query() -> str:
    return f"{ADDONS}/listings/banners{{?{APP_FILTERS},offset,limit}}"


def recommendations_query(key: str) -> str:
    return f"{app(key)}/recommendations{{?{APP_FILTERS},offset,limit}}"


def pricing_template(key: str) -> str:
    return f"{app(key)}/pricing/{{cloudOrServer}}/{{liveOrPending}}"


def app_pricing(key: str, hosting: str, state: str) -> str:
    """The `live` or `pending` prices of an app on one hosting."""
    return f"{app(key)}/pricing/{hosting}/{state}"


def price_lists(key: str) -> str:
    return f"{OWN_APPS}/{segment(key)}/price-lists"


def reviews(key: str) -> str:
    return app_part(key, "reviews")


def review(key: str, review_id: int) -> str:
    return f"{reviews(key)}/id/{review_id}"


def review_page(app_id: int, name: str, review_id: int) -> str:
    return f"{app_tab(app_id, name, 'reviews')}#review-{review_id}"


def flagged_reviews() -> str:
    return f"{OWN_REVIEWS}/flagged"


def hidden_review(review_id: int) -> str:
    return f"{OWN_REVIEWS}/{review_id}/hidden"


def picture(base_url: str, initials: str) -> str:
    """The picture of a person, which is drawn from the initials."""
    return f"{base_url}{PICTURES}/{segment(initials)}.png"


def reviews_template(key: str) -> str:
    return f"{app(key)}/reviews{{?sort,offset,limit}}"


def app_token(key: str, token: str) -> str:
    return f"{app_part(key, 'tokens')}/{segment(token)}"


def app_token_template(key: str) -> str:
    return f"{app_part(key, 'tokens')}/{{token}}"


def feedback_distribution_template(key: str) -> str:
    return f"{app_part(key, 'feedbacks')}/distribution{{?type,startDate,endDate}}"


def feedbacks_template(key: str) -> str:
    return f"{app(key)}/feedbacks{{?type,includeAnonymous,reason,offset,limit}}"


def search_page(query: Query) -> str:
    """The site search that the HTML half of a collection points to."""
    return with_query("/search", query)


# --- versions -------------------------------------------------------------------------------


def versions(key: str) -> str:
    return app_part(key, "versions")


def version(key: str, build: int) -> str:
    return f"{versions(key)}/build/{build}"


def version_approval(key: str, build: int) -> str:
    return f"{version(key, build)}/approval"


def version_page(app_id: int, name: str, build: int) -> str:
    return f"{app_page(app_id, name)}/version-history#b{build}"


def manage_version(app_id: int, build: int) -> str:
    return f"/manage/apps/{app_id}/versions/{build}/details"


def versions_query(key: str) -> str:
    return f"{versions(key)}{{?{VERSION_FILTERS},cloudComplianceBoundary,offset,limit}}"


def version_latest(key: str) -> str:
    return f"{versions(key)}/latest{{?{VERSION_FILTERS},cloudComplianceBoundary}}"


def version_by_build(key: str) -> str:
    return f"{versions(key)}/build/{{pluginBuildNumber}}"


def version_by_name(key: str) -> str:
    return f"{versions(key)}/name/{{name}}{{?hosting}}"


def download(base_url: str, app_id: int, build: int) -> str:
    return f"{base_url}{DOWNLOADS}/{app_id}/version/{build}"


# --- vendors --------------------------------------------------------------------------------


def vendor(vendor_id: int) -> str:
    return f"{VENDORS}/{vendor_id}"


def vendor_part(vendor_id: int, part: str) -> str:
    return f"{vendor(vendor_id)}/{part}"


def vendor_page(vendor_id: int, name: str) -> str:
    return f"/vendors/{vendor_id}/{slug(name)}"


def manage_vendor(vendor_id: int) -> str:
    return f"/manage/vendors/{vendor_id}"


def vendors_query() -> str:
    return f"{VENDORS}{{?excludeAtlassian,forThisUser,text,offset,limit}}"


# --- applications, categories, licences -----------------------------------------------------


def application(key: str) -> str:
    return f"{APPLICATIONS}/{segment(key)}"


def application_versions(key: str) -> str:
    return f"{application(key)}/versions"


def application_version(key: str, build: int) -> str:
    return f"{application_versions(key)}/build/{build}"


def application_logo(base_url: str, key: str) -> str:
    return f"{base_url}{APPLICATION_LOGOS}/{segment(key)}.png"


def category(category_id: int) -> str:
    return f"{CATEGORIES}/{category_id}"


def categories_of(application_key: str) -> str:
    return f"{CATEGORIES}/app/{segment(application_key)}"


def licence_type(key: str) -> str:
    return f"{LICENCE_TYPES}/{segment(key)}"


# --- assets ---------------------------------------------------------------------------------


def asset(name: str) -> str:
    return f"{ASSETS}/{segment(name)}"


def image_by_type() -> str:
    return f"{ASSETS_IMAGE}/{{imageType}}"


def image_file(base_url: str, file_id: str) -> str:
    return f"{base_url}{FILES}/{file_id}"


def artifact_file(base_url: str, name: str) -> str:
    """The file of the artifact `artifact/<uuid>/<file>`, for those who may have it."""
    return f"{base_url}{FILES}/artifacts/{name.removeprefix('artifact/')}"


# --- watching -------------------------------------------------------------------------------


def feed(key: str) -> str:
    return f"{OWN_APPS}/{segment(key)}/feed"


def webhooks(vendor_id: int) -> str:
    return f"{OWN_VENDORS}/{vendor_id}/webhooks"


def webhook(vendor_id: int, webhook_id: int) -> str:
    return f"{webhooks(vendor_id)}/{webhook_id}"


def deliveries(vendor_id: int, webhook_id: int) -> str:
    return f"{webhook(vendor_id, webhook_id)}/deliveries"


def delivery(vendor_id: int, webhook_id: int, delivery_id: int) -> str:
    return f"{deliveries(vendor_id, webhook_id)}/{delivery_id}"


# --- the sandbox ----------------------------------------------------------------------------


def scenario(name: str) -> str:
    return f"{SANDBOX_SCENARIOS}/{segment(name)}"


# --- reading links back ---------------------------------------------------------------------


def last_segment(href: str, collection: str) -> str | None:
    """What follows `collection/` in a link that points there, decoded; None for other links.

    Links may be absolute, since clients resolve them: only the path counts.
    """
    path = re.sub(r"^https?://[^/]+", "", href).split("?")[0].split("#")[0]
    prefix = f"{collection}/"
    if not path.startswith(prefix):
        return None
    rest = path.removeprefix(prefix)
    return unquote(rest) if rest and "/" not in rest else None

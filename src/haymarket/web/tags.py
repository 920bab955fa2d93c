"""The resources of the API: what an operation belongs to, told from its path."""

import re
from collections.abc import Mapping

TAGS: Mapping[str, str] = {
    "Entry point": "Where a client starts: links to the collections.",
    "Apps": "Apps: lists and search, one app, its approval and release.",
    "App versions": "Versions of apps: what they run on, their artifacts and their approval.",
    "App metrics": "How many people have an app, and why some removed it.",
    "Pricing": "Prices: those that are live, and those that wait.",
    "Reviews": "What people think of an app.",
    "Access tokens": "Tokens that open a private app to a customer.",
    "Privacy and security": "What an app does with data.",
    "Migrations": "How customers move from one hosting to another.",
    "Watching": "Hearing of what happens to apps: by mail, feed and webhook.",
    "Vendors": "Who publishes apps, and the people who may act for them.",
    "Reporting": "What vendors learn of sales, licences and use.",
    "Assets": "Files: artifacts and images, uploaded before documents refer to them.",
    "Downloads": "The artifacts of versions, byte for byte.",
    "Applications": "The products that apps are made for, with their versions.",
    "Products": "Products that are offered beside apps.",
    "Categories": "What apps are sorted into.",
    "License types": "Licences that a version may name.",
}
"""The tags in the order of the documentation."""

RULES = (
    (r"/rest/haymarket/1/feedbacks", "App metrics"),
    (r"/addons/[^/]+/versions", "App versions"),
    (r"/addons/[^/]+/(distribution|feedbacks)", "App metrics"),
    (r"/rest/haymarket/1/heartbeats", "App metrics"),
    (r"/addons/[^/]+/watch", "Watching"),
    (r"/rest/haymarket/1/(apps/[^/]+/feed|vendors/[^/]+/webhooks)", "Watching"),
    (r"/addons/[^/]+/pricing", "Pricing"),
    (r"/rest/haymarket/1/apps/[^/]+/price-lists", "Pricing"),
    (r"/addons/[^/]+/reviews", "Reviews"),
    (r"/rest/haymarket/1/reviews", "Reviews"),
    (r"/addons/[^/]+/tokens", "Access tokens"),
    (r"/addons/[^/]+/privacy-and-security", "Privacy and security"),
    (r"/addons/[^/]+/migration", "Migrations"),
    (r"/addons", "Apps"),
    (r"/vendors/[^/]+/(.*reporting|partner-metrics)", "Reporting"),
    (r"/vendors", "Vendors"),
    (r"/assets", "Assets"),
    (r"/download", "Downloads"),
    (r"/applications", "Applications"),
    (r"/products", "Products"),
    (r"/addonCategories", "Categories"),
    (r"/licenseTypes", "License types"),
    (r"/", "Entry point"),
)


def tag_of(path: str) -> str:
    """The tag of an operation by its path below the API; the first rule that fits decides."""
    return next(tag for pattern, tag in RULES if re.match(pattern, path))

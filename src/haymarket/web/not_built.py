"""The operations of the API that this version does not serve yet: one table, and its routes.

Whoever builds one of them takes its line out. Each answers 501, so that a client can tell an
operation that is not there yet from an address that is wrong.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from litestar import Response, route
from litestar.handlers import HTTPRouteHandler

from haymarket import paths
from haymarket.errors import NotBuilt
from haymarket.web.names import in_python

Rows = tuple[tuple[str, str, str], ...]
LIST_OF_THEM = f"{paths.API_PAGE}#not-served"
NUMBERS = frozenset({"vendorId"})

BY_PLACE: Mapping[str, Rows] = {
    "/addons/{addonKey}": (
        ("GET", "/privacy-and-security", "Get app privacy and security information"),
        (
            "PUT",
            "/privacy-and-security",
            "Create/Update app draft version of privacy and security info",
        ),
        (
            "PATCH",
            "/privacy-and-security",
            "Update draft version of privacy and security info for the specific app",
        ),
        ("DELETE", "/privacy-and-security", "Delete draft version of privacy and security info"),
        ("PUT", "/privacy-and-security/publish", "Publish app privacy and security info"),
        ("GET", "/migration", "Get migration info"),
        ("PUT", "/migration", "Create migration info"),
        ("PATCH", "/migration", "Update migration info"),
    ),
    "/products": (
        ("GET", "", "Get products"),
        ("GET", "/key/{productKey}", "Get product"),
        ("GET", "/key/{productKey}/versions", "Get product versions"),
        (
            "GET",
            "/key/{productKey}/versions/build/{buildNumber}",
            "Get product version (by number)",
        ),
        ("GET", "/key/{productKey}/versions/latest", "Get product version (latest)"),
        ("GET", "/key/{productKey}/versions/name/{versionName}", "Get product version (by name)"),
    ),
    "/vendors/{vendorId}/reporting": (
        ("GET", "", "Get reporting links"),
        ("GET", "/evaluations/{metric}", "Get aggregated evaluations"),
        ("GET", "/feedback/details", "Get feedback"),
        ("GET", "/feedback/details/export", "Export feedback"),
        ("GET", "/feedback/metrics/{metric}", "Get aggregated feedback"),
        ("GET", "/licenses", "Get licenses"),
        ("GET", "/licenses/export", "Export licenses"),
        ("POST", "/licenses/async/export", "Initiate Async Export licenses"),
        ("GET", "/licenses/async/export/{exportId}/status", "Get status Async Export licenses"),
        ("GET", "/licenses/async/export/{exportId}", "Download Async Export licenses"),
        (
            "POST",
            "/marketing-attribution/async/export",
            "Initiate Async Export marketing attribution",
        ),
        ("GET", "/async/export/{exportId}/status", "Get status Async Export marketing attribution"),
        ("GET", "/async/export/{exportId}", "Download Async Export marketing attribution"),
        ("GET", "/benchmark/evaluations", "Get Cloud evaluation benchmark"),
        ("GET", "/benchmark/sales", "Get Cloud sales benchmark"),
        ("GET", "/customer-insights/regions", "Get Customer Insights (By Region)"),
        ("GET", "/customer-insights/editions", "Get Customer Insights (By Edition)"),
        ("GET", "/customer-insights/active-users", "Get Customer Insights (By ActiveUsers)"),
        ("GET", "/customer-insights/tiers", "Get Customer Insights (By Tier)"),
        ("GET", "/search-keywords/source/{sourceKey}", "Get Top Search Keywords (By source)"),
        (
            "GET",
            "/search-keywords/source/{sourceKey}/export",
            "Export Top Search Keywords (By source)",
        ),
        (
            "GET",
            "/zero-search-results-keywords/source/{sourceKey}",
            "Get Zero Search Results Keywords",
        ),
        (
            "GET",
            "/zero-search-results-keywords/source/{sourceKey}/export",
            "Export Zero Search Results Keywords",
        ),
        ("GET", "/search-keywords", "Get Search Keywords (By Partner)"),
        ("GET", "/search-keywords/export", "Export Search Keywords (By Partner)"),
        ("GET", "/app-requests-and-approvals", "Get App requests and approvals"),
    ),
    "/vendors/{vendorId}/reporting/sales": (
        ("GET", "/metrics/churn", "Get Cloud churn"),
        ("GET", "/metrics/conversion", "Get Cloud conversions"),
        ("GET", "/metrics/renewal", "Get Cloud renewals"),
        ("GET", "/metrics/{saleMetric}/details", "Get Cloud license events"),
        ("GET", "/metrics/{saleMetric}/details/export", "Export Cloud license events"),
        ("GET", "/transactions", "Get transactions"),
        ("GET", "/transactions/export", "Export transactions"),
        ("POST", "/transactions/async/export", "Initiate Async Export transactions"),
        (
            "GET",
            "/transactions/async/export/{exportId}/status",
            "Get Status Async Export transactions",
        ),
        ("GET", "/transactions/async/export/{exportId}", "Download Async Export transactions"),
        ("GET", "/transactions/{metric}", "Get aggregated sales"),
        ("GET", "/freeStarterTier/export", "Export free starter tier entitlements"),
        ("GET", "/metrics/churn/benchmark", "Get Cloud churn benchmark"),
    ),
    "/vendors/{vendorId}": (
        ("GET", "/addons/{addonKey}/reporting/search-keywords", "Get Search Keywords (By App)"),
        (
            "GET",
            "/addons/{addonKey}/reporting/search-keywords/export",
            "Export Search Keywords (By App)",
        ),
        ("POST", "/partner-metrics", "Fetch metric time series"),
    ),
}
"""By the start of their path: method, rest of the path, summary."""


@dataclass(frozen=True)
class Operation:
    """An operation that is not served. `path` is below the API, as the API writes it."""

    method: str
    path: str
    summary: str

    @property
    def address(self) -> str:
        """The path as the router takes it."""
        return paths.API + re.sub(r"\{(\w+)\}", _parameter, self.path)


OPERATIONS = tuple(
    Operation(method, place + rest, summary)
    for place, rows in BY_PLACE.items()
    for method, rest, summary in rows
)


def routes_beside(served: Iterable[HTTPRouteHandler]) -> list[HTTPRouteHandler]:
    """A route for each operation of the table that none of the `served` handlers answers."""
    taken = {
        (method, shape_of(path))
        for handler in served
        for method in handler.http_methods
        for path in handler.paths
    }
    return [
        _refusal(each) for each in OPERATIONS if (each.method, shape_of(each.address)) not in taken
    ]


def shape_of(path: str) -> str:
    """A path without the names of its parameters, to compare by."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def _refusal(operation: Operation) -> HTTPRouteHandler:
    @route(
        operation.address,
        http_method=operation.method,  # type: ignore[arg-type]
        include_in_schema=False,
        sync_to_thread=False,
        opt={"not_built": True},
    )
    def refuse() -> Response[None]:
        """Tell that it is not served yet, and where the list is."""
        raise NotBuilt(
            f"{operation.summary} ({operation.method} {operation.path}): this version of Haymarket"
            f" does not serve this operation yet; see {LIST_OF_THEM}"
        )

    return refuse


def _parameter(found: re.Match[str]) -> str:
    kind = "int" if found[1] in NUMBERS else "str"
    return f"{{{in_python(found[1])}:{kind}}}"

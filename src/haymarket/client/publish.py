"""Publishes what was planned: the upload, then the version."""

from dataclasses import dataclass

from haymarket.client.counted import Counted, Step
from haymarket.client.links import link
from haymarket.client.marketplace import Marketplace
from haymarket.client.outcomes import Refused
from haymarket.client.plan import Plan


@dataclass(frozen=True)
class Published:
    """A version that the marketplace has now. `status` says whether everyone gets it already."""

    app: str
    version: str
    build: int
    status: str
    address: str


def publish(marketplace: Marketplace, plan: Plan, step: Step) -> Published:
    """Upload the package, `step` by step, and create the version. Raises Refused.

    A second call after a failure in between uploads again; an upload that no version refers to is
    harmless.
    """
    if plan.problems:
        raise Refused(*plan.problems)
    where = link(marketplace.collection("assets"), "artifact")
    with Counted(plan.package.path, step) as file:
        asset = marketplace.upload(where, plan.package.path.name, file)
    document = {"_links": {"artifact": {"href": link(asset, "self")}}, **plan.document}
    version = marketplace.get(marketplace.post(plan.versions, document))
    return Published(
        app=plan.app["key"],
        version=version["name"],
        build=version["buildNumber"],
        status=version["status"],
        address=link(version, "self"),
    )

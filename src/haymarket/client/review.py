"""Decides about an app, or about one version of it, as an administrator does."""

from collections.abc import Mapping

from haymarket.client.links import Document, link, possible_link
from haymarket.client.marketplace import Marketplace
from haymarket.client.outcomes import Problem, Refused
from haymarket.client.plan import find_app


def find_approval(marketplace: Marketplace, key: str, version: str | None) -> str:
    """The address of the approval of an app, or of its version with a name. Raises Refused."""
    subject = find_app(marketplace, key)
    if version is not None:
        subject = _version(marketplace, subject, version)
    where = possible_link(subject, "approval")
    if where is None:
        raise Refused(Problem(f"The review of {key} is not visible to you"))
    return where


def check_decision(marketplace: Marketplace, approval: str) -> None:
    """Raises Refused when nothing waits for a decision; changes nothing."""
    found = marketplace.find(approval)
    if found is None:
        raise Refused(Problem("It was never submitted", "/status"))
    status = found.get("status")
    if status != "pending":
        raise Refused(Problem(f"It is {status} and does not wait for a review", "/status"))


def decide(marketplace: Marketplace, approval: str, decision: Mapping[str, str]) -> None:
    """Approve or reject. Raises Refused."""
    marketplace.put(approval, decision)


def _version(marketplace: Marketplace, app: Document, name: str) -> Document:
    versions = marketplace.get(f"{link(app, 'versions')}?limit=0")
    found = marketplace.follow(versions, "byName", {"name": name})
    if found is None:
        raise Refused(Problem(f"There is no version {name}, or it is not visible to you"))
    return found

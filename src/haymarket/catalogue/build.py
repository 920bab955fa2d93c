"""Makes an app out of what a client sends, or says everything that is wrong with it."""

from dataclasses import replace
from typing import Any

from msgspec import to_builtins

from haymarket import paths
from haymarket.apps.model import App, problems_of_texts
from haymarket.assets.model import ImageType
from haymarket.catalogue.incoming import AppIn
from haymarket.errors import Invalid, Problem
from haymarket.html import clean_html
from haymarket.lifecycle.model import AFTER_APPROVAL, AfterApproval
from haymarket.versions.addresses import problems_of_addresses
from haymarket.versions.incoming import LinkIn
from haymarket.versions.surroundings import Resolved


def make_app(doc: AppIn, start: App, assets: Resolved, categories: frozenset[int]) -> App:
    """The app that `doc` describes, on top of what clients can not set in `start`.

    `assets` has the names of the images by type and address, `categories` are the ids
    that exist. Raises Invalid with every problem, each with its pointer.
    """
    problems: list[Problem] = []
    app = replace(
        start,
        name=doc.name.strip(),
        summary=doc.summary,
        tag_line=doc.tag_line,
        category_ids=_category_ids(doc, categories, problems),
        links=_external_links(doc, problems),
        tags=_tags(doc),
        legacy=_legacy(doc, start, problems),
        google_analytics_id=doc.google_analytics_id,
        jsd_embedded_data_key=doc.jsd_embedded_data_key,
        community_enabled=bool(doc.community_enabled),
        stores_personal_data=bool(doc.stores_personal_data),
        after_approval=_after_approval(doc, start, problems),
        logo=_image("logo", doc.links.logo, assets),
        banner=_image("banner", doc.links.banner, assets),
        title_logo=_image("title-logo", doc.links.title_logo, assets),
    )
    problems += problems_of_texts(app)
    if problems:
        raise Invalid(problems[0].message, problems[0].path, problems=tuple(problems))
    return app


def _image(kind: ImageType, link: LinkIn | None, assets: Resolved) -> str | None:
    return assets[kind, link.href] if link else None


def _category_ids(doc: AppIn, known: frozenset[int], problems: list[Problem]) -> tuple[int, ...]:
    found: list[int] = []
    for index, link in enumerate(doc.links.categories or ()):
        segment = paths.last_segment(link.href, paths.CATEGORIES) or ""
        category_id = int(segment) if segment.isdecimal() and len(segment) < 10 else -1
        if category_id not in known:
            at = f"/_links/categories/{index}"
            problems.append(Problem(f"There is no category at {link.href}", at))
        elif category_id not in found:
            found.append(category_id)
    return tuple(found)


def _external_links(doc: AppIn, problems: list[Problem]) -> dict[str, str]:
    links: dict[str, str] = to_builtins(doc.vendor_links) if doc.vendor_links else {}
    problems += problems_of_addresses(links, "/vendorLinks")
    return links


def _tags(doc: AppIn) -> dict[str, list[dict[str, str]]] | None:
    if doc.tags is None:
        return None
    kept: dict[str, list[dict[str, str]]] = to_builtins(doc.tags)
    kept.pop("marketing", None)
    return kept


def _legacy(doc: AppIn, start: App, problems: list[Problem]) -> dict[str, Any] | None:
    """Old values may change where they exist already; new apps do not get them."""
    if start.legacy is None or doc.legacy is None:
        return start.legacy
    legacy: dict[str, Any] = to_builtins(doc.legacy)
    if legacy.get("description"):
        legacy["description"] = clean_html(legacy["description"])
    problems += problems_of_addresses(legacy["vendorLinks"], "/legacy/vendorLinks")
    return legacy


def _after_approval(doc: AppIn, start: App, problems: list[Problem]) -> AfterApproval:
    asked = doc.status_after_approval
    if asked is None or asked == start.after_approval:
        return start.after_approval
    at = "/statusAfterApproval"
    for possible in AFTER_APPROVAL:
        if possible == asked and not start.state.approved:
            return possible
    if start.state.approved:
        problems.append(Problem("It can not change after the approval", at))
    else:
        problems.append(Problem(f"It is one of {', '.join(AFTER_APPROVAL)}", at))
    return start.after_approval

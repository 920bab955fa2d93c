"""Makes what a version shows of itself out of what a client sends."""

from dataclasses import replace
from typing import Any

from msgspec import to_builtins

from haymarket import paths
from haymarket.errors import Problem
from haymarket.html import clean_html, clean_links
from haymarket.versions import incoming as sent
from haymarket.versions.addresses import is_web_address, problems_of_addresses
from haymarket.versions.incoming import VersionIn
from haymarket.versions.model import Highlight, Instruction, Picture, Presentation
from haymarket.versions.surroundings import Surroundings


def make_presentation(
    doc: VersionIn, known: Surroundings, start: Presentation, problems: list[Problem]
) -> Presentation:
    """The presentation that `doc` describes, on top of `start`; adds to `problems`."""
    text = doc.text or sent.TextIn()
    embedded = doc.embedded or sent.EmbeddedIn()
    licence = _licence(doc, known, problems)
    return replace(
        start,
        release_summary=text.release_summary,
        more_details=text.more_details and clean_html(text.more_details),
        release_notes=text.release_notes and clean_html(text.release_notes),
        youtube_id=doc.youtube_id,
        licence=licence,
        hero=known.assets["hero", doc.links.hero.href] if doc.links.hero else None,
        agreement=_agreement(doc, problems),
        highlights=tuple(_highlight(each, known) for each in embedded.highlights or ()),
        screenshots=tuple(
            Picture(known.assets["screenshot", each.links.image.href], each.caption)
            for each in embedded.screenshots or ()
        ),
        instructions=tuple(_instruction(each, known) for each in embedded.instructions or ()),
        legacy=_legacy(doc, start, problems),
        cloud=to_builtins(doc.cloud) if doc.cloud else None,
        integration_type=doc.integration_type,
    )


def _licence(doc: VersionIn, known: Surroundings, problems: list[Problem]) -> str | None:
    if doc.links.license is None:
        return None
    key = paths.last_segment(doc.links.license.href, paths.LICENCE_TYPES)
    if key not in known.licences:
        problems.append(Problem("There is no such licence type", "/_links/license"))
    return key


def _agreement(doc: VersionIn, problems: list[Problem]) -> str | None:
    if doc.links.agreement is None:
        return None
    href = doc.links.agreement.href
    if not (href.startswith("/") or is_web_address(href)):
        problems.append(Problem("agreement is not a web address", "/_links/agreement"))
    return href


def _legacy(doc: VersionIn, start: Presentation, problems: list[Problem]) -> dict[str, Any] | None:
    """Old values may change where they exist already; new versions do not get them."""
    if not (start.legacy and doc.legacy):
        return start.legacy
    legacy: dict[str, Any] = to_builtins(doc.legacy)
    problems += problems_of_addresses(legacy["vendorLinks"], "/legacy/vendorLinks")
    return legacy


def _highlight(each: sent.HighlightIn, known: Surroundings) -> Highlight:
    return Highlight(
        known.assets["screenshot", each.links.screenshot.href],
        known.assets["screenshot-thumbnail", each.links.thumbnail.href],
        each.title,
        each.body and clean_html(each.body),
        each.explanation,
    )


def _instruction(each: sent.InstructionIn, known: Surroundings) -> Instruction:
    image = each.links and each.links.image
    name = known.assets["screenshot", image.href] if image else None
    return Instruction(clean_links(each.body), name)

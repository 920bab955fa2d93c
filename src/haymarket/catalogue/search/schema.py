"""The fields of the index, and an app as a document of it."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tantivy import Document, Schema, SchemaBuilder

from haymarket.apps.model import App
from haymarket.catalogue.listing import Listing
from haymarket.catalogue.search.words import clean, parts_of, plain, short_name
from haymarket.versions.compatibility import KnownApplication, covered_builds
from haymarket.versions.model import Version

FORMAT = 2
"""Goes up with every change of fields or analysis: an index of another format is rebuilt."""

Known = Mapping[str, KnownApplication]
"""The host applications by their keys and aliases."""

NAMES = ("called", "short_name", "key_called")
TERMS = ("key", "status", "vendor", "category", "label", "flag", "fits", "boundary", *NAMES)
TEXTS = ("name", "parts", "tag_line", "seller", "topic", "keyword", "key_words", "all")
STEMMED = ("name_stem", "text_stem")
ORDERS = ("popular", "rated", "recent", "new", "gross", "trending")
DOCUMENTS = ("full", "in_list", "in_short", "in_brief")


def _schema() -> Schema:
    builder = SchemaBuilder()
    for name in TERMS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in TEXTS:
        builder.add_text_field(name, tokenizer_name="words", index_option="freq")
    for name in STEMMED:
        builder.add_text_field(name, tokenizer_name="stems", index_option="freq")
    for name in ORDERS:
        builder.add_unsigned_field(name, fast=True)
    for name in DOCUMENTS:
        builder.add_bytes_field(name, stored=True)
    builder.add_text_field("by_name", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_float_field("weight", fast=True)
    builder.add_unsigned_field("id", indexed=True, fast=True)
    return builder.build()


SCHEMA = _schema()


@dataclass(frozen=True)
class Kept:
    """An app with all that the index keeps of it; `documents` only for apps that are public."""

    listing: Listing
    versions: Sequence[Version]
    documents: Mapping[str, bytes]


def to_document(kept: Kept, known: Known) -> Document:
    """An app as the index keeps it."""
    fields: dict[str, list[Any]] = {
        **_texts(kept.listing),
        **_terms(kept, known),
        **_orders(kept.listing.app, kept.versions),
        **{name: [content] for name, content in kept.documents.items()},
    }
    return Document.from_dict(fields, SCHEMA)


def _texts(listing: Listing) -> dict[str, list[Any]]:
    app = listing.app
    name, tag_line, summary = (clean(each or "") for each in (app.name, app.tag_line, app.summary))
    keywords = [clean(each.get("name") or each["id"]) for each in _keywords(app)]
    topics = [clean(category.name) for category in listing.categories]
    seller = clean(listing.vendor.name)
    long = " ".join([tag_line, summary, *topics, *keywords])
    return {
        "name": [name],
        "parts": [parts_of(name)],
        "tag_line": [tag_line],
        "seller": [seller],
        "topic": topics,
        "keyword": keywords,
        "key_words": [app.key],
        "all": [f"{name} {seller} {long}"],
        "name_stem": [name],
        "text_stem": [long],
        "called": _one(plain(name)),
        "short_name": _one(short_name(name)),
        "key_called": [plain(app.key)],
        "by_name": [f"{plain(name)}\x00{app.key}"],
    }


def _one(name: str) -> list[str]:
    """A name to compare with; a name without words is none, or it would be like any letter."""
    return [name] if name else []


def _keywords(app: App) -> Sequence[Mapping[str, str]]:
    keywords: Sequence[Mapping[str, str]] = (app.tags or {}).get("keywords", ())
    return keywords


def _terms(kept: Kept, known: Known) -> dict[str, list[Any]]:
    app = kept.listing.app
    return {
        "id": [app.id],
        "key": [app.key],
        "status": [app.status],
        "vendor": [str(app.vendor_id)],
        "category": [category.name for category in kept.listing.categories],
        "label": list(app.flags.marketing_labels),
        "flag": sorted(_flags(kept)),
        "fits": sorted(_fits(kept.versions, known)),
        "boundary": sorted({each.boundary for each in kept.versions if each.boundary}),
    }


def _flags(kept: Kept) -> Iterator[str]:
    app, vendor = kept.listing.app, kept.listing.vendor
    payments = {version.payment_model for version in kept.versions}
    facts = {
        "archived": app.archived_at is not None,
        "on-site": app.flags.hidden == "no",
        "in-product": app.flags.hidden != "everywhere",
        "featured": app.flags.featured,
        "codegeist": app.flags.codegeist,
        "banner": app.banner is not None,
        "personal-data": app.stores_personal_data,
        "atlassian": vendor.is_atlassian,
        "verified": vendor.verified_status == "verified",
        "top-vendor": vendor.top_vendor_status == "approved",
        "partly-free": "free" in payments and len(payments) > 1,
    }
    return (name for name, holds in facts.items() if holds)


def fit(application: str, hosting: str, payment: str, build: int | None = None) -> str:
    """The term of a version that runs on an application, in a hosting, at a payment model."""
    return f"{application}/{hosting}/{payment}" + ("" if build is None else f"/{build}")


def _fits(versions: Iterable[Version], known: Known) -> set[str]:
    found = set()
    for version in versions:
        for each in version.compatibilities:
            application = known.get(each.application)
            for hosting in each.hostings:
                found.add(fit("*", hosting, version.payment_model))
                found.add(fit(each.application, hosting, version.payment_model))
                bounds = each.bounds(hosting)
                covered = covered_builds(bounds, application) if bounds and application else []
                found |= {
                    fit(each.application, hosting, version.payment_model, build)
                    for build in covered
                }
    return found


def _orders(app: App, versions: Sequence[Version]) -> dict[str, list[Any]]:
    installs = app.figures.installs or 0
    paid = any(version.payment_model == "atlassian" for version in versions)
    listed = app.listed_at or app.created_at
    return {
        "popular": [_rank(installs * 1000 + min(app.figures.downloads // 1000, 999), app)],
        "rated": [_rank(round(rating(app) * 1_000_000), app)],
        "recent": [_rank(_seconds(app.modified_at), app)],
        "new": [_rank(_seconds(listed), app)],
        "gross": [_rank((app.figures.users or installs) if paid else 0, app)],
        "trending": [_rank(round(trend(installs, listed) * 1000), app)],
        "weight": [weight(app)],
    }


def rating(app: App) -> float:
    """Stars with ten average reviews added, so that one review of four stars does not lead."""
    return (app.figures.stars * app.figures.reviews + 2.5 * 10) / (app.figures.reviews + 10)


def trend(installs: int, listed: datetime) -> float:
    """Installs against age: ten times as many installs make up for half a year."""
    return math.log10(1 + installs) + _seconds(listed) / (182 * 86_400)


def weight(app: App) -> float:
    """What relevance is multiplied by, from 0 (times 1.0) to 2 (times 2.0): installs and stars."""
    popularity = min(math.log10(1 + (app.figures.installs or 0)) / 5, 1.0)
    return 1.5 * popularity + 0.5 * (rating(app) / 4)


def _seconds(moment: datetime) -> int:
    return max(0, int(moment.astimezone(UTC).timestamp()))


def _rank(value: int, app: App) -> int:
    """A value with the app's number behind it, so that an order has no ties; older apps first."""
    return min(value, 2**39) * 2**24 + (2**24 - 1 - app.id % 2**24)

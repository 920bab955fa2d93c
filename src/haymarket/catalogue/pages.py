"""Pages of apps, from the shelf for strangers and from the truth for everyone with credentials."""

from dataclasses import dataclass

from msgspec import json

from haymarket.accounts.model import Caller
from haymarket.apps.access import may_see
from haymarket.apps.model import App
from haymarket.apps.store import apps_by_id
from haymarket.catalogue import wire
from haymarket.catalogue.collection import collection
from haymarket.catalogue.listing import listings_of
from haymarket.catalogue.query import AppQuery
from haymarket.catalogue.schemas import AddonSummary, Explanation
from haymarket.catalogue.search.ask import Question, Sight, ask, ask_freely
from haymarket.catalogue.search.explain import Texts
from haymarket.catalogue.search.explain import explain as parts_of_score
from haymarket.catalogue.search.index import Found, Hit
from haymarket.catalogue.shelf import Shelf
from haymarket.errors import Unauthorized
from haymarket.hal import encode
from haymarket.paging import Page
from haymarket.storage import Reading
from haymarket.versions.compatibility import host_asked_for
from haymarket.versions.hosts import refuse_lone_build
from haymarket.versions.schemas import AddonVersionSummary
from haymarket.versions.store import newest_public, versions_of
from haymarket.versions.wanted import Wanted, hostings_of, newest
from haymarket.versions.wire import Site, to_summary

_decoder = json.Decoder(AddonSummary)


@dataclass(frozen=True)
class ListOf:
    """A list of apps that is asked for: where, how it is echoed, which window, what in it."""

    path: str
    query: list[tuple[str, str]]
    window: Page
    asked: AppQuery
    flags: tuple[str, ...] = ("!archived",)
    vendor_id: int | None = None


@dataclass(frozen=True)
class Answer:
    """What was found; and the question that found it, where that is to be explained."""

    found: Found
    question: Question | None = None


def wanted_of(shelf: Shelf, asked: AppQuery) -> Wanted:
    """What a version has to be like for its app to be listed. Raises InvalidParameter."""
    refuse_lone_build(asked.application, asked.application_build)
    host = None
    if asked.application is not None:
        known = shelf.application(asked.application)
        host = host_asked_for(known, asked.application, asked.application_build)
    return Wanted(host, hostings_of(asked.hosting), asked.cost, frozenset(asked.boundaries))


def sight_of(caller: Caller, wished: ListOf) -> Sight:
    """Which apps the caller may find. Raises Unauthorized for `forThisUser` of nobody."""
    if wished.asked.for_this_user and caller.is_anonymous:
        raise Unauthorized("forThisUser: authentication is required")
    only = caller.vendors if wished.asked.for_this_user else None
    if wished.vendor_id is not None:
        own = frozenset({wished.vendor_id})
        only = own if only is None else only & own
    return Sight(None if caller.is_admin else caller.vendors, only)


def find(shelf: Shelf, wished: ListOf, sight: Sight) -> Answer:
    """What the shelf answers; the question is put to it once, until it changes."""
    asked, window = wished.asked, wished.window
    if asked.explain:
        return _ask(shelf, wished, sight)
    key = (asked, wished.flags, sight, window.offset, window.limit)
    return Answer(shelf.index.answers.of(key, lambda: _ask(shelf, wished, sight).found))


def _ask(shelf: Shelf, wished: ListOf, sight: Sight) -> Answer:
    """Put the question to the shelf; a text that few apps fit is asked more freely."""
    wanted = wanted_of(shelf, wished.asked)
    window = wished.window
    question = ask(shelf.index, wished.asked, wanted, sight, wished.flags)
    found = shelf.search(question, window.offset, window.limit)
    if found.count < question.few:
        question = ask_freely(shelf.index, wished.asked, wanted, sight, wished.flags)
        found = shelf.search(question, window.offset, window.limit)
    return Answer(found, question)


def from_shelf(shelf: Shelf, caller: Caller, wished: ListOf) -> bytes:
    """A page for a stranger, put together from documents that are kept ready."""
    answer = find(shelf, wished, sight_of(caller, wished))
    items = answer.found.documents("in_list")
    if _is_plain(wished.asked):
        return _page(wished, answer, items)
    summaries = [_decoder.decode(item) for item in items]
    return _page(wished, answer, _dressed(shelf, wished, answer, summaries))


def from_truth(db: Reading, shelf: Shelf, site: Site, wished: ListOf) -> bytes:
    """A page for a caller who sees private apps too, or wants versions with the apps."""
    answer = find(shelf, wished, sight_of(site.caller, wished))
    ids = answer.found.ids()
    kept = apps_by_id(db, ids)
    apps = [kept[each] for each in ids if each in kept and may_see(site.caller, kept[each])]
    versions = _versions(db, shelf, site, wished, apps) if wished.asked.with_version else {}
    summaries = [
        wire.to_summary(site, each, None, versions.get(each.app.id))
        for each in listings_of(db, apps)
    ]
    return _page(wished, answer, _dressed(shelf, wished, answer, summaries))


def _versions(
    db: Reading, shelf: Shelf, site: Site, wished: ListOf, apps: list[App]
) -> dict[int, AddonVersionSummary]:
    """The newest visible version of each app that suits the filters."""
    private = wished.asked.include_private
    if not private and wanted_of(shelf, wished.asked).is_empty:
        public = newest_public(db, [app.id for app in apps])
        return {a.id: to_summary(site, a, public[a.id]) for a in apps if a.id in public}
    everything = versions_of(db, [app.id for app in apps], public_only=not private)
    wanted = wanted_of(shelf, wished.asked)
    found = {}
    for app in apps:
        own = site.caller.belongs_to(app.vendor_id)
        visible = [v for v in everything.get(app.id, ()) if own or v.status == "public"]
        version = newest(visible, wanted)
        if version:
            found[app.id] = to_summary(site, app, version)
    return found


def _is_plain(asked: AppQuery) -> bool:
    return not (asked.web_hosting or asked.explain or asked.with_pricing)


def _page(wished: ListOf, answer: Answer, items: list[bytes]) -> bytes:
    return collection(wished.path, wished.query, wished.window, answer.found.count, items)


def _dressed(
    shelf: Shelf, wished: ListOf, answer: Answer, summaries: list[AddonSummary]
) -> list[bytes]:
    """Summaries with what this question asks for beyond the plain form."""
    hits = dict(zip(map(str, answer.found.ids()), answer.found.hits, strict=True))
    for summary in summaries:
        if wished.asked.web_hosting:
            _carry_hosting(summary, wished.asked.web_hosting)
        if wished.asked.with_pricing:
            links = wire.pricing_links(summary.key, int(summary.id), summary.name)
            summary.links.pricing = links
        if answer.question and answer.question.parts:
            summary.explain = explain(shelf, answer, hits[summary.id], summary)
    return [encode(summary) for summary in summaries]


def _carry_hosting(summary: AddonSummary, hosting: str) -> None:
    for link in (summary.links.alternate, summary.links.reviews[1]):
        link.href = link.href.replace("?tab=", f"?hosting={hosting}&tab=")


def explain(shelf: Shelf, answer: Answer, hit: Hit, summary: AddonSummary) -> Explanation:
    """What each part of the text, and the app's popularity, add to a hit's place."""
    asked = answer.question.parts if answer.question else ()
    parts = parts_of_score(shelf.index, answer.found, hit, asked, _texts_of(summary))
    return Explanation(
        score=round(hit.score, 3),
        parts={name: round(value, 3) for name, value in parts.items()},
        popularity=round(shelf.index.weight(answer.found, hit), 3),
    )


def _texts_of(summary: AddonSummary) -> Texts:
    vendor = summary.embedded.vendor
    return {
        "name": summary.name,
        "tag line": summary.tag_line or "",
        "summary": summary.summary or "",
        "category": " ".join(each.name for each in summary.embedded.categories),
        "vendor": vendor.name if vendor else "",
        "key": summary.key,
    }

"""Recommendations: what is installed together with an app first, then what is like it."""

from dataclasses import dataclass

from haymarket.apps.access import may_see
from haymarket.apps.model import App
from haymarket.apps.store import apps_by_id
from haymarket.catalogue.collection import listing_collection
from haymarket.catalogue.companions import companions_of
from haymarket.catalogue.listing import listing_of
from haymarket.catalogue.pages import ListOf, sight_of, wanted_of
from haymarket.catalogue.schemas_lists import (
    AddonListing,
    AddonListingCollection,
    Recommendation,
)
from haymarket.catalogue.search.ask import Question, alike, among
from haymarket.catalogue.search.index import Found
from haymarket.catalogue.shelf import Shelf
from haymarket.catalogue.wire import to_listing
from haymarket.storage import Reading
from haymarket.versions.wire import Site

Reasons = dict[int, Recommendation]


@dataclass(frozen=True)
class Recommended:
    """A window on the recommendations of an app: the apps in their order, and how many in all.

    `together` holds on how many instances each of the companions is installed with it.
    """

    together: dict[int, int]
    like: Found
    question: Question
    count: int

    @property
    def ids(self) -> list[int]:
        """The numbers of the apps of the window."""
        return [*self.together, *self.like.ids()]


def recommended(
    db: Reading, shelf: Shelf, site: Site, wished: ListOf, app: App
) -> AddonListingCollection:
    """A page of the apps that go with one, never the app itself (docs/recommendations.md)."""
    found = _find(db, shelf, site, wished, app)
    reasons = _reasons(shelf, found) if wished.asked.explain else {}
    kept = apps_by_id(db, found.ids)
    items = [
        _item(site, kept[each], reasons)
        for each in found.ids
        if each in kept and may_see(site.caller, kept[each])
    ]
    return listing_collection(wished.path, wished.query, wished.window, found.count, items)


def _find(db: Reading, shelf: Shelf, site: Site, wished: ListOf, app: App) -> Recommended:
    asked, window = wished.asked, wished.window
    filters = asked, wanted_of(shelf, asked), sight_of(site.caller, wished)
    known = companions_of(db, app.id)
    met = shelf.search(among(known, *filters), 0, len(known)).ids() if known else []
    companions = [each for each in known if each in met]
    here = companions[window.offset : window.offset + window.limit]
    question = alike(listing_of(db, app), *filters, companions)
    skipped = max(0, window.offset - len(companions))
    like = shelf.search(question, skipped, window.limit - len(here))
    together = {each: known[each] for each in here}
    return Recommended(together, like, question, len(companions) + like.count)


def _reasons(shelf: Shelf, found: Recommended) -> Reasons:
    """Why each app of a window is there."""
    reasons = {each: Recommendation(installed_together=n) for each, n in found.together.items()}
    for app_id, hit in zip(found.like.ids(), found.like.hits, strict=True):
        scores = {
            part.asked: round(shelf.index.score(found.like, hit, part.query), 3)
            for part in found.question.parts
        }
        alike = {name: score for name, score in scores.items() if score}
        reasons[app_id] = Recommendation(alike=alike)
    return reasons


def _item(site: Site, app: App, reasons: Reasons) -> AddonListing:
    item = to_listing(site, app)
    item.explain = reasons.get(app.id)
    return item

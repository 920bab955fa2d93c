"""Questions to the index: filters, words, order."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from tantivy import Occur, Order, Query

from haymarket.catalogue.listing import Listing
from haymarket.catalogue.query import AppQuery, Filter
from haymarket.catalogue.search.schema import SCHEMA, fit
from haymarket.catalogue.search.text import (
    MOST_WORDS,
    TextQuestion,
    every_word,
    in_names,
    some_words,
)
from haymarket.catalogue.search.words import STOP_WORDS, stem, words
from haymarket.catalogue.search.worth import Part, Vocabulary, Way, constant, term, weighed
from haymarket.versions.compatibility import HOSTINGS
from haymarket.versions.model import PAYMENT_MODELS
from haymarket.versions.wanted import PAYMENTS, Wanted

ORDER_OF: dict[Filter, str] = {
    "highest-rated": "rated",
    "name": "by_name",
    "new": "new",
    "popular": "popular",
    "recent": "recent",
    "top-grossing": "gross",
    "trending": "trending",
}
"""Filters that sort; the others restrict to apps with a flag of the same name."""

Clauses = list[tuple[Occur, Query]]


@dataclass(frozen=True)
class Sight:
    """Which apps may be found: public ones, and all of these vendors (None for every vendor)."""

    vendors: frozenset[int] | None = frozenset()
    only_vendors: frozenset[int] | None = None


@dataclass(frozen=True)
class Question:
    """What goes to the index. `parts` add up to the score; without an order relevance counts.

    With fewer than `few` hits, some words of the text should be enough.
    """

    query: Query
    order: str | None = None
    direction: Order = Order.Desc
    parts: tuple[Part, ...] = ()
    few: int = 0


def ask(
    index: Vocabulary, asked: AppQuery, wanted: Wanted, sight: Sight, flags: Sequence[str] = ()
) -> Question:
    """The question of a list of apps. `flags` must hold as well, `!flag` must not."""
    filters = [*_visible(asked, sight), *_flags(asked, flags), *_narrow(asked, wanted)]
    text = (asked.text or "").strip()
    return _listed(asked, filters, every_word(text, index) if text else None)


def ask_freely(
    index: Vocabulary, asked: AppQuery, wanted: Wanted, sight: Sight, flags: Sequence[str] = ()
) -> Question:
    """The same, where any word of the text is enough; having every word lifts an app."""
    filters = [*_visible(asked, sight), *_flags(asked, flags), *_narrow(asked, wanted)]
    text = (asked.text or "").strip()
    return _listed(asked, filters, some_words(text, index) if text else None)


def _listed(asked: AppQuery, filters: Clauses, text: TextQuestion | None) -> Question:
    order = ORDER_OF.get(asked.filter) if asked.filter else None
    direction = Order.Asc if order == "by_name" else Order.Desc
    if text is None:
        return Question(Query.boolean_query(filters), order or "popular", direction)
    query = Query.boolean_query([*filters, (Occur.Must, text.query)])
    few = min(text.few, 1) if order else text.few
    return Question(query, order, direction, text.parts, few)


def _any(field: str, values: Iterable[str]) -> Query:
    return Query.term_set_query(SCHEMA, field, list(values))


def _must(query: Query) -> tuple[Occur, Query]:
    return Occur.Must, Query.const_score_query(query, 0.0)


def _visible(asked: AppQuery, sight: Sight) -> Clauses:
    clauses: Clauses = []
    public = term("status", "public")
    if not asked.include_private or sight.vendors == frozenset():
        clauses.append(_must(public))
    elif sight.vendors is not None:
        own = _any("vendor", map(str, sorted(sight.vendors)))
        clauses.append(_must(Query.boolean_query([(Occur.Should, public), (Occur.Should, own)])))
    if sight.only_vendors is not None:
        clauses.append(_must(_any("vendor", map(str, sorted(sight.only_vendors)))))
    return clauses


def _flags(asked: AppQuery, more: Sequence[str]) -> Clauses:
    wanted = list(more)
    if asked.include_hidden != "all":
        wanted.append("in-product" if asked.include_hidden == "visibleInApp" else "on-site")
    if asked.filter and asked.filter not in ORDER_OF:
        wanted.append(asked.filter)
    if asked.stores_personal_data is not None:
        wanted.append("personal-data" if asked.stores_personal_data else "!personal-data")
    opposite = {"free": "paid", "paid": "free"}.get(asked.partly_free or "")
    if opposite and asked.cost and ("free" if asked.cost == "free" else "paid") == opposite:
        wanted.append("!partly-free")
    return [
        (Occur.MustNot, term("flag", each[1:])) if each[0] == "!" else _must(term("flag", each))
        for each in wanted
    ]


def _narrow(asked: AppQuery, wanted: Wanted) -> Clauses:
    clauses: Clauses = []
    if asked.category:
        clauses.append(_must(_any("category", asked.category)))
    if asked.marketing_label:
        clauses.append(_must(_any("label", asked.marketing_label)))
    if wanted.host or wanted.cost or wanted.hostings != HOSTINGS:
        clauses.append(_must(_any("fits", _fits(wanted))))
    if asked.boundaries:
        clauses.append(_must(_any("boundary", asked.boundaries)))
    return clauses


def _fits(wanted: Wanted) -> list[str]:
    application = wanted.host.application if wanted.host else "*"
    release = wanted.host.release if wanted.host else None
    payments = PAYMENTS[wanted.cost] if wanted.cost else PAYMENT_MODELS
    return [
        fit(application, hosting, payment, release.build if release else None)
        for hosting, payment in product(wanted.hostings, sorted(payments))
    ]


# --- other questions ------------------------------------------------------------------------


def by_name(index: Vocabulary, asked: AppQuery, wanted: Wanted, sight: Sight) -> Question:
    """The question of the brief search, which looks at names only; no apps without words."""
    text = in_names(asked.text or "", index)
    filters = [*_visible(asked, sight), *_flags(asked, ["!archived"]), *_narrow(asked, wanted)]
    return Question(Query.boolean_query([*filters, (Occur.Must, text.query)]), parts=text.parts)


def among(ids: Collection[int], asked: AppQuery, wanted: Wanted, sight: Sight) -> Question:
    """Those of some apps that pass the filters."""
    filters = [*_visible(asked, sight), *_flags(asked, ["!archived"]), *_narrow(asked, wanted)]
    return Question(Query.boolean_query([*filters, _must(_one_of(ids))]), "popular")


def alike(
    listing: Listing, asked: AppQuery, wanted: Wanted, sight: Sight, apart: Collection[int] = ()
) -> Question:
    """Apps that share categories or words of name and tag line with one, and are not that one.

    Those with the numbers `apart` are left out too.
    """
    filters = [*_visible(asked, sight), *_flags(asked, ["!archived"]), *_narrow(asked, wanted)]
    parts = tuple(_likeness(listing))
    likeness = Query.boolean_query([(Occur.Should, part.query) for part in parts])
    others = (Occur.MustNot, _one_of([listing.app.id, *apart]))
    return Question(Query.boolean_query([*filters, (Occur.Must, likeness), others]), parts=parts)


def _likeness(listing: Listing) -> Iterator[Part]:
    """What makes an app like another one: their categories, and words by their stems."""
    for each in listing.categories:
        same = constant(term("category", each.name), 4.0)
        yield Part(f"category {each.name}", (Way("category", "exact", same),))
    texts = f"{listing.app.name} {listing.app.tag_line or ''}"
    said: dict[str, str] = {}
    for word in words(texts):
        if word not in STOP_WORDS:
            said.setdefault(stem(word), word)
    for stemmed, word in list(said.items())[:MOST_WORDS]:
        fields = (("name_stem", 2.0), ("text_stem", 1.0))
        yield Part(word, tuple(Way(f, "stem", weighed(f, stemmed, worth)) for f, worth in fields))


def _one_of(ids: Iterable[int]) -> Query:
    return Query.boolean_query(
        [(Occur.Should, Query.term_query(SCHEMA, "id", each)) for each in ids]
    )

"""What meeting a word is worth: in which field, how exactly, and how rare the word is."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from tantivy import Query

from haymarket.catalogue.search.schema import SCHEMA, STEMMED
from haymarket.catalogue.search.words import FILLERS, plain, stem

COMMON_SHARE, COMMON_NUMBER = 0.1, 10
"""A word in more than a tenth of all names (and ten of them) is one that nobody searches by."""

SHORTEST_WITH_TYPO = 4
UNFINISHED = 0.5
"""How much the last word looks like a typo when there are words that begin with it."""

OTHER_WAYS = 0.1
"""How much of what the lesser ways of one word are worth counts beside the best way."""

WHOLE = ("all", "parts", "key_words")
"""The fields that together have every word of an app."""

How = Literal["exact", "stem", "joined", "typo", "start", "whole"]


class Vocabulary(Protocol):
    """What an index knows of its words."""

    @property
    def size(self) -> int:
        """How many apps it holds."""

    def frequency(self, field: str, word: str) -> int:
        """How many apps have a word in a field."""

    def starting(self, field: str, start: str) -> int:
        """How many apps have words with this start in a field; an app may count twice."""


@dataclass(frozen=True)
class Way:
    """One way in which a word is met: in which field, how, and the query that says how well."""

    field: str
    how: How
    query: Query


@dataclass(frozen=True)
class Part:
    """A summand of a score: the best of some ways, and a fraction of the others."""

    asked: str
    ways: tuple[Way, ...]

    @property
    def query(self) -> Query:
        """What scores this part."""
        if len(self.ways) == 1:
            return self.ways[0].query
        return Query.disjunction_max_query([way.query for way in self.ways], OTHER_WAYS)


@dataclass(frozen=True)
class Fields:
    """Where words are looked for, and what a word is worth there, in each way of meeting it."""

    exact: Sequence[tuple[str, float]]
    stem: Sequence[tuple[str, float]]
    typo: Sequence[tuple[str, float]]
    start: Sequence[tuple[str, float]]


EVERYWHERE = Fields(
    exact=(
        ("name", 2.5),
        ("parts", 2.5),
        ("keyword", 2.5),
        ("topic", 1.2),
        ("tag_line", 1.5),
        ("seller", 1.5),
        ("key_words", 1.2),
        ("all", 0.4),
    ),
    stem=(("name_stem", 3.0), ("text_stem", 1.0)),
    typo=(
        ("name", 3.0),
        ("parts", 2.4),
        ("name_stem", 2.4),
        ("all", 0.6),
        ("text_stem", 0.5),
    ),
    start=(("name", 3.6), ("parts", 3.6), ("key_words", 0.8), ("all", 0.6)),
)
NAMES = Fields(
    exact=(("name", 2.5), ("parts", 2.5)),
    stem=(("name_stem", 3.0),),
    typo=(("name", 3.0), ("parts", 2.4)),
    start=(("name", 3.6), ("parts", 3.6)),
)


def is_telling(word: str, index: Vocabulary) -> bool:
    """Whether a word says which apps are meant: no filler, and not in very many names."""
    common = max(COMMON_NUMBER, index.size * COMMON_SHARE)
    return word not in FILLERS and index.frequency("name", word) <= common


def word_part(word: str, index: Vocabulary, fields: Fields, is_last: bool) -> Part:
    """One word, wherever it stands; the last one may be unfinished."""
    base = stem(word)
    ways = [Way(field, "exact", weighed(field, word, weight)) for field, weight in fields.exact]
    ways += [Way(field, "stem", weighed(field, base, weight)) for field, weight in fields.stem]
    endings = _endings(word, index) if is_last else 0
    ways += _typos(word, index, fields, UNFINISHED if endings else 1.0)
    if endings:
        worth = _rarity(endings, index)
        ways += [
            Way(field, "start", constant(_start(field, word), weight * worth))
            for field, weight in fields.start
        ]
    return Part(word, tuple(ways))


def _typos(word: str, index: Vocabulary, fields: Fields, doubt: float) -> list[Way]:
    """The ways of a word with one typo. What three letters lost one of is looked for in names."""
    worth = min(doubt, _doubt(word, index)) * _rarity(5, index)
    found = []
    for field, weight in (fields if len(word) >= SHORTEST_WITH_TYPO else NAMES).typo:
        meant = stem(word) if field in STEMMED else word
        found.append(Way(field, "typo", constant(_typo(field, meant), weight * worth)))
    return found if worth else []


def _doubt(word: str, index: Vocabulary) -> float:
    """How much a word looks like a typo: less where apps have it, not at all where many do."""
    known = max(index.frequency(field, word) for field in WHOLE)
    if len(word) < 3 or (len(word) == 3 and known) or not is_telling(word, index):
        return 0.0
    return 1.0 if known == 0 else 0.5 if known < 3 else 0.15


def _endings(word: str, index: Vocabulary) -> int:
    """How many apps have words that begin with this one, if it is more than a letter."""
    return max(index.starting(field, word) for field in WHOLE) if len(word) >= 2 else 0


def pair_part(first: str, second: str) -> Part:
    """Two words next to each other in a name, or written there as one."""
    query = weighed("parts", first + second, 1.0)
    return Part(f"{first} {second}", (Way("parts", "joined", query),))


def lifts(text: str) -> Iterator[Part]:
    """What lifts apps that are called like the text; it outweighs twice the popularity."""
    name = plain(text)
    number = 1 + name.count(" ")
    lifted = [
        ("whole name", term("called", name), 25.0 + 25.0 * number),
        ("short name", term("short_name", name), 25.0 + 10.0 * number),
        ("start of the name", _start("called", name), 10.0),
        ("key", term("key_called", name), 150.0 + 20.0 * number),
    ]
    if len(name) >= SHORTEST_WITH_TYPO:
        lifted += [
            ("nearly the whole name", _typo("called", name), 15.0 + 10.0 * number),
            ("nearly the short name", _typo("short_name", name), 10.0 + 5.0 * number),
        ]
    for said, query, worth in lifted:
        yield Part(said, (Way("", "whole", constant(query, worth)),))


def _rarity(number: int, index: Vocabulary) -> float:
    """What a word in so many apps is worth beside others: the inverse frequency of BM25."""
    number = min(number, index.size)
    return math.log(1 + (index.size - number + 0.5) / (number + 0.5))


def term(field: str, value: str) -> Query:
    """Documents with exactly this value in a field."""
    return Query.term_query(SCHEMA, field, value, "basic")


def weighed(field: str, word: str, weight: float) -> Query:
    """Documents with a word in a field: the rarer the word and the shorter the text, the better."""
    return Query.boost_query(Query.term_query(SCHEMA, field, word, "freq"), weight)


def constant(query: Query, score: float) -> Query:
    """What a query finds, each with the same score."""
    return Query.const_score_query(query, score)


def _typo(field: str, word: str) -> Query:
    return Query.fuzzy_term_query(SCHEMA, field, word, 1, True, False)


def _start(field: str, word: str) -> Query:
    return Query.fuzzy_term_query(SCHEMA, field, word, 0, True, True)

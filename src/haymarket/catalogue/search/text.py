"""What a text asks of the index: the parts of its score, and how many words have to be met."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tantivy import Occur, Query

from haymarket.catalogue.search.words import STOP_WORDS, words
from haymarket.catalogue.search.worth import (
    EVERYWHERE,
    NAMES,
    Fields,
    Part,
    Vocabulary,
    Way,
    constant,
    is_telling,
    lifts,
    pair_part,
    word_part,
)

MOST_WORDS = 16
FEW = 10
"""A text of several words with fewer hits than this is asked again, of any of its words."""

EVERY_WORD = 20.0
"""What it is worth to have every word, where some words are enough."""


@dataclass(frozen=True)
class TextQuestion:
    """A text as a query. Its score is the sum of the scores of its parts.

    With fewer than `few` hits it is better asked of some of its words.
    """

    query: Query
    parts: tuple[Part, ...]
    few: int


NOTHING = TextQuestion(Query.empty_query(), (), 0)


def every_word(text: str, index: Vocabulary) -> TextQuestion:
    """Apps with the words of a text, wherever they stand; none for a text without words."""
    parts = _parts(text, index, EVERYWHERE)
    return parts.question(text, parts.enough) if parts else NOTHING


def some_words(text: str, index: Vocabulary) -> TextQuestion:
    """Apps with any word of a text, lifted if they have them all; none without words."""
    parts = _parts(text, index, EVERYWHERE)
    return parts.question(text, 1) if parts else NOTHING


def in_names(text: str, index: Vocabulary) -> TextQuestion:
    """Apps with the words of a text in their names; none for a text without words."""
    parts = _parts(text, index, NAMES)
    return parts.question(text, parts.enough) if parts else NOTHING


@dataclass(frozen=True)
class _Parts:
    """The parts of a text: words that are needed, other words, and neighbours written as one.

    What is written without a space, as a key is, `is_one` thing and needs all its words.
    """

    is_one: bool
    needed: Sequence[Part]
    others: Sequence[Part]
    pairs: Sequence[Part]

    @property
    def enough(self) -> int:
        """How many are to be met: both of two, from three on all but one, or a quarter."""
        number = len(self.needed)
        return number if number < 3 or self.is_one else number - max(1, number // 4)

    def question(self, text: str, enough: int) -> TextQuestion:
        """Ask for so many of the needed words, and lift apps that are called like the text."""
        lifted = list(lifts(text))
        if enough < self.enough:
            every = constant(self._at_least(self.enough), EVERY_WORD)
            lifted.append(Part("every word", (Way("", "whole", every),)))
        more = (*self.others, *self.pairs, *lifted)
        clauses = [(Occur.Should, each.query) for each in more]
        query = Query.boolean_query([(Occur.Must, self._at_least(enough)), *clauses])
        few = 0 if len(self.needed) == 1 else 1 if self.is_one else FEW
        return TextQuestion(query, (*self.needed, *more), few)

    def _at_least(self, enough: int) -> Query:
        met = [(Occur.Should, self._met(part)) for part in self.needed]
        return Query.boolean_query(met, enough)

    def _met(self, part: Part) -> Query:
        """A word, alone or as one with a neighbour, which counts but is no part of its score."""
        joined = [pair.query for pair in self.pairs if part.asked in pair.asked.split()]
        silent = [(Occur.Should, constant(query, 0.0)) for query in joined]
        return Query.boolean_query([(Occur.Should, part.query), *silent])


def _parts(text: str, index: Vocabulary, fields: Fields) -> _Parts | None:
    found = words(text)[:MOST_WORDS]
    meant = list(dict.fromkeys(word for word in found if word not in STOP_WORDS))
    meant = meant or list(dict.fromkeys(found))
    if not meant:
        return None
    needed = {word for word in meant if is_telling(word, index)} or set(meant)
    single = {word: word_part(word, index, fields, word == found[-1]) for word in meant}
    return _Parts(
        len(text.split()) == 1,
        [part for word, part in single.items() if word in needed],
        [part for word, part in single.items() if word not in needed],
        [pair_part(*pair) for pair in pairwise(meant)],
    )

"""Says in words why a hit stands where it stands, so that a vendor can do something about it."""

from collections.abc import Iterable, Mapping

from haymarket.catalogue.search.index import Found, Hit, SearchIndex
from haymarket.catalogue.search.words import parts_of, stem, words
from haymarket.catalogue.search.worth import Part, Way

PLACES = {
    "name": "name",
    "parts": "name",
    "name_stem": "name",
    "tag_line": "tag line",
    "seller": "vendor",
    "topic": "category",
    "keyword": "keywords",
    "key_words": "key",
}
"""The fields that stand for one text of an app; the others look at several texts at once."""

Texts = Mapping[str, str]
"""The texts of an app by what people call them: `name`, `tag line`, `summary`, ..."""


def explain(
    index: SearchIndex, found: Found, hit: Hit, parts: Iterable[Part], texts: Texts
) -> dict[str, float]:
    """What each part adds to the relevance of a hit, by a name that says what met it where.

    The values add up to the score before popularity.
    """
    told: dict[str, float] = {}
    for part in parts:
        value = index.score(found, hit, part.query)
        if value:
            best = max(part.ways, key=lambda way: index.score(found, hit, way.query))
            told[_name(part.asked, best, texts)] = value
    return told


def _name(asked: str, way: Way, texts: Texts) -> str:
    """`scriptruner ~ scriptrunner in name (typo)`; a word that is met as it is has no tilde."""
    if way.how == "whole":
        return asked
    if way.how == "joined":
        return f"{asked} ~ {asked.replace(' ', '')} in name (joined)"
    place, met = _where(asked, way, texts)
    if met == asked or (met is None and way.how == "exact"):
        return f"{asked} in {place}"
    return f"{asked} ~ {met} in {place} ({way.how})" if met else f"{asked} in {place} ({way.how})"


def _where(asked: str, way: Way, texts: Texts) -> tuple[str, str | None]:
    """Which text has the word, and which word it is there; no word when no text shows it."""
    known = PLACES.get(way.field)
    for place in [known] if known else texts:
        for word in _words_of(place, texts.get(place, "")):
            if _meets(asked, word, way):
                return place, word
    return known or "text", None


def _words_of(place: str, text: str) -> list[str]:
    return words(text) + (words(parts_of(text)) if place == "name" else [])


def _meets(asked: str, word: str, way: Way) -> bool:
    if way.how == "exact":
        return word == asked
    if way.how == "start":
        return word.startswith(asked)
    same_stem = way.how == "stem" and stem(word) == stem(asked)
    near = way.how == "typo" and (one_typo(asked, word) or one_typo(stem(asked), stem(word)))
    return same_stem or near


def one_typo(one: str, other: str) -> bool:
    """Whether words differ by a letter that is wrong, missing or extra, or two that are swapped."""
    if len(one) > len(other):
        one, other = other, one
    same = next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if len({*pair}) > 1),
        len(one),
    )
    left, right = one[same:], other[same:]
    if len(one) < len(other):
        return left == right[1:]
    return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])

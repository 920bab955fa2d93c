"""What people type when they mean an app: mistakes, beginnings, other accents. No chance in it."""

import random
import string
import unicodedata
from collections import Counter
from collections.abc import Mapping

from haymarket.catalogue.search.words import words

ACCENTS = str.maketrans("aeioucnAEIOUCN", "äéîòüçñÄÉÎÒÜÇÑ")
MISTAKES = ("substitution", "deletion", "insertion", "swap")


class Names:
    """The names of a catalogue by key, and how many of them have each word."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names
        self._count = Counter(word for name in names.values() for word in set(words(name)))

    def distinctive_word(self, key: str) -> str | None:
        """The rarest word of at least four letters in a name; the longest of equally rare ones."""
        fit = [word for word in words(self.names[key]) if len(word) >= 4 and word.isalpha()]
        return min(fit, key=lambda word: (self._count[word], -len(word)), default=None)

    def sharing(self, start: str) -> int:
        """How many words of names begin like this."""
        return sum(number for word, number in self._count.items() if word.startswith(start))

    def has(self, word: str) -> bool:
        """Whether a word is in a name as it is."""
        return word in self._count

    def sample(self, number: int) -> list[str]:
        """Keys of apps with a distinctive word, always the same ones."""
        fit = sorted(key for key in self.names if self.distinctive_word(key))
        return random.Random("names").sample(fit, number)

    def twins(self, key: str) -> set[str]:
        """The apps whose names have the same words, the app itself among them."""
        same = words(self.names[key])
        return {other for other, name in self.names.items() if words(name) == same}


def mistyped(word: str) -> dict[str, str]:
    """A word with one mistake behind its first letter, for each kind of mistake."""
    dice = random.Random(word)
    at = dice.randrange(1, len(word) - 1)
    letter = dice.choice([each for each in string.ascii_lowercase if each != word[at]])
    made = (
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return dict(zip(MISTAKES, made, strict=True))


def accented(text: str) -> str:
    """A text with an accent on every letter that can have one."""
    return text.translate(ACCENTS)


def decomposed(text: str) -> str:
    """The same, each accent a character of its own, as some systems send it."""
    return unicodedata.normalize("NFD", accented(text))

"""How texts become words, the same for what is kept and for what is asked."""

import re
import unicodedata
from itertools import pairwise

from tantivy import Filter, Index, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

LONGEST_WORD = 60
STOP_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or"}
    | {"the", "to", "with", "you", "your"}
)
"""Words that nobody means when there is another word."""

FILLERS = frozenset(
    {"addon", "addons", "app", "apps", "cloud", "dc", "plugin", "plugins", "server"}
)
"""Words of a marketplace that people add to a name: an app is not asked to have them."""

_SIGN = r"[\p{Han}\p{Hiragana}\p{Katakana}]"
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TAIL = re.compile(r"\s+(?:for|by)\s+|\s*[-–—|:(,/]\s*")


def _analyzer(stems: bool) -> TextAnalyzer:
    builder = (
        TextAnalyzerBuilder(Tokenizer.regex(f"{_SIGN}|[[\\p{{L}}\\p{{N}}]--{_SIGN}]+"))
        .filter(Filter.remove_long(LONGEST_WORD))
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
    )
    if stems:
        builder = builder.filter(Filter.stemmer("english"))
    return builder.build()


WORDS = _analyzer(stems=False)
STEMS = _analyzer(stems=True)


def register(index: Index) -> None:
    """Make both ways known to an index."""
    index.register_tokenizer("words", _analyzer(stems=False))
    index.register_tokenizer("stems", _analyzer(stems=True))


def clean(text: str) -> str:
    """A text in composed characters, and without those that no UTF-8 can hold."""
    return unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode()


def words(text: str) -> list[str]:
    """The words of a text: lower case, without accents."""
    return list(WORDS.analyze(clean(text)))


def stem(word: str) -> str:
    """The stem of one word: `diagrams` and `diagram` share it."""
    found = list(STEMS.analyze(word))
    return found[0] if found else word


def plain(text: str) -> str:
    """A text as nothing but its words, to compare names by."""
    return " ".join(words(text))


def short_name(name: str) -> str:
    """What people call an app of this name: what stands before its explanation."""
    return plain(_TAIL.split(name, maxsplit=1)[0])


def parts_of(name: str) -> str:
    """The parts that a name is put together of, and its neighbours put together.

    `ScriptRunner` gives script and runner; `Draw Box` gives drawbox.
    """
    split = _CAMEL.sub(" ", name)
    whole = words(name)
    pieces = words(split)
    joined = [first + second for found in (whole, pieces) for first, second in pairwise(found)]
    return " ".join([*pieces, *joined])

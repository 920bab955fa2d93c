"""The tantivy index itself: opening, asking, writing. Knows nothing of SQL."""

import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from tantivy import DocAddress, Document, Index, IndexWriter, Query, Searcher

from haymarket.catalogue.search.answers import Answers
from haymarket.catalogue.search.ask import Question
from haymarket.catalogue.search.schema import DOCUMENTS, SCHEMA
from haymarket.catalogue.search.words import register
from haymarket.catalogue.search.worth import term

MOST_ENDINGS = 100
"""How many words with one start are looked at to tell whether the start is a common one."""

HEAP = 16_000_000
"""Most memory of the writer in bytes: enough for the changes between two commits."""

LARGE_HEAP = 400_000_000
"""The same while everything is written anew: what fits becomes one segment, which is asked in half
the time of several."""

AT_HAND = 1500
"""How many of the documents that were read last stay unpacked: those of the pages all ask for."""

Read = Callable[[int, int, str], bytes | None]
"""Gives a kept document by its segment, its place in it, and its name."""


def _reader(searcher: Searcher) -> Read:
    """Reads the documents of one state of the index."""

    @lru_cache(AT_HAND)
    def read(segment: int, place: int, name: str) -> bytes | None:
        content = searcher.doc(DocAddress(segment, place)).get_first(name)
        return None if content is None else bytes(content)

    return read


def _count(result: Any) -> int:
    """How many documents match; the type hints of tantivy leave this attribute out."""
    return int(result.count or 0)


@dataclass(frozen=True)
class Hit:
    """An app that was found: where it stands in the index, and its score (0 without a text)."""

    address: DocAddress
    score: float


@dataclass(frozen=True)
class Found:
    """A window on the answer to a question; `count` is that of all hits."""

    count: int
    hits: Sequence[Hit]
    searcher: Searcher
    read: Read

    def documents(self, name: str) -> list[bytes]:
        """One kept document of each hit, in order; hits that keep none are left out."""
        addresses = (hit.address for hit in self.hits)
        found = (self.read(each.segment_ord, each.doc, name) for each in addresses)
        return [each for each in found if each is not None]

    def ids(self) -> list[int]:
        """The number of each hit's app, in order."""
        addresses = [hit.address for hit in self.hits]
        return [int(each or 0) for each in self.searcher.fast_field_values("id", addresses)]


class Unusable(Exception):
    """There is no index in the folder, or one that can not be read."""


def make_empty(folder: Path) -> None:
    """Put an empty index into a folder, in place of whatever is there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    Index(SCHEMA, str(folder))


class SearchIndex:
    """An open index. Readers take one state of it; the writer is one process of a node."""

    def __init__(self, folder: Path) -> None:
        """Open the index of a folder. Raises Unusable."""
        try:
            if not (folder.is_dir() and Index.exists(str(folder))):
                raise Unusable(f"there is no index in {folder}")
            self._index = Index(SCHEMA, str(folder))
            register(self._index)
            self._index.config_reader("manual")
            self.reload()
            self.document("", DOCUMENTS[0])  # which finds files that are missing
        except ValueError as error:
            raise Unusable(f"the index in {folder} is damaged: {error}") from None
        self._writer: IndexWriter | None = None

    @property
    def _searcher(self) -> Searcher:
        return self._state[0]

    @property
    def answers(self) -> Answers[Found]:
        """What the state that readers see has answered lately."""
        return self._state[2]

    @property
    def size(self) -> int:
        """How many apps it holds."""
        return int(self._searcher.num_docs)

    def frequency(self, field: str, word: str) -> int:
        """How many apps have a word in a field."""
        return int(self._searcher.doc_freq(field, word))

    def starting(self, field: str, start: str) -> int:
        """How many apps have words with this start in a field; an app may count twice."""
        found = self._searcher.terms_with_prefix(field, start, limit=MOST_ENDINGS)
        return sum(number for _, number in found)

    def reload(self) -> None:
        """Let readers see what was committed last."""
        self._index.reload()
        searcher = self._index.searcher()
        self._state = searcher, _reader(searcher), Answers[Found]()

    def search(self, question: Question, offset: int, limit: int) -> Found:
        """The window of a question's answer."""
        searcher, read, _ = self._state
        # beyond the end there is nothing, but tantivy would still make room for it
        offset = min(offset, searcher.num_docs)
        weighed = None if question.order else "weight"
        result = searcher.search(
            question.query,
            max(limit, 1),
            True,
            question.order,
            offset,
            question.direction,
            weight_by_field=weighed,
        )
        scored = question.order is None
        hits = [Hit(address, float(key) if scored else 0.0) for key, address in result.hits]
        return Found(_count(result), hits[:limit], searcher, read)

    def document(self, key: str, name: str) -> bytes | None:
        """A kept document of the app with a key; None when the index keeps none."""
        searcher, read, _ = self._state
        result = searcher.search(term("key", key), 1, False)
        if not result.hits:
            return None
        address = result.hits[0][1]
        return read(address.segment_ord, address.doc, name)

    def score(self, found: Found, hit: Hit, query: Query) -> float:
        """What one query adds to the score of a hit."""
        try:
            explained = query.explain(found.searcher, hit.address)
        except ValueError:
            return 0.0
        return float(json.loads(explained.to_json())["value"])

    def weight(self, found: Found, hit: Hit) -> float:
        """The popularity that a hit's score was multiplied with."""
        return float(found.searcher.fast_field_values("weight", [hit.address])[0] or 0.0)

    def replace(self, gone: Iterable[int], documents: Iterable[Document]) -> None:
        """Take apps out by their numbers and put documents in; seen after `commit`."""
        writer = self._open_writer()
        for app_id in gone:
            # by query, since a term that is deleted by counts as signed and fits no number here
            writer.delete_documents_by_query(Query.term_query(SCHEMA, "id", app_id))
        for document in documents:
            writer.add_document(document)

    def clear(self) -> None:
        """Take everything out, to be written anew; seen after `commit`."""
        self.close()
        self._writer = self._index.writer(LARGE_HEAP, 1)
        self._writer.delete_all_documents()

    def commit(self) -> None:
        """Make changes last, and let readers of this process see them."""
        self._open_writer().commit()
        self.reload()

    def rollback(self) -> None:
        """Forget what was not committed."""
        if self._writer is not None:
            self._writer.rollback()

    def close(self) -> None:
        """End the writer; its merges are waited for."""
        if self._writer is not None:
            self._writer.wait_merging_threads()
            self._writer = None

    def _open_writer(self) -> IndexWriter:
        if self._writer is None:
            self._writer = self._index.writer(HEAP, 1)
        return self._writer

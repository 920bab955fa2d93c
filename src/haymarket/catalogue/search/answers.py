"""Answers that were given lately, kept as long as the index stays as it is."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

MOST = 1000
"""How many are kept, the ones that were asked for last."""

T = TypeVar("T")


class Answers(Generic[T]):
    """What one state of the index answers; the next state begins with none.

    Most people ask for the same few pages and words: a question is put to the index once.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, question: Hashable, find: Callable[[], T]) -> T:
        """What is kept for a question, or else what `find` gives."""
        with self._lock:
            if question in self._kept:
                self._kept.move_to_end(question)
                return self._kept[question]
        found = find()
        with self._lock:
            self._kept[question] = found
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return found

"""Graded queries, and how well an order of answers meets the grades."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Grades = Mapping[str, int]


@dataclass(frozen=True)
class Graded:
    """A query, what kind of query it is, and what each app is worth to who asks it."""

    query: str
    kind: str
    grades: Grades


@dataclass(frozen=True)
class Score:
    """How well one query was answered: 1.0 for the best order that there is."""

    graded: Graded
    answer: Sequence[str]
    value: float

    def row(self) -> str:
        """A line of the table that is printed when the answers are too bad."""
        grades = " ".join(str(self.graded.grades.get(key, 0)) for key in self.answer)
        best = " ".join(map(str, sorted(self.graded.grades.values(), reverse=True)[:10]))
        said = f"{self.value:.3f}  {self.graded.kind:<12} {self.graded.query[:40]:<40}"
        return f"{said}  got {grades:<19}  best {best}"


def graded_queries(file: Path) -> list[Graded]:
    """The queries of a file (tests/relevance/README.md)."""
    return [
        Graded(each["query"], each["kind"], each["grades"])
        for each in json.loads(file.read_text("utf-8"))
    ]


def score(graded: Graded, answer: Sequence[str]) -> Score:
    """The nDCG@10 of an answer: gains of 2^grade - 1, halved and more the further down."""
    got = [graded.grades.get(key, 0) for key in answer[:10]]
    best = sorted(graded.grades.values(), reverse=True)[:10]
    return Score(graded, answer, _gain(got) / _gain(best))


def mean(scores: Sequence[Score]) -> float:
    """The mean over queries."""
    return sum(each.value for each in scores) / len(scores)


def table(scores: Sequence[Score], number: int = 15) -> str:
    """The worst answers, a line each, under the mean."""
    worst = sorted(scores, key=lambda each: each.value)[:number]
    return "\n".join([f"mean nDCG@10 {mean(scores):.4f}", *(each.row() for each in worst)])


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))

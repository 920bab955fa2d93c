"""What somebody thinks of an app, and what all reviews together give: pure (related.md, 7)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from haymarket.errors import Problem

Sort = Literal["helpful", "recent"]
Hosting = Literal["cloud", "datacenter", "server"]

FEWEST_STARS, MOST_STARS = 0, 4
LONGEST_REVIEW = 5000
LONGEST_RESPONSE = 10_000
LARGEST_ID = 2**63 - 1

OF_VERSIONS: dict[str, Hosting] = {
    "cloud": "cloud",
    "dataCenter": "datacenter",
    "server": "server",
}
"""What hostings are called in reviews, by what they are called in versions."""


@dataclass(frozen=True)
class Review:
    """What one user thinks of one app; `at` is when it was written or changed last.

    `votes` are all that were cast, `helpful` those that are up. `flags` are those that no
    administrator has decided on. `response` holds the vendor's HTML. `author` is a name.
    """

    id: int
    app_id: int
    user_id: int
    stars: int
    text: str | None
    hosting: Hosting | None
    at: datetime
    helpful: int = 0
    votes: int = 0
    flags: int = 0
    hidden: bool = False
    response: str | None = None
    author: str = ""

    @property
    def score(self) -> int:
        """What `helpful` sorts by: votes up minus votes down."""
        return 2 * self.helpful - self.votes


@dataclass(frozen=True)
class Rated:
    """How many reviews there are, and the stars that they give on average, from 0.0 to 4.0."""

    stars: float
    count: int


NOTHING = Rated(0.0, 0)


def together(base: Rated, count: int, stars: int) -> Rated:
    """What was counted before there were any reviews here, and these: so many, with `stars` in all.

    Made from the whole each time, so that no error of rounding adds up.
    """
    if not count:
        return base
    number = base.count + count
    return Rated((base.stars * base.count + stars) / number, number)


def only_hosting(hostings: Collection[str]) -> Hosting | None:
    """The hosting of a review, where those of a version leave no choice."""
    return OF_VERSIONS[next(iter(hostings))] if len(hostings) == 1 else None


def initials_of(name: str) -> str:
    """One or two capitals of a name, which a picture is drawn from."""
    found = "".join(word[0] for word in name.split()[:2] if word[0].isalnum())
    return found.upper()[:2] or "-"


def problems_of_review(stars: int, text: str | None) -> list[Problem]:
    """What is wrong with a review, each with its pointer."""
    found = []
    if not FEWEST_STARS <= stars <= MOST_STARS:
        found.append(Problem(f"Must be from {FEWEST_STARS} to {MOST_STARS}, got {stars}", "/stars"))
    if text is not None and len(text) > LONGEST_REVIEW:
        found.append(_too_long(text, LONGEST_REVIEW, "/review"))
    return found


def problems_of_response(text: str) -> list[Problem]:
    """What is wrong with an answer to a review."""
    if not text.strip():
        return [Problem("An answer has a text", "/text")]
    return [_too_long(text, LONGEST_RESPONSE, "/text")] if len(text) > LONGEST_RESPONSE else []


def _too_long(text: str, longest: int, path: str) -> Problem:
    return Problem(f"Cannot be longer than {longest} characters (it has {len(text)})", path)

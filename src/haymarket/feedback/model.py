"""Why somebody removed an app, in his own words where he gave them: pure (apps.md, C.19)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from haymarket.errors import Problem

FeedbackType = Literal["disable", "uninstall"]
Reason = Literal[
    "bugs",
    "cost",
    "functionality",
    "interface",
    "other",
    "reenabling",
    "reinstalling",
    "usefulness",
]

LONGEST = {
    "addonVersion": 100,
    "message": 5000,
    "email": 254,
    "fullName": 200,
    "addonSen": 100,
}
"""The most characters of each text, by its name on the wire."""
EMAIL = re.compile(r"[^@\s\x00]+@[^@\s\x00]+")
OLDEST = datetime(2000, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)
"""How far the clock of a host may be ahead of ours."""


@dataclass(frozen=True)
class Feedback:
    """What an administrator of a host said when an app was disabled or uninstalled.

    `version` is the one that was installed, `sen` the number of its licence.
    """

    app_id: int
    at: datetime
    version: str
    type: FeedbackType
    reason: Reason | None = None
    message: str | None = None
    email: str | None = None
    full_name: str | None = None
    sen: str | None = None

    @property
    def day(self) -> date:
        """The day in UTC that it is counted on."""
        return self.at.astimezone(UTC).date()

    @property
    def is_signed(self) -> bool:
        """Whether somebody says who he is; otherwise it is anonymous."""
        return bool(self.email or self.full_name)

    @property
    def is_personal(self) -> bool:
        """Whether it holds anything that is forgotten after a time."""
        return bool(self.message or self.email or self.full_name or self.sen)


@dataclass(frozen=True)
class Wanted:
    """Which feedback of an app is asked for; anonymous ones only on demand."""

    type: FeedbackType | None = None
    reason: Reason | None = None
    include_anonymous: bool = False

    def fits(self, feedback: Feedback) -> bool:
        """Whether a feedback is asked for."""
        return (
            (self.type is None or feedback.type == self.type)
            and (self.reason is None or feedback.reason == self.reason)
            and (self.include_anonymous or feedback.is_signed)
        )


@dataclass(frozen=True)
class Counted:
    """How many feedbacks gave a reason, or none, on a day."""

    reason: Reason | None
    day: date
    count: int


def problems_of_feedback(feedback: Feedback, now: datetime) -> list[Problem]:
    """What is wrong with a feedback that arrives at `now`, each with its pointer."""
    found = []
    texts = (feedback.version, feedback.message, feedback.email, feedback.full_name, feedback.sen)
    for (name, longest), text in zip(LONGEST.items(), texts, strict=True):
        if text is not None and len(text) > longest:
            told = f"Cannot be longer than {longest} characters (it has {len(text)})"
            found.append(Problem(told, f"/{name}"))
    if not feedback.version:
        found.append(Problem("The installed version is required", "/addonVersion"))
    if feedback.email is not None and not EMAIL.fullmatch(feedback.email):
        found.append(Problem("Not an e-mail address", "/email"))
    if not OLDEST <= feedback.at <= now + AHEAD:
        found.append(Problem("Must be between the year 2000 and now", "/at"))
    return found

"""Feedback as documents (apps.md, C.19, C.20 and F)."""

from collections.abc import Iterable, Sequence
from datetime import date as Day
from datetime import datetime
from typing import Annotated

from msgspec import Meta, field

from haymarket import paths
from haymarket.clock import wire_time
from haymarket.feedback.model import Counted, Feedback, FeedbackType, Reason
from haymarket.hal import Link, LinkTemplate, Wire, template
from haymarket.paging import Page, without_paging

NO_REASON = "unspecified"
"""The series of those who gave no reason."""


class AddonFeedback(Wire, kw_only=True):
    """Why somebody removed an app; `version` is the one that was installed."""

    version: str
    time: str
    feedback_type: FeedbackType
    reason_code: Reason | None = None
    message: str | None = None
    email: str | None = None
    full_name: str | None = None
    addon_sen: str | None = None


class AddonFeedbackCollectionLinks(Wire, kw_only=True):
    """Links of a page of feedback."""

    self_: Link = field(name="self")
    distributions: LinkTemplate
    next: Link | None = None
    prev: Link | None = None


class AddonFeedbackCollection(Wire, kw_only=True):
    """A page of feedback, newest first; it is not counted."""

    links: AddonFeedbackCollectionLinks = field(name="_links")
    feedbacks: list[AddonFeedback]


class AddonFeedbackDistributionElement(Wire, kw_only=True):
    """How many there were on a day."""

    date: Day
    count: int


class AddonFeedbackDistributionSeries(Wire, kw_only=True):
    """The days on which a reason was given, or none; days without it are left out."""

    name: str
    elements: list[AddonFeedbackDistributionElement]


class AddonFeedbackDistribution(Wire, kw_only=True):
    """Feedback in numbers: a series for each reason."""

    series: list[AddonFeedbackDistributionSeries]


class NewFeedback(Wire, kw_only=True):
    """What a host product sends when an app was disabled or uninstalled; `at` is now without it."""

    addon_key: str
    addon_version: str
    type: FeedbackType
    reason: Reason | None = None
    message: str | None = None
    email: str | None = None
    full_name: str | None = None
    addon_sen: str | None = None
    at: Annotated[datetime, Meta(tz=True)] | None = None


def from_wire(sent: NewFeedback, app_id: int, now: datetime) -> Feedback:
    """A feedback about an app as it arrives at `now`; blank texts count as absent."""
    return Feedback(
        app_id=app_id,
        at=_moment(sent.at or now),
        version=sent.addon_version.strip(),
        type=sent.type,
        reason=sent.reason,
        message=_told(sent.message),
        email=_told(sent.email),
        full_name=_told(sent.full_name),
        sen=_told(sent.addon_sen),
    )


def to_wire(feedback: Feedback) -> AddonFeedback:
    """A feedback without who gave it."""
    return AddonFeedback(
        version=feedback.version,
        time=wire_time(feedback.at),
        feedback_type=feedback.type,
        reason_code=feedback.reason,
        message=feedback.message,
        addon_sen=feedback.sen,
    )


def to_signed(feedback: Feedback) -> AddonFeedback:
    """A feedback with who gave it, for those who may know."""
    shown = to_wire(feedback)
    shown.email = feedback.email
    shown.full_name = feedback.full_name
    return shown


def to_collection(
    key: str, shown: Sequence[AddonFeedback], page: Page, seen: int, query: list[tuple[str, str]]
) -> AddonFeedbackCollection:
    """A page of feedback; `seen` counts all up to its end, and one more where others follow."""
    path, plain = paths.app_part(key, "feedbacks"), without_paging(query)

    def link(parameters: list[tuple[str, str]] | None) -> Link | None:
        return None if parameters is None else Link(paths.with_query(path, plain + parameters))

    links = AddonFeedbackCollectionLinks(
        self_=Link(paths.with_query(path, query)),
        distributions=template(paths.feedback_distribution_template(key)),
        next=link(page.next(seen)),
        prev=link(page.previous()),
    )
    return AddonFeedbackCollection(links=links, feedbacks=list(shown))


def to_distribution(counted: Iterable[Counted]) -> AddonFeedbackDistribution:
    """Feedback in numbers, the series by name; `counted` has the days ascending."""
    found: dict[str, list[AddonFeedbackDistributionElement]] = {}
    for each in counted:
        element = AddonFeedbackDistributionElement(date=each.day, count=each.count)
        found.setdefault(each.reason or NO_REASON, []).append(element)
    series = [
        AddonFeedbackDistributionSeries(name=name, elements=found[name]) for name in sorted(found)
    ]
    return AddonFeedbackDistribution(series=series)


def _moment(at: datetime) -> datetime:
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def _told(text: str | None) -> str | None:
    return (text or "").strip() or None

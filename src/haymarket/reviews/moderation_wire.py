"""What moderators read of reviews: documents of Haymarket's own."""

from collections.abc import Mapping, Sequence

from msgspec import field

from haymarket import paths
from haymarket.apps.model import App
from haymarket.clock import wire_time
from haymarket.hal import Link, Wire
from haymarket.paging import Page, without_paging
from haymarket.reviews.model import Review


class FlaggedReviewLinks(Wire, kw_only=True):
    """Links of a review to decide on; PUT of `hidden` is the decision."""

    self_: Link = field(name="self")
    addon: Link
    hidden: Link


class FlaggedReview(Wire, kw_only=True):
    """A review that was flagged, or is hidden; `flags` are those that nobody has decided on."""

    links: FlaggedReviewLinks = field(name="_links")
    id: int
    addon_key: str
    author: str
    stars: int
    review: str | None = None
    response: str | None = None
    date: str
    flags: int
    hidden: bool


class FlaggedReviewCollectionLinks(Wire, kw_only=True):
    """Links of a page of flagged reviews."""

    self_: Link = field(name="self")
    next: Link | None = None
    prev: Link | None = None


class FlaggedReviewCollectionEmbedded(Wire):
    """A page of flagged reviews."""

    reviews: list[FlaggedReview]


class FlaggedReviewCollection(Wire, kw_only=True):
    """A page of the reviews to decide on; `count` is for all pages."""

    links: FlaggedReviewCollectionLinks = field(name="_links")
    embedded: FlaggedReviewCollectionEmbedded = field(name="_embedded")
    count: int


def to_flagged(review: Review, app: App) -> FlaggedReview:
    """A review of an app, for moderators."""
    links = FlaggedReviewLinks(
        self_=Link(paths.review(app.key, review.id)),
        addon=Link(paths.app(app.key)),
        hidden=Link(paths.hidden_review(review.id)),
    )
    return FlaggedReview(
        links=links,
        id=review.id,
        addon_key=app.key,
        author=review.author,
        stars=review.stars,
        review=review.text,
        response=review.response,
        date=wire_time(review.at),
        flags=review.flags,
        hidden=review.hidden,
    )


def to_flagged_collection(
    counted: tuple[int, Sequence[Review]],
    apps: Mapping[int, App],
    window: Page,
    query: list[tuple[str, str]],
) -> FlaggedReviewCollection:
    """A page: how many there are in all and those on it, with their apps by number."""
    count, found = counted
    path, plain = paths.flagged_reviews(), without_paging(query)
    following, before = window.next(count), window.previous()
    links = FlaggedReviewCollectionLinks(
        self_=Link(paths.with_query(path, query)),
        next=None if following is None else Link(paths.with_query(path, plain + following)),
        prev=None if before is None else Link(paths.with_query(path, plain + before)),
    )
    shown = [to_flagged(each, apps[each.app_id]) for each in found]
    embedded = FlaggedReviewCollectionEmbedded(reviews=shown)
    return FlaggedReviewCollection(links=links, embedded=embedded, count=count)

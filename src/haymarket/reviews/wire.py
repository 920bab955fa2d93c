"""Reviews as documents (related.md, 7)."""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import field

from haymarket import paths
from haymarket.accounts.model import Caller
from haymarket.apps.model import App
from haymarket.clock import wire_time
from haymarket.hal import Link, LinkTemplate, SelfLinkOnly, Wire, page, template
from haymarket.paging import Page, without_paging
from haymarket.reviews import model
from haymarket.reviews.model import Hosting, Rated, initials_of

Query = list[tuple[str, str]]


class UserSummaryLink(Wire, kw_only=True):
    """Links of a person; `alternate` leads to what the person wrote."""

    alternate: Link
    picture: Link
    picture_template: LinkTemplate


class UserSummary(Wire, kw_only=True):
    """A person, by name."""

    links: UserSummaryLink = field(name="_links")
    name: str


class ReviewResponse(Wire, kw_only=True):
    """What the vendor answers; `text` is HTML."""

    links: SelfLinkOnly | None = field(name="_links", default=None)
    text: str


class ReviewLinks(Wire, kw_only=True):
    """Links of a review; who may not vote for it has no links to vote."""

    self_: Link = field(name="self")
    alternate: Link
    response: Link | None = None
    flag: Link | None = None
    vote_up: Link | None = None
    vote_down: Link | None = None


class ReviewEmbedded(Wire, kw_only=True):
    """Who wrote a review, and what the vendor answers."""

    author: UserSummary | None = None
    response: ReviewResponse | None = None


class Review(Wire, kw_only=True):
    """What somebody thinks of an app: 0 to 4 stars, and words as plain text.

    `helpfulVotes` are among `totalVotes`. `hosting` is there where the app has but one.
    """

    links: ReviewLinks | None = field(name="_links", default=None)
    embedded: ReviewEmbedded | None = field(name="_embedded", default=None)
    review: str | None = None
    stars: int
    date: str | None = None
    total_votes: int | None = None
    helpful_votes: int | None = None
    hosting: Hosting | None = None


class ReviewIn(Wire, kw_only=True):
    """What is read of a review that is sent."""

    stars: int
    review: str | None = None


class ReviewCollectionLinks(Wire, kw_only=True):
    """Links of a page of reviews."""

    self_: Link = field(name="self")
    alternate: Link
    by_this_user: Link
    next: Link | None = None
    prev: Link | None = None


class ReviewCollectionEmbedded(Wire):
    """A page of reviews."""

    reviews: list[Review]


class ReviewCollection(Wire, kw_only=True):
    """A page of the reviews of an app; `count` and `averageStars` are those of all pages."""

    links: ReviewCollectionLinks = field(name="_links")
    embedded: ReviewCollectionEmbedded = field(name="_embedded")
    count: int
    average_stars: float


@dataclass(frozen=True)
class Shown:
    """What a review looks like depends on: its app, who looks at it, where the marketplace is."""

    app: App
    caller: Caller
    base_url: str


def to_wire(review: model.Review, shown: Shown) -> Review:
    """A review as a caller sees it."""
    answer = to_response(review, shown.app)
    embedded = ReviewEmbedded(author=to_author(review, shown.app, shown.base_url), response=answer)
    return Review(
        links=_links(review, shown),
        embedded=embedded,
        review=review.text,
        stars=review.stars,
        date=wire_time(review.at),
        total_votes=review.votes,
        helpful_votes=review.helpful,
        hosting=review.hosting,
    )


def to_response(review: model.Review, app: App) -> ReviewResponse | None:
    """What the vendor of an app answers to a review; None where it does not."""
    if review.response is None:
        return None
    own = f"{paths.review(app.key, review.id)}/response"
    return ReviewResponse(links=SelfLinkOnly(self_=Link(own)), text=review.response)


def to_author(review: model.Review, app: App, base_url: str) -> UserSummary:
    """Who wrote a review. There are no pages about people, so it leads to the review."""
    picture = paths.picture(base_url, initials_of(review.author))
    links = UserSummaryLink(
        alternate=page(paths.review_page(app.id, app.name, review.id)),
        picture=Link(picture, "image/png"),
        picture_template=template(f"{picture}{{?size}}"),
    )
    return UserSummary(links=links, name=review.author)


def to_collection(
    found: Sequence[model.Review], rated: Rated, shown: Shown, window: Page, query: Query
) -> ReviewCollection:
    """A page of reviews; `rated` is of all that are asked for, `query` what was sent."""
    app = shown.app
    path, plain = paths.reviews(app.key), without_paging(query)

    def link(parameters: Query | None) -> Link | None:
        return None if parameters is None else Link(paths.with_query(path, plain + parameters))

    hosting = next((value for name, value in reversed(query) if name == "hosting"), None)
    links = ReviewCollectionLinks(
        self_=Link(paths.with_query(path, query)),
        alternate=page(paths.app_tab(app.id, app.name, "reviews", hosting)),
        by_this_user=Link(f"{path}/mine"),
        next=link(window.next(rated.count)),
        prev=link(window.previous()),
    )
    return ReviewCollection(
        links=links,
        embedded=ReviewCollectionEmbedded(reviews=[to_wire(each, shown) for each in found]),
        count=rated.count,
        average_stars=rated.stars,
    )


def _links(review: model.Review, shown: Shown) -> ReviewLinks:
    app, caller = shown.app, shown.caller
    own = paths.review(app.key, review.id)
    may_answer = review.response is not None or caller.belongs_to(app.vendor_id)
    judges = not caller.is_anonymous and caller.id != review.user_id
    return ReviewLinks(
        self_=Link(own),
        alternate=page(paths.review_page(app.id, app.name, review.id)),
        response=Link(f"{own}/response") if may_answer else None,
        flag=Link(f"{own}/flag") if judges else None,
        vote_up=Link(f"{own}/up") if judges else None,
        vote_down=Link(f"{own}/down") if judges else None,
    )

"""Lists of reviews: orders, filters, pages and links."""

from collections.abc import Sequence

import pytest

from calling import Api, problem
from given import FakeClock, Person, a_kept_app, a_user, a_vendor
from haymarket.reviews.model import Hosting, Review
from haymarket.reviews.store import add_review
from haymarket.storage import Storage
from reviews.writing import MINE, REVIEWS, links, put_state, words, written


@pytest.fixture
def many(storage: Storage) -> Sequence[Person]:
    """Five users."""
    return [a_user(storage, f"user{number}@customer.example") for number in range(5)]


def test_an_app_without_reviews_has_an_empty_list(
    api: Api, app_path: str, anonymous: Person
) -> None:
    found = api.get(anonymous, REVIEWS).json()
    assert (found["count"], found["averageStars"]) == (0, 0.0)
    assert found["_embedded"] == {"reviews": []}
    assert links(api.get(anonymous, REVIEWS))["byThisUser"] == MINE


def test_the_newest_stand_first_and_a_change_makes_new(
    api: Api, app_path: str, many: Sequence[Person], clock: FakeClock, anonymous: Person
) -> None:
    for number, who in enumerate(many[:3]):
        clock.advance(minutes=1)
        written(api, who, 3, f"{number}")
    assert words(api.get(anonymous, REVIEWS)) == ["2", "1", "0"]
    clock.advance(minutes=1)
    written(api, many[0], 3, "0 again")
    assert words(api.get(anonymous, REVIEWS)) == ["0 again", "2", "1"]
    assert words(api.get(anonymous, REVIEWS, sort="recent")) == ["0 again", "2", "1"]


def test_helpful_is_by_votes_up_minus_votes_down_then_new(
    api: Api, app_path: str, many: Sequence[Person], clock: FakeClock, anonymous: Person
) -> None:
    paths = []
    for number, who in enumerate(many[:4]):
        clock.advance(minutes=1)
        paths.append(written(api, who, 3, f"{number}"))
    put_state(api, many[4], f"{paths[0]}/up")
    put_state(api, many[4], f"{paths[2]}/down")
    put_state(api, many[4], f"{paths[1]}/up")
    put_state(api, many[0], f"{paths[1]}/down")
    assert words(api.get(anonymous, REVIEWS, sort="helpful")) == ["0", "3", "1", "2"]


def test_pages_lead_to_one_another(
    api: Api, app_path: str, many: Sequence[Person], anonymous: Person, clock: FakeClock
) -> None:
    for number, who in enumerate(many):
        clock.advance(minutes=1)
        written(api, who, number, f"{number}")
    first = api.get(anonymous, REVIEWS, limit=2, sort="helpful")
    assert links(first)["self"] == f"{REVIEWS}?limit=2&sort=helpful"
    assert links(first)["next"] == f"{REVIEWS}?limit=2&offset=2&sort=helpful"
    seen, page = [], first
    while True:
        assert (page.json()["count"], page.json()["averageStars"]) == (5, 2.0)
        seen += words(page)
        if "next" not in links(page):
            break
        page = api.get(anonymous, links(page)["next"])
    assert seen == ["4", "3", "2", "1", "0"]
    assert links(page)["prev"] == f"{REVIEWS}?limit=2&offset=2&sort=helpful"
    none = api.get(anonymous, REVIEWS, limit=0)
    assert (words(none), none.json()["count"]) == ([], 5)
    assert not {"next", "prev"} & set(links(none))


def test_hosting_narrows_list_count_and_average(
    api: Api, storage: Storage, many: Sequence[Person], anonymous: Person
) -> None:
    a_vendor(storage, 12, "Acme")
    app = a_kept_app(storage, "com.acme.kept")
    told: list[tuple[int, Hosting | None]] = [(1, "cloud"), (2, "cloud"), (4, "server"), (4, None)]
    with storage.writing(None) as db:
        for who, (stars, hosting) in zip(many, told, strict=False):
            kept = Review(0, app.id, who.id or 0, stars, None, hosting, db.now())
            add_review(db, app.key, kept)

    def found(**query: str) -> tuple[int, float]:
        answer = api.get(anonymous, "addons/com.acme.kept/reviews", **query).json()
        assert len(answer["_embedded"]["reviews"]) == answer["count"]
        return answer["count"], answer["averageStars"]

    assert found() == (4, 2.75)
    assert found(hosting="cloud") == (2, 1.5)
    assert found(hosting="server", sort="helpful") == (1, 4.0)
    assert found(hosting="datacenter") == (0, 0.0)
    cloud = api.get(anonymous, "addons/com.acme.kept/reviews", hosting="cloud")
    assert links(cloud)["alternate"].endswith("?hosting=cloud&tab=reviews")


def test_what_can_not_be_asked_for_is_refused(api: Api, app_path: str, anonymous: Person) -> None:
    for query in (
        {"sort": "stars"},
        {"hosting": "dataCenter"},
        {"offset": "-1"},
        {"limit": "many"},
    ):
        [name] = query
        assert problem(api.get(anonymous, REVIEWS, **query))["message"].startswith(f"{name}: ")


def test_links_are_those_that_a_caller_can_use(
    api: Api, app_path: str, wren: Person, ines: Person, vendor: Person, anonymous: Person
) -> None:
    path = written(api, wren)
    always, judging = {"self", "alternate"}, {"flag", "voteUp", "voteDown"}
    for who, more in (
        (anonymous, set()),
        (wren, set()),
        (ines, judging),
        (vendor, judging | {"response"}),
    ):
        assert set(links(api.get(who, path))) == always | more
    api.put(vendor, f"{path}/response", {"text": "Thanks"})
    assert links(api.get(anonymous, path))["response"] == f"{path}/response"
    assert links(api.get(ines, path))["voteUp"] == f"{path}/up"


def test_a_page_costs_the_same_statements_however_long_it_is(
    api: Api, app_path: str, many: Sequence[Person], anonymous: Person
) -> None:
    def cost() -> int:
        api.settle()
        return min(_statements(api, anonymous) for _ in range(5))

    written(api, many[0])
    one = cost()
    for who in many[1:]:
        written(api, who)
    assert cost() == one


def _statements(api: Api, who: Person) -> int:
    """What a page costs, and whatever the follower of the journal asks meanwhile."""
    before = api.storage.statements
    api.get(who, REVIEWS)
    return api.storage.statements - before


def test_pictures_are_drawn_from_initials(
    api: Api, app_path: str, wren: Person, anonymous: Person
) -> None:
    author = api.get(anonymous, written(api, wren)).json()["_embedded"]["author"]
    path = author["_links"]["picture"]["href"].removeprefix("http://haymarket.test")
    for query in ("", "?size=16"):
        answer = api.client.get(f"{path}{query}")
        assert answer.content.startswith(b"\x89PNG")
    for bad in ("/files/people/ABC.png", "/files/people/.png", "/files/people/A.jpg"):
        assert api.client.get(bad).status_code == 404
    for size in ("15", "145", "many"):
        assert api.client.get(f"{path}?size={size}").status_code == 400

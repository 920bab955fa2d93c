"""The stars of an app follow its reviews, exactly, in its row and on the shelf."""

from itertools import count
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from calling import Api
from given import ACME, Person, a_kept_app, a_user, a_vendor
from haymarket.apps.model import Figures
from haymarket.apps.store import get_app
from haymarket.storage import Storage
from reviews.writing import APP, figures, hide, put_state, review, written

NUMBERS = count()
WHO = st.integers(0, 3)


def test_a_review_is_in_the_summaries_of_the_app_at_once(
    api: Api, app_path: str, wren: Person, ines: Person, anonymous: Person
) -> None:
    for who, stars, expected in ((wren, 4, (4.0, 1)), (ines, 1, (2.5, 2)), (wren, 2, (1.5, 2))):
        written(api, who, stars)
        assert figures(api, wren) == expected
        api.settle()
        assert figures(api, anonymous) == expected
        [listed] = api.get(anonymous, "addons").json()["_embedded"]["addons"]
        assert listed["_embedded"]["reviews"] == {
            "averageStars": expected[0],
            "count": expected[1],
        }


def test_the_day_of_the_last_change_of_the_app_is_no_other(
    api: Api, app_path: str, wren: Person
) -> None:
    before = api.get(wren, APP).json()["lastModified"]
    written(api, wren)
    assert api.get(wren, APP).json()["lastModified"] == before


def test_one_review_with_all_stars_does_not_lead(
    api: Api, storage: Storage, wren: Person, anonymous: Person
) -> None:
    a_vendor(storage, ACME, "Acme")
    a_kept_app(storage, "com.acme.good", figures=Figures(stars=3.6, reviews=200))
    a_kept_app(storage, "com.acme.plain")
    a_kept_app(storage, "com.acme.one")
    written(api, wren, 4, at="/rest/2/addons/com.acme.one")
    api.settle()

    def ordered() -> list[str]:
        found = api.get(anonymous, "addons", filter="highest-rated").json()
        return [each["key"].rpartition(".")[2] for each in found["_embedded"]["addons"]]

    assert ordered() == ["good", "one", "plain"]
    written(api, wren, 0, at="/rest/2/addons/com.acme.one")
    api.settle()
    assert ordered() == ["good", "plain", "one"]


def test_real_reviews_add_to_what_was_counted_before(
    api: Api, storage: Storage, wren: Person, ines: Person, admin: Person
) -> None:
    a_vendor(storage, ACME, "Acme")
    path = "/rest/2/addons/com.acme.old"
    a_kept_app(storage, "com.acme.old", figures=Figures(stars=3.0, reviews=2))
    mine = written(api, wren, 0, at=path)
    assert figures(api, wren, path) == (2.0, 3)
    assert api.get(wren, f"{path}/reviews").json()["count"] == 1
    other = written(api, ines, 2, at=path)
    assert figures(api, wren, path) == (2.0, 4)
    hide(api, admin, other)
    assert api.call("DELETE", wren, mine).status_code == 204
    assert figures(api, wren, path) == (3.0, 2)


def test_votes_and_answers_move_no_figures(
    api: Api, app_path: str, wren: Person, ines: Person, vendor: Person
) -> None:
    path = written(api, wren)
    with api.storage.reading() as db:
        before = db.head()
    put_state(api, ines, f"{path}/up")
    put_state(api, ines, f"{path}/flag")
    api.put(vendor, f"{path}/response", {"text": "Thanks"})
    with api.storage.reading() as db:
        kinds = {each.kind for each in db.entries_after(before)}
    assert kinds == {"review.voted", "review.flagged", "review.changed"}


class Reviews(RuleBasedStateMachine):
    """One app; `known` has the stars of each user's review, and whether it is hidden."""

    api: Api
    people: list[Person]
    admin: Person
    base: Figures

    def __init__(self) -> None:
        super().__init__()
        self.key = f"com.acme.rated{next(NUMBERS)}"
        self.path = f"/rest/2/addons/{self.key}"
        a_kept_app(self.api.storage, self.key, figures=self.base)
        self.known: dict[int, tuple[int, bool]] = {}
        self.paths: dict[int, str] = {}

    @rule(who=WHO, stars=st.integers(0, 4))
    def write(self, who: int, stars: int) -> None:
        self.paths[who] = written(self.api, self.people[who], stars, at=self.path)
        self.known[who] = (stars, self.known.get(who, (0, False))[1])

    @rule(who=WHO, stars=st.integers(-3, 9))
    def write_badly(self, who: int, stars: int) -> None:
        if not 0 <= stars <= 4:
            answer = self.api.post(self.people[who], f"{self.path}/reviews", review(stars))
            assert answer.status_code == 400

    @rule(who=WHO)
    def remove(self, who: int) -> None:
        answer = self.api.call("DELETE", self.people[who], f"{self.path}/reviews/mine")
        assert answer.status_code == (204 if self.known.pop(who, None) else 404)

    @rule(who=WHO, state=st.booleans())
    @precondition(lambda self: self.known)
    def decide(self, who: int, state: bool) -> None:
        if who in self.known:
            hide(self.api, self.admin, self.paths[who], state)
            self.known[who] = (self.known[who][0], state)

    @rule(who=WHO, voter=WHO, part=st.sampled_from(["up", "down", "flag"]))
    def judge(self, who: int, voter: int, part: str) -> None:
        if who in self.known and who != voter and not self.known[who][1]:
            put_state(self.api, self.people[voter], f"{self.paths[who]}/{part}")

    @invariant()
    def the_figures_are_those_of_a_naive_count(self) -> None:
        seen = [stars for stars, hidden in self.known.values() if not hidden]
        number = self.base.reviews + len(seen)
        expected = self.base.stars
        if seen:
            expected = (self.base.stars * self.base.reviews + sum(seen)) / number
        with self.api.storage.reading() as db:
            app = get_app(db, self.key)
        assert app is not None
        assert (app.figures.stars, app.figures.reviews) == (expected, number)
        listed = self.api.get(self.people[0], f"{self.path}/reviews").json()
        average = sum(seen) / len(seen) if seen else 0.0
        assert (listed["averageStars"], listed["count"]) == (average, len(seen))


def test_any_sequence_gives_the_figures_of_a_naive_count(
    api: Api, storage: Storage, admin: Person
) -> None:
    a_vendor(storage, ACME, "Acme")
    people = [a_user(storage, f"user{number}@customer.example") for number in range(4)]
    facts: dict[str, Any] = {"api": api, "people": people, "admin": admin}
    for base in (Figures(), Figures(stars=3.3, reviews=7)):
        machine = type("Machine", (Reviews,), {**facts, "base": base})
        run(
            machine,
            settings=settings(
                max_examples=8,
                stateful_step_count=15,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                database=None,
            ),
        )

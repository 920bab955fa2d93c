"""Votes exclude one another, nobody judges himself, and vendors answer."""

import pytest

from calling import Api, pointer, problem
from given import Person
from haymarket.reviews.model import LONGEST_RESPONSE
from reviews.writing import put_state, state_of, written


def votes(api: Api, path: str, who: Person) -> tuple[int, int]:
    """How many votes there are, and how many of them are up."""
    found = api.get(who, path).json()
    return found["totalVotes"], found["helpfulVotes"]


@pytest.fixture
def path(api: Api, app_path: str, wren: Person) -> str:
    """The path of a review of Wren's."""
    return written(api, wren)


def test_up_and_down_exclude_one_another(api: Api, path: str, ines: Person) -> None:
    up, down = f"{path}/up", f"{path}/down"
    for part, state, expected in (
        (up, True, (1, 1)),
        (up, True, (1, 1)),
        (down, True, (1, 0)),
        (up, False, (1, 0)),
        (down, False, (0, 0)),
        (down, False, (0, 0)),
        (down, True, (1, 0)),
        (up, True, (1, 1)),
    ):
        put_state(api, ines, part, state)
        assert votes(api, path, ines) == expected
        assert state_of(api, ines, part) is state
    assert (state_of(api, ines, up), state_of(api, ines, down)) == (True, False)


def test_everybody_has_one_vote_for_himself(
    api: Api, path: str, ines: Person, other_vendor: Person, clerk: Person
) -> None:
    put_state(api, ines, f"{path}/up")
    put_state(api, clerk, f"{path}/down")
    assert votes(api, path, ines) == (2, 1)
    assert not state_of(api, other_vendor, f"{path}/up")
    put_state(api, other_vendor, f"{path}/up")
    assert votes(api, path, ines) == (3, 2)


def test_a_state_tells_what_it_is_about(api: Api, path: str, ines: Person) -> None:
    for part in ("up", "down", "flag"):
        assert api.get(ines, f"{path}/{part}").json() == {
            "_links": {"self": {"href": f"{path}/{part}"}, "up": {"href": path}},
            "state": False,
        }


def test_nobody_judges_his_own_review(api: Api, path: str, wren: Person) -> None:
    for part in ("up", "down", "flag"):
        assert api.put(wren, f"{path}/{part}", {"state": True}).status_code == 403
        assert not state_of(api, wren, f"{path}/{part}")
    assert votes(api, path, wren) == (0, 0)


def test_a_state_is_true_or_false(
    api: Api, path: str, ines: Person, wren: Person, anonymous: Person
) -> None:
    for part in ("up", "down", "flag"):
        for bad in ({}, {"state": "yes"}, {"state": None}):
            assert pointer(api.put(ines, f"{path}/{part}", bad)) == "/state"
        assert api.put(wren, f"{path}/{part}", {}).status_code == 403
        assert api.put(anonymous, f"{path}/{part}", {}).status_code == 401
        assert api.get(anonymous, f"{path}/{part}").status_code == 401


def test_votes_stay_when_the_review_changes(
    api: Api, path: str, wren: Person, ines: Person
) -> None:
    put_state(api, ines, f"{path}/up")
    written(api, wren, 0, "Other words")
    assert votes(api, path, ines) == (1, 1)


def test_what_is_so_already_is_not_written_again(api: Api, path: str, ines: Person) -> None:
    for part in ("up", "flag"):
        put_state(api, ines, f"{path}/{part}")
    with api.storage.reading() as db:
        head = db.head()
    for part, state in (("up", True), ("flag", True), ("down", False)):
        put_state(api, ines, f"{path}/{part}", state)
    with api.storage.reading() as db:
        assert db.head() == head


# --- answers --------------------------------------------------------------------------------


def test_a_vendor_answers_in_harmless_html(
    api: Api, path: str, clerk: Person, anonymous: Person
) -> None:
    own = f"{path}/response"
    assert problem(api.get(anonymous, own), 404)["code"] == "NOT_FOUND"
    sent = "<p onclick='x()'>Thank <b>you</b></p><script>alert(1)</script>"
    answer = api.put(clerk, own, {"text": sent})
    assert (answer.status_code, answer.headers["Location"]) == (204, own)
    shown = {"_links": {"self": {"href": own}}, "text": "<p>Thank <b>you</b></p>"}
    assert api.get(anonymous, own).json() == shown
    assert api.get(anonymous, path).json()["_embedded"]["response"] == shown
    assert api.put(clerk, own, {"text": "Once more"}).status_code == 204
    assert api.get(anonymous, own).json()["text"] == "Once more"
    assert api.call("DELETE", clerk, own).status_code == 204
    assert api.get(anonymous, own).status_code == 404
    assert api.call("DELETE", clerk, own).status_code == 404


def test_nobody_else_answers(
    api: Api,
    path: str,
    wren: Person,
    other_vendor: Person,
    vendor: Person,
    anonymous: Person,
) -> None:
    own = f"{path}/response"
    for who in (wren, other_vendor):
        assert api.put(who, own, {"text": "Me too"}).status_code == 403
        assert api.call("DELETE", who, own).status_code == 403
    assert api.put(anonymous, own, {"text": "Me too"}).status_code == 401
    assert api.get(vendor, own).status_code == 404


def test_an_answer_has_words(api: Api, path: str, vendor: Person) -> None:
    for bad in ({}, {"text": " "}, {"text": "<script>x</script>"}, {"text": 1}):
        assert pointer(api.put(vendor, f"{path}/response", bad)) == "/text"
    long = {"text": "x" * (LONGEST_RESPONSE + 1)}
    assert pointer(api.put(vendor, f"{path}/response", long)) == "/text"
    assert "response" not in api.get(vendor, path).json()["_embedded"]

"""Reviews are written, changed and deleted: one for each user and app."""

import threading

import pytest

from calling import Api, pointer, problem
from given import FakeClock, Json, Person, a_contact, a_vendor, an_app, an_app_token
from haymarket.reviews.model import LONGEST_REVIEW
from haymarket.storage import Storage
from reviews.writing import APP, KEY, MINE, REVIEWS, figures, review, state_of, written


def test_a_review_arrives_whole(
    api: Api, app_path: str, wren: Person, anonymous: Person, clock: FakeClock
) -> None:
    path = written(api, wren, 3, "It draws what I mean")
    assert path.startswith(f"{REVIEWS}/id/")
    number = path.rpartition("/")[2]
    found = api.get(anonymous, path).json()
    app_id = api.get(wren, APP).json()["_links"]["alternate"]["href"].split("/")[2]
    page = {
        "href": f"/apps/{app_id}/draw?tab=reviews#review-{number}",
        "type": "text/html",
    }
    picture = "http://haymarket.test/files/people/W.png"
    assert found == {
        "_links": {"self": {"href": path}, "alternate": page},
        "_embedded": {
            "author": {
                "_links": {
                    "alternate": page,
                    "picture": {"href": picture, "type": "image/png"},
                    "pictureTemplate": {
                        "href": f"{picture}{{?size}}",
                        "templated": True,
                        "template": f"{picture}{{?size}}",
                    },
                },
                "name": "Wren",
            }
        },
        "review": "It draws what I mean",
        "stars": 3,
        "date": "2026-11-24T09:30:00.000Z",
        "totalVotes": 0,
        "helpfulVotes": 0,
        "hosting": "server",
    }


def test_writing_again_changes_the_one_review_of_a_user(
    api: Api, app_path: str, wren: Person, ines: Person, clock: FakeClock
) -> None:
    path = written(api, wren, 1, "Bad")
    clock.advance(days=1)
    for method, at in (("POST", REVIEWS), ("PUT", MINE), ("PUT", path)):
        answer = api.call(method, wren, at, json=review(4, f"Better by {method}"))
        assert (answer.status_code, answer.headers["Location"]) == (204, path)
        mine = api.get(wren, MINE).json()
        assert (mine["stars"], mine["review"]) == (4, f"Better by {method}")
        assert mine["date"] == "2026-11-25T09:30:00.000Z"
    assert api.get(wren, REVIEWS).json()["count"] == 1
    assert written(api, ines) != path
    assert figures(api, wren) == (3.5, 2)


def test_a_put_to_mine_creates_too(api: Api, app_path: str, wren: Person) -> None:
    assert api.get(wren, MINE).status_code == 404
    assert api.put(wren, MINE, review(2)).status_code == 204
    assert api.get(wren, MINE).json()["stars"] == 2


def test_stars_are_enough(api: Api, app_path: str, wren: Person) -> None:
    for text in (None, "", "  \n ", "<p></p>"):
        path = written(api, wren, 0, text)
        assert "review" not in api.get(wren, path).json()
    assert figures(api, wren) == (0.0, 1)


@pytest.mark.parametrize(
    ("document", "at"),
    [
        ({}, "/stars"),
        ({"review": "No stars"}, "/stars"),
        (review(5), "/stars"),
        (review(-1), "/stars"),
        ({"stars": 2.5}, "/stars"),
        ({"stars": True}, "/stars"),
        ({"stars": "3"}, "/stars"),
        ({"stars": 2**70}, "/stars"),
        ({"stars": 3, "review": 7}, "/review"),
        (review(3, "x" * (LONGEST_REVIEW + 1)), "/review"),
        ({"stars": 3, "review": "\0"}, "/review"),
    ],
)
def test_bad_reviews_are_refused_with_the_place(
    api: Api, app_path: str, wren: Person, document: Json, at: str
) -> None:
    for method, path in (("POST", REVIEWS), ("PUT", MINE)):
        assert pointer(api.call(method, wren, path, json=document)) == at
    assert api.get(wren, REVIEWS).json()["count"] == 0


def test_read_only_members_are_ignored(api: Api, app_path: str, wren: Person) -> None:
    sent = review() | {
        "_links": {"self": {"href": "http://default/uri"}},
        "date": "1999-01-01T00:00:00Z",
        "totalVotes": 1000,
        "helpfulVotes": 1000,
        "hosting": "cloud",
    }
    assert api.post(wren, REVIEWS, sent).status_code == 204
    mine = api.get(wren, MINE).json()
    assert (mine["totalVotes"], mine["helpfulVotes"], mine["hosting"]) == (0, 0, "server")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a < b & b > c", "a < b & b > c"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("<b>bold</b> words", "bold words"),
        ("x<script>alert(1)</script>y", "xy"),
        ("x&lt;script&gt;alert(1)&lt;/script&gt;y", "xy"),
        ("x&amp;lt;img src=x onerror=alert(1)&amp;gt;y", "xy"),
        ("<img src=x onerror=alert(1)>Fine", "Fine"),
    ],
)
def test_words_are_plain_however_they_are_read(
    api: Api, app_path: str, wren: Person, sent: str, kept: str
) -> None:
    assert api.get(wren, written(api, wren, 3, sent)).json()["review"] == kept


def test_contacts_do_not_review_the_apps_of_their_vendor(
    api: Api, app_path: str, vendor: Person, clerk: Person, other_vendor: Person, admin: Person
) -> None:
    for who in (vendor, clerk):
        assert problem(api.post(who, REVIEWS, review()), 403)["code"] == "FORBIDDEN"
        assert api.put(who, MINE, review()).status_code == 403
        assert api.post(who, REVIEWS, {}).status_code == 403
    for who in (other_vendor, admin):
        written(api, who)


def test_who_becomes_a_contact_reviews_no_more_but_may_delete(
    api: Api, app_path: str, wren: Person, storage: Storage
) -> None:
    path = written(api, wren)
    a_contact(storage, wren.email, a_vendor(storage, 12, "Acme"), ("view-sales-reports",))
    assert api.put(wren, path, review(4)).status_code == 403
    assert api.call("DELETE", wren, path).status_code == 204


def test_only_the_author_changes_a_review(
    api: Api,
    app_path: str,
    wren: Person,
    ines: Person,
    vendor: Person,
    admin: Person,
    anonymous: Person,
) -> None:
    path = written(api, wren, 3, "Mine")
    for who in (ines, vendor, admin):
        assert api.put(who, path, review(0)).status_code == 403
    assert api.put(anonymous, path, review(0)).status_code == 401
    for who in (ines, vendor):
        assert api.call("DELETE", who, path).status_code == 403
    assert api.get(anonymous, path).json()["review"] == "Mine"
    assert api.call("DELETE", admin, path).status_code == 204
    assert api.get(anonymous, path).status_code == 404


def test_deleting_takes_votes_flags_and_the_answer_along(
    api: Api, app_path: str, wren: Person, ines: Person, vendor: Person
) -> None:
    path = written(api, wren)
    for part in ("up", "flag"):
        assert api.put(ines, f"{path}/{part}", {"state": True}).status_code == 204
    assert api.put(vendor, f"{path}/response", {"text": "<p>Thanks</p>"}).status_code == 204
    assert api.call("DELETE", wren, MINE).status_code == 204
    assert figures(api, wren) == (0.0, 0)
    for part in ("", "/up", "/flag", "/response"):
        assert api.get(ines, f"{path}{part}").status_code == 404
    assert api.call("DELETE", wren, MINE).status_code == 404
    again = written(api, wren)
    assert again != path
    assert not state_of(api, ines, f"{again}/up")
    with api.storage.engine.connect() as connection:
        for table in ("review_votes", "review_flags"):
            assert connection.exec_driver_sql(f"SELECT * FROM {table}").all() == []


def test_a_review_is_found_below_its_app_only(
    api: Api, app_path: str, vendor: Person, wren: Person, anonymous: Person
) -> None:
    number = written(api, wren).rpartition("/")[2]
    other = an_app(api, vendor, "com.acme.other")
    assert api.get(vendor, f"{other}/reviews/id/{number}").status_code == 404
    for bad in ("0", "-1", "x", "1e3", "٣", "9" * 19, "9" * 40, f"0{number}"):
        assert api.get(anonymous, f"{REVIEWS}/id/{bad}").status_code == 404
        assert api.put(wren, f"{REVIEWS}/id/{bad}/up", {"state": True}).status_code == 404


def test_a_private_app_is_reviewed_by_whoever_it_was_opened_to(
    api: Api, vendor: Person, wren: Person, anonymous: Person
) -> None:
    path = an_app(api, vendor)
    token = an_app_token(api, vendor, path)
    assert api.post(wren, REVIEWS, review()).status_code == 404
    assert api.get(wren, REVIEWS).status_code == 404
    assert api.post(wren, f"{REVIEWS}?accessToken={token}", review()).status_code == 204
    assert api.post(anonymous, f"{REVIEWS}?accessToken={token}", review()).status_code == 401
    assert api.get(anonymous, REVIEWS, accessToken=token).json()["count"] == 1


def test_the_journal_is_told_no_words(api: Api, app_path: str, wren: Person) -> None:
    with api.storage.reading() as db:
        before = db.head()
    written(api, wren, 3, "Secret words")
    with api.storage.reading() as db:
        found = db.entries_after(before)
    assert [(each.kind, each.subject, each.actor) for each in found] == [
        ("review.added", KEY, wren.id),
        ("app.counted", KEY, wren.id),
    ]
    assert "Secret" not in str(found)


def test_two_at_once_make_one_review(api: Api, app_path: str, wren: Person) -> None:
    statuses: list[int] = []

    def write() -> None:
        statuses.append(api.post(wren, REVIEWS, review()).status_code)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [204] * 4
    assert figures(api, wren) == (3.0, 1)
    assert api.get(wren, REVIEWS).json()["count"] == 1

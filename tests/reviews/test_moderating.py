"""Flagged reviews wait for administrators, who hide them or let them stand."""

from typing import Any

from calling import Api, pointer
from given import Person
from reviews.writing import (
    FLAGGED,
    KEY,
    MINE,
    REVIEWS,
    figures,
    hide,
    links,
    put_state,
    review,
    state_of,
    words,
    written,
)


def waiting(api: Api, admin: Person, **query: Any) -> list[tuple[str, int]]:
    """What there is to decide on: paths and flags."""
    found = api.get(admin, FLAGGED, **query).json()
    shown = found["_embedded"]["reviews"]
    assert found["count"] == len(shown)
    return [(each["_links"]["self"]["href"], each["flags"]) for each in shown]


def test_flagged_reviews_wait_with_the_most_flags_first(
    api: Api, app_path: str, wren: Person, ines: Person, vendor: Person, admin: Person
) -> None:
    one, other = written(api, wren), written(api, ines, 2, "<b>Bold</b>")
    put_state(api, ines, f"{one}/flag")
    put_state(api, wren, f"{other}/flag")
    put_state(api, vendor, f"{other}/flag")
    assert waiting(api, admin) == [(other, 2), (one, 1)]
    first = api.get(admin, FLAGGED, limit=1)
    assert links(first) == {
        "self": f"{FLAGGED}?limit=1",
        "next": f"{FLAGGED}?limit=1&offset=1",
    }
    number = other.rpartition("/")[2]
    [shown] = first.json()["_embedded"]["reviews"]
    assert shown == {
        "_links": {
            "self": {"href": other},
            "addon": {"href": f"/rest/2/addons/{KEY}"},
            "hidden": {"href": f"/rest/haymarket/1/reviews/{number}/hidden"},
        },
        "id": int(number),
        "addonKey": KEY,
        "author": "Ines",
        "stars": 2,
        "review": "Bold",
        "date": "2026-11-24T09:30:00.000Z",
        "flags": 2,
        "hidden": False,
    }
    put_state(api, wren, f"{other}/flag", False)
    put_state(api, vendor, f"{other}/flag", False)
    assert waiting(api, admin) == [(one, 1)]


def test_a_hidden_review_is_there_for_its_author_and_administrators(
    api: Api,
    app_path: str,
    wren: Person,
    ines: Person,
    vendor: Person,
    admin: Person,
    anonymous: Person,
) -> None:
    path = written(api, wren, 0, "Rude")
    written(api, ines, 4, "Kind")
    put_state(api, ines, f"{path}/flag")
    hide(api, admin, path)
    assert figures(api, admin) == (4.0, 1)
    listed = api.get(anonymous, REVIEWS)
    assert (words(listed), listed.json()["count"]) == (["Kind"], 1)
    for who in (anonymous, ines, vendor):
        assert api.get(who, path).status_code == 404
        assert api.get(who, f"{path}/response").status_code == 404
    for part in ("up", "down", "flag"):
        assert api.put(ines, f"{path}/{part}", {"state": True}).status_code == 404
    assert api.put(vendor, f"{path}/response", {"text": "No"}).status_code == 404
    for who in (wren, admin):
        assert api.get(who, path).json()["review"] == "Rude"
    assert api.get(wren, MINE).json()["review"] == "Rude"
    assert waiting(api, admin) == []
    assert waiting(api, admin, hidden="true") == [(path, 0)]


def test_writing_again_does_not_show_what_is_hidden(
    api: Api, app_path: str, wren: Person, admin: Person, anonymous: Person
) -> None:
    path = written(api, wren, 0, "Rude")
    hide(api, admin, path)
    assert api.put(wren, MINE, review(1, "Still rude")).status_code == 204
    assert api.get(anonymous, path).status_code == 404
    assert figures(api, admin) == (0.0, 0)
    hide(api, admin, path, False)
    assert api.get(anonymous, path).json()["review"] == "Still rude"
    assert figures(api, admin) == (1.0, 1)


def test_a_decision_settles_the_flags_until_somebody_else_flags_it(
    api: Api, app_path: str, wren: Person, ines: Person, vendor: Person, admin: Person
) -> None:
    path = written(api, wren)
    put_state(api, ines, f"{path}/flag")
    hide(api, admin, path, False)
    assert waiting(api, admin) == []
    assert state_of(api, ines, f"{path}/flag")
    put_state(api, ines, f"{path}/flag")
    assert waiting(api, admin) == []
    put_state(api, vendor, f"{path}/flag")
    assert waiting(api, admin) == [(path, 1)]


def test_only_administrators_decide(
    api: Api, app_path: str, wren: Person, vendor: Person, anonymous: Person, admin: Person
) -> None:
    number = written(api, wren).rpartition("/")[2]
    own = f"/rest/haymarket/1/reviews/{number}/hidden"
    for who, status in ((anonymous, 401), (wren, 403), (vendor, 403)):
        assert api.get(who, FLAGGED).status_code == status
        assert api.get(who, own).status_code == status
        assert api.put(who, own, {"state": True}).status_code == status
    assert not state_of(api, admin, own)
    assert pointer(api.put(admin, own, {})) == "/state"
    for unknown in ("0", "999999", str(2**63), "9" * 40):
        path = f"/rest/haymarket/1/reviews/{unknown}/hidden"
        assert api.get(admin, path).status_code == 404
        assert api.put(admin, path, {"state": True}).status_code == 404

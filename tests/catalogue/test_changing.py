"""Creating and changing apps over HTTP (apps.md, C.2 and C.9)."""

import threading

from calling import Api, add, pointer, remove, replace
from given import (
    Person,
    a_public_app,
    an_app,
    an_uploaded_image,
    app_document,
    version_document,
)


def test_a_new_app_answers_with_its_place_and_its_document(api: Api, vendor: Person) -> None:
    answer = api.post(vendor, "addons", app_document())
    assert answer.status_code == 201
    assert answer.headers["Location"] == "/rest/2/addons/com.acme.draw"
    body = answer.json()
    assert (body["key"], body["status"]) == ("com.acme.draw", "private")
    assert body["_embedded"]["version"]["buildNumber"] == 1


def test_the_dummies_of_the_official_client_are_ignored(api: Api, vendor: Person) -> None:
    document = app_document()
    document["_links"]["self"] = document["_links"]["alternate"] = {"href": "http://default/uri"}
    document["_embedded"] |= {
        "categories": [],
        "distribution": {"downloads": 0, "bundled": False, "bundledCloud": False},
        "reviews": {"averageStars": 0, "count": 0},
    }
    assert api.post(vendor, "addons", document).status_code == 201


def test_what_is_wrong_is_named_by_its_pointer(api: Api, vendor: Person) -> None:
    for document, path in (
        (app_document(name="x" * 61), "/name"),
        (app_document(key="no good"), "/key"),
        (app_document(key="archived"), "/key"),
        (app_document(status="rejected"), "/status"),
        (app_document(status="great"), "/status"),
        (app_document(vendor_id=4711), "/_links/vendor"),
        (app_document(vendorLinks={"privacy": "here"}), "/vendorLinks/privacy"),
        (app_document(_embedded={}), "/_embedded/version"),
        (app_document(version={"status": "great"}), "/_embedded/version/status"),
        (app_document(status="public", tagLine=None), "/tagLine"),
    ):
        assert pointer(api.post(vendor, "addons", document)) == path
    assert api.get(vendor, "addons/com.acme.draw").status_code == 404, "nothing is half done"


def test_a_key_is_taken_once_even_by_two_at_once(api: Api, vendor: Person) -> None:
    statuses: list[int] = []

    def post() -> None:
        statuses.append(api.post(vendor, "addons", app_document()).status_code)

    threads = [threading.Thread(target=post) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [201, 400]


def test_the_patch_of_the_official_client_unlinks_nothing(
    api: Api, vendor: Person, admin: Person
) -> None:
    path = a_public_app(api, vendor, admin)
    logo = an_uploaded_image(api, vendor)
    assert api.patch(vendor, path, add("/_links/logo", {"href": logo})).status_code == 204
    answer = api.patch(
        vendor,
        path,
        remove("/_embedded/logo"),
        remove("/_embedded/vendor"),
        replace("/_embedded/categories", []),
        replace("/_embedded/distribution/downloads", 0),
        replace("/_embedded/reviews/count", 0),
        replace("/name", "Drawn Anew"),
    )
    assert (answer.status_code, answer.headers["Location"]) == (204, path)
    body = api.get(vendor, path).json()
    assert body["name"] == "Drawn Anew"
    assert body["_links"]["logo"] == {"href": logo}
    assert "logo" in body["_embedded"]


def test_a_patch_is_whole_or_not_at_all(api: Api, vendor: Person) -> None:
    path = an_app(api, vendor)
    for bad in (
        replace("/nothing/there", 1),
        {"op": "test", "path": "/name", "value": "Other"},
        {"op": "paint", "path": "/name"},
        replace("no pointer", 1),
        replace("/key", "com.acme.other"),
    ):
        assert api.patch(vendor, path, replace("/name", "Half Done"), bad).status_code == 400
    assert api.get(vendor, path).json()["name"] == "Draw"


def test_two_patches_at_once_lose_nothing(api: Api, vendor: Person) -> None:
    path = an_app(api, vendor)
    changes = [replace("/name", "Both"), replace("/summary", "of them")]
    threads = [threading.Thread(target=api.patch, args=(vendor, path, each)) for each in changes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    body = api.get(vendor, path).json()
    assert (body["name"], body["summary"]) == ("Both", "of them")


def test_a_private_app_is_unknown_to_strangers_everywhere(
    api: Api, anonymous: Person, stranger: Person, other_vendor: Person, vendor: Person
) -> None:
    path = an_app(api, vendor)
    for who in (anonymous, stranger, other_vendor):
        for part in ("", "/versions", "/versions/latest", "/versions/build/1", "/recommendations"):
            assert api.get(who, path + part).status_code == 404
    assert api.get(vendor, path).status_code == 200


def test_links_depend_on_who_asks(
    api: Api, anonymous: Person, vendor: Person, admin: Person
) -> None:
    path = a_public_app(api, vendor, admin)
    api.settle()
    private = {"approval", "edit", "feedbacks"}
    assert private <= set(api.get(vendor, path).json()["_links"])
    assert not private & set(api.get(anonymous, path).json()["_links"])


def test_a_stranger_sees_the_members_in_the_order_of_the_wire(
    api: Api, anonymous: Person, vendor: Person, admin: Person
) -> None:
    path = a_public_app(api, vendor, admin)
    api.settle()
    body = api.get(anonymous, path).json()
    assert list(body)[:6] == ["_links", "_embedded", "name", "key", "status", "summary"]
    assert [each.get("templated") for each in body["_links"]["reviews"]] == [True, None]
    assert [each.get("templated") for each in body["_links"]["pricing"]] == [True, None]
    assert body["_embedded"]["reviews"] == {"averageStars": 0.0, "count": 0}


def test_a_body_that_is_no_json_is_refused(api: Api, vendor: Person) -> None:
    for content in (b"{", b"[1", b"\xff", b'{"a": "\\u0000"}'):
        answer = api.call("POST", vendor, "addons", content=content)
        assert answer.status_code == 400


def test_a_version_needs_its_required_members(api: Api, vendor: Person) -> None:
    path = an_app(api, vendor)
    document = version_document()
    del document["status"]
    assert pointer(api.post(vendor, f"{path}/versions", document)) == "/status"

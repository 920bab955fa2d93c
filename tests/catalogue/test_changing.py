"""Changing apps over HTTP (apps.md, C.9; general.md, 8)."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import update

from calling import Api, add, pointer, remove, replace
from given import (
    BRAMBLING,
    FakeClock,
    Json,
    Person,
    a_contact,
    a_kept_app,
    a_public_app,
    a_vendor,
    an_app,
    an_uploaded_image,
)
from haymarket.accounts.model import PERMISSIONS
from haymarket.apps.store import apps as apps_table
from haymarket.storage import Storage


def link(href: str) -> Json:
    return {"href": href}


def changed(api: Api, who: Person, path: str, *operations: Json) -> Json:
    answer = api.patch(who, path, *operations)
    assert answer.status_code == 204, answer.text
    assert (answer.headers["Location"], answer.content) == (path, b"")
    document: Json = api.get(who, path).json()
    return document


@pytest.fixture
def path(api: Api, vendor: Person, admin: Person) -> str:
    """A public app with a logo and a category."""
    logo = an_uploaded_image(api, vendor)
    links = {"logo": link(logo), "categories": [link("/rest/2/addonCategories/10")]}
    return a_public_app(api, vendor, admin, _links=links)


def test_each_writable_member_can_be_changed(api: Api, vendor: Person, path: str) -> None:
    categories = [link("/rest/2/addonCategories/30"), link("/rest/2/addonCategories/20")]
    banner = link(an_uploaded_image(api, vendor, "banner"))
    shown = changed(
        api,
        vendor,
        path,
        replace("/name", "Paint"),
        replace("/summary", "New"),
        replace("/tagLine", "Newer"),
        add("/vendorLinks/privacy", "https://acme.example/p"),
        add("/googleAnalyticsId", "UA-2"),
        replace("/communityEnabled", True),
        replace("/storesPersonalData", True),
        add("/jsdEmbeddedDataKey", "k"),
        add("/tags", {"category": [], "keywords": [{"id": "k"}]}),
        replace("/_links/categories", categories),
        add("/_links/banner", banner),
        remove("/_links/logo"),
    )
    assert (shown["name"], shown["summary"], shown["tagLine"]) == ("Paint", "New", "Newer")
    assert shown["vendorLinks"] == {"privacy": "https://acme.example/p"}
    assert (shown["googleAnalyticsId"], shown["jsdEmbeddedDataKey"]) == ("UA-2", "k")
    assert (shown["communityEnabled"], shown["storesPersonalData"]) == (True, True)
    assert shown["tags"] == {"category": [], "keywords": [{"id": "k"}]}
    assert shown["_links"]["categories"] == categories
    assert shown["_links"]["banner"] == banner
    assert "logo" not in {*shown["_links"], *shown["_embedded"]}


def test_the_patch_of_the_official_client_unlinks_nothing(
    api: Api, vendor: Person, path: str
) -> None:
    before = api.get(vendor, path).json()
    after = changed(
        api,
        vendor,
        path,
        remove("/_embedded/logo"),
        remove("/_embedded/vendor"),
        replace("/_embedded/categories", []),
        replace("/_embedded/distribution/downloads", 0),
        replace("/_embedded/reviews/count", 0),
        replace("/_embedded/reviews/averageStars", 0),
        replace("/_links/self/href", "http://default/uri"),
        replace("/_links/alternate/href", "http://default/uri"),
        remove("/_links/versions"),
        replace("/_links/reviews", []),
        remove("/_links/approval"),
        replace("/lastModified", "1999-01-01T00:00:00.000Z"),
        add("/codegeist", True),
        add("/marketing", {"marketingLabels": ["x"]}),
        add("/enableAtlassianAnswers", True),
        add("/dataCenterReviewIssueKey", "DC-1"),
    )
    assert after == before


def test_what_is_removed_is_gone_and_what_is_required_is_refused(api: Api, vendor: Person) -> None:
    path = an_app(api, vendor, googleAnalyticsId="x", vendorLinks={"forums": "https://f.example"})
    shown = changed(
        api,
        vendor,
        path,
        *(remove(f"/{name}") for name in ("googleAnalyticsId", "vendorLinks", "summary")),
        *(remove(f"/{name}") for name in ("tagLine", "communityEnabled", "storesPersonalData")),
    )
    assert not {"googleAnalyticsId", "summary", "tagLine"} & set(shown)
    assert shown["vendorLinks"] == {}
    assert (shown["communityEnabled"], shown["storesPersonalData"]) == (False, False)
    for name in ("name", "key", "status", "_links"):
        assert pointer(api.patch(vendor, path, remove(f"/{name}"))) == f"/{name}"
    assert pointer(api.patch(vendor, path, remove("/_links/vendor"))) == "/_links/vendor"


REFUSED: list[tuple[list[Json], str]] = [
    ([replace("/nothing/there", 1)], "/0"),
    ([remove("/nothing")], "/0"),
    ([{"op": "test", "path": "/name", "value": "Other"}], "/0"),
    ([{"op": "paint", "path": "/name"}], "/0/op"),
    ([replace("no pointer", 1)], "/0/path"),
    ([{"op": "copy", "path": "/summary", "from": "/nothing"}], "/0"),
    ([replace("", [])], "/0"),
    ([replace("", {})], "/_links"),
    ([replace("/key", "com.acme.other")], "/key"),
    ([replace("/name", "x" * 61)], "/name"),
    ([replace("/name", None)], "/name"),
    ([replace("/name", {"a": 1})], "/name"),
    ([replace("/status", "archived")], "/status"),
    ([add("/vendorLinks/forums", "nonsense")], "/vendorLinks/forums"),
    ([replace("/_links/categories", [link("x")])], "/_links/categories/0"),
    ([replace("/_links/logo/href", "/rest/2/assets/x")], "/_links/logo"),
    ([replace("/_links/logo", {})], "/_links/logo/href"),
    ([replace("/_links/vendor/href", "/rest/2/vendors/4711")], "/_links/vendor"),
    ([replace("/communityEnabled", 1)], "/communityEnabled"),
    ([add("/statusAfterApproval", "private")], "/statusAfterApproval"),
]


def test_a_patch_is_whole_or_not_at_all(api: Api, vendor: Person, path: str) -> None:
    for operations, at in REFUSED:
        before = api.get(vendor, path).json()
        first = {"op": "copy", "from": "/tagLine", "path": "/summary"}
        expected = at.replace("/0", "/1", 1) if at.startswith("/0") else at
        assert pointer(api.patch(vendor, path, first, *operations)) == expected
        assert api.get(vendor, path).json() == before


NO_PATCHES: list[bytes] = [b"{}", b"", b"[", b'"x"', b'[{"op":"remove"}]', b"[5]", b"null"]


def test_a_body_that_is_no_patch_is_refused(api: Api, vendor: Person, path: str) -> None:
    for body in NO_PATCHES:
        assert api.call("PATCH", vendor, path, content=body).status_code == 400


def test_a_patch_that_grows_without_end_is_refused(api: Api, vendor: Person, path: str) -> None:
    start = add("/bomb", ["x" * 1000])
    doubling = [{"op": "copy", "from": "/bomb", "path": "/bomb/-"}] * 40
    assert api.patch(vendor, path, start, *doubling).status_code == 413


def test_a_change_moves_the_moment_of_the_last_change(
    api: Api, vendor: Person, path: str, clock: FakeClock
) -> None:
    clock.advance(seconds=90, milliseconds=5)
    shown = changed(api, vendor, path, replace("/name", "Paint"))
    assert shown["lastModified"] == "2026-11-24T09:31:30.005Z"


def test_who_may_change_an_app(
    api: Api,
    anonymous: Person,
    stranger: Person,
    other_vendor: Person,
    clerk: Person,
    vendor: Person,
    admin: Person,
    path: str,
) -> None:
    people = (anonymous, stranger, other_vendor, clerk, admin)
    private = an_app(api, vendor, "com.acme.private")

    def statuses(at: str) -> list[int]:
        return [api.patch(who, at, replace("/name", "X")).status_code for who in people]

    assert statuses(path) == [401, 403, 403, 403, 204]
    assert statuses(private) == [404, 404, 404, 403, 204]
    assert statuses("/rest/2/addons/nothing") == [404] * 5
    assert api.call("PATCH", anonymous, path, content=b"{").status_code == 401
    assert api.call("PATCH", stranger, private, content=b"{").status_code == 404


def test_only_administrators_move_an_app_to_another_vendor(
    api: Api, vendor: Person, admin: Person, storage: Storage, path: str
) -> None:
    brambling = a_vendor(storage, BRAMBLING, "Brambling")
    move = replace("/_links/vendor/href", f"/rest/2/vendors/{brambling}")
    assert api.patch(vendor, path, move).status_code == 403
    a_contact(storage, vendor.email, brambling, PERMISSIONS)
    assert pointer(api.patch(vendor, path, move)) == "/_links/vendor"
    shown = changed(api, admin, path, move)
    assert shown["_links"]["vendor"] == link("/rest/2/vendors/7")
    assert shown["_embedded"]["vendor"]["name"] == "Brambling"
    shown = changed(api, admin, path, replace("/_links/vendor/href", "/rest/2/vendors/12"))
    assert shown["_embedded"]["vendor"]["name"] == "Acme"


def test_old_values_stay_and_may_change_but_are_not_introduced(
    api: Api, vendor: Person, storage: Storage, path: str
) -> None:
    old = {"description": "<p>Old</p>", "vendorLinks": {"wiki": "https://w.example"}}
    assert "legacy" not in changed(api, vendor, path, add("/legacy", old))
    with storage.writing(None) as db:
        db.run(update(apps_table).values(legacy=old))
        db.record("app.changed", "com.acme.draw", id=1)
    assert changed(api, vendor, path, replace("/name", "Paint"))["legacy"] == old
    shown = changed(api, vendor, path, replace("/legacy/description", "<b>x</b><script>y</script>"))
    assert shown["legacy"] == {**old, "description": "<b>x</b>"}
    assert changed(api, vendor, path, remove("/legacy"))["legacy"] == shown["legacy"]
    assert pointer(api.patch(vendor, path, remove("/legacy/vendorLinks"))) == "/legacy/vendorLinks"
    bad = replace("/legacy/vendorLinks/wiki", "javascript:x")
    assert pointer(api.patch(vendor, path, bad)) == "/legacy/vendorLinks/wiki"


def test_an_old_app_without_texts_can_be_changed_in_other_ways(
    api: Api, vendor: Person, storage: Storage
) -> None:
    a_kept_app(storage, "com.acme.old", name="Old")
    shown = changed(api, vendor, "/rest/2/addons/com.acme.old", replace("/name", "Older"))
    assert shown["name"] == "Older"


def test_what_is_replaced_is_no_longer_in_use(api: Api, vendor: Person, path: str) -> None:
    logo = api.get(vendor, path).json()["_links"]["logo"]["href"]
    assert api.call("DELETE", vendor, logo).status_code == 409
    other = an_uploaded_image(api, vendor)
    changed(api, vendor, path, replace("/_links/logo", link(other)))
    assert api.call("DELETE", vendor, logo).status_code == 204
    assert api.call("DELETE", vendor, other).status_code == 409


# --- at the same time -----------------------------------------------------------------------


def at_once(*actions: Callable[[], object]) -> None:
    together = threading.Barrier(len(actions))

    def run(action: Callable[[], object]) -> None:
        together.wait()
        action()

    threads = [threading.Thread(target=run, args=(each,)) for each in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize("runs", range(3))
def test_changes_of_different_members_at_the_same_time_lose_nothing(
    api: Api, vendor: Person, admin: Person, path: str, runs: int
) -> None:
    logo = an_uploaded_image(api, vendor)
    operations = [
        replace("/name", "Both"),
        replace("/summary", "of them"),
        replace("/_links/logo/href", logo),
        add("/vendorLinks/forums", "https://f.example"),
    ]
    statuses: list[int] = []

    def change(operation: Json) -> Callable[[], object]:
        return lambda: statuses.append(api.patch(vendor, path, operation).status_code)

    at_once(*(change(each) for each in operations))
    assert statuses == [204] * 4
    shown = api.get(vendor, path).json()
    assert (shown["name"], shown["summary"]) == ("Both", "of them")
    assert shown["_links"]["logo"] == link(logo)
    assert shown["vendorLinks"] == {"forums": "https://f.example"}


def test_a_test_operation_protects_from_what_somebody_else_did(
    api: Api, vendor: Person, path: str
) -> None:
    statuses: list[int] = []

    def rename(name: str) -> Callable[[], object]:
        was = {"op": "test", "path": "/name", "value": "Draw"}
        return lambda: statuses.append(
            api.patch(vendor, path, was, replace("/name", name)).status_code
        )

    at_once(*(rename(f"Name {number}") for number in range(4)))
    assert sorted(statuses) == [204, 400, 400, 400]

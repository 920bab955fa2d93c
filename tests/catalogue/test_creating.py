"""Creating apps over HTTP (apps.md, C.2)."""

import threading
from typing import Any

import pytest

from calling import Api, pointer, problem
from given import (
    BRAMBLING,
    Json,
    Person,
    a_category,
    a_contact,
    a_vendor,
    an_app,
    an_uploaded_image,
    app_document,
    runs_on,
)
from haymarket.storage import Storage


def link(href: str) -> Json:
    return {"href": href}


def test_a_new_app_answers_with_its_place_and_its_document(api: Api, vendor: Person) -> None:
    answer = api.post(vendor, "addons", app_document())
    assert answer.status_code == 201
    assert answer.headers["Location"] == "/rest/2/addons/com.acme.draw"
    assert answer.json() == api.get(vendor, answer.headers["Location"], withVersion="true").json()
    assert answer.json()["_embedded"]["version"]["buildNumber"] == 1
    assert answer.json()["status"] == "private"


def test_everything_that_a_vendor_says_is_shown_as_it_was_sent(api: Api, vendor: Person) -> None:
    said: Json = {
        "key": "com.acme.Paint_2.0-x",
        "name": "Paint & More",
        "tagLine": "t" * 130,
        "summary": "s" * 250,
        "tags": {"category": [{"id": "1", "name": "Draw"}], "keywords": [{"id": "box"}]},
        "vendorLinks": {
            "issueTracker": "https://acme.example/i",
            "supportTicketSystem": "https://acme.example/s",
            "appStatusPage": "https://acme.example/a",
            "forums": "https://acme.example/f",
            "privacy": "https://acme.example/p",
        },
        "googleAnalyticsId": "UA-1",
        "statusAfterApproval": "readytolaunch",
        "communityEnabled": True,
        "jsdEmbeddedDataKey": "key",
        "storesPersonalData": True,
    }
    links = {
        "logo": link(an_uploaded_image(api, vendor)),
        "banner": link(an_uploaded_image(api, vendor, "banner")),
        "titleLogo": link(an_uploaded_image(api, vendor, "title-logo")),
        "categories": [link("/rest/2/addonCategories/30"), link("/rest/2/addonCategories/10")],
    }
    shown = api.get(vendor, an_app(api, vendor, _links=links, **said)).json()
    assert {name: shown[name] for name in said} == said
    assert {name: shown["_links"][name] for name in links} == links
    names = [each["name"] for each in shown["_embedded"]["categories"]]
    assert names == ["Project management", "Diagrams"]  # by number, whatever the vendor's order
    for image in ("logo", "banner", "titleLogo"):
        files = shown["_embedded"][image]["_links"]
        assert files["self"] == links[image]
        assert files["image"]["href"].startswith("http://haymarket.test/files/")


def test_the_dummies_of_the_official_client_are_ignored(api: Api, vendor: Person) -> None:
    dummy = link("http://default/uri")
    document = app_document()
    version = document["_embedded"]["version"]
    version["_links"] |= {"self": dummy, "alternate": dummy, "functionalCategories": []}
    version["_embedded"] = {"functionalCategories": [], "highlights": [], "screenshots": []}
    version["deployment"] = {"server": False, "cloud": False, "permissions": []}
    document["_links"] |= {"self": dummy, "alternate": dummy, "categories": []}
    document["_embedded"] |= {
        "categories": [],
        "distribution": {"downloads": 0, "bundled": False, "bundledCloud": False},
        "reviews": {"averageStars": 0, "count": 0},
    }
    document |= {"enableAtlassianAnswers": False, "marketing": {"marketingLabels": ["x"]}}
    document |= {"codegeist": True, "legacy": {"vendorLinks": {"wiki": "https://w.example"}}}
    document |= {"lastModified": "1999-01-01T00:00:00.000Z", "dataCenterReviewIssueKey": "DC-1"}
    answer = api.post(vendor, "addons", document)
    assert answer.status_code == 201
    shown = api.get(vendor, "addons/com.acme.draw").json()
    assert shown["_links"]["self"] == link("/rest/2/addons/com.acme.draw")
    assert shown["lastModified"] == "2026-11-24T09:30:00.000Z"
    unset = {
        "enableAtlassianAnswers",
        "marketing",
        "codegeist",
        "legacy",
        "dataCenterReviewIssueKey",
    }
    assert not unset & set(shown)


@pytest.mark.parametrize("status", ["public", "submitted"])
def test_an_app_that_asks_to_be_listed_waits_for_its_approval(
    api: Api, vendor: Person, status: str
) -> None:
    answer = api.post(vendor, "addons", app_document(status=status))
    assert answer.status_code == 201
    assert answer.json()["status"] == "submitted"
    assert answer.json()["_embedded"]["version"]["status"] == "submitted"


def test_the_twin_of_the_first_version_is_made_too(api: Api, vendor: Person) -> None:
    hosting = {"min": {"build": 800000}, "max": {"build": 810000}}
    both = [runs_on(server=hosting, dataCenter=hosting)]
    document = app_document(version={"compatibilities": both, "buildNumber": 5})
    headers = {"X-Mpac-DataCenter-BuildNumber": "6"}
    assert api.post(vendor, "addons", document, headers).status_code == 201
    path = "addons/com.acme.draw/versions"
    assert api.get(vendor, path, includePrivate="true").json()["count"] == 2
    error = problem(
        api.post(vendor, "addons", app_document("com.acme.x", version={"buildNumber": 6}), headers)
    )
    assert error["message"].startswith("X-Mpac-DataCenter-BuildNumber")
    assert "path" not in error


CATEGORIES = [link(f"/rest/2/addonCategories/{number}") for number in (10, 20, 30)]


WRONG: list[tuple[Json, str]] = [
    ({"key": ""}, "/key"),
    ({"key": "no good"}, "/key"),
    ({"key": "käse"}, "/key"),
    ({"key": "a/b"}, "/key"),
    ({"key": "x" * 256}, "/key"),
    ({"key": "archived"}, "/key"),
    ({"key": "search"}, "/key"),
    ({"key": "vendor"}, "/key"),
    ({"key": "listings"}, "/key"),
    ({"key": "."}, "/key"),
    ({"key": ".."}, "/key"),
    ({"key": 5}, "/key"),
    ({"key": None}, "/key"),
    ({"name": None}, "/name"),
    ({"name": " "}, "/name"),
    ({"name": "x" * 61}, "/name"),
    ({"tagLine": "x" * 131}, "/tagLine"),
    ({"summary": "x" * 251}, "/summary"),
    ({"summary": ["x"]}, "/summary"),
    ({"status": None}, "/status"),
    ({"status": "rejected"}, "/status"),
    ({"status": "readytolaunch"}, "/status"),
    ({"status": "great"}, "/status"),
    ({"status": "public", "tagLine": None}, "/tagLine"),
    ({"status": "public", "summary": " "}, "/summary"),
    ({"statusAfterApproval": "rejected"}, "/statusAfterApproval"),
    ({"statusAfterApproval": "great"}, "/statusAfterApproval"),
    ({"communityEnabled": "yes"}, "/communityEnabled"),
    ({"vendorLinks": {"privacy": "here"}}, "/vendorLinks/privacy"),
    ({"vendorLinks": {"forums": "javascript:alert(1)"}}, "/vendorLinks/forums"),
    ({"vendorLinks": {"forums": 5}}, "/vendorLinks/forums"),
    ({"tags": {"category": []}}, "/tags/keywords"),
    ({"tags": {"category": [{}], "keywords": []}}, "/tags/category/0/id"),
    ({"_embedded": {}}, "/_embedded/version"),
    ({"_embedded": None}, "/_embedded/version"),
    ({"_embedded": {"version": []}}, "/_embedded/version"),
    ({"version": {"status": "great"}}, "/_embedded/version/status"),
    ({"version": {"status": "rejected"}}, "/_embedded/version/status"),
    ({"version": {"compatibilities": []}}, "/_embedded/version/compatibilities"),
    ({"version": {"buildNumber": 0}}, "/_embedded/version/buildNumber"),
    (
        {"version": {"compatibilities": [runs_on("trello")]}},
        "/_embedded/version/compatibilities/0/application",
    ),
    (
        {"version": {"_links": {"artifact": link("/rest/2/assets/x")}}},
        "/_embedded/version/_links/artifact",
    ),
    (
        {"status": "public", "version": {"vendorLinks": {}}},
        "/_embedded/version/_links/artifact",
    ),
    ({"_links": {"vendor": {}}}, "/_links/vendor/href"),
    ({"_links": {"vendor": link("/rest/2/vendors/4711")}}, "/_links/vendor"),
    ({"_links": {"vendor": link(f"/rest/2/vendors/{10**30}")}}, "/_links/vendor"),
    ({"_links": {"vendor": link("/rest/2/vendors/-1")}}, "/_links/vendor"),
    ({"_links": {"vendor": link("/rest/2/vendors/²")}}, "/_links/vendor"),
    ({"_links": {"vendor": link("12")}}, "/_links/vendor"),
    ({"_links": {"logo": link("/rest/2/assets/x")}}, "/_links/logo"),
    ({"_links": {"logo": link("nonsense")}}, "/_links/logo"),
    (
        {"_links": {"categories": [CATEGORIES[0], link("/rest/2/addonCategories/99")]}},
        "/_links/categories/1",
    ),
    ({"_links": {"categories": [link("10")]}}, "/_links/categories/0"),
    ({"_links": {"categories": [{}]}}, "/_links/categories/0/href"),
]


def test_what_is_wrong_with_a_new_app_is_named_by_its_pointer(api: Api, vendor: Person) -> None:
    for changes, path in WRONG:
        key = {name: value for name, value in changes.items() if name == "key"}
        others = {name: value for name, value in changes.items() if name != "key"}
        document = app_document(**others) | key
        kept = {name: value for name, value in document.items() if value is not None}
        answer = api.post(vendor, "addons", kept)
        assert pointer(answer) == path, changes
        assert "VALIDATION_ERROR" in {each["code"] for each in answer.json()["errors"]}
        assert api.get(vendor, "addons", includePrivate="true").json()["count"] == 0


def test_an_app_needs_a_vendor(api: Api, vendor: Person) -> None:
    document = app_document()
    del document["_links"]["vendor"]
    assert pointer(api.post(vendor, "addons", document)) == "/_links/vendor"
    del document["_links"]
    assert pointer(api.post(vendor, "addons", document)) == "/_links"


def test_an_app_has_four_categories_at_most(api: Api, vendor: Person, storage: Storage) -> None:

    more = [a_category(storage, number, f"C{number}") for number in (40, 50)]
    five = [*CATEGORIES, *(link(f"/rest/2/addonCategories/{each}") for each in more)]
    answer = api.post(vendor, "addons", app_document(_links={"categories": five}))
    assert pointer(answer) == "/_links/categories"
    twice = [*five[:4], five[0]]
    path = an_app(api, vendor, _links={"categories": twice})
    assert api.get(vendor, path).json()["_links"]["categories"] == five[:4]


def test_every_problem_is_told_at_once(api: Api, vendor: Person) -> None:
    document = app_document(name="", summary="x" * 251, vendorLinks={"forums": "x"})
    errors = api.post(vendor, "addons", document).json()["errors"]
    assert [each["path"] for each in errors] == ["/vendorLinks/forums", "/name", "/summary"]


NO_DOCUMENTS: list[bytes] = [b"", b"{", b"[1", b"\xff", b"[]", b"5", b"null", b'{"a":"\\u0000"}']


def test_a_body_that_is_no_document_is_refused(api: Api, vendor: Person) -> None:
    for body in NO_DOCUMENTS:
        assert api.call("POST", vendor, "addons", content=body).status_code == 400


def test_a_key_is_taken_once_and_its_case_counts(api: Api, vendor: Person) -> None:
    an_app(api, vendor)
    assert pointer(api.post(vendor, "addons", app_document())) == "/key"
    an_app(api, vendor, "com.acme.DRAW")
    assert api.get(vendor, "addons/com.acme.Draw").status_code == 404


@pytest.mark.parametrize("runs", range(3))
def test_a_key_is_taken_once_even_by_several_at_once(api: Api, vendor: Person, runs: int) -> None:
    statuses: list[int] = []
    together = threading.Barrier(4)

    def post() -> None:
        together.wait()
        statuses.append(api.post(vendor, "addons", app_document()).status_code)

    threads = [threading.Thread(target=post) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [201, 400, 400, 400]


def test_who_may_create_an_app(
    api: Api,
    storage: Storage,
    anonymous: Person,
    stranger: Person,
    other_vendor: Person,
    clerk: Person,
    admin: Person,
) -> None:
    people = (anonymous, stranger, other_vendor, clerk, admin)
    statuses = [api.post(who, "addons", app_document()).status_code for who in people]
    assert statuses == [401, 403, 403, 403, 201]
    publisher = a_contact(
        storage, "p@brambling.example", a_vendor(storage, BRAMBLING, "B"), ("manage-addon-details",)
    )
    answer = api.post(publisher, "addons", app_document("org.brambling.x", BRAMBLING))
    assert answer.status_code == 201


def test_nobody_is_asked_for_a_document_before_his_name(api: Api, anonymous: Person) -> None:
    answer = api.call("POST", anonymous, "addons", content=b"{")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic")


def test_a_link_to_the_vendor_may_be_absolute(api: Api, vendor: Person) -> None:
    links: Any = {"vendor": link("http://haymarket.test/rest/2/vendors/12")}
    path = an_app(api, vendor, _links=links)
    assert api.get(vendor, path).json()["_links"]["vendor"] == link("/rest/2/vendors/12")

"""Lists of apps over HTTP: shape, pages, filters, and who sees what (apps.md, B and C.1)."""

from typing import Any

from calling import Api, problem
from given import Person, a_kept_app, a_public_app, an_app


def keys(answer: Any) -> list[str]:
    """The keys of a page of apps, in order."""
    return [app["key"] for app in answer.json()["_embedded"]["addons"]]


def twelve_apps(api: Api) -> None:
    """Apps a to l."""
    for letter in "abcdefghijkl":
        a_kept_app(api.storage, f"com.acme.{letter}", name=f"Tool {letter}")
    api.settle()


def test_no_app_is_an_empty_list(api: Api, anonymous: Person) -> None:
    body = api.get(anonymous, "addons").json()
    assert (body["_embedded"], body["count"]) == ({"addons": []}, 0)


def test_a_page_has_ten_apps_and_pairs_of_links(
    api: Api, anonymous: Person, vendor: Person
) -> None:
    twelve_apps(api)
    answer = api.get(anonymous, "addons", text="tool", filter="name")
    body = answer.json()
    assert (len(keys(answer)), body["count"]) == (10, 12)
    assert body["_links"]["self"] == {"href": "/rest/2/addons?filter=name&text=tool"}
    assert body["_links"]["next"] == [
        {"href": "/rest/2/addons?filter=name&offset=10&text=tool", "type": "application/json"},
        {"href": "/search?filter=name&offset=10&query=tool", "type": "text/html"},
    ]
    assert "prev" not in body["_links"]
    last = api.get(anonymous, "addons", filter="name", offset=10)
    assert keys(last) == ["com.acme.k", "com.acme.l"]
    assert last.json()["_links"]["prev"][0]["href"] == "/rest/2/addons?filter=name&offset=0"


def test_limit_zero_gives_count_and_templates(api: Api, anonymous: Person, vendor: Person) -> None:
    twelve_apps(api)
    body = api.get(anonymous, "addons", limit=0).json()
    assert (body["_embedded"]["addons"], body["count"]) == ([], 12)
    assert "next" not in body["_links"]
    by_key = body["_links"]["byKey"]
    assert by_key["href"] == by_key["template"] == "/rest/2/addons/{addonKey}"
    assert by_key["templated"] is True
    assert body["_links"]["query"]["href"].startswith("/rest/2/addons{?application,")


def test_a_page_has_fifty_apps_at_most(api: Api, anonymous: Person, vendor: Person) -> None:
    for number in range(52):
        a_kept_app(api.storage, f"com.acme.n{number}")
    api.settle()
    assert len(keys(api.get(anonymous, "addons", limit=100))) == 50


def test_bad_parameters_are_named(api: Api, anonymous: Person) -> None:
    for query, name in (
        ({"offset": -1}, "offset"),
        ({"limit": "many"}, "limit"),
        ({"filter": "best"}, "filter"),
        ({"hosting": "moon"}, "hosting"),
        ({"applicationBuild": 800000}, "applicationBuild"),
    ):
        assert name in problem(api.get(anonymous, "addons", **query))["message"]


def test_unknown_parameters_are_ignored(api: Api, anonymous: Person) -> None:
    assert api.get(anonymous, "addons", colour="red").status_code == 200


def test_private_apps_are_listed_for_their_contacts_when_asked_for(
    api: Api, anonymous: Person, vendor: Person, other_vendor: Person, admin: Person
) -> None:
    an_app(api, vendor, "com.acme.draft")
    api.settle()
    for who, seen in ((vendor, 1), (admin, 1), (other_vendor, 0), (anonymous, 0)):
        assert len(keys(api.get(who, "addons", includePrivate="true"))) == seen
        assert keys(api.get(who, "addons")) == []


def test_for_this_user_needs_a_user(api: Api, anonymous: Person, vendor: Person) -> None:
    assert api.get(anonymous, "addons", forThisUser="true").status_code == 401
    assert api.get(vendor, "addons", forThisUser="true").status_code == 200


def test_what_was_approved_is_found_with_its_version(
    api: Api, anonymous: Person, vendor: Person, admin: Person
) -> None:
    a_public_app(api, vendor, admin, "com.acme.scriptrunner")
    api.settle()
    answer = api.get(anonymous, "addons", text="scriptruner", withVersion="true")
    [app] = answer.json()["_embedded"]["addons"]
    assert app["_embedded"]["version"]["name"] == "1.0.0"


def test_web_links_carry_the_hosting_that_was_asked_for(
    api: Api, anonymous: Person, vendor: Person, admin: Person
) -> None:
    a_public_app(api, vendor, admin)
    api.settle()
    [app] = api.get(anonymous, "addons", hosting="server").json()["_embedded"]["addons"]
    assert app["_links"]["alternate"]["href"].endswith("?hosting=server&tab=overview")
    assert app["_links"]["reviews"][1]["href"].endswith("?hosting=server&tab=reviews")


def test_a_page_costs_no_statement_for_each_app(api: Api, vendor: Person) -> None:
    twelve_apps(api)
    spent = []
    for limit in (2, 12):
        before = api.storage.statements
        api.get(vendor, "addons", limit=limit, withVersion="true")
        spent.append(api.storage.statements - before)
    assert spent[0] == spent[1]


def test_a_stranger_page_costs_no_statement_at_all(
    api: Api, anonymous: Person, vendor: Person
) -> None:
    twelve_apps(api)
    before = api.storage.statements
    assert len(keys(api.get(anonymous, "addons", limit=12))) == 12
    assert api.storage.statements - before <= 2, "at most the follower looks at the journal"

"""The filters of lists of apps (apps.md, B), and who sees what."""

from calling import Api, problem
from catalogue.world import a_template, keys, web
from given import (
    BRAMBLING,
    Json,
    Person,
    a_kept_app,
    a_public_app,
    a_version,
    an_app,
    runs_on,
)
from haymarket.storage import Storage

# --- filters ---------------------------------------------------------------------------------


FOUND = [
    ("", "abcdei"),
    ("category=Project management", "ab"),
    ("category=Reports", "b"),
    ("category=Reports&category=Diagrams", "bi"),
    ("category=10", ""),
    ("category=reports", ""),
    ("hosting=server", "acde"),
    ("hosting=cloud", "bd"),
    ("hosting=datacenter", "c"),
    ("hosting=cloud&hosting=datacenter", "bcd"),
    ("hosting=any", "abcdei"),
    ("hosting=any&hosting=cloud", "abcdei"),
    ("cost=free", "acde"),
    ("cost=paid", "bcd"),
    ("cost=marketplace", "bd"),
    ("cost=orderable", "bd"),
    ("cost=free&treatPartlyFreeAs=paid", "ae"),
    ("cost=free&treatPartlyFreeAs=free", "acde"),
    ("cost=paid&treatPartlyFreeAs=free", "b"),
    ("cost=marketplace&treatPartlyFreeAs=free", "b"),
    ("cost=paid&treatPartlyFreeAs=paid", "bcd"),
    ("treatPartlyFreeAs=paid", "abcdei"),
    ("application=jira", "abcde"),
    ("application=jira-software", "abcde"),
    ("application=confluence", "d"),
    ("application=trello", ""),
    ("application=jira&hosting=server", "ace"),
    ("application=jira&hosting=cloud", "bd"),
    ("application=confluence&hosting=cloud", ""),
    ("application=jira&cost=paid", "bcd"),
    ("application=jira&cost=paid&hosting=server", ""),
    ("application=jira&applicationBuild=800000", "ace"),
    ("application=jira&applicationBuild=800001", "ace"),
    ("application=jira&applicationBuild=805555", "ace"),
    ("application=jira&applicationBuild=810000", "c"),
    ("application=jira&applicationBuild=900000", ""),
    ("application=jira&applicationBuild=1", ""),
    ("application=jira&applicationBuild=999999999999999999999", ""),
    ("application=jira&applicationBuild=-5", ""),
    ("application=confluence&applicationBuild=7100", "d"),
    ("application=confluence&applicationBuild=8000", ""),
    ("application=jira&applicationBuild=800000&hosting=cloud", ""),
    ("marketingLabel=DevOps", "cd"),
    ("marketingLabel=ITSM&marketingLabel=Other", "c"),
    ("storesPersonalData=true", "e"),
    ("storesPersonalData=false", "abcdi"),
    ("cloudComplianceBoundaries=fedramp_moderate", "d"),
    ("cloudComplianceBoundaries=isolated_cloud", ""),
    ("filter=featured", "c"),
    ("filter=codegeist", "d"),
    ("filter=atlassian", "e"),
    ("filter=verified", "e"),
    ("filter=top-vendor", "e"),
    ("includeHidden=visibleInApp", "abcdefi"),
    ("includeHidden=all", "abcdefgi"),
    ("includePrivate=true", "abcdei"),
    ("text=c", "c"),
    ("cost=free&hosting=server&category=Project management&filter=name", "a"),
]


def test_each_filter_narrows_the_list_for_strangers_and_others_alike(
    api: Api, anonymous: Person, stranger: Person, vendor: Person, world: None
) -> None:
    for query, found in FOUND:
        for who, more in ((anonymous, ""), (stranger, ""), (anonymous, "&withVersion=true")):
            answer = api.get(who, f"/rest/2/addons?{query}{more}")
            assert "".join(sorted(keys(answer))) == found, query
            assert answer.json()["count"] == len(found), query


FIRST: list[tuple[str, str]] = [
    ("name", "abcdei"),
    ("popular", "ba"),
    ("highest-rated", "a"),
    ("recent", "abcdei"),
    ("new", "iedcba"),
    ("top-grossing", "b"),
    ("trending", "ba"),
]


def test_each_order_has_its_first_apps(
    api: Api, anonymous: Person, vendor: Person, world: None
) -> None:
    for order, first in FIRST:
        found = "".join(keys(api.get(anonymous, "addons", filter=order)))
        assert found.startswith(first)
        assert sorted(found) == sorted("abcdei")


def test_without_an_order_the_popular_apps_come_first(
    api: Api, anonymous: Person, vendor: Person, world: None
) -> None:
    assert keys(api.get(anonymous, "addons")) == keys(
        api.get(anonymous, "addons", filter="popular")
    )


def test_the_apps_of_one_vendor_are_a_list_of_their_own(
    api: Api, anonymous: Person, stranger: Person, vendor: Person, world: None
) -> None:
    for who in (anonymous, stranger):
        answer = api.get(who, "addons/vendor/7?limit=1&hosting=server")
        assert keys(answer) == ["e"]
        links = answer.json()["_links"]
        assert links["self"]["href"] == "/rest/2/addons/vendor/7?hosting=server&limit=1"
        first = api.get(who, "addons/vendor/12?limit=2&filter=name")
        assert keys(first) == ["a", "b"]
        assert first.json()["_links"]["next"][0] == {
            "href": "/rest/2/addons/vendor/12?filter=name&limit=2&offset=2",
            "type": "application/json",
        }
        assert first.json()["count"] == 5


UNKNOWN_VENDORS: list[str] = ["99", "0", "-1", str(2**63), str(10**30), "x"]


def test_an_unknown_vendor_has_no_list(api: Api, anonymous: Person) -> None:
    for number in UNKNOWN_VENDORS:
        assert problem(api.get(anonymous, f"addons/vendor/{number}"), 404)
        assert problem(api.get(anonymous, f"addons/archived/vendor/{number}"), 404)


# --- versions and prices in lists ------------------------------------------------------------


def test_the_version_in_a_list_is_the_newest_visible_one_that_suits(
    api: Api, anonymous: Person, vendor: Person, world: None
) -> None:
    def builds(query: str) -> dict[str, int | None]:
        answer = api.get(anonymous, f"/rest/2/addons?withVersion=true&filter=name&{query}")
        return {
            app["key"][-1]: _build(app["_embedded"].get("version"))
            for app in answer.json()["_embedded"]["addons"]
        }

    assert builds("") == {"a": 1, "b": 1, "c": 2, "d": 2, "e": 1, "i": None}
    assert builds("hosting=server") == {"a": 1, "c": 1, "d": 1, "e": 1}
    assert builds("cost=free") == {"a": 1, "c": 1, "d": 1, "e": 1}
    assert builds("application=jira&applicationBuild=800000") == {"a": 1, "c": 1, "e": 1}
    assert builds("cloudComplianceBoundaries=fedramp_moderate") == {"d": 2}


def _build(version: Json | None) -> int | None:
    return int(version["_links"]["self"]["href"].rpartition("/")[2]) if version else None


def test_private_versions_are_in_lists_for_contacts_who_ask(
    api: Api, anonymous: Person, vendor: Person, world: None
) -> None:
    query = "/rest/2/addons?withVersion=true&text=i&includePrivate=true"
    for who, build in ((anonymous, None), (vendor, 1)):
        [app] = api.get(who, query).json()["_embedded"]["addons"]
        assert _build(app["_embedded"].get("version")) == build


def test_links_to_prices_are_there_when_they_are_asked_for(
    api: Api, anonymous: Person, stranger: Person, vendor: Person, world: None
) -> None:
    for who in (anonymous, stranger):
        [app] = api.get(who, "addons", text="a", limit=1, withPricingInfo="true").json()[
            "_embedded"
        ]["addons"]
        assert app["_links"]["pricing"] == [
            a_template("/rest/2/addons/com.acme.a/pricing/{cloudOrServer}/{liveOrPending}"),
            web("/apps/1/a?tab=pricing"),
        ]
        assert list(app["_links"])[-4:] == ["pricing", "reviews", "vendor", "versions"]


def test_web_links_carry_the_hosting_that_was_asked_for(
    api: Api, anonymous: Person, stranger: Person, vendor: Person, world: None
) -> None:
    for who in (anonymous, stranger):
        [app] = api.get(who, "addons?hosting=datacenter").json()["_embedded"]["addons"]
        assert app["_links"]["alternate"] == web("/apps/3/c?hosting=datacenter&tab=overview")
        assert app["_links"]["reviews"][1] == web("/apps/3/c?hosting=datacenter&tab=reviews")
        [app] = api.get(who, "addons?hosting=datacenter&hosting=cloud&text=c").json()["_embedded"][
            "addons"
        ]
        assert app["_links"]["alternate"] == web("/apps/3/c?tab=overview")


# --- who sees what ---------------------------------------------------------------------------


def test_private_apps_are_listed_for_their_contacts_when_asked_for(
    api: Api,
    storage: Storage,
    anonymous: Person,
    stranger: Person,
    vendor: Person,
    clerk: Person,
    other_vendor: Person,
    admin: Person,
) -> None:
    statuses = ("private", "submitted", "rejected", "readytolaunch", "public")
    for status in statuses:
        a_kept_app(storage, f"com.acme.{status}", [{"status": "private"}], status=status)
    a_kept_app(storage, "org.brambling.private", status="private", vendor_id=BRAMBLING)
    api.settle()
    for who, seen in (
        (anonymous, {"public"}),
        (stranger, {"public"}),
        (other_vendor, {"public", "private"}),
        (clerk, set(statuses)),
        (vendor, set(statuses)),
        (admin, set(statuses)),
    ):
        assert keys(api.get(who, "addons")) == ["public"]
        answer = api.get(who, "addons", includePrivate="true")
        assert set(keys(answer)) == seen
        assert answer.json()["count"] == len(seen) + (who is admin)
        assert all(
            app["status"] == app["key"].rpartition(".")[2]
            for app in answer.json()["_embedded"]["addons"]
        )


def test_a_private_app_is_found_by_what_its_private_version_is(
    api: Api, vendor: Person, stranger: Person
) -> None:
    an_app(api, vendor)
    for query, number in (
        ("hosting=server", 1),
        ("cost=free", 1),
        ("application=jira&applicationBuild=800000", 1),
        ("hosting=cloud", 0),
        ("application=confluence", 0),
    ):
        for who, seen in ((vendor, number), (stranger, 0)):
            answer = api.get(who, f"addons?includePrivate=true&{query}")
            assert answer.json()["count"] == seen, query


def test_a_private_version_does_not_make_a_public_app_found(
    api: Api, vendor: Person, admin: Person, anonymous: Person
) -> None:
    path = a_public_app(api, vendor, admin)
    a_version(api, vendor, path, compatibilities=[runs_on(cloud=True)])
    api.settle()
    assert api.get(anonymous, "addons?hosting=cloud").json()["count"] == 0


def test_for_this_user_means_the_apps_of_his_vendors(
    api: Api,
    storage: Storage,
    anonymous: Person,
    stranger: Person,
    vendor: Person,
    other_vendor: Person,
    admin: Person,
) -> None:
    a_kept_app(storage, "com.acme.one")
    a_kept_app(storage, "com.acme.two", status="private")
    a_kept_app(storage, "org.brambling.three", vendor_id=BRAMBLING)
    assert api.get(anonymous, "addons?forThisUser=true").status_code == 401
    assert api.get(anonymous, "addons?forThisUser=true&withVersion=true").status_code == 401
    for who, plain, private in (
        (stranger, [], []),
        (vendor, ["one"], ["one", "two"]),
        (other_vendor, ["three"], ["three"]),
        (admin, [], []),
    ):
        assert keys(api.get(who, "addons?forThisUser=true&filter=name")) == plain
        query = "addons?forThisUser=true&includePrivate=true&filter=name"
        assert keys(api.get(who, query)) == private
        assert keys(api.get(who, "addons/vendor/7?forThisUser=true")) == (
            ["three"] if who is other_vendor else []
        )


def test_a_contact_sees_the_links_of_his_vendor_in_lists(
    api: Api, vendor: Person, admin: Person, stranger: Person
) -> None:
    a_public_app(api, vendor, admin)
    for who, sees in ((vendor, True), (admin, True), (stranger, False)):
        [app] = api.get(who, "addons").json()["_embedded"]["addons"]
        assert ("edit" in app["_embedded"]["vendor"]["_links"]) is sees


def test_wrong_credentials_are_refused_even_where_none_are_needed(
    api: Api, anonymous: Person
) -> None:
    nobody = Person(None, "x", ("anna@acme.example", "wrong"))
    for path in ("addons", "addons/archived", "addons/listings/banners"):
        assert problem(api.get(nobody, path), 401)
        assert api.get(anonymous, path).status_code == 200

"""One app over HTTP (apps.md, C.8 and E)."""

from typing import Any

import pytest

from calling import Api, problem
from given import (
    Json,
    Person,
    a_kept_app,
    a_public_app,
    a_version,
    an_app,
    an_uploaded_image,
    decide,
    runs_on,
    submit_prices,
)
from haymarket.apps.model import Figures, Flags
from haymarket.storage import Storage

FILTERS = (
    "application,applicationBuild,category*,cloudFortifiedStatus*,cost,filter,forThisUser,"
    "hosting*,includeHidden,includePrivate,marketingLabel*,text,withVersion,withPricingInfo,"
    "storesPersonalData,cloudComplianceBoundaries*,offset,limit"
)
CLOUD = [runs_on(cloud=True)]


def link(href: str, **more: str) -> Json:
    return {"href": href, **more}


def a_template(href: str) -> Json:
    return {"href": href, "templated": True, "template": href}


def web(href: str) -> Json:
    return link(href, type="text/html")


@pytest.fixture
def path(api: Api, vendor: Person, admin: Person) -> str:
    """A public app with a logo, a category and every text."""
    links = {
        "logo": link(an_uploaded_image(api, vendor)),
        "categories": [link("/rest/2/addonCategories/30"), link("/rest/2/addonCategories/10")],
    }
    found = a_public_app(api, vendor, admin, _links=links, googleAnalyticsId="UA-1")
    api.settle()
    return found


def test_a_stranger_sees_an_app_in_the_order_of_the_wire(
    api: Api, anonymous: Person, path: str
) -> None:
    shown = api.get(anonymous, path).json()
    assert list(shown) == [
        "_links",
        "_embedded",
        "name",
        "key",
        "status",
        "summary",
        "tagLine",
        "vendorLinks",
        "googleAnalyticsId",
        "lastModified",
        "communityEnabled",
        "storesPersonalData",
    ]
    assert list(shown["_embedded"]) == ["categories", "logo", "distribution", "reviews", "vendor"]


def test_a_stranger_sees_the_links_of_an_app_in_the_order_of_the_wire(
    api: Api, anonymous: Person, path: str
) -> None:
    shown = api.get(anonymous, path).json()
    logo = shown["_links"].pop("logo")
    assert logo["href"].startswith("/rest/2/assets/")
    links = {
        "self": link(path),
        "alternate": web("/apps/1/draw?tab=overview"),
        "categories": [link("/rest/2/addonCategories/30"), link("/rest/2/addonCategories/10")],
        "pricing": [
            a_template(f"{path}/pricing/{{cloudOrServer}}/{{liveOrPending}}"),
            web("/apps/1/draw?tab=pricing"),
        ],
        "support": web("/apps/1/draw?tab=support"),
        "tokens": link(f"{path}/tokens"),
        "distribution": link(f"{path}/distribution"),
        "recommendations": a_template(f"{path}/recommendations{{?{FILTERS}}}"),
        "reviews": [
            a_template(f"{path}/reviews{{?sort,offset,limit}}"),
            web("/apps/1/draw?tab=reviews"),
        ],
        "vendor": link("/rest/2/vendors/12"),
        "versions": link(f"{path}/versions"),
        "watch": link(f"{path}/watch"),
    }
    assert shown["_links"] == links
    assert list(shown["_links"]) == list(links)


def test_the_ready_document_for_strangers_is_the_one_that_is_made_for_them(
    api: Api, anonymous: Person, stranger: Person, path: str
) -> None:
    ready = api.get(anonymous, path)
    assert ready.content == api.get(anonymous, path, unknown="parameter").content
    assert ready.content == api.get(stranger, path).content


def test_the_ready_document_costs_no_statement(api: Api, anonymous: Person, path: str) -> None:
    before = api.storage.statements
    for _ in range(20):
        assert api.get(anonymous, path).status_code == 200
    assert api.storage.statements - before <= 5, "only the follower may look at the journal"


def test_contacts_and_administrators_see_links_for_them(
    api: Api, stranger: Person, vendor: Person, clerk: Person, admin: Person, path: str
) -> None:
    for who in (vendor, clerk, admin):
        shown = api.get(who, path).json()
        assert shown["_links"]["approval"] == link(f"{path}/approval")
        assert shown["_links"]["edit"] == web("/manage/apps/1")
        assert shown["_links"]["feedbacks"] == a_template(
            f"{path}/feedbacks{{?type,includeAnonymous,reason,offset,limit}}"
        )
        assert shown["_embedded"]["vendor"]["_links"]["edit"] == web("/manage/vendors/12")
        assert not {"release", "transition"} & set(shown["_links"])
    shown = api.get(stranger, path).json()
    hidden = {"approval", "edit", "feedbacks", "release", "transition"}
    assert not hidden & set(shown["_links"])
    assert "edit" not in shown["_embedded"]["vendor"]["_links"]


def test_release_and_transition_are_there_in_the_states_that_have_them(
    api: Api, vendor: Person, admin: Person
) -> None:
    def links(path: str) -> set[str]:
        return {"release", "transition"} & set(api.get(vendor, path).json()["_links"])

    path = an_app(api, vendor, statusAfterApproval="readytolaunch")
    assert links(path) == {"transition"}
    api.patch(vendor, path, {"op": "replace", "path": "/status", "value": "public"})
    assert links(path) == set()
    decide(api, admin, path, "rejected")
    assert links(path) == {"transition"}
    decide(api, vendor, path, "pending")
    decide(api, admin, path, "approved")
    assert links(path) == {"release"}


def test_what_is_not_set_is_left_out_and_what_is_set_is_shown(
    api: Api, storage: Storage, anonymous: Person, vendor: Person
) -> None:
    a_kept_app(storage, "com.acme.bare", name="Bare")
    a_kept_app(
        storage,
        "com.acme.full",
        name="Full",
        figures=Figures(5, 6, 7, 3.5, 8, True, True),
        flags=Flags(codegeist=True, marketing_labels=("DevOps",), data_center_review_issue="DC-1"),
    )
    api.settle()
    bare = api.get(anonymous, "addons/com.acme.bare").json()
    assert not {"summary", "tagLine", "tags", "legacy", "marketing", "codegeist"} & set(bare)
    assert not {"statusAfterApproval", "dataCenterReviewIssueKey"} & set(bare)
    assert bare["_embedded"]["reviews"] == {"averageStars": 0.0, "count": 0}
    assert '"averageStars":0.0' in api.get(anonymous, "addons/com.acme.bare").text
    assert bare["_embedded"]["distribution"] == {
        "bundled": False,
        "bundledCloud": False,
        "downloads": 0,
    }
    assert bare["_links"]["categories"] == bare["_embedded"]["categories"] == []
    full = api.get(anonymous, "addons/com.acme.full").json()
    assert full["codegeist"] is True
    assert full["marketing"] == {"marketingLabels": ["DevOps"]}
    assert full["dataCenterReviewIssueKey"] == "DC-1"
    assert full["_embedded"]["reviews"] == {"averageStars": 3.5, "count": 8}
    assert full["_embedded"]["distribution"] == {
        "bundled": True,
        "bundledCloud": True,
        "downloads": 5,
        "totalInstalls": 6,
        "totalUsers": 7,
    }


# --- who sees it ----------------------------------------------------------------------------

PARTS = (
    *("", "/versions", "/versions/latest", "/versions/build/1", "/versions/name/1.0.0"),
    *("/versions/build/1/approval", "/approval", "/release", "/recommendations"),
)


@pytest.mark.parametrize("status", ["private", "submitted", "rejected", "readytolaunch"])
def test_an_app_that_is_not_public_is_unknown_to_strangers_with_all_its_parts(
    api: Api,
    storage: Storage,
    anonymous: Person,
    stranger: Person,
    other_vendor: Person,
    vendor: Person,
    clerk: Person,
    admin: Person,
    status: str,
) -> None:
    versions = [{"name": "1.0.0", "status": "public"}]
    approved = None if status in ("private", "submitted", "rejected") else storage.clock()
    a_kept_app(storage, "com.acme.x", versions, status=status, approved_at=approved)
    api.settle()
    for who in (anonymous, stranger, other_vendor):
        for part in PARTS:
            assert api.get(who, f"addons/com.acme.x{part}").status_code == 404
            assert api.get(who, f"addons/com.acme.x{part}?includePrivate=true").status_code == 404
    for who in (vendor, clerk, admin):
        assert api.get(who, "addons/com.acme.x").json()["status"] == status
        assert api.get(who, "addons/com.acme.x/versions").json()["count"] == 1
    assert api.client.get("/download/apps/1/version/1").status_code == 404


def test_an_archived_or_hidden_app_is_still_there_by_its_address(
    api: Api, storage: Storage, anonymous: Person, vendor: Person
) -> None:
    a_kept_app(storage, "com.acme.archived", archived_at=storage.clock())
    a_kept_app(storage, "com.acme.hidden", flags=Flags(hidden="everywhere"))
    api.settle()
    assert api.get(anonymous, "addons").json()["count"] == 0
    for key in ("archived", "hidden"):
        assert api.get(anonymous, f"addons/com.acme.{key}").status_code == 200


ENCODED: list[str] = [
    "com.acme.draw",
    "com%2Eacme%2Edraw",
    "%63om.acme.draw",
    "com.acme.draw/",
    "com.acme.draw?",
]


def test_a_key_is_read_however_it_is_encoded(api: Api, anonymous: Person, path: str) -> None:
    for address in ENCODED:
        answer = api.get(anonymous, f"addons/{address}")
        assert answer.status_code == 200
        assert answer.json()["_links"]["self"] == link(path)


UNKNOWN_KEYS: list[str] = [
    "com.acme.Draw",
    "com.acme",
    "nothing",
    "a%2Fb",
    "a%20b",
    "%E2%82%AC",
    "%ff",
    "x" * 3000,
]


def test_an_unknown_key_is_not_found(api: Api, anonymous: Person, path: str) -> None:
    for key in UNKNOWN_KEYS:
        answer = api.get(anonymous, f"addons/{key}")
        assert problem(answer, 404)["code"] == "NOT_FOUND"


def test_fixed_addresses_come_before_keys(
    api: Api, anonymous: Person, vendor: Person, path: str
) -> None:
    assert api.get(anonymous, "addons/archived").json()["count"] == 0
    assert api.get(anonymous, "addons/archived/vendor/12").json()["count"] == 0
    assert api.get(anonymous, "addons/listings/banners").json()["count"] == 0
    assert api.get(anonymous, "addons/search/brief").json() == {"addons": []}
    assert api.get(anonymous, "addons/vendor/12").json()["count"] == 1


# --- with a version, and filters ------------------------------------------------------------


def test_a_version_is_embedded_only_when_it_is_asked_for(
    api: Api, anonymous: Person, path: str
) -> None:
    assert "version" not in api.get(anonymous, path).json()["_embedded"]
    shown = api.get(anonymous, path, withVersion="true").json()
    assert list(shown["_embedded"])[-1] == "version"
    assert shown["_embedded"]["version"] == api.get(anonymous, f"{path}/versions/latest").json()
    assert "version" not in api.get(anonymous, path, withVersion="false").json()["_embedded"]


def test_the_version_that_is_embedded_is_the_newest_visible_one_that_suits(
    api: Api, anonymous: Person, vendor: Person, admin: Person, path: str
) -> None:
    cloud = a_version(
        api, vendor, path, status="public", compatibilities=CLOUD, paymentModel="atlassian"
    )
    submit_prices(api, vendor, path)
    decide(api, admin, cloud, "approved")
    a_version(api, vendor, path)

    def build(who: Person, **query: Any) -> Any:
        answer = api.get(who, path, withVersion="true", **query)
        if answer.status_code == 404:
            return None
        return answer.json()["_embedded"]["version"]["buildNumber"]

    assert build(anonymous) == 2
    assert build(vendor) == 3
    assert build(anonymous, hosting="server") == 1
    assert build(anonymous, hosting=["server", "cloud"]) == 2
    assert build(anonymous, cost="free") == 1
    assert build(anonymous, cost="paid") == 2
    assert build(anonymous, application="jira", applicationBuild=800000) == 1
    assert build(anonymous, application="jira") == 2
    assert build(anonymous, cloudComplianceBoundary="commercial") == 2
    assert build(anonymous, cloudComplianceBoundary="isolated_cloud") == 1
    assert build(anonymous, hosting="datacenter") is None
    assert build(anonymous, hosting="cloud", cost="free") is None


CONDITIONS = [
    ("hosting=server", 200),
    ("hosting=cloud", 404),
    ("application=jira", 200),
    ("application=confluence", 404),
    ("application=jira&applicationBuild=900000", 404),
    ("cost=free", 200),
    ("cost=paid", 404),
    ("category=Diagrams", 200),
    ("category=Reports&category=Diagrams", 200),
    ("category=Reports", 404),
    ("marketingLabel=DevOps", 404),
    ("storesPersonalData=false", 200),
    ("storesPersonalData=true", 404),
    ("filter=popular", 200),
    ("filter=featured", 404),
    ("filter=verified", 404),
    ("filter=top-vendor", 404),
    ("filter=atlassian", 404),
    ("filter=codegeist", 404),
    ("includeHidden=all", 200),
    ("includePrivate=true", 200),
    ("forThisUser=false", 200),
    ("unknown=x", 200),
    ("forThisUser=true", 401),
    ("hosting=moon", 400),
    ("cost=gratis", 400),
    ("filter=best", 400),
    ("withVersion=maybe", 400),
    ("applicationBuild=800000", 400),
    ("application=jira&applicationBuild=x", 400),
    ("cloudComplianceBoundary=moon", 400),
]


def test_filters_are_a_condition_on_one_app(api: Api, anonymous: Person, path: str) -> None:
    for query, status in CONDITIONS:
        answer = api.get(anonymous, f"{path}?{query}")
        assert answer.status_code == status
        if status == 400:
            assert problem(answer)["message"].startswith(query.rpartition("&")[2].partition("=")[0])


def test_an_app_is_for_its_own_contacts_only_when_asked_so(
    api: Api, vendor: Person, other_vendor: Person, path: str
) -> None:
    assert api.get(vendor, path, forThisUser="true").status_code == 200
    assert api.get(other_vendor, path, forThisUser="true").status_code == 404

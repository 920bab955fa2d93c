"""Changing versions over HTTP (related.md, 1; general.md, 8)."""

from typing import Any

import pytest
from sqlalchemy import update

from assets.samples import Website
from calling import Api, add, pointer, remove, replace
from given import (
    FakeClock,
    Json,
    Person,
    a_kept_app,
    a_public_app,
    a_version,
    an_app,
    an_application,
    an_uploaded_image,
    an_uploaded_jar,
    bounds,
    decide,
    runs_on,
)
from haymarket.storage import Storage
from haymarket.versions.store import versions as versions_table

CLOUD = [runs_on(cloud=True)]


def link(href: str) -> Json:
    return {"href": href}


@pytest.fixture
def rich(api: Api, vendor: Person, private_app: str) -> str:
    """A private version with a jar, a licence, a hero image and a screenshot."""
    links = {
        "artifact": link(an_uploaded_jar(api, vendor)),
        "license": link("/rest/2/licenseTypes/gpl"),
        "hero": link(an_uploaded_image(api, vendor, "hero")),
    }
    picture = link(an_uploaded_image(api, vendor, "screenshot"))
    embedded = {"screenshots": [{"_links": {"image": picture}, "caption": "C"}]}
    return a_version(api, vendor, private_app, _links=links, _embedded=embedded)


def changed(api: Api, who: Person, path: str, *operations: Json) -> Json:
    answer = api.patch(who, path, *operations)
    assert answer.status_code == 204, answer.text
    assert answer.headers["Location"] == path
    assert answer.content == b""
    document: Json = api.get(who, path).json()
    return document


def test_a_patch_answers_with_the_place_and_nothing_else(
    api: Api, vendor: Person, rich: str
) -> None:
    shown = changed(
        api,
        vendor,
        rich,
        replace("/name", "2.5"),
        add("/text/releaseSummary", "Short"),
        replace("/release/beta", True),
        add("/youtubeId", "abc"),
        replace("/compatibilities", CLOUD),
    )
    assert shown["name"] == "2.5"
    assert shown["text"] == {"releaseSummary": "Short"}
    assert shown["release"]["beta"] is True
    assert shown["youtubeId"] == "abc"
    assert shown["compatibilities"] == CLOUD
    assert shown["cloudComplianceBoundaries"] == ["commercial"]


def test_what_the_official_client_sends_for_read_only_members_changes_nothing(
    api: Api, vendor: Person, rich: str
) -> None:
    before = api.get(vendor, rich).json()
    after = changed(
        api,
        vendor,
        rich,
        remove("/_embedded/artifact"),
        remove("/_embedded/license"),
        remove("/_embedded/hero"),
        replace("/_embedded/functionalCategories", []),
        replace("/_links/self/href", "http://default/uri"),
        remove("/_links/alternate"),
        replace("/deployment/server", False),
        remove("/deployment"),
        replace("/deployable", False),
        replace("/static", True),
        replace("/buildNumber", 99),
    )
    assert after == before


def test_an_empty_patch_changes_nothing(api: Api, vendor: Person, rich: str) -> None:
    before = api.get(vendor, rich).json()
    assert changed(api, vendor, rich) == before


def test_links_are_unlinked_by_their_own_members_only(api: Api, vendor: Person, rich: str) -> None:
    shown = changed(
        api,
        vendor,
        rich,
        remove("/_links/hero"),
        remove("/_links/license"),
        remove("/_links/artifact"),
    )
    assert not {"hero", "license", "artifact"} & {*shown["_links"], *shown["_embedded"]}


def test_arrays_are_replaced_as_a_whole(api: Api, vendor: Person, rich: str) -> None:
    first = api.get(vendor, rich).json()["_embedded"]["screenshots"][0]
    other = link(an_uploaded_image(api, vendor, "screenshot"))
    screenshots = [{"_links": {"image": other}}, first]
    shown = changed(api, vendor, rich, replace("/_embedded/screenshots", screenshots))
    assert [each["_links"]["image"] for each in shown["_embedded"]["screenshots"]] == [
        other,
        first["_links"]["image"],
    ]
    assert (
        changed(api, vendor, rich, replace("/_embedded/screenshots", []))["_embedded"][
            "screenshots"
        ]
        == []
    )


def test_what_is_removed_of_what_is_required_stays(api: Api, vendor: Person, rich: str) -> None:
    before = api.get(vendor, rich).json()
    names = ("name", "paymentModel", "release", "compatibilities")
    after = changed(api, vendor, rich, *(remove(f"/{name}") for name in names))
    assert after == before


REFUSED: list[tuple[list[Json], str]] = [
    ([replace("/nothing", 1)], "/0"),
    ([replace("/name", "9.9"), remove("/nothing")], "/1"),
    ([{"op": "test", "path": "/name", "value": "9"}], "/0"),
    ([replace("name", "9")], "/0/path"),
    ([{"op": "explode", "path": "/name"}], "/0/op"),
    ([remove("/status")], "/status"),
    ([replace("/status", "rejected")], "/status"),
    ([replace("/status", "archived")], "/status"),
    ([replace("/name", "")], "/name"),
    ([replace("/name", 5)], "/name"),
    ([replace("/name", "1.0.0")], "/name"),
    ([replace("/compatibilities", [runs_on("x")])], "/compatibilities/0/application"),
    (
        [replace("/compatibilities/0/hosting/server/max/build", 5)],
        "/compatibilities/0/hosting/server/max/build",
    ),
    ([replace("/release", {"date": "x"})], "/release/date"),
    ([add("/vendorLinks/eula", "nonsense")], "/vendorLinks/eula"),
    ([replace("/_links", [])], "/_links"),
    ([replace("/_links/license/href", "/rest/2/licenseTypes/x")], "/_links/license"),
    ([replace("/_links/hero/href", "/rest/2/assets/x")], "/_links/hero"),
    ([replace("/_embedded/screenshots", [{}])], "/_embedded/screenshots/0/_links"),
    ([add("/integrationType", "chat")], "/integrationType"),
]


def test_a_patch_that_can_not_be_is_refused_whole(api: Api, vendor: Person, rich: str) -> None:
    for operations, path in REFUSED:
        before = api.get(vendor, rich).json()
        assert pointer(api.patch(vendor, rich, *operations)) == path
        assert api.get(vendor, rich).json() == before


NO_PATCHES: list[bytes] = [b"{}", b"", b"[", b'[{"op":"remove"}]', b"[5]", b"null"]


def test_a_body_that_is_no_patch_is_refused(api: Api, vendor: Person, rich: str) -> None:
    for body in NO_PATCHES:
        assert api.call("PATCH", vendor, rich, content=body).status_code == 400


def test_who_may_change_a_version(
    api: Api,
    anonymous: Person,
    stranger: Person,
    other_vendor: Person,
    clerk: Person,
    vendor: Person,
    admin: Person,
    app_path: str,
    rich: str,
) -> None:
    operation = add("/text/releaseSummary", "x")
    people = (anonymous, stranger, other_vendor, clerk, admin)
    public = f"{app_path}/versions/build/1"
    assert [api.patch(who, public, operation).status_code for who in people] == [
        401,
        403,
        403,
        403,
        204,
    ]
    assert [api.patch(who, rich, operation).status_code for who in people] == [
        404,
        404,
        404,
        403,
        204,
    ]
    assert api.patch(vendor, f"{app_path}/versions/build/99", operation).status_code == 404


def test_a_change_of_a_version_moves_the_apps_last_change(
    api: Api, vendor: Person, app_path: str, clock: FakeClock
) -> None:
    clock.advance(hours=1)
    changed(api, vendor, f"{app_path}/versions/build/1", add("/text/releaseSummary", "x"))
    assert api.get(vendor, app_path).json()["lastModified"] == "2026-11-24T10:30:00.000Z"
    clock.advance(hours=1)
    a_version(api, vendor, app_path)
    assert api.get(vendor, app_path).json()["lastModified"] == "2026-11-24T11:30:00.000Z"


# --- status ---------------------------------------------------------------------------------


def test_a_private_version_of_a_public_app_is_published_by_its_status(
    api: Api, vendor: Person, anonymous: Person, app_path: str
) -> None:
    path = a_version(api, vendor, app_path)
    assert changed(api, vendor, path, replace("/status", "public"))["status"] == "public"
    assert api.get(anonymous, path).status_code == 200


def test_a_private_version_that_needs_approval_is_submitted_by_its_status(
    api: Api, vendor: Person, admin: Person, anonymous: Person, app_path: str
) -> None:
    path = a_version(api, vendor, app_path, compatibilities=CLOUD)
    assert changed(api, vendor, path, replace("/status", "public"))["status"] == "submitted"
    assert api.get(anonymous, path).status_code == 404
    decide(api, admin, path, "approved")
    assert api.get(anonymous, path).json()["status"] == "public"


def test_a_change_of_status_that_would_add_what_needs_approval_is_judged_after_the_change(
    api: Api, vendor: Person, app_path: str
) -> None:
    path = a_version(api, vendor, app_path)
    shown = changed(
        api, vendor, path, replace("/compatibilities", CLOUD), replace("/status", "public")
    )
    assert shown["status"] == "submitted"


@pytest.mark.parametrize("status", ["private", "submitted", "rejected"])
def test_a_public_version_does_not_change_its_status(
    api: Api, vendor: Person, app_path: str, status: str
) -> None:
    path = f"{app_path}/versions/build/1"
    assert pointer(api.patch(vendor, path, replace("/status", status))) == "/status"


@pytest.mark.parametrize("status", ["private", "public", "rejected"])
def test_a_submitted_version_waits_for_its_approval(
    api: Api, vendor: Person, admin: Person, app_path: str, status: str
) -> None:
    path = a_version(api, vendor, app_path, compatibilities=CLOUD, status="public")
    for who in (vendor, admin):
        assert pointer(api.patch(who, path, replace("/status", status))) == "/status"


def test_a_version_of_an_app_that_was_never_submitted_stays_private(
    api: Api, vendor: Person, private_app: str
) -> None:
    path = f"{private_app}/versions/build/1"
    assert changed(api, vendor, path, replace("/status", "public"))["status"] == "private"


def test_a_version_is_not_published_without_anything_to_have(
    api: Api, vendor: Person, app_path: str
) -> None:
    path = a_version(api, vendor, app_path, vendorLinks={})
    assert pointer(api.patch(vendor, path, replace("/status", "public"))) == "/_links/artifact"
    public = f"{app_path}/versions/build/1"
    assert pointer(api.patch(vendor, public, remove("/vendorLinks/binary"))) == "/_links/artifact"


@pytest.mark.parametrize(
    ("operation", "path"),
    [
        (replace("/paymentModel", "atlassian"), "/paymentModel"),
        (add("/compatibilities/0/hosting/cloud", True), "/compatibilities"),
        (
            add("/compatibilities/0/hosting/dataCenter", bounds(800000, 810000)),
            "/compatibilities",
        ),
    ],
)
def test_a_public_version_does_not_get_what_a_review_has_not_seen(
    api: Api, vendor: Person, app_path: str, operation: Json, path: str
) -> None:
    public = f"{app_path}/versions/build/1"
    assert pointer(api.patch(vendor, public, operation)) == path


def test_a_public_version_may_change_between_free_and_paid_via_the_vendor(
    api: Api, vendor: Person, app_path: str
) -> None:
    public = f"{app_path}/versions/build/1"
    for model in ("vendor", "free"):
        shown = changed(api, vendor, public, replace("/paymentModel", model))
        assert shown["paymentModel"] == model


# --- boundaries -----------------------------------------------------------------------------


def test_the_boundary_of_a_version_does_not_change(
    api: Api, vendor: Person, private_app: str
) -> None:
    path = a_version(
        api,
        vendor,
        private_app,
        compatibilities=CLOUD,
        cloudComplianceBoundaries=["fedramp_moderate"],
    )
    other = replace("/cloudComplianceBoundaries", ["commercial"])
    assert pointer(api.patch(vendor, path, other)) == "/cloudComplianceBoundaries"
    shown = changed(api, vendor, path, remove("/cloudComplianceBoundaries"))
    assert shown["cloudComplianceBoundaries"] == ["fedramp_moderate"]
    shown = changed(
        api,
        vendor,
        path,
        replace("/compatibilities", [runs_on()]),
        remove("/cloudComplianceBoundaries"),
    )
    assert "cloudComplianceBoundaries" not in shown


# --- what has changed around it -------------------------------------------------------------


def test_a_version_can_be_changed_when_its_application_has_given_up_a_hosting(
    api: Api, vendor: Person, app_path: str, storage: Storage
) -> None:
    an_application(storage, "jira", hosting=frozenset({"cloud"}))
    path = f"{app_path}/versions/build/1"
    shown = changed(api, vendor, path, add("/text/releaseSummary", "x"))
    assert "server" in shown["compatibilities"][0]["hosting"]
    operation = replace("/compatibilities/0/hosting/server/max/build", 900000)
    assert pointer(api.patch(vendor, path, operation)) == "/compatibilities/0/hosting/server"


def test_old_values_stay_and_may_change_but_are_not_introduced(
    api: Api, vendor: Person, storage: Storage
) -> None:
    path = f"{an_app(api, vendor)}/versions/build/1"
    old = {"vendorLinks": {"javadocs": "https://acme.example/old"}}
    assert "legacy" not in changed(api, vendor, path, add("/legacy", old))
    with storage.writing(None) as db:
        db.run(update(versions_table).values(presentation={"legacy": old}))
        db.record("test.legacy", path)
    assert changed(api, vendor, path, add("/youtubeId", "x"))["legacy"] == old
    new = "https://acme.example/new"
    shown = changed(api, vendor, path, replace("/legacy/vendorLinks/javadocs", new))
    assert shown["legacy"] == {"vendorLinks": {"javadocs": new}}
    assert changed(api, vendor, path, remove("/legacy"))["legacy"] == shown["legacy"]
    bad = replace("/legacy/vendorLinks/javadocs", "javascript:x")
    assert pointer(api.patch(vendor, path, bad)) == "/legacy/vendorLinks/javadocs"
    lacking = remove("/legacy/vendorLinks")
    assert pointer(api.patch(vendor, path, lacking)) == "/legacy/vendorLinks"


# --- artifacts from outside -----------------------------------------------------------------


def test_an_artifact_from_outside_is_copied_once_and_remembered(
    fetching: Api, vendor: Person, admin: Person, website: Website
) -> None:
    remote = website.url("/draw.jar")
    path = a_public_app(fetching, vendor, admin, version={"_links": {"artifact": link(remote)}})
    version = f"{path}/versions/build/1"
    before = fetching.get(vendor, version).json()
    assert before["_links"]["artifact"]["href"].startswith("/rest/2/assets/artifact%2F")
    assert before["_embedded"]["artifact"]["_links"]["remote"] == link(remote)
    assert before["deployable"] is True
    website.pages.clear()
    after = changed(fetching, vendor, version, add("/text/releaseSummary", "x"))
    assert after["_links"] == before["_links"]
    assert after["_embedded"] == before["_embedded"]
    assert len(website.requests) == 1


def test_an_artifact_that_was_never_copied_is_left_as_it_is(
    api: Api, vendor: Person, storage: Storage
) -> None:
    remote = "https://unreachable.example/draw.jar"
    a_kept_app(storage, "com.acme.old", [{"artifact_remote": remote}])
    path = "/rest/2/addons/com.acme.old/versions/build/1"
    shown = changed(api, vendor, path, add("/text/releaseSummary", "x"))
    assert shown["_links"]["artifact"] == link(remote)


def test_an_artifact_that_can_not_be_fetched_is_refused_at_its_link(
    fetching: Api, vendor: Person, website: Website
) -> None:
    path = f"{an_app(fetching, vendor)}/versions/build/1"
    operation = add("/_links/artifact", link(website.url("/nothing.jar")))
    assert pointer(fetching.patch(vendor, path, operation)) == "/_links/artifact"


def used(api: Api, who: Person, href: str) -> bool:
    answer: Any = api.call("DELETE", who, href)
    assert answer.status_code in (204, 409)
    return bool(answer.status_code == 409)


def test_an_asset_is_in_use_as_long_as_a_version_refers_to_it(
    api: Api, vendor: Person, rich: str
) -> None:
    links = api.get(vendor, rich).json()["_links"]
    assert used(api, vendor, links["artifact"]["href"])
    assert used(api, vendor, links["hero"]["href"])
    changed(api, vendor, rich, remove("/_links/artifact"), remove("/_links/hero"))
    assert not used(api, vendor, links["artifact"]["href"])
    assert not used(api, vendor, links["hero"]["href"])

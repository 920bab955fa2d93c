"""Creating versions over HTTP (related.md, 1)."""

import threading
from typing import Any

import pytest

from calling import Api, pointer, problem
from given import (
    Json,
    Person,
    a_version,
    an_app,
    an_uploaded_jar,
    bounds,
    decide,
    runs_on,
    version_document,
)

CLOUD = [runs_on(cloud=True)]
BOTH = [runs_on(server=bounds(800000, 810000), dataCenter=bounds(800000, 900000))]
DATA_CENTER = [runs_on(dataCenter=bounds(800000, 900000))]


def link(href: str) -> Json:
    return {"href": href}


# --- what is taken on ------------------------------------------------------------------------


def test_a_version_is_created_at_its_build_number_and_answered_whole(
    api: Api, vendor: Person, app_path: str
) -> None:
    answer = api.post(vendor, f"{app_path}/versions", version_document(buildNumber=42, name="2.0"))
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"{app_path}/versions/build/42"
    assert answer.json() == api.get(vendor, answer.headers["Location"]).json()
    assert (answer.json()["buildNumber"], answer.json()["name"]) == (42, "2.0")


def test_the_smallest_document_takes_the_rest_from_the_version_before(
    api: Api, vendor: Person, app_path: str
) -> None:
    jar = an_uploaded_jar(api, vendor)
    document = {"_links": {"artifact": link(jar)}, "status": "private"}
    made = api.post(vendor, f"{app_path}/versions", document).json()
    before = api.get(vendor, f"{app_path}/versions/build/1").json()
    assert made["buildNumber"] == 2
    assert made["name"] == "1.0.1"
    assert made["compatibilities"] == before["compatibilities"]
    assert made["paymentModel"] == "free"
    assert made["release"] == {"date": "2026-11-24", "beta": False, "supported": True}
    assert made["_links"]["artifact"] == link(jar)


@pytest.mark.parametrize(
    ("before", "after"), [("2.3.9", "2.3.10"), ("2.0-rc1", "2.0-rc2"), ("beta", "beta.1")]
)
def test_a_name_that_is_left_out_follows_the_one_before(
    api: Api, vendor: Person, private_app: str, before: str, after: str
) -> None:
    a_version(api, vendor, private_app, name=before)
    path = a_version(api, vendor, private_app)
    assert api.get(vendor, path).json()["name"] == after


def test_a_payment_model_that_is_left_out_is_that_of_the_version_before(
    api: Api, vendor: Person, private_app: str
) -> None:
    a_version(api, vendor, private_app, paymentModel="atlassian")
    path = a_version(api, vendor, private_app)
    assert api.get(vendor, path).json()["paymentModel"] == "atlassian"


def test_a_build_number_that_is_left_out_is_the_next_one(
    api: Api, vendor: Person, private_app: str
) -> None:
    a_version(api, vendor, private_app, buildNumber=1000, name="1000")
    a_version(api, vendor, private_app, buildNumber=500, name="500")
    assert a_version(api, vendor, private_app) == f"{private_app}/versions/build/1001"


def test_the_names_of_host_builds_are_added(api: Api, vendor: Person, app_path: str) -> None:
    path = a_version(
        api, vendor, app_path, compatibilities=[*BOTH, runs_on("confluence", cloud=True)]
    )
    assert api.get(vendor, path).json()["compatibilities"] == [
        {
            "application": "jira",
            "hosting": {
                "server": {
                    "min": {"build": 800000, "version": "8.0.0"},
                    "max": {"build": 810000, "version": "8.1.0"},
                },
                "dataCenter": {
                    "min": {"build": 800000, "version": "8.0.0"},
                    "max": {"build": 900000, "version": "9.0.0"},
                },
            },
        },
        {"application": "confluence", "hosting": {"cloud": True}},
    ]


def test_a_former_key_of_an_application_is_kept_as_the_present_one(
    api: Api, vendor: Person, app_path: str
) -> None:
    path = a_version(api, vendor, app_path, compatibilities=[runs_on("jira-software")])
    kept = api.get(vendor, path).json()["compatibilities"]
    assert [each["application"] for each in kept] == ["jira"]


def test_what_the_server_says_is_not_taken_from_a_client(
    api: Api, vendor: Person, private_app: str
) -> None:
    path = a_version(
        api,
        vendor,
        private_app,
        deployment={"connect": True, "server": False},
        static=True,
        deployable=True,
        legacy={"vendorLinks": {"javadocs": "https://acme.example/docs"}},
        unknown={"of": "it"},
        _links={"self": link("http://default/uri"), "alternate": link("http://default/uri")},
        _embedded={"functionalCategories": [], "artifact": {"nonsense": 5}, "license": []},
    )
    shown = api.get(vendor, path).json()
    assert shown["deployment"]["server"] is True
    assert shown["deployment"]["connect"] is False
    assert shown["static"] is False
    assert shown["deployable"] is False
    assert "legacy" not in shown
    assert shown["_links"]["self"]["href"] == path
    assert shown["_links"]["functionalCategories"] == []
    assert shown["_embedded"]["functionalCategories"] == []


# --- what is refused -------------------------------------------------------------------------


WRONG: list[tuple[Json, str]] = [
    ({"status": "rejected"}, "/status"),
    ({"status": "readytolaunch"}, "/status"),
    ({"status": None}, "/status"),
    ({"_links": None}, "/_links"),
    ({"_links": {"artifact": {}}}, "/_links/artifact/href"),
    ({"_links": {"artifact": link("/rest/2/assets/nothing")}}, "/_links/artifact"),
    ({"_links": {"artifact": link("nonsense")}}, "/_links/artifact"),
    ({"_links": {"license": link("/rest/2/licenseTypes/nothing")}}, "/_links/license"),
    ({"_links": {"agreement": link("javascript:alert(1)")}}, "/_links/agreement"),
    ({"buildNumber": 0}, "/buildNumber"),
    ({"buildNumber": -1}, "/buildNumber"),
    ({"buildNumber": 2**53}, "/buildNumber"),
    ({"buildNumber": "1"}, "/buildNumber"),
    ({"buildNumber": 1}, "/buildNumber"),
    ({"name": ""}, "/name"),
    ({"name": "x" * 101}, "/name"),
    ({"name": 5}, "/name"),
    ({"paymentModel": "gratis"}, "/paymentModel"),
    ({"integrationType": "chat"}, "/integrationType"),
    ({"release": {"date": "24.11.2026"}}, "/release/date"),
    ({"release": {"beta": "no"}}, "/release/beta"),
    ({"vendorLinks": {"documentation": "nonsense"}}, "/vendorLinks/documentation"),
    ({"vendorLinks": {"eula": "javascript:alert(1)"}}, "/vendorLinks/eula"),
    ({"vendorLinks": {"bonTermsSupported": "yes"}}, "/vendorLinks/bonTermsSupported"),
    ({"compatibilities": [{}]}, "/compatibilities/0/application"),
    ({"compatibilities": [runs_on("trello")]}, "/compatibilities/0/application"),
    (
        {"compatibilities": [{"application": "jira", "hosting": {}}]},
        "/compatibilities/0/hosting",
    ),
    (
        {"compatibilities": [runs_on(server=bounds(1, 810000))]},
        "/compatibilities/0/hosting/server/min/build",
    ),
    (
        {
            "compatibilities": [
                runs_on(cloud=True),
                runs_on("confluence", dataCenter=bounds(7000, 7)),
            ]
        },
        "/compatibilities/1/hosting/dataCenter/max/build",
    ),
    (
        {"compatibilities": [runs_on(server=bounds(810000, 800000))]},
        "/compatibilities/0/hosting/server/min/build",
    ),
    ({"compatibilities": [runs_on(), runs_on("jira-software")]}, "/compatibilities"),
    ({"cloudComplianceBoundaries": ["commercial"]}, "/cloudComplianceBoundaries"),
    ({"cloudComplianceBoundaries": ["lunar"]}, "/cloudComplianceBoundaries/0"),
    (
        {
            "compatibilities": CLOUD,
            "cloudComplianceBoundaries": ["commercial", "fedramp_moderate"],
        },
        "/cloudComplianceBoundaries",
    ),
    ({"status": "public", "vendorLinks": {}}, "/_links/artifact"),
    ({"_embedded": {"highlights": [{}]}}, "/_embedded/highlights/0/_links"),
    (
        {"_embedded": {"screenshots": [{"_links": {"image": link("/rest/2/assets/x")}}]}},
        "/_embedded/screenshots/0/_links/image",
    ),
    ({"_embedded": {"instructions": [{}]}}, "/_embedded/instructions/0/body"),
    ({"text": {"releaseSummary": "x" * 1001}}, "/text/releaseSummary"),
]


def test_what_is_wrong_with_a_new_version_is_named_by_its_pointer(
    api: Api, vendor: Person, private_app: str
) -> None:
    for changes, path in WRONG:
        document = {
            name: value for name, value in version_document(**changes).items() if value is not None
        }
        assert pointer(api.post(vendor, f"{private_app}/versions", document)) == path
        assert (
            api.get(vendor, f"{private_app}/versions", includePrivate="true").json()["count"] == 1
        )


def test_every_problem_is_told_at_once(api: Api, vendor: Person, private_app: str) -> None:
    document = version_document(name="", vendorLinks={"eula": "x"}, compatibilities=[runs_on("x")])
    errors = api.post(vendor, f"{private_app}/versions", document).json()["errors"]
    assert [each["path"] for each in errors] == [
        "/compatibilities/0/application",
        "/vendorLinks/eula",
        "/name",
    ]


def test_a_hosting_that_the_application_does_not_have_is_refused(
    api: Api, vendor: Person, private_app: str, cloud_only: str
) -> None:
    document = version_document(compatibilities=[runs_on(cloud_only, server=bounds(1, 1))])
    found = pointer(api.post(vendor, f"{private_app}/versions", document))
    assert found == "/compatibilities/0/hosting/server"


def test_a_name_is_used_once_for_each_hosting(api: Api, vendor: Person, private_app: str) -> None:
    a_version(api, vendor, private_app, name="3.0")
    again = version_document(name="3.0")
    assert pointer(api.post(vendor, f"{private_app}/versions", again)) == "/name"
    a_version(api, vendor, private_app, name="3.0", compatibilities=CLOUD)


NO_DOCUMENTS: list[bytes] = [b"", b"{", b"[]", b"null", b'"x"', b"\xff"]


def test_a_body_that_is_no_document_is_refused(api: Api, vendor: Person, private_app: str) -> None:
    for body in NO_DOCUMENTS:
        assert pointer(api.call("POST", vendor, f"{private_app}/versions", content=body)) == ""


def test_who_may_create_a_version(
    api: Api,
    anonymous: Person,
    stranger: Person,
    clerk: Person,
    other_vendor: Person,
    admin: Person,
    app_path: str,
    private_app: str,
) -> None:
    def status(who: Person, path: str) -> int:
        return int(api.post(who, f"{path}/versions", version_document()).status_code)

    people = (anonymous, stranger, other_vendor, clerk, admin)
    assert [status(who, app_path) for who in people] == [401, 403, 403, 403, 201]
    assert [status(who, private_app) for who in people] == [404, 404, 404, 403, 201]
    assert status(admin, "/rest/2/addons/nothing") == 404


def test_the_caller_is_asked_for_before_the_document_is_read(
    api: Api, anonymous: Person, stranger: Person, app_path: str
) -> None:
    for method, path in (("POST", "/versions"), ("PATCH", "/versions/build/1")):
        assert api.call(method, anonymous, app_path + path, content=b"{").status_code == 401
        assert api.call(method, stranger, app_path + path, content=b"{").status_code == 403


# --- twins -----------------------------------------------------------------------------------


def twins(api: Api, who: Person, app: str, build: str, **changes: Any) -> Any:
    document = version_document(**{"compatibilities": BOTH, "buildNumber": 10, **changes})
    headers = {"X-Mpac-DataCenter-BuildNumber": build}
    return api.post(who, f"{app}/versions", document, headers)


def test_one_submission_makes_a_version_for_servers_and_its_twin_for_data_centers(
    api: Api, vendor: Person, private_app: str
) -> None:
    answer = twins(api, vendor, private_app, "11", name="4.0")
    assert answer.headers["Location"] == f"{private_app}/versions/build/10"
    server = answer.json()
    twin = api.get(vendor, f"{private_app}/versions/build/11").json()
    assert (server["name"], twin["name"]) == ("4.0", "4.0")
    assert list(server["compatibilities"][0]["hosting"]) == ["server"]
    assert list(twin["compatibilities"][0]["hosting"]) == ["dataCenter"]
    assert (server["deployment"]["server"], server["deployment"]["dataCenter"]) == (True, False)
    assert (twin["deployment"]["server"], twin["deployment"]["dataCenter"]) == (False, True)
    assert server["vendorLinks"] == twin["vendorLinks"]


BAD_TWINS: list[str] = ["10", "1", "0", "-5", str(2**53), str(10**30), "x", ""]


def test_a_build_number_of_a_twin_that_can_not_be_is_named_by_its_header(
    api: Api, vendor: Person, private_app: str
) -> None:
    for build in BAD_TWINS:
        error = problem(twins(api, vendor, private_app, build))
        assert error["message"].startswith("X-Mpac-DataCenter-BuildNumber: ")
        assert error["code"] == "INVALID_PARAMETER"
        assert "path" not in error


def test_twins_need_both_hostings(api: Api, vendor: Person, private_app: str) -> None:
    for compatibilities in (CLOUD, DATA_CENTER, [runs_on()]):
        answer = twins(api, vendor, private_app, "11", compatibilities=compatibilities)
        assert pointer(answer) == "/compatibilities"


def test_a_routine_update_of_twins_needs_no_approval(
    api: Api, vendor: Person, admin: Person, app_path: str
) -> None:
    twins(api, vendor, app_path, "11", status="public", name="2.0")
    decide(api, admin, f"{app_path}/versions/build/11", "approved")
    answer = twins(api, vendor, app_path, "21", buildNumber=20, status="public", name="3.0")
    assert answer.json()["status"] == "public"
    assert api.get(vendor, f"{app_path}/versions/build/21").json()["status"] == "public"


# --- what is public at once, and what is reviewed --------------------------------------------


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "public"),
        ({"paymentModel": "vendor"}, "public"),
        ({"paymentModel": "atlassian"}, "submitted"),
        ({"compatibilities": CLOUD}, "submitted"),
        ({"compatibilities": BOTH}, "submitted"),
        ({"compatibilities": [runs_on("confluence", server=bounds(7000, 8000))]}, "public"),
    ],
)
@pytest.mark.parametrize("asked", ["public", "submitted"])
def test_a_version_of_a_public_app_is_public_at_once_unless_it_needs_approval(
    api: Api,
    vendor: Person,
    anonymous: Person,
    app_path: str,
    changes: Json,
    status: str,
    asked: str,
) -> None:
    path = a_version(api, vendor, app_path, status=asked, **changes)
    assert api.get(vendor, path).json()["status"] == status
    assert api.get(anonymous, path).status_code == (200 if status == "public" else 404)
    assert api.get(anonymous, app_path).json()["status"] == "public"


def test_a_version_of_an_app_that_was_never_submitted_stays_private(
    api: Api, vendor: Person, private_app: str
) -> None:
    path = a_version(api, vendor, private_app, status="public")
    assert api.get(vendor, path).json()["status"] == "private"


def test_a_version_of_an_app_that_waits_waits_with_it(
    api: Api, vendor: Person, admin: Person
) -> None:
    waiting = an_app(api, vendor, "com.acme.waiting", status="submitted")
    path = a_version(api, vendor, waiting, status="public")
    assert api.get(vendor, path).json()["status"] == "submitted"
    decide(api, admin, waiting, "approved")
    assert api.get(vendor, path).json()["status"] == "public"


# --- at the same time ------------------------------------------------------------------------


def test_versions_that_are_posted_at_the_same_time_get_numbers_of_their_own(
    api: Api, vendor: Person, private_app: str
) -> None:
    paths: list[str] = []

    def post(number: int) -> None:
        paths.append(a_version(api, vendor, private_app, name=f"9.{number}"))

    threads = [threading.Thread(target=post, args=(each,)) for each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(int(path.rpartition("/")[2]) for path in paths) == list(range(2, 10))

"""Approval and release over HTTP (apps.md, C.10, 11, 24, 25 and D)."""

from typing import Any

import pytest

from calling import Api, add, pointer, problem, remove, replace
from given import (
    FakeClock,
    Json,
    Person,
    a_public_app,
    a_version,
    an_app,
    decide,
    runs_on,
    submit_prices,
    version_document,
)
from haymarket.apps.store import get_app
from haymarket.lifecycle.store import history

CLOUD = [runs_on(cloud=True)]


@pytest.fixture
def waiting(api: Api, vendor: Person) -> str:
    """An app of Acme that waits for its approval."""
    return an_app(api, vendor, status="submitted")


@pytest.fixture
def rejected(api: Api, admin: Person, waiting: str) -> str:
    """An app of Acme that was rejected."""
    decide(api, admin, waiting, "rejected", "<p>No <script>x</script>logo</p>")
    return waiting


def status_of(api: Api, who: Person, path: str) -> str:
    return str(api.get(who, path).json()["status"])


def approval_of(api: Api, who: Person, path: str) -> str | None:
    answer = api.get(who, f"{path}/approval")
    return str(answer.json()["status"]) if answer.status_code == 200 else None


def events(api: Api, key: str, build: int | None = None) -> list[tuple[Any, ...]]:
    with api.storage.reading() as db:
        app = get_app(db, key)
        assert app is not None
        return [
            (each.event, each.before, each.after, each.actor, each.reason)
            for each in history(db, app.id, build)
        ]


# --- approval -------------------------------------------------------------------------------


def test_an_app_that_waits_has_a_pending_approval(
    api: Api, vendor: Person, clerk: Person, admin: Person, waiting: str
) -> None:
    for who in (vendor, clerk, admin):
        assert api.get(who, f"{waiting}/approval").json() == {
            "_links": {"self": {"href": f"{waiting}/approval"}, "parent": {"href": waiting}},
            "status": "pending",
        }


def test_a_rejected_app_tells_why_in_harmless_html(api: Api, vendor: Person, rejected: str) -> None:
    shown = api.get(vendor, f"{rejected}/approval").json()
    assert shown["status"] == "rejected"
    assert shown["reason"] == "<p>No logo</p>"
    assert status_of(api, vendor, rejected) == "rejected"


def test_a_reason_is_gone_when_the_app_is_submitted_again(
    api: Api, vendor: Person, admin: Person, rejected: str
) -> None:
    decide(api, vendor, rejected, "pending")
    assert "reason" not in api.get(vendor, f"{rejected}/approval").json()
    decide(api, admin, rejected, "rejected")
    assert "reason" not in api.get(vendor, f"{rejected}/approval").json()


def test_an_app_that_was_never_submitted_has_no_approval(api: Api, vendor: Person) -> None:
    path = an_app(api, vendor)
    assert api.get(vendor, f"{path}/approval").status_code == 404
    assert pointer(api.put(vendor, f"{path}/approval", {"status": "pending"})) == "/status"


@pytest.mark.parametrize(("part", "body"), [("approval", {"status": "pending"}), ("release", {})])
def test_who_may_see_and_change_approval_and_release(
    api: Api,
    anonymous: Person,
    stranger: Person,
    other_vendor: Person,
    clerk: Person,
    vendor: Person,
    admin: Person,
    waiting: str,
    part: str,
    body: Json,
) -> None:
    public = a_public_app(api, vendor, admin, "com.acme.public")
    people = (anonymous, stranger, other_vendor, clerk)

    def shown(path: str) -> list[int]:
        return [int(api.get(who, f"{path}/{part}").status_code) for who in people]

    def changed(path: str) -> list[int]:
        return [int(api.put(who, f"{path}/{part}", body).status_code) for who in people]

    assert shown(waiting) == [404, 404, 404, 200]
    assert shown(public) == [401, 404, 404, 200]
    assert changed(waiting) == [404, 404, 404, 403]
    assert changed(public) == [401, 403, 403, 403]
    assert shown("/rest/2/addons/nothing") == [404] * 4


def test_a_vendor_may_not_approve_or_reject_but_an_administrator_may(
    api: Api, vendor: Person, admin: Person, waiting: str
) -> None:
    for decision in ("approved", "rejected"):
        answer = api.put(vendor, f"{waiting}/approval", {"status": decision})
        assert problem(answer, 403)["path"] == "/status"
    assert status_of(api, vendor, waiting) == "submitted"
    answer = api.put(admin, f"{waiting}/approval", {"status": "approved"})
    assert answer.status_code == 204
    assert answer.headers["Location"] == f"{waiting}/approval"
    assert status_of(api, vendor, waiting) == "public"
    assert approval_of(api, vendor, waiting) == "approved"


def test_a_vendor_submits_again_only_what_was_rejected(
    api: Api, vendor: Person, admin: Person, rejected: str
) -> None:
    decide(api, vendor, rejected, "pending")
    assert status_of(api, vendor, rejected) == "submitted"
    assert pointer(api.put(vendor, f"{rejected}/approval", {"status": "pending"})) == "/status"
    decide(api, admin, rejected, "approved")
    assert pointer(api.put(vendor, f"{rejected}/approval", {"status": "pending"})) == "/status"


@pytest.mark.parametrize("decision", ["approved", "rejected"])
def test_only_what_waits_is_decided(
    api: Api, vendor: Person, admin: Person, rejected: str, decision: str
) -> None:
    for path in (
        rejected,
        an_app(api, vendor, "com.acme.private"),
        a_public_app(api, vendor, admin, "com.acme.public"),
    ):
        assert pointer(api.put(admin, f"{path}/approval", {"status": decision})) == "/status"


UNREADABLE: list[tuple[Any, str]] = [
    ({}, "/status"),
    ({"status": "accepted"}, "/status"),
    ({"status": "Approved"}, "/status"),
    ({"status": None}, "/status"),
    ({"status": "rejected", "reason": 5}, "/reason"),
    ([], ""),
    ("approved", ""),
]


def test_a_decision_that_can_not_be_read_is_refused(api: Api, admin: Person, waiting: str) -> None:
    for body, path in UNREADABLE:
        assert pointer(api.put(admin, f"{waiting}/approval", body)) == path
        assert status_of(api, admin, waiting) == "submitted"


def test_a_decision_may_carry_its_own_links(api: Api, admin: Person, waiting: str) -> None:
    document = api.get(admin, f"{waiting}/approval").json() | {"status": "approved"}
    assert api.put(admin, f"{waiting}/approval", document).status_code == 204


def test_an_app_and_its_version_are_decided_together(
    api: Api, vendor: Person, admin: Person, anonymous: Person, waiting: str
) -> None:
    version = f"{waiting}/versions/build/1"
    assert status_of(api, vendor, version) == "submitted"
    decide(api, admin, waiting, "rejected", "No")
    assert status_of(api, vendor, version) == "rejected"
    assert api.get(vendor, f"{version}/approval").json()["reason"] == "No"
    decide(api, vendor, waiting, "pending")
    assert status_of(api, vendor, version) == "submitted"
    decide(api, admin, waiting, "approved")
    assert status_of(api, anonymous, version) == "public"
    assert approval_of(api, vendor, version) == "approved"


def test_the_history_tells_who_when_and_why(
    api: Api, vendor: Person, admin: Person, waiting: str, clock: FakeClock
) -> None:
    clock.advance(days=1)
    decide(api, admin, waiting, "rejected", "No")
    decide(api, vendor, waiting, "pending")
    decide(api, admin, waiting, "approved")
    assert events(api, "com.acme.draw") == [
        ("create", None, "private", vendor.id, None),
        ("submit", "private", "submitted", vendor.id, None),
        ("reject", "submitted", "rejected", admin.id, "No"),
        ("resubmit", "rejected", "submitted", vendor.id, None),
        ("approve", "submitted", "public", admin.id, None),
    ]
    assert events(api, "com.acme.draw", 1) == events(api, "com.acme.draw")
    with api.storage.reading() as db:
        app = get_app(db, "com.acme.draw")
        assert app is not None
        assert [each.at for each in history(db, app.id)][2:] == [clock.now] * 3


# --- submitting -----------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["public", "submitted"])
def test_a_private_app_is_submitted_by_its_status(api: Api, vendor: Person, asked: str) -> None:
    path = an_app(api, vendor)
    assert api.patch(vendor, path, replace("/status", asked)).status_code == 204
    assert status_of(api, vendor, path) == "submitted"
    assert status_of(api, vendor, f"{path}/versions/build/1") == "submitted"


@pytest.mark.parametrize("asked", ["rejected", "readytolaunch"])
def test_a_private_app_is_not_moved_anywhere_else_by_its_status(
    api: Api, vendor: Person, admin: Person, asked: str
) -> None:
    path = an_app(api, vendor)
    for who in (vendor, admin):
        assert pointer(api.patch(who, path, replace("/status", asked))) == "/status"


@pytest.mark.parametrize("asked", ["private", "public", "submitted", "readytolaunch"])
def test_a_rejected_app_is_not_moved_by_its_status(
    api: Api, vendor: Person, rejected: str, asked: str
) -> None:
    assert pointer(api.patch(vendor, rejected, replace("/status", asked))) == "/status"


@pytest.mark.parametrize("asked", ["private", "submitted", "rejected", "readytolaunch"])
def test_a_public_app_is_not_moved_by_its_status(
    api: Api, vendor: Person, admin: Person, asked: str
) -> None:
    path = a_public_app(api, vendor, admin)
    assert pointer(api.patch(vendor, path, replace("/status", asked))) == "/status"


@pytest.mark.parametrize("member", ["summary", "tagLine"])
def test_an_app_that_asks_to_be_listed_has_its_texts(
    api: Api, vendor: Person, admin: Person, member: str
) -> None:
    path = an_app(api, vendor)
    operations = [remove(f"/{member}"), replace("/status", "public")]
    assert pointer(api.patch(vendor, path, *operations)) == f"/{member}"
    assert status_of(api, vendor, path) == "private"
    api.patch(vendor, path, replace("/status", "public"))
    assert pointer(api.patch(vendor, path, remove(f"/{member}"))) == f"/{member}"
    decide(api, admin, path, "approved")
    assert pointer(api.patch(vendor, path, replace(f"/{member}", " "))) == f"/{member}"


def test_an_app_that_asks_to_be_listed_has_something_to_have(api: Api, vendor: Person) -> None:
    path = an_app(api, vendor, version={"vendorLinks": {}})
    answer = api.patch(vendor, path, replace("/status", "public"))
    assert pointer(answer) == "/_embedded/version/_links/artifact"
    assert status_of(api, vendor, path) == "private"


def test_only_the_newest_version_is_submitted_with_its_app(api: Api, vendor: Person) -> None:
    path = an_app(api, vendor)
    newest = a_version(api, vendor, path, name="2.0")
    api.patch(vendor, path, replace("/status", "public"))
    assert status_of(api, vendor, newest) == "submitted"
    assert status_of(api, vendor, f"{path}/versions/build/1") == "private"


# --- after the approval ---------------------------------------------------------------------


@pytest.mark.parametrize("wanted", ["private", "public", "readytolaunch"])
def test_an_app_becomes_what_its_vendor_wants_after_the_approval(
    api: Api, vendor: Person, admin: Person, anonymous: Person, wanted: str
) -> None:
    path = an_app(api, vendor, status="public", statusAfterApproval=wanted)
    decide(api, admin, path, "approved")
    assert status_of(api, vendor, path) == wanted
    assert approval_of(api, vendor, path) == "approved"
    assert api.get(anonymous, path).status_code == (200 if wanted == "public" else 404)
    assert ("release" in api.get(vendor, path).json()["_links"]) == (wanted != "public")


@pytest.mark.parametrize("wanted", ["private", "readytolaunch"])
def test_an_approved_app_is_released_by_its_vendor_once_and_for_all(
    api: Api, vendor: Person, admin: Person, anonymous: Person, wanted: str
) -> None:
    path = an_app(api, vendor, status="public", statusAfterApproval=wanted)
    decide(api, admin, path, "approved")
    assert api.get(vendor, f"{path}/release").json() == {"released": False}
    answer = api.put(vendor, f"{path}/release", {"released": True})
    assert answer.status_code == 204
    assert answer.headers["Location"] == f"{path}/release"
    assert api.get(vendor, f"{path}/release").json() == {"released": True}
    assert status_of(api, anonymous, path) == "public"
    assert status_of(api, anonymous, f"{path}/versions/build/1") == "public"
    assert events(api, "com.acme.draw")[-1] == ("release", wanted, "public", vendor.id, None)
    assert api.put(vendor, f"{path}/release", {"released": True}).status_code == 204
    assert events(api, "com.acme.draw")[-1][0] == "release"
    assert len(events(api, "com.acme.draw")) == 4
    assert pointer(api.put(vendor, f"{path}/release", {"released": False})) == "/released"


def test_what_was_not_approved_is_not_released(
    api: Api, vendor: Person, admin: Person, rejected: str
) -> None:
    waits = an_app(api, vendor, "com.acme.waits", status="public")
    for path in (rejected, waits, an_app(api, vendor, "com.acme.private")):
        for who in (vendor, admin):
            assert api.put(who, f"{path}/release", {"released": True}).status_code == 400
            assert api.put(who, f"{path}/release", {"released": False}).status_code == 400
        assert api.get(vendor, f"{path}/release").json() == {"released": False}


NO_RELEASES: list[tuple[Any, str]] = [
    ({}, "/released"),
    ({"released": "yes"}, "/released"),
    ([], ""),
]


def test_a_release_that_can_not_be_read_is_refused(api: Api, vendor: Person, waiting: str) -> None:
    for body, path in NO_RELEASES:
        assert pointer(api.put(vendor, f"{waiting}/release", body)) == path


def test_what_comes_after_the_approval_can_change_only_before_it(
    api: Api, vendor: Person, admin: Person, waiting: str
) -> None:
    operation = replace("/statusAfterApproval", "readytolaunch")
    assert api.patch(vendor, waiting, operation).status_code == 204
    assert api.get(vendor, waiting).json()["statusAfterApproval"] == "readytolaunch"
    for bad in ("rejected", "submitted", "later"):
        answer = api.patch(vendor, waiting, replace("/statusAfterApproval", bad))
        assert pointer(answer) == "/statusAfterApproval"
    decide(api, admin, waiting, "approved")
    assert status_of(api, vendor, waiting) == "readytolaunch"
    answer = api.patch(vendor, waiting, replace("/statusAfterApproval", "public"))
    assert pointer(answer) == "/statusAfterApproval"
    assert api.patch(vendor, waiting, add("/name", "Paint")).status_code == 204


def test_an_approved_private_app_may_be_submitted_again(
    api: Api, vendor: Person, admin: Person
) -> None:
    path = an_app(api, vendor, status="public", statusAfterApproval="private")
    decide(api, admin, path, "approved")
    assert api.patch(vendor, path, replace("/status", "public")).status_code == 204
    assert approval_of(api, vendor, path) == "pending"
    decide(api, admin, path, "rejected", "Now not")
    assert api.put(vendor, f"{path}/release", {"released": True}).status_code == 400


# --- versions -------------------------------------------------------------------------------


@pytest.fixture
def app_path(api: Api, vendor: Person, admin: Person) -> str:
    """A public app of Acme."""
    return a_public_app(api, vendor, admin)


@pytest.fixture
def waiting_version(api: Api, vendor: Person, app_path: str) -> str:
    """A version of a public app that waits, since it adds a hosting."""
    return a_version(api, vendor, app_path, status="public", compatibilities=CLOUD)


def test_a_version_is_approved_by_itself_when_its_app_was(
    api: Api, vendor: Person, admin: Person, anonymous: Person, waiting_version: str
) -> None:
    assert api.get(vendor, f"{waiting_version}/approval").json() == {
        "_links": {
            "self": {"href": f"{waiting_version}/approval"},
            "parent": {"href": waiting_version},
        },
        "status": "pending",
    }
    answer = api.put(admin, f"{waiting_version}/approval", {"status": "approved"})
    assert answer.status_code == 204
    assert answer.headers["Location"] == f"{waiting_version}/approval"
    assert status_of(api, anonymous, waiting_version) == "public"
    assert approval_of(api, vendor, waiting_version) == "approved"
    assert events(api, "com.acme.draw", 2)[-1] == (
        "approve",
        "submitted",
        "public",
        admin.id,
        None,
    )


def test_a_version_is_rejected_and_submitted_again(
    api: Api, vendor: Person, admin: Person, waiting_version: str
) -> None:
    decide(api, admin, waiting_version, "rejected", "<i>No</i><script>x</script>")
    assert status_of(api, vendor, waiting_version) == "rejected"
    assert api.get(vendor, f"{waiting_version}/approval").json()["reason"] == "<i>No</i>"
    decide(api, vendor, waiting_version, "pending")
    assert approval_of(api, vendor, waiting_version) == "pending"
    answer = api.put(vendor, f"{waiting_version}/approval", {"status": "pending"})
    assert pointer(answer) == "/status"


def test_a_vendor_may_not_approve_a_version(
    api: Api,
    vendor: Person,
    clerk: Person,
    other_vendor: Person,
    stranger: Person,
    anonymous: Person,
    waiting_version: str,
) -> None:
    def statuses(decision: str) -> list[int]:
        people = (vendor, clerk, other_vendor, stranger, anonymous)
        document = {"status": decision}
        return [api.put(who, f"{waiting_version}/approval", document).status_code for who in people]

    assert statuses("approved") == [403, 403, 403, 403, 401]
    assert status_of(api, vendor, waiting_version) == "submitted"
    people = (clerk, other_vendor, stranger, anonymous)
    seen = [api.get(who, f"{waiting_version}/approval").status_code for who in people]
    assert seen == [200, 404, 404, 401]


def test_a_version_that_was_never_reviewed_has_no_approval(
    api: Api, vendor: Person, admin: Person, app_path: str
) -> None:
    private = a_version(api, vendor, app_path)
    routine = a_version(api, vendor, app_path, status="public")
    for path in (private, routine):
        assert api.get(vendor, f"{path}/approval").status_code == 404
        assert pointer(api.put(admin, f"{path}/approval", {"status": "approved"})) == "/status"
    assert api.get(vendor, f"{app_path}/versions/build/99/approval").status_code == 404
    answer = api.put(admin, f"{app_path}/versions/build/99/approval", {"status": "approved"})
    assert answer.status_code == 404


def test_a_version_is_not_decided_before_its_app(
    api: Api, vendor: Person, admin: Person, waiting: str
) -> None:
    answer = api.put(admin, f"{waiting}/versions/build/1/approval", {"status": "approved"})
    assert pointer(answer) == "/status"
    assert status_of(api, vendor, f"{waiting}/versions/build/1") == "submitted"


def test_a_rejected_version_leaves_the_app_and_its_public_version_alone(
    api: Api, vendor: Person, admin: Person, anonymous: Person, app_path: str, waiting_version: str
) -> None:
    decide(api, admin, waiting_version, "rejected")
    assert status_of(api, anonymous, app_path) == "public"
    assert api.get(anonymous, f"{app_path}/versions").json()["count"] == 1


def test_a_version_with_a_wrong_status_is_refused_with_its_app(api: Api, vendor: Person) -> None:
    document: Json = {
        "_links": {"vendor": {"href": "/rest/2/vendors/12"}},
        "_embedded": {"version": version_document(status="rejected")},
        "key": "com.acme.x",
        "name": "X",
        "status": "private",
    }
    assert pointer(api.post(vendor, "addons", document)) == "/_embedded/version/status"


# --- prices before an approval --------------------------------------------------------------

SOLD = {"paymentModel": "atlassian"}


def test_what_is_paid_via_atlassian_has_prices_before_it_is_approved(
    api: Api, vendor: Person, admin: Person
) -> None:
    path = an_app(api, vendor, "com.acme.sold", status="public", version=SOLD)
    refused = api.put(admin, f"{path}/approval", {"status": "approved"})
    assert pointer(refused) == "/status"
    assert "has no prices yet" in problem(refused)["message"]
    assert approval_of(api, vendor, path) == "pending"
    submit_prices(api, vendor, path)
    decide(api, admin, path, "approved")
    assert api.get(vendor, f"{path}/pricing/server/live").json()["status"] == "live"


def test_what_is_paid_via_atlassian_is_rejected_without_prices(
    api: Api, vendor: Person, admin: Person
) -> None:
    path = an_app(api, vendor, "com.acme.sold", status="public", version=SOLD)
    decide(api, admin, path, "rejected")


def test_a_version_that_is_sold_from_now_on_needs_prices_too(
    api: Api, vendor: Person, admin: Person, app_path: str
) -> None:
    version = a_version(api, vendor, app_path, status="public", **SOLD)
    assert pointer(api.put(admin, f"{version}/approval", {"status": "approved"})) == "/status"
    submit_prices(api, vendor, app_path)
    decide(api, admin, version, "approved")
    assert status_of(api, vendor, version) == "public"

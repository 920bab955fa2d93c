"""Approval and release over HTTP."""

from calling import Api, pointer, problem
from given import Person, a_public_app, a_version, an_app, decide
from haymarket.apps.store import get_app
from haymarket.lifecycle.store import history


def status(api: Api, who: Person, path: str) -> str:
    """The status of an app or a version."""
    return str(api.get(who, path).json()["status"])


def test_an_app_is_submitted_rejected_submitted_again_and_approved(
    api: Api, anonymous: Person, vendor: Person, admin: Person
) -> None:
    path = an_app(api, vendor, status="public")
    assert status(api, vendor, path) == "submitted"
    assert api.get(vendor, f"{path}/approval").json() == {
        "_links": {"self": {"href": f"{path}/approval"}, "parent": {"href": path}},
        "status": "pending",
    }
    decide(api, admin, path, "rejected", "<p>No.</p><script>alert(1)</script>")
    told = api.get(vendor, f"{path}/approval").json()
    assert (told["status"], told["reason"]) == ("rejected", "<p>No.</p>")
    decide(api, vendor, path, "pending")
    decide(api, admin, path, "approved")
    assert status(api, anonymous, path) == "public"
    assert status(api, anonymous, f"{path}/versions/latest") == "public"


def test_every_step_is_in_the_history_with_who_and_why(
    api: Api, vendor: Person, admin: Person
) -> None:
    path = an_app(api, vendor, status="public")
    decide(api, admin, path, "rejected", "too short")
    decide(api, vendor, path, "pending")
    decide(api, admin, path, "approved")
    with api.storage.reading() as db:
        app = get_app(db, "com.acme.draw")
        assert app is not None
        steps = [(each.event, each.actor, each.reason) for each in history(db, app.id)]
    assert steps == [
        ("create", vendor.id, None),
        ("submit", vendor.id, None),
        ("reject", admin.id, "too short"),
        ("resubmit", vendor.id, None),
        ("approve", admin.id, None),
    ]


def test_a_vendor_neither_approves_nor_rejects(api: Api, vendor: Person) -> None:
    path = an_app(api, vendor, status="public")
    for wish in ("approved", "rejected"):
        answer = api.put(vendor, f"{path}/approval", {"status": wish})
        assert problem(answer, 403)["path"] == "/status"


def test_only_what_was_rejected_is_submitted_again(api: Api, vendor: Person) -> None:
    path = an_app(api, vendor, status="public")
    assert pointer(api.put(vendor, f"{path}/approval", {"status": "pending"})) == "/status"


def test_a_draft_has_no_approval(api: Api, vendor: Person) -> None:
    path = an_app(api, vendor)
    assert api.get(vendor, f"{path}/approval").status_code == 404


def test_an_unknown_status_is_refused_with_its_member(
    api: Api, vendor: Person, admin: Person
) -> None:
    path = an_app(api, vendor, status="public")
    assert pointer(api.put(admin, f"{path}/approval", {"status": "maybe"})) == "/status"
    assert pointer(api.put(admin, f"{path}/approval", {})) == "/status"


def test_an_app_that_is_ready_to_launch_is_released_once(
    api: Api, anonymous: Person, vendor: Person, admin: Person
) -> None:
    path = a_public_app(api, vendor, admin, statusAfterApproval="readytolaunch")
    assert status(api, vendor, path) == "readytolaunch"
    assert api.get(anonymous, path).status_code == 404
    assert api.get(vendor, f"{path}/release").json() == {"released": False}
    assert "release" in api.get(vendor, path).json()["_links"]
    assert api.put(vendor, f"{path}/release", {"released": True}).status_code == 204
    assert status(api, anonymous, path) == "public"
    assert api.get(vendor, f"{path}/release").json() == {"released": True}
    assert api.put(vendor, f"{path}/release", {"released": True}).status_code == 204
    assert pointer(api.put(vendor, f"{path}/release", {"released": False})) == "/released"


def test_an_app_that_was_not_approved_is_not_released(api: Api, vendor: Person) -> None:
    path = an_app(api, vendor, status="public")
    assert problem(api.put(vendor, f"{path}/release", {"released": True}))["path"] == "/status"


def test_a_version_with_another_hosting_waits_for_its_own_approval(
    api: Api, anonymous: Person, vendor: Person, admin: Person
) -> None:
    path = a_public_app(api, vendor, admin)
    cloud = [{"application": "jira", "hosting": {"cloud": True}}]
    version = a_version(api, vendor, path, status="public", compatibilities=cloud)
    assert status(api, vendor, version) == "submitted"
    assert api.get(anonymous, version).status_code == 404
    decide(api, admin, version, "rejected", "<b>later</b>")
    assert api.get(vendor, f"{version}/approval").json()["reason"] == "<b>later</b>"
    decide(api, vendor, version, "pending")
    decide(api, admin, version, "approved")
    assert status(api, anonymous, version) == "public"


def test_a_routine_version_is_public_at_once(
    api: Api, anonymous: Person, vendor: Person, admin: Person
) -> None:
    path = a_public_app(api, vendor, admin)
    version = a_version(api, vendor, path, status="public")
    assert status(api, anonymous, version) == "public"

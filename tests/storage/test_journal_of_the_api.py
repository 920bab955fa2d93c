"""Every write of the API appends to the journal, with who did it, and refused ones do not."""

from collections.abc import Callable
from functools import partial
from typing import Any

from calling import Api, replace
from given import Person, an_app, an_uploaded_image, app_document, version_document
from haymarket.lifecycle.store import TRANSITION, moved_by_number


def rows(api: Api, do: Callable[[], Any]) -> tuple[int, list[tuple[str, str, int | None]]]:
    """The status of an answer, and the rows that it added."""
    with api.storage.reading() as db:
        head = db.head()
    answer = do()
    with api.storage.reading() as db:
        found = [(each.kind, each.subject, each.actor) for each in db.entries_after(head)]
    return answer.status_code, found


KEY = "com.acme.draw"
PATH = f"/rest/2/addons/{KEY}"
VERSION = f"{PATH}/versions/build/2"
CLOUD = version_document(compatibilities=[{"application": "jira", "hosting": {"cloud": True}}])

STEPS: list[tuple[str, str, str, Any, set[str]]] = [
    ("vendor", "POST", "addons", app_document(KEY), {"app.added", "version.added"}),
    ("vendor", "PATCH", PATH, [replace("/name", "Paint")], {"app.changed"}),
    (
        "vendor",
        "PATCH",
        PATH,
        [replace("/status", "public")],
        {"app.changed", "version.changed"},
    ),
    (
        "admin",
        "PUT",
        f"{PATH}/approval",
        {"status": "approved"},
        {"app.changed", "version.changed"},
    ),
    ("vendor", "POST", f"{PATH}/versions", CLOUD, {"version.added", "app.touched"}),
    (
        "vendor",
        "PATCH",
        VERSION,
        [replace("/status", "public")],
        {"version.changed", "app.touched"},
    ),
    (
        "admin",
        "PUT",
        f"{VERSION}/approval",
        {"status": "rejected"},
        {"version.changed", "app.touched"},
    ),
]


def test_every_write_appends_what_it_did_and_who_asked(
    api: Api, vendor: Person, admin: Person
) -> None:
    people = {"vendor": vendor, "admin": admin}
    for name, method, path, document, kinds in STEPS:
        who = people[name]
        status, found = rows(api, partial(api.call, method, who, path, json=document))
        assert status in (201, 204)
        about_the_app = {each for each in found if each[0] != TRANSITION}
        assert about_the_app == {(kind, KEY, who.id) for kind in kinds}


def test_every_move_is_in_the_journal_with_the_number_of_its_transition(
    api: Api, vendor: Person, admin: Person
) -> None:
    path = an_app(api, vendor, status="submitted")
    with api.storage.reading() as db:
        head = db.head()
    api.put(admin, f"{path}/approval", {"status": "approved"})
    with api.storage.reading() as db:
        made = [each for each in db.entries_after(head) if each.kind == TRANSITION]
        found = [each for _, each in moved_by_number(db, [e.details["transition"] for e in made])]
    assert [(each.event, each.build, each.after) for each in found] == [
        ("approve", None, "public"),
        ("approve", 1, "public"),
    ]
    assert [each.details["build"] for each in made] == [None, 1]
    assert {each.actor for each in made} == {admin.id}


def test_a_release_is_in_the_journal(api: Api, vendor: Person, admin: Person) -> None:
    path = an_app(api, vendor, status="public", statusAfterApproval="readytolaunch")
    api.put(admin, f"{path}/approval", {"status": "approved"})
    status, found = rows(api, lambda: api.put(vendor, f"{path}/release", {"released": True}))
    assert status == 204
    assert ("app.changed", "com.acme.draw", vendor.id) in found


def test_an_upload_is_in_the_journal(api: Api, vendor: Person) -> None:
    with api.storage.reading() as db:
        head = db.head()
    an_uploaded_image(api, vendor)
    with api.storage.reading() as db:
        [entry] = db.entries_after(head)
    assert (entry.kind, entry.actor) == ("asset.added", vendor.id)


def test_what_is_refused_or_only_read_is_not_in_the_journal(
    api: Api, vendor: Person, stranger: Person, admin: Person
) -> None:
    path = an_app(api, vendor)
    for do in (
        lambda: api.get(vendor, path, withVersion="true"),
        lambda: api.get(vendor, "addons", includePrivate="true"),
        lambda: api.post(vendor, "addons", app_document()),
        lambda: api.post(vendor, "addons", app_document("com.acme.x", status="public", summary="")),
        lambda: api.patch(vendor, path, replace("/name", "")),
        lambda: api.patch(stranger, path, replace("/name", "X")),
        lambda: api.post(vendor, f"{path}/versions", version_document(name="")),
        lambda: api.put(admin, f"{path}/approval", {"status": "approved"}),
        lambda: api.put(vendor, f"{path}/release", {"released": True}),
    ):
        assert rows(api, do)[1] == []

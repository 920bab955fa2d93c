"""The fixed credentials of the sandbox, and what each may do."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from commands.marketplaces import finds
from running import Running

ADMIN = ("admin@example.com", "admin-token")
PARTNER = ("partner@example.com", "partner-token")
RIVAL = ("rival@example.com", "rival-token")
USER = ("user@example.com", "user-token")
EVERYONE = [ADMIN, PARTNER, RIVAL, USER]
HOST = ("host@example.com", "ingest-token")

TIDY_BOARDS = "/rest/2/addons/example.larkspur.tidy-boards"
NAME = [{"op": "replace", "path": "/name", "value": "Renamed"}]


def keys(client: httpx.Client, auth: tuple[str, str], **query: Any) -> set[str]:
    """The apps that somebody finds on the first page."""
    answer = client.get("/rest/2/addons", params={"limit": 50, **query}, auth=auth)
    assert answer.status_code == 200
    return {app["key"] for app in answer.json()["_embedded"]["addons"]}


@pytest.mark.parametrize("who", EVERYONE)
def test_everyone_of_the_four_can_sign_in(who: tuple[str, str], anonymous: httpx.Client) -> None:
    assert anonymous.get("/rest/2/addons?forThisUser=true", auth=who).status_code == 200
    assert anonymous.get("/rest/2/addons", auth=(who[0], "wrong")).status_code == 401
    assert anonymous.get("/rest/2/addons", auth=(who[0].upper(), who[1])).status_code == 200


@pytest.mark.parametrize(
    ("who", "vendors"),
    [(PARTNER, ["Larkspur Software"]), (RIVAL, ["Brambling & Sons"]), (USER, [])],
)
def test_each_acts_for_the_vendor_that_the_greeting_names(
    who: tuple[str, str], vendors: list[str], anonymous: httpx.Client
) -> None:
    answer = anonymous.get("/rest/2/vendors?forThisUser=true", auth=who).json()
    assert [each["name"] for each in answer["_embedded"]["vendors"]] == vendors


def test_partner_and_rival_see_their_own_private_apps_only(
    anonymous: httpx.Client, documents: list[Any]
) -> None:
    apps = [app for document in documents for app in document.apps]
    private = {app.key: app.vendor for app in apps if app.status != "public"}
    assert {1001, 1002} <= set(private.values())
    for key, vendor in private.items():
        for who, own in ((PARTNER, 1001), (RIVAL, 1002), (USER, None)):
            status = anonymous.get(f"/rest/2/addons/{key}", auth=who).status_code
            assert status == (200 if vendor == own else 404), (key, who)
        assert anonymous.get(f"/rest/2/addons/{key}", auth=ADMIN).status_code == 200


def test_partner_may_change_an_app_of_larkspur_and_no_other_one_may(sandbox: Running) -> None:
    with httpx.Client(base_url=sandbox.address, timeout=30) as client:
        for who, status in ((RIVAL, 403), (USER, 403), (PARTNER, 204), (ADMIN, 204)):
            assert client.patch(TIDY_BOARDS, json=NAME, auth=who).status_code == status, who
    assert finds(sandbox, "Renamed")


def test_only_the_administrator_decides_about_an_app(
    sandbox: Running, documents: list[Any]
) -> None:
    apps = [app for document in documents for app in document.apps]
    submitted = next(app for app in apps if app.status == "submitted" and app.vendor == 1001)
    approval = f"{sandbox.address}/rest/2/addons/{submitted.key}/approval"
    for who, status in ((USER, 404), (RIVAL, 404), (PARTNER, 403), (ADMIN, 204)):
        answer = httpx.put(approval, json={"status": "approved"}, auth=who)
        assert answer.status_code == status, (who, answer.text)


def test_partner_has_every_permission_of_a_contact(anonymous: httpx.Client) -> None:
    contacts = anonymous.get("/rest/2/vendors/1001/contacts", auth=PARTNER).json()
    [mine] = [each for each in contacts["contacts"] if each.get("email") == PARTNER[0]]
    assert len(mine["permissions"]) == 8


def test_the_host_may_report_and_nothing_else(sandbox: Running) -> None:
    heartbeats = f"{sandbox.address}/rest/haymarket/1/heartbeats"
    assert httpx.post(heartbeats, content=b"[]", auth=HOST).status_code == 200
    assert httpx.get(f"{sandbox.address}{TIDY_BOARDS}", auth=HOST).status_code == 403
    for who in EVERYONE:
        assert httpx.post(heartbeats, content=b"[]", auth=who).status_code == 403


def test_the_tokens_are_not_in_the_data_folder(filled_sandbox: Path) -> None:
    content = b"".join(path.read_bytes() for path in filled_sandbox.glob("haymarket.sqlite3*"))
    for _, token in [*EVERYONE, HOST]:
        assert token.encode() not in content

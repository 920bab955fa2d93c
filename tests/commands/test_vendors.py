"""`haymarket vendor`."""

import pytest

from commands.conftest import Call
from haymarket.accounts.model import PERMISSIONS


@pytest.fixture
def larkspur(haymarket: Call) -> int:
    """A vendor whose first contact is Robin."""
    haymarket("user", "add", "robin@example.com", "Robin Larkin")
    haymarket("user", "add", "wren@example.com", "Wren Larkin")
    done = haymarket("vendor", "add", "Larkspur", "hello@larkspur.example", "robin@example.com")
    assert done.out.startswith("Added vendor ")
    return int(done.out.split()[-1])


def test_a_vendor_has_a_first_contact_who_may_do_everything(haymarket: Call, larkspur: int) -> None:
    [row] = haymarket("vendor", "list", "--json").rows
    assert row == {"id": larkspur, "name": "Larkspur", "email": "hello@larkspur.example"}
    [contact] = haymarket("vendor", "contacts", larkspur, "--json").rows
    assert contact["email"] == "robin@example.com"
    assert set(contact["permissions"]) == set(PERMISSIONS)


def test_vendors_are_found_by_a_part_of_their_name(haymarket: Call, larkspur: int) -> None:
    assert len(haymarket("vendor", "list", "--text", "SPUR", "--json").rows) == 1
    assert haymarket("vendor", "list", "--text", "heron", "--json").rows == []
    assert "There is no such vendor" in haymarket("vendor", "list", "--text", "heron").err


def test_without_vendors_the_list_says_how_to_add_one(haymarket: Call) -> None:
    assert "haymarket vendor add" in haymarket("vendor", "list").err


def test_a_contact_may_do_what_is_named(haymarket: Call, larkspur: int) -> None:
    named = ("--permission", "manage-pricing", "--permission", "view-sales-reports")
    done = haymarket("vendor", "contact", larkspur, "wren@example.com", *named)
    told = "wren@example.com may manage-pricing, view-sales-reports for vendor"
    assert done.out == f"{told} {larkspur}\n"
    _, wren = haymarket("vendor", "contacts", larkspur, "--json").rows
    assert wren["permissions"] == ["manage-pricing", "view-sales-reports"]


def test_a_contact_may_do_everything_by_default(haymarket: Call, larkspur: int) -> None:
    done = haymarket("vendor", "contact", larkspur, "wren@example.com")
    assert done.out == f"wren@example.com may do everything for vendor {larkspur}\n"


def test_one_contact_keeps_the_right_to_administer_the_vendor(
    haymarket: Call, larkspur: int
) -> None:
    fewer = ("--permission", "manage-pricing")
    done = haymarket("vendor", "contact", larkspur, "robin@example.com", *fewer)
    assert done.code == 2
    assert "this is the last" in done.err
    haymarket("vendor", "contact", larkspur, "wren@example.com")
    assert haymarket("vendor", "contact", larkspur, "robin@example.com", *fewer).code == 0


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("contact", "77", "robin@example.com"), "There is no vendor 77; see haymarket vendor"),
        (("contacts", "77"), "There is no vendor 77; see haymarket vendor list"),
        (("contact", "1", "nobody@example.com"), "There is no user nobody@example.com"),
        (("add", "L", "hello", "robin@example.com"), "email: Not an e-mail address"),
        (("add", " ", "a@example.com", "robin@example.com"), "name: A name is required"),
        (("add", "L", "a@example.com", "nobody@example.com"), "There is no user nobody@"),
    ],
)
def test_what_is_wrong_is_told_and_changes_nothing(
    command: tuple[str, ...], told: str, haymarket: Call, larkspur: int
) -> None:
    before = haymarket("vendor", "list", "--json").rows
    done = haymarket("vendor", *command)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert haymarket("vendor", "list", "--json").rows == before

"""`haymarket user` and `haymarket token`."""

from typing import Any

import pytest
from litestar.testing import TestClient

from commands.conftest import Call
from given import FakeClock
from haymarket.accounts.model import token_hash
from haymarket.accounts.store import token_owner
from haymarket.storage import Storage


@pytest.fixture
def ada(haymarket: Call) -> str:
    """An administrator."""
    assert haymarket("user", "add", "ada@example.com", "Ada Marsh", "--administrator").code == 0
    return "ada@example.com"


@pytest.fixture
def robin(haymarket: Call, ada: str) -> str:
    """Somebody who is no administrator."""
    assert haymarket("user", "add", "robin@example.com", "Robin Larkin").code == 0
    return "robin@example.com"


# --- people ---------------------------------------------------------------------------------


def test_a_user_is_added_and_the_next_step_is_told(haymarket: Call) -> None:
    done = haymarket("user", "add", "Robin@Example.com", "Robin Larkin")
    assert (done.code, done.out) == (0, "Added robin@example.com\n")
    assert "haymarket token add robin@example.com" in done.err
    [row] = haymarket("user", "list", "--json").rows
    assert row == {
        "email": "robin@example.com",
        "name": "Robin Larkin",
        "administrator": False,
        "active": True,
    }


def test_a_list_for_people_has_a_head_and_columns(haymarket: Call, ada: str, robin: str) -> None:
    head, first, second = haymarket("user", "list").out.splitlines()
    assert head.split() == ["EMAIL", "NAME", "ADMINISTRATOR", "ACTIVE"]
    assert first.split() == ["ada@example.com", "Ada", "Marsh", "yes", "yes"]
    assert second.split() == ["robin@example.com", "Robin", "Larkin", "no", "yes"]
    assert head.index("NAME") == first.index("Ada Marsh") == second.index("Robin Larkin")


def test_an_empty_list_says_what_to_do(haymarket: Call) -> None:
    done = haymarket("user", "list")
    assert (done.code, done.out) == (0, "")
    assert "haymarket user add" in done.err
    assert haymarket("user", "list", "--json").rows == []


def test_a_name_is_shown_as_it_is_written(haymarket: Call) -> None:
    name = "[bold]Ada[/bold] :smile:"
    haymarket("user", "add", "ada@example.com", name)
    assert name in haymarket("user", "list").out


@pytest.mark.parametrize("email", ["robin", "robin@", "a b@example.com", "a:b@example.com"])
def test_what_is_no_e_mail_address_is_refused(email: str, haymarket: Call) -> None:
    done = haymarket("user", "add", email, "Robin")
    assert (done.code, done.err) == (2, f"haymarket: {email} is not an e-mail address\n")


def test_the_same_person_is_not_added_twice(haymarket: Call, robin: str) -> None:
    done = haymarket("user", "add", "ROBIN@example.com", "Robin")
    assert done.code == 2
    assert "There is a user ROBIN@example.com already; see haymarket user change" in done.err


def test_a_person_becomes_an_administrator_and_gets_another_name(
    haymarket: Call, robin: str
) -> None:
    done = haymarket("user", "change", robin, "--administrator", "--name", "Robin L.")
    assert (done.code, done.out) == (0, f"Changed {robin}\n")
    [row] = [row for row in haymarket("user", "list", "--json").rows if row["email"] == robin]
    assert (row["name"], row["administrator"]) == ("Robin L.", True)


def test_a_change_of_nothing_is_refused(haymarket: Call, robin: str) -> None:
    done = haymarket("user", "change", robin)
    assert done.code == 2
    assert "say --name, --administrator or --no-administrator" in done.err


@pytest.mark.parametrize(
    "command", [("disable", "{}", "--yes"), ("change", "{}", "--no-administrator")]
)
def test_the_last_administrator_stays(command: tuple[str, ...], haymarket: Call, ada: str) -> None:
    done = haymarket("user", *(each.format(ada) for each in command))
    assert done.code == 2
    assert f"{ada} is the last administrator. Make another one first" in done.err
    assert haymarket("user", "list", "--json").rows[0]["administrator"]


def test_nobody_is_locked_out_without_a_yes(haymarket: Call, robin: str) -> None:
    done = haymarket("user", "disable", robin)
    assert done.code == 2
    assert f"Lock Robin Larkin ({robin}) out? Say --yes to do it" in done.err
    assert all(row["active"] for row in haymarket("user", "list", "--json").rows)


def test_a_disabled_person_can_not_sign_in_until_enabled(
    haymarket: Call, robin: str, client: TestClient[Any]
) -> None:
    token = haymarket("token", "add", robin).out.strip()

    def status() -> int:
        answer = client.get("/rest/2/vendors?forThisUser=true", auth=(robin, token))
        return int(answer.status_code)

    assert status() == 200
    assert haymarket("user", "disable", robin, "--yes").code == 0
    assert status() == 401
    refused = haymarket("token", "add", robin)
    assert refused.code == 2
    assert f"haymarket user enable {robin}" in refused.err
    assert haymarket("user", "enable", robin).code == 0
    assert status() == 200


@pytest.mark.parametrize(
    "command",
    [
        ("user", "change", "nobody@example.com", "--name", "N"),
        ("user", "disable", "nobody@example.com", "--yes"),
        ("user", "enable", "nobody@example.com"),
        ("token", "add", "nobody@example.com"),
        ("token", "list", "nobody@example.com"),
        ("token", "revoke", "nobody@example.com", "1"),
    ],
)
def test_who_is_not_known_is_told_by_name(command: tuple[str, ...], haymarket: Call) -> None:
    done = haymarket(*command)
    assert (done.code, done.out) == (2, "")
    told = "haymarket: There is no user nobody@example.com; add one: haymarket user add\n"
    assert done.err == told


# --- tokens ---------------------------------------------------------------------------------


def test_a_new_token_stands_alone_on_the_standard_output(
    haymarket: Call, robin: str, storage: Storage
) -> None:
    done = haymarket("token", "add", robin)
    token = done.out.removesuffix("\n")
    assert token.startswith("hmk_")
    assert " " not in token
    assert "It is shown this once" in done.err
    with storage.reading() as db:
        assert token_owner(db, robin, token_hash(token)) is not None


def test_a_token_has_scopes_a_name_and_an_end(
    haymarket: Call, robin: str, storage: Storage, clock: FakeClock
) -> None:
    options = ("--scope", "read", "--scope", "write", "--days", "30", "--name", "release script")
    token = haymarket("token", "add", robin, *options).out.strip()
    [row] = haymarket("token", "list", robin, "--json").rows
    assert (row["name"], row["scopes"]) == ("release script", ["read", "write"])
    assert (row["state"], row["last_used"]) == ("valid", None)
    assert row["expires"]
    with storage.reading() as db:
        found = token_owner(db, robin, token_hash(token))
        assert found is not None
        assert found[1].expires_at is not None


def test_a_token_may_do_everything_for_ever_by_default(haymarket: Call, robin: str) -> None:
    haymarket("token", "add", robin)
    [row] = haymarket("token", "list", robin, "--json").rows
    assert row["scopes"] == ["read", "write", "administer"]
    assert row["expires"] is None


def test_a_token_is_revoked_by_its_number(
    haymarket: Call, robin: str, client: TestClient[Any]
) -> None:
    token = haymarket("token", "add", robin).out.strip()
    [row] = haymarket("token", "list", robin, "--json").rows
    done = haymarket("token", "revoke", robin, row["id"])
    assert (done.code, done.out) == (0, f"Revoked token {row['id']} of {robin}\n")
    assert haymarket("token", "list", robin, "--json").rows[0]["state"] == "revoked"
    assert client.get("/rest/2/vendors", auth=(robin, token)).status_code == 401


def test_the_token_of_somebody_else_is_not_revoked(haymarket: Call, ada: str, robin: str) -> None:
    haymarket("token", "add", ada)
    [row] = haymarket("token", "list", ada, "--json").rows
    done = haymarket("token", "revoke", robin, row["id"])
    assert done.code == 2
    assert f"{robin} has no token {row['id']}" in done.err
    assert haymarket("token", "list", ada, "--json").rows[0]["state"] == "valid"


def test_who_has_no_token_is_told_how_to_make_one(haymarket: Call, robin: str) -> None:
    assert f"haymarket token add {robin}" in haymarket("token", "list", robin).err


@pytest.mark.parametrize(
    "options", [("--days", "0"), ("--days", "soon"), ("--scope", "everything"), ("--days", "-3")]
)
def test_a_bad_option_is_refused_before_a_token_is_made(
    options: tuple[str, ...], haymarket: Call, robin: str
) -> None:
    done = haymarket("token", "add", robin, *options)
    assert (done.code, done.out) == (2, "")
    assert options[0] in done.err
    assert haymarket("token", "list", robin, "--json").rows == []

"""`haymarket apps`, `approve`, `reject` and `prices` against a sandbox over a socket."""

from pathlib import Path

import httpx
import pytest

from client.conftest import Call
from client.packages import ADMIN, PARTNER, RIVAL
from running import Running

HOURGLASS = "example.larkspur.hourglass"
NOBODY: dict[str, str] = {}


def pending_app(server: Running) -> str:
    """The key of an app that waits for a review."""
    answer = httpx.post(f"{server.address}/sandbox/scenarios/approval-pending")
    return str(answer.json()["_links"]["app"]["href"].rpartition("/")[2])


def test_apps_are_found_by_their_text(market: Running, haymarket: Call) -> None:
    done = haymarket("apps", "tidy bords", "--to", market.address, "--limit", 1, who=NOBODY)
    assert done.out.splitlines()[0].split() == ["KEY", "NAME", "STATUS", "VERSION", "VENDOR"]
    assert "Tidy Boards for Jira" in done.out


def test_every_public_app_is_listed(market: Running, haymarket: Call) -> None:
    everything = httpx.get(f"{market.address}/rest/2/addons?limit=0").json()["count"]
    found = haymarket("apps", "--to", market.address, "--limit", 1000, "--json").document
    assert len({each["key"] for each in found}) == everything > 10


def test_a_vendor_lists_his_own_apps_with_his_drafts(market: Running, haymarket: Call) -> None:
    found = haymarket("apps", "--mine", "--to", market.address, "--limit", 100, "--json").document
    assert {each["vendor"] for each in found} == {"Larkspur Software"}
    assert "private" in {each["status"] for each in found}


def test_lists_are_narrowed_by_application_and_hosting(market: Running, haymarket: Call) -> None:
    where = ["--application", "jira", "--hosting", "cloud", "--hosting", "server"]
    found = haymarket("apps", *where, "--to", market.address, "--limit", 100, "--json").document
    query = "application=jira&hosting=cloud&hosting=server&limit=0"
    expected = httpx.get(f"{market.address}/rest/2/addons?{query}").json()["count"]
    assert len(found) == expected > 0


def test_nothing_that_is_found_is_no_error(market: Running, haymarket: Call) -> None:
    done = haymarket("apps", "xyzzyplugh", "--to", market.address)
    assert (done.code, done.out, done.err) == (0, "", "There is no such app\n")


def test_an_administrator_approves_what_waits(market: Running, haymarket: Call) -> None:
    key = pending_app(market)
    where = ["--to", market.address]
    done = haymarket("approve", key, *where, "--dry-run", who=ADMIN)
    assert (done.code, done.out) == (0, f"Would be approved: {key}\n")
    done = haymarket("approve", key, *where, who=ADMIN)
    assert (done.code, done.out) == (0, f"Is approved: {key}\n")
    done = haymarket("approve", key, *where, who=ADMIN)
    assert (done.code, done.err) == (
        1,
        "Refused: /status: It is approved and does not wait for a review\n",
    )


def test_an_administrator_rejects_with_a_reason(market: Running, haymarket: Call) -> None:
    key = pending_app(market)
    done = haymarket("reject", key, "--reason", "Why?", "--to", market.address, "--json", who=ADMIN)
    assert done.document == {"done": True, "app": key, "status": "rejected"}
    user, token = PARTNER.values()
    path = f"{market.address}/rest/2/addons/{key}/approval"
    shown = httpx.get(path, auth=(user, token)).json()
    assert (shown["status"], shown["reason"]) == ("rejected", "Why?")


def test_a_vendor_does_not_approve_his_own_app(market: Running, haymarket: Call) -> None:
    done = haymarket("approve", pending_app(market), "--to", market.address)
    assert done.code == 1
    assert done.err.startswith("Refused: ")


def test_a_stranger_learns_nothing_of_a_review(market: Running, haymarket: Call) -> None:
    key = pending_app(market)
    done = haymarket("approve", key, "--to", market.address, who=RIVAL)
    assert done.code == 1
    assert f"There is no app {key}" in done.err
    done = haymarket("approve", HOURGLASS, "--to", market.address, who=RIVAL)
    assert "is not visible to you" in done.err


def test_one_version_is_decided_by_its_name(market: Running, haymarket: Call) -> None:
    made = httpx.post(f"{market.address}/sandbox/scenarios/data-center-review").json()
    user, token = ADMIN.values()
    where = market.address + made["_links"]["version"]["href"]
    name = httpx.get(where, auth=(user, token)).json()["name"]
    key = made["_links"]["app"]["href"].rpartition("/")[2]
    done = haymarket("approve", key, "--version", name, "--to", market.address, who=ADMIN)
    assert done.code == 0, done.err
    assert httpx.get(where).json()["status"] == "public"
    done = haymarket("approve", key, "--version", "none", "--to", market.address, who=ADMIN)
    assert (done.code, done.out) == (1, "")


def test_prices_are_shown_to_everyone(market: Running, haymarket: Call) -> None:
    done = haymarket("prices", "show", HOURGLASS, "datacenter", "--to", market.address, who=NOBODY)
    assert done.code == 0, done.err
    assert "660" in done.out


def test_prices_that_are_shown_may_be_changed_and_sent_back(
    market: Running, haymarket: Call, tmp_path: Path
) -> None:
    where = [HOURGLASS, "datacenter", "--to", market.address]
    shown = haymarket("prices", "show", *where, "--json").out
    file = tmp_path / "prices.json"
    file.write_text(shown.replace("660", "700"))
    put = ["prices", "put", HOURGLASS, "datacenter", file, "--to", market.address]
    assert haymarket(*put, "--dry-run").out.startswith("Would submit ")
    assert haymarket("prices", "show", *where, "--pending").code == 1
    done = haymarket(*put)
    assert done.code == 0, done.err
    assert "700" in haymarket("prices", "show", *where, "--pending").out
    assert "700" not in haymarket("prices", "show", *where).out


def test_prices_may_be_written_in_yaml(market: Running, haymarket: Call, tmp_path: Path) -> None:
    file = tmp_path / "prices.yaml"
    file.write_text(
        "expertDiscountOptOut: false\n"
        "items:\n"
        "  - {unitCount: 10, monthsValid: 12, licenseType: commercial, amount: 0}\n"
        "  - {unitCount: 25, monthsValid: 12, licenseType: commercial, amount: 100}\n"
    )
    done = haymarket("prices", "put", HOURGLASS, "datacenter", file, "--to", market.address)
    assert done.out == f"Submitted 2 prices of {HOURGLASS} for datacenter\n"


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ("items: []", "expertDiscountOptOut"),
        ("{items: [{amount: 1}], expertDiscountOptOut: false}", "/items/0"),
        ("{items: 3, expertDiscountOptOut: false}", "/items"),
    ],
)
def test_prices_that_lack_something_are_refused_before_they_are_sent(
    market: Running, haymarket: Call, tmp_path: Path, text: str, pointer: str
) -> None:
    file = tmp_path / "prices.yaml"
    file.write_text(text)
    where = [HOURGLASS, "datacenter", file, "--to", market.address, "--dry-run"]
    done = haymarket("prices", "put", *where)
    assert done.code == 1
    assert pointer in done.err


def test_prices_that_break_a_rule_are_refused_with_a_pointer(
    market: Running, haymarket: Call, tmp_path: Path
) -> None:
    file = tmp_path / "prices.yaml"
    file.write_text(
        "expertDiscountOptOut: false\n"
        "items:\n  - {unitCount: 11, monthsValid: 12, licenseType: commercial, amount: 5}\n"
    )
    done = haymarket("prices", "put", HOURGLASS, "datacenter", file, "--to", market.address)
    assert done.code == 1
    assert "Refused: /items/0/unitCount: " in done.err


def test_strangers_do_not_change_prices(market: Running, haymarket: Call, tmp_path: Path) -> None:
    file = tmp_path / "prices.json"
    where = [HOURGLASS, "datacenter", "--to", market.address]
    file.write_text(haymarket("prices", "show", *where, "--json").out)
    put = ["prices", "put", HOURGLASS, "datacenter", file, "--to", market.address]
    for who in (NOBODY, RIVAL):
        for more in ([], ["--dry-run"]):
            assert haymarket(*put, *more, who=who).code == 1

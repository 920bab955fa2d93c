"""`haymarket publish` against a sandbox over a socket."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from client.conftest import Call
from client.packages import (
    ADMIN,
    PARTNER,
    RIVAL,
    TIDY_BOARDS,
    write_connect,
    write_jar,
    write_obr,
)
from running import Running, free_port

COMPATIBILITY = """
[compatibility.jira]
datacenter = {min = 1003001}
"""
NOBODY: dict[str, str] = {}


def versions(server: Running, key: str = TIDY_BOARDS) -> dict[str, Any]:
    """The versions of an app as its vendor sees them."""
    who = tuple(PARTNER.values())
    path = f"{server.address}/rest/2/addons/{key}/versions?includePrivate=true&limit=50"
    found: dict[str, Any] = httpx.get(path, auth=(who[0], who[1])).json()
    return {each["name"]: each for each in found["_embedded"]["versions"]}


def test_a_jar_becomes_the_newest_version(market: Running, haymarket: Call, tmp_path: Path) -> None:
    jar = write_jar(tmp_path, version="9.0.0", build="900")
    done = haymarket("publish", jar, "--to", market.address, "--summary", "Faster")
    assert done.code == 0, done.err
    assert done.out == f"Published {TIDY_BOARDS} 9.0.0 (build 900): public\n"
    address = f"{market.address}/rest/2/addons/{TIDY_BOARDS}/versions/latest"
    latest = httpx.get(address).json()
    assert (latest["name"], latest["buildNumber"]) == ("9.0.0", 900)
    assert latest["text"]["releaseSummary"] == "Faster"
    binary = latest["_embedded"]["artifact"]["_links"]["binary"]["href"]
    assert httpx.get(binary, follow_redirects=True).content == jar.read_bytes()


def test_what_was_made_is_told_as_json(market: Running, haymarket: Call, tmp_path: Path) -> None:
    jar = write_jar(tmp_path)
    done = haymarket("publish", jar, "--to", market.address, "--json", "--status", "private")
    told = done.document
    build = told.pop("build")
    assert told == {
        "done": True,
        "app": TIDY_BOARDS,
        "version": "9.0.0",
        "status": "private",
        "address": f"/rest/2/addons/{TIDY_BOARDS}/versions/build/{build}",
    }


def test_the_address_may_be_the_entry_point_and_stand_in_the_environment_or_the_file(
    market: Running, haymarket: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, three = (write_jar(tmp_path, version=f"9.0.{number}") for number in (1, 2, 3))
    assert haymarket("publish", one, "--to", f"{market.address}/rest/2").code == 0
    (tmp_path / "haymarket.toml").write_text(f'to = "{market.address}/"\n')
    assert haymarket("publish", two).code == 0
    (tmp_path / "haymarket.toml").unlink()
    monkeypatch.setenv("MARKETPLACE_URL", market.address)
    assert haymarket("publish", three).code == 0
    assert {"9.0.1", "9.0.2", "9.0.3"} < set(versions(market))


def test_credentials_may_stand_in_a_netrc_file(
    market: Running, haymarket: Call, tmp_path: Path
) -> None:
    login = "machine 127.0.0.1 login partner@example.com password partner-token\n"
    (tmp_path / ".netrc").write_text(login)
    done = haymarket("publish", write_jar(tmp_path), "--to", market.address, who=NOBODY)
    assert done.code == 0, done.err


def test_the_file_says_what_it_runs_on(market: Running, haymarket: Call, tmp_path: Path) -> None:
    (tmp_path / "haymarket.toml").write_text(COMPATIBILITY)
    assert haymarket("publish", write_jar(tmp_path), "--to", market.address).code == 0
    path = versions(market)["9.0.0"]["_links"]["self"]["href"]
    shown = httpx.get(market.address + path).json()["compatibilities"]
    newest = httpx.get(f"{market.address}/rest/2/applications/jira/versions/latest").json()
    [bounds] = [each["hosting"]["dataCenter"] for each in shown]
    assert bounds["min"]["build"] == 1003001
    assert bounds["max"]["build"] == newest["buildNumber"]


def test_an_obr_is_published_like_its_jar(market: Running, haymarket: Call, tmp_path: Path) -> None:
    done = haymarket("publish", write_obr(tmp_path), "--to", market.address)
    assert done.code == 0, done.err
    assert "9.0.0" in versions(market)


def test_a_connect_descriptor_adds_a_hosting_and_waits_for_a_review(
    market: Running, haymarket: Call, tmp_path: Path
) -> None:
    (tmp_path / "haymarket.toml").write_text("[compatibility.jira]\ncloud = true\n")
    file = write_connect(tmp_path, TIDY_BOARDS, version="9-AC")
    done = haymarket("publish", file, "--to", market.address)
    assert done.code == 0, done.err
    assert ": submitted" in done.out or ": public" in done.out
    waits = "It waits for a review" in done.err
    assert waits == (": submitted" in done.out)
    assert versions(market)["9-AC"]["deployment"]["connect"]


def test_a_dry_run_changes_nothing_and_says_what_it_would_do(
    market: Running, haymarket: Call, tmp_path: Path
) -> None:
    before = versions(market)
    jar = write_jar(tmp_path)
    done = haymarket("publish", jar, "--to", market.address, "--dry-run")
    assert done.code == 0, done.err
    assert done.out.splitlines() == [
        f"Would upload {jar} ({jar.stat().st_size} bytes)",
        f"Would create the version 9.0.0 of {TIDY_BOARDS}: public",
    ]
    told = haymarket("publish", jar, "--to", market.address, "--dry-run", "--json").document
    assert (told["done"], told["problems"]) == (False, [])
    assert told["version"]["name"] == "9.0.0"
    assert versions(market) == before


def test_a_dry_run_says_all_that_would_be_refused(
    market: Running, haymarket: Call, tmp_path: Path
) -> None:
    (tmp_path / "haymarket.toml").write_text(
        '[compatibility.jira]\ndatacenter = {min = "1.2.3.4", max = 5}\n[compatibility.jirra]\n'
    )
    name, taken = next(
        (name, each["_links"]["self"]["href"].rpartition("/")[2])
        for name, each in versions(market).items()
        if each["deployment"]["dataCenter"]
    )
    jar = write_jar(tmp_path, version=name, build=taken)
    done = haymarket("publish", jar, "--to", market.address, "--dry-run", "--json")
    assert done.code == 1
    assert [each.get("path") for each in done.document["problems"]] == [
        "/compatibilities/0/hosting/dataCenter/min/build",
        "/compatibilities/0/hosting/dataCenter/max/build",
        "/compatibilities/1/application",
        "/name",
        "/buildNumber",
    ]
    for line in done.err.splitlines():
        assert line.startswith("Refused: /")


def test_what_would_be_refused_is_not_even_uploaded(
    market: Running, haymarket: Call, tmp_path: Path
) -> None:
    jar = write_jar(tmp_path)
    assert haymarket("publish", jar, "--to", market.address).code == 0
    again = haymarket("publish", jar, "--to", market.address)
    assert again.code == 1
    assert again.err == "Refused: /name: There is a version 9.0.0 already\n"


def test_what_only_the_marketplace_knows_comes_back_with_its_pointers(
    market: Running, haymarket: Call, tmp_path: Path
) -> None:
    long = ["--version-name", "9" * 300]
    done = haymarket("publish", write_jar(tmp_path), "--to", market.address, "--json", *long)
    assert done.code == 1
    [problem] = done.document["problems"]
    assert problem["path"] == "/name"
    assert problem["code"] == "VALIDATION_ERROR"


@pytest.mark.parametrize(
    ("who", "told"),
    [
        (NOBODY, "Publishing needs credentials"),
        (RIVAL, "rival@example.com is no contact"),
        ({**PARTNER, "MARKETPLACE_TOKEN": "wrong"}, "not valid"),
    ],
)
@pytest.mark.parametrize("more", [["--dry-run"], []])
def test_who_may_not_publish_is_told_so(
    market: Running,
    haymarket: Call,
    tmp_path: Path,
    who: dict[str, str],
    told: str,
    more: list[str],
) -> None:
    done = haymarket("publish", write_jar(tmp_path), "--to", market.address, *more, who=who)
    assert done.code == 1
    assert told in done.err


def test_an_administrator_may_publish_for_every_vendor(
    market: Running, haymarket: Call, tmp_path: Path
) -> None:
    assert haymarket("publish", write_jar(tmp_path), "--to", market.address, who=ADMIN).code == 0


def test_an_app_that_is_not_there_is_refused(
    market: Running, haymarket: Call, tmp_path: Path
) -> None:
    jar = write_jar(tmp_path, key="com.example.unknown")
    done = haymarket("publish", jar, "--to", market.address)
    assert done.code == 1
    assert "There is no app com.example.unknown" in done.err


def test_another_app_than_that_of_the_package_is_refused(
    market: Running, haymarket: Call, tmp_path: Path
) -> None:
    jar = write_jar(tmp_path, key="com.example.other")
    done = haymarket("publish", jar, "--app", TIDY_BOARDS, "--to", market.address)
    assert done.code == 1
    assert "/_links/artifact: The package is that of com.example.other" in done.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["app-9.0.0.jar"], "Say which marketplace"),
        (["none.jar", "--to", "http://127.0.0.1"], "none.jar"),
        (["app-9.0.0.jar", "--to", "example.com"], "is not an address"),
        (["app-9.0.0.jar", "--config", "none.toml"], "none.toml"),
        (["app-9.0.0.jar", "--status", "open"], "open"),
    ],
)
def test_what_is_used_wrongly_ends_with_the_code_2(
    haymarket: Call, tmp_path: Path, arguments: list[str], told: str
) -> None:
    write_jar(tmp_path)
    done = haymarket("publish", *arguments)
    assert done.code == 2
    assert told in done.err


def test_where_nobody_answers_the_code_is_3(haymarket: Call, tmp_path: Path) -> None:
    done = haymarket(
        "publish", write_jar(tmp_path), "--to", f"http://127.0.0.1:{free_port()}", "--json"
    )
    assert done.code == 3
    assert "can not be reached" in done.document["problems"][0]["message"]
    assert "can not be reached" in done.err


def test_where_something_else_answers_the_code_is_3(
    market: Running, haymarket: Call, tmp_path: Path
) -> None:
    done = haymarket("publish", write_jar(tmp_path), "--to", f"{market.address}/readyz")
    assert done.code == 3
    assert "no link addons" in done.err

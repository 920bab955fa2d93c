"""The example that publishes an app by following links, against a fresh sandbox."""

import re
import subprocess
from pathlib import Path

import httpx

from programs import needs
from running import Running, clean_environment, free_port

PUBLISH = Path(__file__).parents[2] / "examples" / "publish.sh"


def publish(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """The example as somebody runs it."""
    needs("bash", "curl", "jq", "gzip")
    return subprocess.run(
        [PUBLISH, *arguments],
        capture_output=True,
        text=True,
        timeout=100,
        env=clean_environment(**settings),
    )


def headings(output: str) -> list[str]:
    """The steps that it tells, without the bold type."""
    plain = re.sub(r"\x1b\[\d+m|\x1b\[m", "", output)
    return [line for line in plain.splitlines() if re.match(r"\d\. |Published", line)]


def test_it_tells_each_step_and_publishes_an_app_that_everyone_finds(sandbox: Running) -> None:
    done = publish(sandbox.address)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    told = headings(done.stdout)
    assert [line.split(".")[0] for line in told[:-1]] == [str(number) for number in range(1, 10)]
    for line in ("   status submitted", "   pending", "   approved", "   status public"):
        assert line in done.stdout.splitlines()
    address = told[-1].removeprefix("Published: ")
    app = httpx.get(address).json()
    assert app["status"] == "public"
    assert re.fullmatch(r"com\.example\.tutorial\.hello-\d+-\d+", app["key"])
    assert app["name"].startswith("Hello Harbour ")


def test_the_app_is_found_with_its_version_and_downloads(sandbox: Running) -> None:
    publish(sandbox.address)
    query = {"text": "hello harbour", "withVersion": "true"}
    found = httpx.get(f"{sandbox.address}/rest/2/addons", params=query).json()
    version = found["_embedded"]["addons"][0]["_embedded"]["version"]
    assert (version["name"], version["status"]) == ("1.0.0", "public")
    binary = version["_embedded"]["artifact"]["_links"]["binary"]["href"]
    answer = httpx.get(binary, follow_redirects=True)
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")


def test_a_second_run_publishes_another_app(sandbox: Running) -> None:
    first, second = (headings(publish(sandbox.address).stdout)[-1] for _ in range(2))
    assert first.startswith("Published: ")
    assert second.startswith("Published: ")
    assert first != second


def test_an_address_with_a_slash_at_its_end_works_too(sandbox: Running) -> None:
    assert publish(f"{sandbox.address}/").returncode == 0


def test_it_ends_at_the_first_step_that_fails(sandbox: Running) -> None:
    done = publish(sandbox.address, PARTNER="partner@example.com:wrong")
    assert done.returncode != 0
    assert headings(done.stdout)[-1].startswith("3. Upload")
    assert "401" in done.stderr
    assert "The e-mail address or the API token is not valid" in done.stderr


def test_without_a_marketplace_or_an_address_it_says_so() -> None:
    done = publish(f"http://127.0.0.1:{free_port()}")
    assert done.returncode != 0
    assert "Failed to connect" in done.stderr
    done = publish()
    assert done.returncode != 0
    assert "usage: publish.sh URL" in done.stderr

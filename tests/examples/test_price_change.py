"""The example that lets a price become live, against a fresh sandbox."""

import re
import subprocess
from pathlib import Path

import httpx

from programs import needs
from running import Running, clean_environment

SCRIPT = Path(__file__).parents[2] / "examples" / "price-change.sh"
LIVE = "/rest/2/addons/example.larkspur.hourglass/pricing/datacenter/live"


def change_prices(address: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """The example as somebody runs it."""
    needs("bash", "curl", "jq")
    return subprocess.run(
        [SCRIPT, address],
        capture_output=True,
        text=True,
        timeout=100,
        env=clean_environment(**settings),
    )


def live(server: Running) -> dict[int, float]:
    """What holds for everyone, by the size of the tier."""
    items = httpx.get(server.address + LIVE).json()["items"]
    return {item["unitCount"]: item["amount"] for item in items}


def headings(output: str) -> list[str]:
    """The steps that it tells, without the bold type."""
    plain = re.sub(r"\x1b\[\d*m", "", output)
    return [line for line in plain.splitlines() if re.match(r"\d\. |Live", line)]


def test_it_tells_each_step_and_the_prices_have_risen_by_a_tenth(sandbox: Running) -> None:
    before = live(sandbox)
    done = change_prices(sandbox.address)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    told = headings(done.stdout)
    assert [line.split(".")[0] for line in told[:-1]] == [str(number) for number in range(1, 6)]
    assert told[-1] == f"Live: {sandbox.address}{LIVE}"
    assert live(sandbox) == {units: round(amount * 1.1, 2) for units, amount in before.items()}


def test_it_may_be_run_again_and_with_a_slash_at_the_end(sandbox: Running) -> None:
    assert change_prices(sandbox.address).returncode == 0
    assert change_prices(f"{sandbox.address}/").returncode == 0


def test_it_ends_at_the_first_step_that_fails(sandbox: Running) -> None:
    done = change_prices(sandbox.address, PARTNER="rival@example.com:rival-token")
    assert done.returncode != 0
    assert headings(done.stdout)[-1].startswith("2. Submit")
    assert "403" in done.stderr

"""The page about installs is run as it stands, command by command."""

from pathlib import Path

from docs.consoles import DOCS, steps_of
from docs.test_tutorial import run
from haymarket.analytics.incoming import MOST
from haymarket.analytics.model import EARLY, LATE
from haymarket.analytics.wire import Heartbeat
from programs import needs
from running import Running

TEXT = (DOCS / "analytics.md").read_text()


def test_the_page_about_installs_does_what_it_says(sandbox: Running, tmp_path: Path) -> None:
    needs("bash", "curl", "jq", "gzip")
    steps = steps_of(TEXT.replace("http://127.0.0.1:8080", sandbox.address))
    assert len(steps) > 8
    for step, printed in zip(steps, run(steps, tmp_path), strict=True):
        assert step.prints(printed), f"line {step.line}: {step.command}\nprinted:\n{printed}"


def test_every_member_of_a_heartbeat_and_every_limit_is_told() -> None:
    for name in Heartbeat.__struct_encode_fields__:
        assert f"| `{name}` |" in TEXT
    words = " ".join(TEXT.split())
    assert f"at most {MOST:,} heartbeats" in words
    assert f"up to {LATE.days} days old" in words
    assert EARLY.days == 1

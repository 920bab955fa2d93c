"""docs/watching.md: its events, its payload, and its ways to verify a signature."""

import json
import re
import subprocess
import time
from typing import Any

import pytest

from docs.consoles import DOCS
from haymarket.watch.delivery import DELAYS, KEPT
from haymarket.watch.model import EVENT_NAMES, MOST_WEBHOOKS
from haymarket.watch.payload import read
from haymarket.watch.send import LONGEST, signature
from programs import needs

TEXT = (DOCS / "watching.md").read_text()
SECRET, BODY = "rXy0-abc_Z", '{"event":"ping","time":"…"}'


def block(language: str, containing: str) -> str:
    """A block of code in the document."""
    found = re.findall(rf"```{language}\n(.*?)```", TEXT, re.S)
    [one] = [each for each in found if containing in each]
    return str(one)


def test_every_event_is_explained() -> None:
    assert re.findall(r"^\| `([a-z.]+)` \|", TEXT, re.M) == list(EVENT_NAMES)


def test_the_payload_is_one_that_is_sent() -> None:
    shown = read(block("json", '"event"'))
    assert shown.version is not None
    assert shown.version.build_number == 7


def test_the_limits_in_the_text_are_those_of_the_code() -> None:
    text = " ".join(TEXT.split())
    assert f"at most {MOST_WEBHOOKS} webhooks" in text
    assert LONGEST == 10
    assert f"for {KEPT.days} days" in text
    assert len(DELAYS) + 1 == 8


@pytest.fixture
def is_genuine() -> Any:
    """The function of the document."""
    names: dict[str, Any] = {}
    exec(block("python", "hmac"), names)
    return names["is_genuine"]


def signed(at: float, secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(at))
    mark = signature(secret, stamp, BODY.encode())
    return {"X-Haymarket-Timestamp": stamp, "X-Haymarket-Signature-256": f"sha256={mark}"}


def test_the_python_of_the_document_tells_what_is_genuine(is_genuine: Any) -> None:
    body, now = BODY.encode(), time.time()
    assert is_genuine(SECRET, signed(now), body)
    assert not is_genuine(SECRET, signed(now - 600), body)
    assert not is_genuine(SECRET, signed(now, "another"), body)
    assert not is_genuine(SECRET, signed(now), body + b" ")


def test_the_shell_of_the_document_makes_the_signature(tmp_path: Any) -> None:
    needs("openssl")
    (tmp_path / "body.json").write_text(BODY)
    script = f"timestamp=1795512600 secret='{SECRET}'\n{block('sh', 'openssl')}"
    made = subprocess.run(
        ["sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert made.stdout.split()[-1] == signature(SECRET, "1795512600", BODY.encode())
    assert json.loads(BODY)["event"] == "ping"

"""Connect descriptors as artifacts: what is read of them, and what is refused."""

import json
from pathlib import Path

import pytest

from haymarket.assets.descriptors import LARGEST, looks_like_json, read_connect
from haymarket.assets.model import ConnectDescriptor
from haymarket.errors import Invalid

WHOLE = {
    "key": "com.acme.draw",
    "name": "Draw",
    "baseUrl": "https://draw.acme.example/",
    "authentication": {"type": "jwt"},
    "scopes": ["READ", "WRITE", "READ"],
    "modules": {},
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "atlassian-connect.json"


def test_key_base_address_and_scopes_are_read(file: Path) -> None:
    file.write_text(json.dumps(WHOLE))
    expected = ConnectDescriptor("com.acme.draw", "https://draw.acme.example", ("READ", "WRITE"))
    assert read_connect(file) == expected


def test_a_byte_order_mark_does_no_harm(file: Path) -> None:
    file.write_text("\ufeff" + json.dumps(WHOLE))
    assert looks_like_json(file)
    assert read_connect(file).key == "com.acme.draw"


def test_scopes_may_be_left_out(file: Path) -> None:
    file.write_text(json.dumps({"key": "a", "baseUrl": "https://acme.example"}))
    assert read_connect(file).scopes == ()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (json.dumps({"key": "a"}), "baseUrl"),
        (json.dumps({"baseUrl": "https://acme.example"}), "key"),
        (json.dumps(WHOLE | {"baseUrl": "/relative"}), r"a web address is expected .*baseUrl"),
        (json.dumps(WHOLE | {"scopes": "READ"}), "scopes"),
        (json.dumps(WHOLE | {"key": "com.acme\0draw"}), r"a text of one line is expected .*key"),
        (json.dumps(WHOLE | {"baseUrl": "https://acme.example/\0"}), "baseUrl"),
        (json.dumps(WHOLE | {"baseUrl": "https://acme.example/a b"}), "baseUrl"),
        (json.dumps(WHOLE | {"baseUrl": "https://acme.example\n"}), "baseUrl"),
        (json.dumps(WHOLE | {"scopes": ["READ\0"]}), "scopes"),
        ('{"key": "a", "x": ' + "[" * 100_000, "nested too deeply"),
        ("{", "not a Connect descriptor"),
        ("[]", "not a Connect descriptor"),
        ("{" + " " * LARGEST, "larger"),
    ],
)
def test_what_is_no_descriptor_is_refused_by_what_is_wrong(
    file: Path, content: str, named: str
) -> None:
    file.write_text(content)
    with pytest.raises(Invalid, match=named):
        read_connect(file)


def test_bytes_that_are_no_text_are_refused(file: Path) -> None:
    file.write_bytes(b'{"key": "\xff", "baseUrl": "https://acme.example"}')
    with pytest.raises(Invalid, match="not a Connect descriptor"):
        read_connect(file)

"""What is a good archive, and what it says about itself."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.samples import DESCRIPTOR, a_directory_of, a_jar, an_encrypted_jar
from haymarket.assets import archives
from haymarket.assets.archives import check_archive, read_descriptor
from haymarket.assets.model import Descriptor
from haymarket.errors import Invalid

LIMIT = 2_000_000_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A good jar on disk."""
    path = tmp_path / "app"
    path.write_bytes(a_jar())
    return path


def refusal(path: Path, content: bytes | None = None, limit: int = LIMIT) -> str:
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Invalid) as refused:
        check_archive(path, "app.jar", limit)
    return refused.value.message


@pytest.mark.parametrize("name", ["app.jar", "APP.JAR", "bundle.obr"])
def test_a_jar_and_an_obr_are_archives(path: Path, name: str) -> None:
    check_archive(path, name, LIMIT)


@pytest.mark.parametrize("name", ["app.zip", "jar", "app.jar.exe"])
def test_other_names_are_refused(path: Path, name: str) -> None:
    with pytest.raises(Invalid, match=r"\.jar or \.obr"):
        check_archive(path, name, LIMIT)


@pytest.mark.parametrize("content", [b"", b"no archive", a_jar()[:-30], a_jar()[60:-22]])
def test_what_is_no_zip_is_refused(path: Path, content: bytes) -> None:
    assert "not a readable zip archive" in refusal(path, content)


def test_an_archive_that_unpacks_to_more_than_the_limit_is_refused(path: Path) -> None:
    message = refusal(path, a_jar(a=bytes(600), b=bytes(401)), limit=1000)
    assert message == "The archive unpacks to 1001 bytes; the limit is 1000"


def test_a_zip_bomb_is_refused_by_its_ratio(path: Path) -> None:
    message = refusal(path, a_jar(bomb=bytes(archives.RATIO_MATTERS_FROM + 1)))
    assert "times its size" in message


def test_a_high_ratio_does_not_matter_in_a_small_archive(path: Path) -> None:
    path.write_bytes(a_jar(zeros=bytes(10_000_000)))
    check_archive(path, "app.jar", LIMIT)


def test_encrypted_entries_are_refused(path: Path) -> None:
    assert refusal(path, an_encrypted_jar()) == "The archive has encrypted entries"


def test_too_many_entries_are_refused(path: Path) -> None:
    message = refusal(path, a_directory_of(archives.MOST_ENTRIES + 1))
    assert message == "The archive has 100001 entries; the limit is 100000"


def test_a_huge_directory_is_refused_before_it_is_read(path: Path) -> None:
    content = a_directory_of(archives.LARGEST_DIRECTORY // 46 + 1)
    assert "directory of the archive is larger" in refusal(path, content)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=8))
def test_a_damaged_archive_is_read_or_refused(path: Path, damage: list[tuple[int, int]]) -> None:
    content = bytearray(a_jar())
    for place, byte in damage:
        content[place % len(content)] = byte
    path.write_bytes(content)
    with suppress(Invalid):
        check_archive(path, "app.jar", LIMIT)
    with suppress(Invalid):
        read_descriptor(path)


def test_a_descriptor_is_read_from_the_root(path: Path) -> None:
    assert read_descriptor(path) == Descriptor("com.example.app", "Example", "1.2.3")


def test_an_archive_without_a_descriptor_has_none(path: Path) -> None:
    path.write_bytes(a_jar(other=b"x"))
    assert read_descriptor(path) is None


DOCTYPE = (
    '<!DOCTYPE a [<!ENTITY e "x">]><atlassian-plugin key="k"><plugin-info><version>&e;</version>'
    "</plugin-info></atlassian-plugin>"
)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (DOCTYPE.encode(), "document type"),
        (DOCTYPE.encode("utf-16"), "document type"),
        (b"<atlassian-plugin", "not well-formed"),
        (b"<atlassian-plugin/>", "no plugin key"),
        (b"<a key='k'>" + b" " * archives.LARGEST_DESCRIPTOR + b"</a>", "larger than"),
        (b"<?xml version='1.0' encoding='none'?><a/>", "not well-formed"),
    ],
)
def test_a_bad_descriptor_is_refused(path: Path, content: bytes, reason: str) -> None:
    path.write_bytes(a_jar(**{"atlassian-plugin_xml": content}))
    with pytest.raises(Invalid, match=reason):
        read_descriptor(path)


def test_a_descriptor_needs_neither_name_nor_version(path: Path) -> None:
    content = DESCRIPTOR.replace(b'name="Example"', b"").replace(b"1.2.3", b" ")
    path.write_bytes(a_jar(**{"atlassian-plugin_xml": content}))
    assert read_descriptor(path) == Descriptor("com.example.app", None, None)


@pytest.mark.parametrize(
    ("value", "build"), [("12", 12), ("0", None), ("-1", None), ("x", None), ("1" * 19, None)]
)
def test_a_descriptor_may_have_a_build_number(path: Path, value: str, build: int | None) -> None:
    param = f'<param name="build-number" value="{value}"/><param name="other" value="7"/>'
    text = f'<atlassian-plugin key="a"><plugin-info>{param}</plugin-info></atlassian-plugin>'
    path.write_bytes(a_jar(**{"atlassian-plugin_xml": text.encode()}))
    assert read_descriptor(path) == Descriptor("a", None, None, build)

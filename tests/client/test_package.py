"""What a file says about the version that it is."""

from pathlib import Path

import pytest

from assets.samples import a_jar
from client.packages import TIDY_BOARDS, write_connect, write_jar, write_obr
from haymarket.client.outcomes import Misused
from haymarket.client.package import Package, read_package


def test_a_jar_tells_key_name_version_and_build(tmp_path: Path) -> None:
    path = write_jar(tmp_path, version="1.2.3", build="123")
    assert read_package(path) == Package(path, TIDY_BOARDS, "Tidy Boards", "1.2.3", 123)


@pytest.mark.parametrize("build", ["", "0", "-1", "one", "12345678901234567890"])
def test_a_build_number_that_is_none_is_the_marketplaces_to_choose(
    tmp_path: Path, build: str
) -> None:
    assert read_package(write_jar(tmp_path, build=build)).build is None


def test_an_obr_tells_what_the_jar_at_its_top_tells(tmp_path: Path) -> None:
    found = read_package(write_obr(tmp_path, version="2.0.0"))
    assert (found.key, found.version) == (TIDY_BOARDS, "2.0.0")


def test_a_connect_descriptor_tells_its_key_and_perhaps_more(tmp_path: Path) -> None:
    found = read_package(write_connect(tmp_path, "com.example.cloud"))
    assert (found.key, found.name, found.version) == ("com.example.cloud", None, None)
    assert found.is_connect
    found = read_package(write_connect(tmp_path, "com.example.cloud", name="Cloud", version="3"))
    assert (found.name, found.version) == ("Cloud", "3")


def test_an_archive_without_a_descriptor_does_not_tell_its_app(tmp_path: Path) -> None:
    path = tmp_path / "app.jar"
    path.write_bytes(a_jar(readme_txt=b"Hello"))
    assert read_package(path) == Package(path, None)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("app.zip", b"", r"\.jar or \.obr"),
        ("app.jar", b"no archive", "not a readable zip archive"),
        ("app.jar", a_jar(**{"atlassian-plugin_xml": b"<open>"}), "not well-formed XML"),
        ("app.json", b"{}", "not a Connect descriptor"),
    ],
)
def test_what_no_marketplace_takes_is_told_before_anything_is_sent(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Misused, match=told) as misused:
        read_package(path)
    assert str(misused.value).startswith(str(path))


@pytest.mark.parametrize("name", ["none.jar", "none.json"])
def test_a_file_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(Misused, match="none"):
        read_package(tmp_path / name)

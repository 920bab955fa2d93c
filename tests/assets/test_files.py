"""Files in a folder and in other places."""

import asyncio
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from assets.buckets import a_bucket
from haymarket.assets.files import Files, open_files
from haymarket.settings import Settings


@pytest.fixture(params=["folder", "memory"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    """An empty place for files."""
    if request.param == "folder":
        return open_files(Settings(data=tmp_path))
    return Files(MemoryStore())


def content_of(place: Files, key: str) -> bytes:
    async def collected() -> bytes:
        opened = place.open(key)
        assert opened is not None
        content = b"".join([chunk async for chunk in opened.chunks])
        assert opened.size == len(content)
        return content

    return asyncio.run(collected())


def test_bytes_are_kept_and_read_in_chunks(place: Files) -> None:
    place.put("images/a", b"picture")
    assert content_of(place, "images/a") == b"picture"
    assert place.size("images/a") == 7
    assert place.exists("images/a")


def test_a_large_local_file_is_kept_whole(place: Files, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(bytes(range(256)) * 80_000)
    place.put("artifacts/u/app.jar", source)
    assert content_of(place, "artifacts/u/app.jar") == source.read_bytes()
    place.copy_to("artifacts/u/app.jar", tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == source.read_bytes()


def test_a_file_that_is_not_there_is_none(place: Files) -> None:
    assert place.open("images/none") is None
    assert place.size("images/none") is None
    assert not place.exists("images/none")


def test_a_deleted_file_is_gone_and_can_be_deleted_again(place: Files) -> None:
    place.put("images/a", b"x")
    place.delete("images/a")
    place.delete("images/a")
    assert not place.exists("images/a")


def test_the_folder_of_a_deleted_artifact_goes_with_it(tmp_path: Path) -> None:
    place = open_files(Settings(data=tmp_path))
    place.put("artifacts/u/app.jar", b"x")
    place.delete("artifacts/u/app.jar")
    assert not (tmp_path / "files" / "artifacts" / "u").exists()


def test_a_bucket_is_opened_without_a_word_to_it(tmp_path: Path) -> None:
    open_files(Settings(data=tmp_path, files="s3://bucket/some/prefix"))
    assert list(tmp_path.iterdir()) == []


def test_a_bucket_of_ones_own_is_reached_by_http_with_the_keys_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_bucket() as bucket:
        monkeypatch.setenv("AWS_ENDPOINT_URL", bucket.address)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "haymarket")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        monkeypatch.setenv("AWS_REGION", "eu-central-1")
        files = open_files(Settings(data=tmp_path, files="s3://shop/assets"))
        files.put("images/one", b"a picture")
        assert bucket.kept == {"/shop/assets/images/one": b"a picture"}
        assert bucket.signed[0].startswith("AWS4-HMAC-SHA256 Credential=haymarket/")
        assert "/eu-central-1/s3/" in bucket.signed[0]
    assert list(tmp_path.iterdir()) == []

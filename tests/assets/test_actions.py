"""Links of documents that become assets, and what is left when something fails."""

from pathlib import Path
from typing import Any

import httpcore
import pytest

from assets.samples import Page, Website, a_jar, an_image
from given import Person
from haymarket import paths
from haymarket.accounts.model import Caller
from haymarket.assets import actions, store
from haymarket.assets.files import Files, keys_of
from haymarket.assets.network import Internet
from haymarket.errors import Invalid
from haymarket.settings import Settings
from haymarket.storage import Storage


@pytest.fixture
def place(storage: Storage, files: Files, small: Settings) -> tuple[Storage, Files, Settings]:
    """What the actions work on."""
    return storage, files, small


@pytest.fixture
def caller(stranger: Person) -> Caller:
    """Somebody who uploads."""
    return Caller(stranger.id, stranger.email)


def a_logo(place: tuple[Storage, Files, Settings], caller: Caller) -> str:
    return actions.keep_image(*place, caller, an_image(144, 144), "logo", "logo.png").name


def an_artifact(place: tuple[Storage, Files, Settings], caller: Caller, tmp_path: Path) -> str:
    local = tmp_path / "local"
    local.write_bytes(a_jar())
    return actions.keep_artifact(*place, caller, local, "app.jar").name


def refusal(resolve: Any, *arguments: Any) -> tuple[str, str | None]:
    with pytest.raises(Invalid) as refused:
        resolve(*arguments)
    return refused.value.message, refused.value.path


def test_a_link_to_an_image_is_its_name(
    place: tuple[Storage, Files, Settings], caller: Caller
) -> None:
    name = a_logo(place, caller)
    for host in ("", "http://haymarket.test"):
        href = host + paths.asset(name)
        assert actions.resolve_image(*place, caller, href, "logo", "/_links/logo") == name


def test_a_link_to_an_artifact_is_its_name(
    place: tuple[Storage, Files, Settings], caller: Caller, tmp_path: Path
) -> None:
    name = an_artifact(place, caller, tmp_path)
    href = paths.asset(name)
    assert actions.resolve_artifact(*place, caller, href, "/_links/artifact") == name


def test_a_link_to_an_image_of_another_type_is_refused(
    place: tuple[Storage, Files, Settings], caller: Caller
) -> None:
    href = paths.asset(a_logo(place, caller))
    for image_type in ("banner", "title-logo", "screenshot"):
        assert refusal(actions.resolve_image, *place, caller, href, image_type, "/_links/x") == (
            f"An image of type {image_type} is needed; this is a logo",
            "/_links/x",
        )


def test_a_link_to_the_other_kind_is_refused(
    place: tuple[Storage, Files, Settings], caller: Caller, tmp_path: Path
) -> None:
    logo, artifact = a_logo(place, caller), an_artifact(place, caller, tmp_path)
    message, path = refusal(
        actions.resolve_image, *place, caller, paths.asset(artifact), "logo", "/_links/logo"
    )
    assert (message, path) == (
        f"The asset {artifact} is an artifact, not an image",
        "/_links/logo",
    )
    message, _ = refusal(
        actions.resolve_artifact, *place, caller, paths.asset(logo), "/_links/artifact"
    )
    assert message == f"The asset {logo} is an image, not an artifact"


def test_a_link_to_something_else_is_refused(
    place: tuple[Storage, Files, Settings], caller: Caller
) -> None:
    for href, reason in (
        ("/rest/2/assets/none", "There is no asset none"),
        ("/rest/2/vendors/1", "is an asset or a web address"),
        ("javascript:alert(1)", "is an asset or a web address"),
        ("//example.test/logo.png", "is an asset or a web address"),
        ("", "is an asset or a web address"),
    ):
        message, path = refusal(actions.resolve_image, *place, caller, href, "logo", "/_links/logo")
        assert reason in message
        assert path == "/_links/logo"


def test_an_image_outside_is_fetched_and_kept(
    place: tuple[Storage, Files, Settings], caller: Caller, website: Website
) -> None:
    url = website.url("/logo.png")
    name = actions.resolve_image(*place, caller, url, "logo", "/_links/logo")
    with place[0].reading() as db:
        asset = store.get_asset(db, name)
    assert asset is not None
    assert (asset.file_name, asset.remote, asset.uploader) == ("logo.png", url, caller.id)
    assert all(place[1].exists(key) for key in keys_of(asset))


def test_an_image_outside_of_the_wrong_size_is_refused_at_the_link(
    place: tuple[Storage, Files, Settings], caller: Caller, website: Website
) -> None:
    url = website.url("/logo.png")
    message, path = refusal(actions.resolve_image, *place, caller, url, "banner", "/_links/banner")
    assert message == "An image of type banner is 1120x548 pixels; this one is 144x144"
    assert path == "/_links/banner"


def test_an_image_outside_over_the_limit_is_refused(
    place: tuple[Storage, Files, Settings], caller: Caller, website: Website
) -> None:
    website.pages["/large.png"] = Page(bytes(20_001))
    url = website.url("/large.png")
    message, path = refusal(actions.resolve_image, *place, caller, url, "logo", "/_links/logo")
    assert (message, path) == ("The file is larger than 20000 bytes", "/_links/logo")


def test_an_artifact_outside_is_named_by_the_server_when_its_address_does_not(
    place: tuple[Storage, Files, Settings], caller: Caller, website: Website
) -> None:
    disposition = {"Content-Disposition": 'attachment; filename="my app.jar"'}
    website.pages["/download/7"] = Page(a_jar(), headers=disposition)
    url = website.url("/download/7")
    name = actions.resolve_artifact(*place, caller, url, "/_links/artifact")
    assert name.endswith("/my-app.jar")


def test_the_internet_is_passed_in(
    storage: Storage, files: Files, settings: Settings, caller: Caller
) -> None:
    def never(address: str, port: int, timeout: float) -> httpcore.NetworkStream:
        raise AssertionError("connected")

    internet = Internet(lambda host, port: ["192.168.0.1"], never)
    url = "https://sly.test/app.jar"
    message, path = refusal(
        actions.resolve_artifact, storage, files, settings, caller, url, "/a", internet
    )
    assert (message, path) == ("The host sly.test is not on the public internet", "/a")


def test_files_go_when_the_row_can_not_be_written(
    place: tuple[Storage, Files, Settings], tmp_path: Path
) -> None:
    nobody = Caller(404)
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        a_logo(place, nobody)
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        an_artifact(place, nobody, tmp_path)
    assert [each for each in (tmp_path / "files").rglob("*") if each.is_file()] == []


def test_nothing_stays_behind_in_the_folder_of_uploads(
    place: tuple[Storage, Files, Settings], caller: Caller, website: Website, tmp_path: Path
) -> None:
    actions.fetch_artifact(*place, caller, website.url("/good.jar"))
    refusal(actions.fetch_artifact, *place, caller, website.url("/none.jar"))
    assert list((tmp_path / "uploads").iterdir()) == []

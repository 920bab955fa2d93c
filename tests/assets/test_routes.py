"""What holds for assets of both kinds over HTTP."""

from urllib.parse import quote

import pytest

from assets.calls import HOST, Client, fetch, path_of, problem, upload_artifact, upload_image
from assets.samples import (
    Website,
    a_jar,
    an_image,
)
from given import Person, a_user
from haymarket.assets import store
from haymarket.storage import Storage


def test_the_collection_says_where_to_upload(client: Client) -> None:
    template = "/rest/2/assets/image/{imageType}"
    assert client.get("/rest/2/assets").json() == {
        "_links": {
            "self": {"href": "/rest/2/assets"},
            "artifact": {"href": "/rest/2/assets/artifact"},
            "fetchArtifact": {"href": "/rest/2/assets/artifact/fetch"},
            "imageByType": {"href": template, "templated": True, "template": template},
        }
    }


def test_strangers_without_credentials_upload_nothing(
    client: Client, anonymous: Person, website: Website
) -> None:
    for answer in (
        upload_artifact(client, anonymous, a_jar()),
        upload_image(client, anonymous, an_image(144, 144)),
        fetch(client, anonymous, website.url("/good.jar")),
        client.request("DELETE", "/rest/2/assets/none"),
    ):
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Basic")
    assert website.requests == []


def test_an_unknown_asset_is_not_found(client: Client) -> None:
    assert client.get("/rest/2/assets/none").status_code == 404
    assert client.get(f"/rest/2/assets/{quote('artifact/x/y.jar', safe='')}").status_code == 404


@pytest.mark.parametrize("kind", ["artifact", "image"])
def test_the_uploader_deletes_an_asset_with_its_files(
    client: Client, stranger: Person, kind: str
) -> None:
    if kind == "artifact":
        answer = upload_artifact(client, stranger, a_jar())
    else:
        answer = upload_image(client, stranger, an_image(144, 144))
    links = [each["href"] for each in answer.json()["_links"].values()]
    deleted = client.request("DELETE", path_of(answer), auth=stranger.auth)
    assert (deleted.status_code, deleted.content) == (204, b"")
    for href in links:
        assert client.get(href.removeprefix(HOST), auth=stranger.auth).status_code == 404
    assert client.request("DELETE", path_of(answer), auth=stranger.auth).status_code == 404


def test_an_administrator_deletes_an_asset(client: Client, stranger: Person, admin: Person) -> None:
    answer = upload_image(client, stranger, an_image(144, 144))
    assert client.request("DELETE", path_of(answer), auth=admin.auth).status_code == 204


def test_another_user_does_not_know_the_asset_to_delete(
    client: Client, stranger: Person, storage: Storage
) -> None:
    other = a_user(storage, "other@example.com")
    answer = upload_image(client, stranger, an_image(144, 144))
    assert client.request("DELETE", path_of(answer), auth=other.auth).status_code == 404
    assert client.get(path_of(answer)).status_code == 200


def test_an_asset_in_use_is_not_deleted(
    client: Client, stranger: Person, admin: Person, storage: Storage
) -> None:
    answer = upload_image(client, stranger, an_image(144, 144))
    name = path_of(answer).removeprefix("/rest/2/assets/")
    with storage.writing(None) as db:
        store.set_uses(db, "app:com.example", {name})
        db.record("test.changed", "com.example")
    for who in (stranger, admin):
        refused = client.request("DELETE", path_of(answer), auth=who.auth)
        assert problem(refused, 409) == "The asset is in use"
    assert client.get(path_of(answer)).status_code == 200


def test_an_upload_and_a_deletion_are_told_by_the_journal(
    client: Client, stranger: Person, storage: Storage
) -> None:
    answer = upload_image(client, stranger, an_image(144, 144))
    client.request("DELETE", path_of(answer), auth=stranger.auth)
    name = path_of(answer).removeprefix("/rest/2/assets/")
    with storage.reading() as db:
        told = [e for e in db.entries_after(0) if e.subject == name]
    assert [(e.kind, e.actor) for e in told] == [
        ("asset.added", stranger.id),
        ("asset.deleted", stranger.id),
    ]

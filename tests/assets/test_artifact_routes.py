"""Artifacts over HTTP: uploaded, read back, refused."""

import hashlib

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assets.calls import (
    BINARY,
    HOST,
    Client,
    form,
    local,
    path_of,
    problem,
    upload_artifact,
)
from assets.samples import (
    a_jar,
    an_encrypted_jar,
)
from given import Person, a_user
from haymarket.assets import store
from haymarket.settings import Settings
from haymarket.storage import Storage


def test_the_bytes_of_an_artifact_are_kept(client: Client, stranger: Person) -> None:
    jar = a_jar()
    answer = upload_artifact(client, stranger, jar)
    name = path_of(answer).removeprefix("/rest/2/assets/")
    file = f"/files/{name.replace('%2F', '/').replace('artifact/', 'artifacts/')}"
    assert answer.json() == {
        "_links": {
            "self": {"href": f"/rest/2/assets/{name}"},
            "binary": {"href": f"{HOST}{file}"},
        },
        "fileInfo": {"logicalFileName": "app.jar", "size": len(jar)},
    }
    assert name.startswith("artifact%2F")
    assert name.endswith("%2Fapp.jar")
    assert client.get(file, auth=stranger.auth).content == jar


def test_a_form_with_an_artifact_is_kept_byte_for_byte(client: Client, stranger: Person) -> None:
    jar = a_jar(noise=bytes(range(256)) * 9000 + b"\r\n--\r\n")
    answer = client.request(
        "POST",
        "/rest/2/assets/artifact",
        data={"comment": "passed over"},
        files={"file": ("My Bundle.obr", jar, "application/octet-stream")},
        auth=stranger.auth,
    )
    assert path_of(answer).endswith("%2FMy-Bundle.obr")
    assert answer.json()["fileInfo"] == {"logicalFileName": "My Bundle.obr", "size": len(jar)}
    file = local(answer.json()["_links"]["binary"]["href"])
    assert client.get(file, auth=stranger.auth).content == jar


def test_an_artifact_larger_than_a_buffer_is_kept(
    client: Client, stranger: Person, storage: Storage
) -> None:
    noise = b"".join(hashlib.sha256(n.to_bytes(4, "big")).digest() for n in range(100_000))
    jar = a_jar(noise=noise)
    assert len(jar) > 3_000_000
    for answer in (
        upload_artifact(client, stranger, jar),
        client.request(
            "POST", "/rest/2/assets/artifact", files={"file": ("a.jar", jar)}, auth=stranger.auth
        ),
    ):
        file = local(answer.json()["_links"]["binary"]["href"])
        assert client.get(file, auth=stranger.auth).content == jar
        with storage.reading() as db:
            asset = store.get_asset(db, file.replace("/files/artifacts/", "artifact/"))
        assert asset is not None
        assert asset.sha256 == hashlib.sha256(jar).hexdigest()


def test_an_artifact_is_shown_to_anyone_who_knows_its_name(
    client: Client, stranger: Person
) -> None:
    answer = upload_artifact(client, stranger, a_jar(), "b.obr")
    shown = client.get(path_of(answer))
    assert shown.status_code == 200
    assert shown.json() == answer.json()


def test_the_file_of_an_artifact_is_for_its_uploader_and_administrators(
    client: Client, stranger: Person, admin: Person, storage: Storage
) -> None:
    answer = upload_artifact(client, stranger, a_jar())
    file = local(answer.json()["_links"]["binary"]["href"])
    other = a_user(storage, "other@example.com")
    assert client.get(file, auth=admin.auth).status_code == 200
    assert client.get(file, auth=stranger.auth).status_code == 200
    assert client.get(file, auth=other.auth).status_code == 404
    assert client.get(file).status_code == 404
    assert client.get(file, auth=("x", "y")).status_code == 401


def test_the_file_of_an_artifact_is_sent_to_be_saved(client: Client, stranger: Person) -> None:
    jar = a_jar()
    answer = upload_artifact(client, stranger, jar)
    file = local(answer.json()["_links"]["binary"]["href"])
    headers = client.get(file, auth=stranger.auth).headers
    assert headers["content-type"] == "application/java-archive"
    assert headers["content-length"] == str(len(jar))
    assert headers["content-disposition"] == 'attachment; filename="app.jar"'
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"].startswith("private")
    assert headers["etag"] == f'"{hashlib.sha256(jar).hexdigest()}"'


def test_bytes_are_announced_by_one_of_five_content_types(client: Client, stranger: Person) -> None:
    for kind in ("octet-stream", "binary", "zip", "java-archive", "json"):
        assert upload_artifact(client, stranger, a_jar(), kind=kind).status_code == 200
    for kind in ("xml", "x-www-form-urlencoded"):
        assert "Content-Type" in problem(upload_artifact(client, stranger, a_jar(), kind=kind))


def test_an_artifact_without_a_content_type_is_taken_as_bytes(
    client: Client, stranger: Person
) -> None:
    answer = client.request(
        "POST", "/rest/2/assets/artifact?file=a.jar", content=a_jar(), auth=stranger.auth
    )
    assert answer.status_code == 200


def test_the_bytes_of_an_artifact_need_a_name(client: Client, stranger: Person) -> None:
    answer = client.request(
        "POST", "/rest/2/assets/artifact", content=a_jar(), headers=BINARY, auth=stranger.auth
    )
    assert problem(answer).startswith("file:")
    assert answer.json()["errors"][0]["code"] == "INVALID_PARAMETER"


def test_a_form_needs_the_part_file(client: Client, stranger: Person) -> None:
    assert problem(form(client, stranger, ("other", "a.jar", a_jar()))).startswith("file:")
    assert problem(form(client, stranger)).startswith("file:")


def test_a_form_has_only_one_part_file(client: Client, stranger: Person) -> None:
    answer = form(client, stranger, ("file", "a.jar", a_jar()), ("file", "b.jar", a_jar()))
    assert "more than one" in problem(answer)


def test_the_part_file_needs_a_file_name(client: Client, stranger: Person) -> None:
    assert "file name" in problem(form(client, stranger, ("file", None, a_jar())))


@pytest.mark.parametrize("boundary", ["; boundary=x", ""])
def test_a_broken_form_is_refused(client: Client, stranger: Person, boundary: str) -> None:
    for body in (
        b"",
        b"--x\r\nnonsense\r\n\r\n",
        b"--x\r\n" + b"a" * 9000,
        b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\ncut',
    ):
        answer = client.request(
            "POST",
            "/rest/2/assets/artifact",
            content=body,
            headers={"Content-Type": f"multipart/form-data{boundary}"},
            auth=stranger.auth,
        )
        assert "form can not be read" in problem(answer)


def test_a_bad_artifact_is_refused(client: Client, stranger: Person) -> None:
    for content, name, reason in (
        (a_jar(), "app.zip", ".jar or .obr"),
        (b"no zip", "app.jar", "not a readable zip"),
        (b"", "app.jar", "not a readable zip"),
        (an_encrypted_jar(), "app.jar", "encrypted"),
    ):
        assert reason in problem(upload_artifact(client, stranger, content, name))


def test_a_zip_bomb_is_refused(small_client: Client, stranger: Person) -> None:
    answer = upload_artifact(small_client, stranger, a_jar(bomb=bytes(200_001)))
    assert problem(answer) == "The archive unpacks to 200001 bytes; the limit is 200000"


def test_an_artifact_over_the_limit_is_refused(
    small_client: Client, stranger: Person, small: Settings
) -> None:
    large = bytes(small.upload_limit + 1)
    answer = upload_artifact(small_client, stranger, large)
    assert problem(answer, 413) == "The file is larger than 100000 bytes"
    for part in (("file", "a.jar", large), ("other", None, large * 2)):
        refused = form(small_client, stranger, part)
        assert problem(refused, 413) == "The file is larger than 100000 bytes"


def test_an_artifact_over_the_limit_is_refused_while_it_arrives(
    small_client: Client, stranger: Person, small: Settings
) -> None:
    answer = small_client.request(
        "POST",
        "/rest/2/assets/artifact?file=a.jar",
        content=iter([bytes(small.upload_limit)] * 3),
        headers=BINARY,
        auth=stranger.auth,
    )
    assert problem(answer, 413)
    assert list((small.data / "uploads").iterdir()) == []


def test_an_artifact_of_exactly_the_limit_is_kept(
    small_client: Client, stranger: Person, small: Settings
) -> None:
    jar = a_jar()
    padded = bytes(small.upload_limit - len(jar)) + jar
    assert upload_artifact(small_client, stranger, padded).status_code == 200
    assert form(small_client, stranger, ("file", "a.jar", padded)).status_code == 200


@hypothesis_settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=300), boundary=st.from_regex(r"[a-z]{1,20}", fullmatch=True))
def test_any_form_is_read_or_refused(
    client: Client, stranger: Person, content: bytes, boundary: str
) -> None:
    answer = client.request(
        "POST",
        "/rest/2/assets/artifact",
        content=f"--{boundary}\r\n".encode() + content,
        headers={"Content-Type": f"multipart/form-data; boundary={boundary}"},
        auth=stranger.auth,
    )
    assert answer.status_code == 400

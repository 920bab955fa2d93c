"""Images over HTTP: uploaded, read back, refused."""

from assets.calls import BINARY, HOST, Client, local, path_of, problem, upload_image
from assets.samples import (
    a_jar,
    a_png_that_claims,
    an_image,
)
from given import Person
from haymarket.settings import Settings


def test_an_image_is_kept_in_three_files(client: Client, stranger: Person) -> None:
    logo = an_image(144, 144, "JPEG")
    answer = upload_image(client, stranger, logo)
    links = answer.json()["_links"]
    name = path_of(answer).removeprefix("/rest/2/assets/")
    assert answer.json()["fileInfo"] == {"logicalFileName": "logo.png", "size": len(logo)}
    assert links["unscaled"] == {"href": f"{HOST}/files/{name}", "type": "image/jpeg"}
    assert links["image"]["type"] == links["smallImage"]["type"] == "image/png"
    assert len({link["href"] for link in links.values()}) == 4
    sent = client.get(local(links["unscaled"]["href"]))
    assert sent.content == logo
    assert sent.headers["content-type"] == "image/jpeg"
    for variant in ("image", "smallImage"):
        sent = client.get(local(links[variant]["href"]))
        assert sent.content.startswith(b"\x89PNG")
        assert sent.headers["content-type"] == "image/png"


def test_an_image_is_shown_to_anyone(client: Client, stranger: Person) -> None:
    answer = upload_image(client, stranger, an_image(144, 144))
    assert client.get(path_of(answer)).json() == answer.json()


def test_an_image_file_is_kept_by_caches_for_good(client: Client, stranger: Person) -> None:
    answer = upload_image(client, stranger, an_image(144, 144))
    file = local(answer.json()["_links"]["image"]["href"])
    headers = client.get(file).headers
    assert headers["cache-control"] == "public, max-age=31536000, immutable"
    assert headers["x-content-type-options"] == "nosniff"
    for known in (headers["etag"], f'"x", W/{headers["etag"]}'):
        again = client.get(file, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == headers["etag"]
    assert client.get(file, headers={"If-None-Match": '"x"'}).status_code == 200


def test_a_file_that_is_not_there_is_not_found(client: Client) -> None:
    for path in (
        "/files/none",
        "/files/0b5e0b5e-0000-4000-8000-000000000001",
        "/files/..%2F..%2Fhaymarket.sqlite3",
        "/files/artifacts/x/y.jar",
        "/files/artifacts/..%2F/x",
    ):
        assert client.get(path).status_code == 404


def test_a_bad_image_is_refused(client: Client, stranger: Person) -> None:
    for image_type, content, reason in (
        ("logo", an_image(145, 144), "is 144x144 pixels; this one is 145x144"),
        ("banner", an_image(144, 144), "is 1120x548 pixels; this one is 144x144"),
        ("icon", an_image(20, 10), "is square"),
        ("screenshot", a_png_that_claims(60_000, 60_000), "larger than 4096x4096"),
        ("hero", a_png_that_claims(5000, 5000), "at most 4096x4096"),
        ("logo", a_png_that_claims(144, 144), "damaged"),
        ("logo", b"this is text", "not an image"),
        ("logo", b"", "not an image"),
        ("logo", a_jar(), "not an image"),
        ("logo", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not an image"),
    ):
        answer = upload_image(client, stranger, content, image_type)
        assert reason in problem(answer)
        assert answer.json()["errors"][0]["code"] == "VALIDATION_ERROR"


def test_an_unknown_image_type_is_refused(client: Client, stranger: Person) -> None:
    answer = upload_image(client, stranger, an_image(144, 144), "poster")
    assert problem(answer)
    assert answer.json()["errors"][0]["code"] == "INVALID_PARAMETER"


def test_an_image_needs_a_file_name(client: Client, stranger: Person) -> None:
    answer = client.request(
        "POST",
        "/rest/2/assets/image/logo",
        content=an_image(144, 144),
        headers=BINARY,
        auth=stranger.auth,
    )
    assert "file" in problem(answer)


def test_an_image_over_the_limit_is_refused(
    small_client: Client, stranger: Person, small: Settings
) -> None:
    answer = upload_image(small_client, stranger, bytes(small.image_limit + 1))
    assert problem(answer, 413) == "The file is larger than 20000 bytes"
    answer = small_client.request(
        "POST",
        "/rest/2/assets/image/logo?file=a.png",
        content=iter([bytes(small.image_limit), b"x"]),
        headers=BINARY,
        auth=stranger.auth,
    )
    assert problem(answer, 413)

"""What a version shows of itself is what its vendor said, made harmless."""

import pytest

from calling import Api, pointer
from given import (
    Json,
    Person,
    a_version,
    an_uploaded_image,
    an_uploaded_jar,
    runs_on,
    version_document,
)

CLOUD = [runs_on(cloud=True)]


def link(href: str) -> Json:
    return {"href": href}


SAID: Json = {
    "name": "5.0",
    "paymentModel": "vendor",
    "release": {"date": "2025-02-28", "releasedBy": "Anna", "beta": True, "supported": False},
    "youtubeId": "abc",
    "vendorLinks": {
        "binary": "https://acme.example/b",
        "documentation": "https://acme.example/d",
        "license": "https://acme.example/l",
        "learnMore": "https://acme.example/m",
        "eula": "https://acme.example/e",
        "bonTermsSupported": False,
        "partnerSpecificTerms": "Terms & more",
        "purchase": "https://acme.example/p",
        "releaseNotes": "https://acme.example/r",
    },
    "text": {
        "releaseSummary": "Plain <text>",
        "moreDetails": "<p>Rich</p>",
        "releaseNotes": "<ul><li>One</li></ul>",
    },
    "integrationType": "global",
    "compatibilities": CLOUD,
    "cloud": {
        "appId": "ari:1",
        "appEnvironmentId": "env",
        "appVersionId": "v",
        "appScopes": [{"key": "read:jira"}],
    },
    "cloudComplianceBoundaries": ["fedramp_moderate"],
}
HIGHLIGHT = {"title": "T", "body": "<b>B</b>", "explanation": "E"}


def test_the_facts_of_a_version_are_shown_as_they_were_sent(
    api: Api, vendor: Person, private_app: str
) -> None:
    links = {
        "artifact": link(an_uploaded_jar(api, vendor)),
        "hero": link(an_uploaded_image(api, vendor, "hero")),
        "license": link("/rest/2/licenseTypes/gpl"),
        "agreement": link("https://market.example/agreement"),
    }
    shown = api.get(vendor, a_version(api, vendor, private_app, _links=links, **SAID)).json()
    assert {name: shown[name] for name in SAID} == SAID
    assert {name: shown["_links"][name] for name in links} == links
    assert shown["_embedded"]["license"]["key"] == "gpl"
    assert shown["_embedded"]["artifact"]["_links"]["self"] == links["artifact"]
    assert shown["_embedded"]["hero"]["_links"]["self"] == links["hero"]


def test_the_pictures_of_a_version_are_shown_as_they_were_sent(
    api: Api, vendor: Person, private_app: str
) -> None:
    screenshot = link(an_uploaded_image(api, vendor, "screenshot"))
    thumbnail = link(an_uploaded_image(api, vendor, "screenshot-thumbnail"))
    see = 'See <a href="https://a.example">a</a>'
    embedded = {
        "highlights": [{"_links": {"screenshot": screenshot, "thumbnail": thumbnail}, **HIGHLIGHT}],
        "screenshots": [{"_links": {"image": screenshot}, "caption": "C"}],
        "instructions": [{"_links": {"image": screenshot}, "body": see}, {"body": "Done"}],
    }
    shown = api.get(vendor, a_version(api, vendor, private_app, _embedded=embedded)).json()
    [lit] = shown["_embedded"]["highlights"]
    assert {name: lit[name] for name in HIGHLIGHT} == HIGHLIGHT
    assert lit["_links"] == {"screenshot": screenshot, "thumbnail": thumbnail}
    assert set(lit["_embedded"]) == {"screenshot", "thumbnail"}
    [picture] = shown["_embedded"]["screenshots"]
    assert (picture["caption"], picture["_links"]["image"]) == ("C", screenshot)
    first, second = shown["_embedded"]["instructions"]
    assert "https://a.example" in first["body"]
    assert first["_links"] == {"image": screenshot}
    assert (second["body"], second["_links"]) == ("Done", {})


def test_html_is_made_harmless(api: Api, vendor: Person, private_app: str) -> None:
    picture = an_uploaded_image(api, vendor, "screenshot")
    small = an_uploaded_image(api, vendor, "screenshot-thumbnail")
    bad = "<p onclick='x()'>Hi<script>alert(1)</script><a href='javascript:x()'>a</a></p>"
    pictures = {"screenshot": link(picture), "thumbnail": link(small)}
    path = a_version(
        api,
        vendor,
        private_app,
        text={"moreDetails": bad, "releaseNotes": bad},
        _embedded={
            "highlights": [{"_links": pictures, "title": "t", "body": bad}],
            "instructions": [{"body": "<p>Use <a href='https://a.example'>this</a></p>" + bad}],
        },
    )
    shown = api.get(vendor, path).json()
    for text in (
        shown["text"]["moreDetails"],
        shown["text"]["releaseNotes"],
        shown["_embedded"]["highlights"][0]["body"],
        shown["_embedded"]["instructions"][0]["body"],
    ):
        assert "Hi" in text
        for danger in ("script", "onclick", "alert"):
            assert danger not in text
    assert shown["text"]["moreDetails"].startswith("<p>")
    assert "<p>" not in shown["_embedded"]["instructions"][0]["body"]
    assert 'href="https://a.example"' in shown["_embedded"]["instructions"][0]["body"]


def test_a_highlight_may_lack_its_texts_only_while_the_version_is_private(
    api: Api, vendor: Person, app_path: str
) -> None:
    pictures = {
        "screenshot": link(an_uploaded_image(api, vendor, "screenshot")),
        "thumbnail": link(an_uploaded_image(api, vendor, "screenshot-thumbnail")),
    }
    embedded = {"highlights": [{"_links": pictures}]}
    a_version(api, vendor, app_path, _embedded=embedded)
    document = version_document(status="public", _embedded=embedded)
    answer = api.post(vendor, f"{app_path}/versions", document)
    assert pointer(answer) == "/_embedded/highlights/0/title"


def test_an_image_must_be_of_the_type_that_it_is_used_as(
    api: Api, vendor: Person, private_app: str
) -> None:
    shot = an_uploaded_image(api, vendor, "screenshot")
    pictures = {"screenshot": link(shot), "thumbnail": link(shot)}
    document = version_document(_embedded={"highlights": [{"_links": pictures}]})
    answer = api.post(vendor, f"{private_app}/versions", document)
    assert pointer(answer) == "/_embedded/highlights/0/_links/thumbnail"
    jar = an_uploaded_jar(api, vendor)
    document = version_document(_links={"artifact": link(jar), "hero": link(jar)})
    assert pointer(api.post(vendor, f"{private_app}/versions", document)) == "/_links/hero"
    document = version_document(_links={"artifact": link(shot)})
    assert pointer(api.post(vendor, f"{private_app}/versions", document)) == "/_links/artifact"


def test_the_embedded_artifact_tells_the_public_download(
    api: Api, vendor: Person, anonymous: Person, app_path: str
) -> None:
    jar = an_uploaded_jar(api, vendor)
    path = a_version(api, vendor, app_path, status="public", _links={"artifact": link(jar)})
    links = api.get(anonymous, path).json()["_embedded"]["artifact"]["_links"]
    assert links["self"] == link(jar)
    assert links["binary"]["href"] == "http://haymarket.test/download/apps/1/version/2"
    download = api.client.get("/download/apps/1/version/2")
    assert download.status_code == 200
    assert download.content[:2] == b"PK"


@pytest.mark.parametrize(
    ("changes", "boundaries"),
    [
        ({"compatibilities": CLOUD}, ["commercial"]),
        ({"compatibilities": CLOUD, "cloudComplianceBoundaries": []}, ["commercial"]),
        (
            {"compatibilities": CLOUD, "cloudComplianceBoundaries": ["isolated_cloud"]},
            ["isolated_cloud"],
        ),
        ({}, None),
    ],
)
def test_a_version_for_the_cloud_has_one_boundary_and_others_have_none(
    api: Api, vendor: Person, private_app: str, changes: Json, boundaries: list[str] | None
) -> None:
    path = a_version(api, vendor, private_app, **changes)
    assert api.get(vendor, path).json().get("cloudComplianceBoundaries") == boundaries

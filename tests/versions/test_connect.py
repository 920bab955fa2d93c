"""Versions whose artifact is a Connect descriptor: apps that run elsewhere (apps.md, D)."""

import json

from assets.samples import Page, Website
from calling import Api, pointer, problem
from given import Json, Person, a_public_app, a_version, runs_on

KEY = "com.acme.draw"
ELSEWHERE = "https://draw.acme.example"
CLOUD = [runs_on(cloud=True)]


def descriptor(key: str = KEY, base_url: str = ELSEWHERE, *scopes: str) -> bytes:
    """A Connect descriptor."""
    return json.dumps({"key": key, "baseUrl": base_url, "scopes": scopes}).encode()


def uploaded(api: Api, by: Person, content: bytes, name: str = "atlassian-connect.json") -> str:
    """The link to a descriptor that somebody uploads."""
    headers = {"Content-Type": "application/json"}
    path = f"/rest/2/assets/artifact?file={name}"
    answer = api.call("POST", by, path, content=content, headers=headers)
    assert answer.status_code == 200, answer.text
    href: str = answer.json()["_links"]["self"]["href"]
    return href


def with_descriptor(href: str, **members: object) -> Json:
    """The members of a version that runs from a descriptor."""
    return {"_links": {"artifact": {"href": href}}, "compatibilities": CLOUD, **members}


def a_connect_version(api: Api, by: Person, app: str, content: bytes, **members: object) -> Json:
    """A version of an app with an uploaded descriptor, as it is shown."""
    href = uploaded(api, by, content)
    shown: Json = api.get(by, a_version(api, by, app, **with_descriptor(href, **members))).json()
    return shown


def test_a_descriptor_makes_a_connect_version_with_its_scopes(
    api: Api, vendor: Person, private_app: str
) -> None:
    content = descriptor("com.acme.secret", ELSEWHERE, "READ", "act_as_user", "made_up")
    shown = a_connect_version(api, vendor, private_app, content)
    deployment = shown["deployment"]
    assert (deployment["connect"], deployment["cloud"]) == (True, True)
    assert deployment["autoUpdateAllowed"] is True
    keys = [each["key"] for each in deployment["permissions"]]
    assert keys == ["READ", "act_as_user", "made_up"]
    assert deployment["permissions"][1]["name"] == "Act for users"
    binary = shown["_embedded"]["artifact"]["_links"]["binary"]["href"]
    kept = api.client.get(binary, auth=vendor.auth)
    assert kept.content == content
    assert kept.headers["Content-Type"] == "application/json"


def test_the_address_of_a_descriptor_is_fetched(
    fetching: Api, vendor: Person, private_app: str, website: Website
) -> None:
    website.pages["/connect"] = Page(descriptor("com.acme.secret"))
    address = website.url("/connect")
    path = a_version(fetching, vendor, private_app, **with_descriptor(address))
    shown = fetching.get(vendor, path).json()
    assert shown["deployment"]["connect"] is True
    assert shown["_embedded"]["artifact"]["_links"]["remote"]["href"] == address


def test_a_descriptor_of_another_app_is_refused(api: Api, vendor: Person, private_app: str) -> None:
    href = uploaded(api, vendor, descriptor("com.acme.other"))
    document = with_descriptor(href, status="private")
    answer = api.post(vendor, f"{private_app}/versions", document)
    assert pointer(answer) == "/_links/artifact"
    assert "com.acme.other" in problem(answer)["message"]


def test_a_connect_version_runs_in_the_cloud_only(
    api: Api, vendor: Person, private_app: str
) -> None:
    href = uploaded(api, vendor, descriptor("com.acme.secret"))
    document = {"_links": {"artifact": {"href": href}}, "status": "private"}
    answer = api.post(vendor, f"{private_app}/versions", document)
    assert pointer(answer) == "/compatibilities"


def test_what_is_no_descriptor_is_not_kept(api: Api, vendor: Person) -> None:
    path = "/rest/2/assets/artifact?file=app.json"
    headers = {"Content-Type": "application/octet-stream"}
    answer = api.call("POST", vendor, path, content=b'{"key": "a"}', headers=headers)
    assert "baseUrl" in problem(answer)["message"]


def test_another_base_address_waits_for_a_review_and_the_same_one_does_not(
    api: Api, vendor: Person, admin: Person
) -> None:
    app = a_public_connect_app(api, vendor, admin)
    same = a_connect_version(api, vendor, app, descriptor(), status="public", name="2.0")
    assert same["status"] == "public"
    moved = descriptor(KEY, "https://moved.acme.example")
    other = a_connect_version(api, vendor, app, moved, status="public", name="3.0")
    assert other["status"] == "submitted"


def test_a_public_version_keeps_its_base_address(api: Api, vendor: Person, admin: Person) -> None:
    app = a_public_connect_app(api, vendor, admin)
    latest = api.get(vendor, f"{app}/versions/latest").json()
    own = latest["_links"]["self"]["href"]
    moved = uploaded(api, vendor, descriptor(KEY, "https://moved.acme.example"))
    change = {"op": "replace", "path": "/_links/artifact/href", "value": moved}
    assert pointer(api.patch(vendor, own, change)) == "/_links/artifact"
    again = uploaded(api, vendor, descriptor(KEY, ELSEWHERE, "READ"))
    change = {"op": "replace", "path": "/_links/artifact/href", "value": again}
    assert api.patch(vendor, own, change).status_code == 204
    [permission] = api.get(vendor, own).json()["deployment"]["permissions"]
    assert permission["key"] == "READ"


def a_public_connect_app(api: Api, vendor: Person, admin: Person) -> str:
    """A public app with one version that runs elsewhere."""
    href = uploaded(api, vendor, descriptor())
    version = with_descriptor(href, name="1.0", status="public", paymentModel="free")
    return a_public_app(api, vendor, admin, KEY, version=version)

"""The world of the sandbox holds what somebody needs who tries things out."""

import io
import zipfile
from typing import Any, get_args

import httpx
import pytest
from PIL import Image

from haymarket.lifecycle.model import AppStatus, VersionStatus
from haymarket.loading import format
from haymarket.versions.model import PaymentModel

Json = dict[str, Any]


def get(client: httpx.Client, path: str, **query: Any) -> Json:
    """A document."""
    answer = client.get(path, params=query or None)
    assert answer.status_code == 200, f"{path}: {answer.text}"
    found: Json = answer.json()
    return found


def everything(client: httpx.Client, path: str, name: str, **query: Any) -> list[Json]:
    """The items of all pages, by following the links."""
    page = get(client, path, **query)
    found: list[Json] = page["_embedded"][name]
    while "next" in page["_links"]:
        following = page["_links"]["next"]
        links = following if isinstance(following, list) else [following]
        [href] = [link["href"] for link in links if link.get("type") != "text/html"]
        page = get(client, href)
        found += page["_embedded"][name]
    return found


# --- the world as it is written -------------------------------------------------------------


def test_there_are_forty_apps_and_more_by_twelve_vendors_and_more(
    public: list[format.App], apps: list[format.App]
) -> None:
    assert len(public) >= 40
    assert len({app.vendor for app in apps}) >= 12


def test_every_status_hosting_and_payment_model_occurs(apps: list[format.App]) -> None:
    versions = [version for app in apps for version in app.versions]
    places = [place for version in versions for place in version.compatibilities]
    assert {app.status for app in apps} == set(get_args(AppStatus))
    assert {version.status for version in versions} == set(get_args(VersionStatus))
    assert {version.payment_model for version in versions} == set(get_args(PaymentModel))
    for hosting in ("cloud", "server", "data_center"):
        assert sum(bool(getattr(place, hosting)) for place in places) >= 5
    assert {place.application for place in places} >= {"jira", "confluence", "bitbucket"}


def test_some_apps_are_archived_hidden_featured_or_have_more_to_show(
    apps: list[format.App],
) -> None:
    assert sum(app.archived for app in apps) >= 2
    assert {app.hidden for app in apps} == {"no", "site", "everywhere"}
    assert sum(app.featured for app in apps) >= 3
    assert sum(bool(app.banner) for app in apps) >= 5
    assert sum(len(app.versions) > 1 for app in apps) >= 20
    assert sum(any(version.highlights for version in app.versions) for app in apps) >= 10
    assert sum(any(version.screenshots for version in app.versions) for app in apps) >= 1


def test_a_rejected_app_tells_why(apps: list[format.App]) -> None:
    rejected = [app for app in apps if app.status == "rejected"]
    assert rejected
    assert all(app.rejection_reason for app in rejected)


def test_what_is_sold_through_the_marketplace_has_prices_for_each_hosting(
    apps: list[format.App],
) -> None:
    for app in apps:
        sold = [each for each in app.versions if each.payment_model == "atlassian"]
        places = [place for version in sold for place in version.compatibilities]
        hostings = {
            hosting
            for hosting, runs in (
                ("cloud", any(each.cloud for each in places)),
                ("datacenter", any(each.data_center for each in places)),
                ("server", any(each.server for each in places)),
            )
            if runs
        }
        assert {each.hosting for each in app.prices} == hostings, app.key


# --- the world as it is served --------------------------------------------------------------


def test_lists_show_every_public_app_that_is_neither_archived_nor_hidden(
    anonymous: httpx.Client, public: list[format.App]
) -> None:
    listed = everything(anonymous, "/rest/2/addons", "addons", limit=50)
    shown = {app.key for app in public if not app.archived and app.hidden == "no"}
    assert {app["key"] for app in listed} == shown
    assert len(listed) == len(shown) >= 40


def test_every_public_app_is_there_by_its_key_and_no_other_one(
    anonymous: httpx.Client, apps: list[format.App]
) -> None:
    for app in apps:
        status = anonymous.get(f"/rest/2/addons/{app.key}").status_code
        assert status == (200 if app.status == "public" else 404), app.key


def test_every_public_app_has_a_logo_that_loads_and_a_category(
    anonymous: httpx.Client, public: list[format.App]
) -> None:
    for app in public:
        embedded = get(anonymous, f"/rest/2/addons/{app.key}")["_embedded"]
        assert embedded["categories"], app.key
        for name in ("image", "unscaled", "smallImage"):
            answer = anonymous.get(embedded["logo"]["_links"][name]["href"])
            assert answer.status_code == 200
            picture = Image.open(io.BytesIO(answer.content))
            assert picture.width == picture.height


def test_every_public_app_has_a_public_version_whose_artifact_is_a_readable_jar(
    anonymous: httpx.Client, public: list[format.App]
) -> None:
    for app in public:
        latest = get(anonymous, f"/rest/2/addons/{app.key}/versions/latest")
        assert latest["status"] == "public"
        binary = latest["_embedded"]["artifact"]["_links"]["binary"]["href"]
        answer = anonymous.get(binary, follow_redirects=True)
        assert answer.status_code == 200, app.key
        check_artifact(answer, app.key, latest)


def check_artifact(answer: httpx.Response, key: str, version: Json) -> None:
    """A version for the cloud alone has a descriptor, the others a jar, and both say what it is."""
    if version["deployment"]["connect"]:
        descriptor = answer.json()
        assert (descriptor["key"], descriptor["version"]) == (key, version["name"])
        return
    with zipfile.ZipFile(io.BytesIO(answer.content)) as jar:
        assert jar.testzip() is None
        written = jar.read("atlassian-plugin.xml").decode()
    assert f'key="{key}"' in written
    assert f"<version>{version['name']}</version>" in written


def test_prices_of_what_is_public_are_live(
    anonymous: httpx.Client, public: list[format.App]
) -> None:
    lists = [(app.key, prices) for app in public for prices in app.prices]
    assert len(lists) > 30
    for key, prices in lists:
        shown = get(anonymous, f"/rest/2/addons/{key}/pricing/{prices.hosting}/live")
        assert len(shown["items"]) == len(prices.items), key


def test_banners_and_highlights_are_served_with_their_pictures(
    anonymous: httpx.Client, public: list[format.App]
) -> None:
    with_banner = [app for app in public if app.banner]
    banner = get(anonymous, f"/rest/2/addons/{with_banner[0].key}")["_embedded"]["banner"]
    picture = anonymous.get(banner["_links"]["unscaled"]["href"])
    assert Image.open(io.BytesIO(picture.content)).size == (1120, 548)
    highlighted = next(app for app in public if app.versions[-1].highlights)
    newest = highlighted.versions[-1]
    shown = get(anonymous, f"/rest/2/addons/{highlighted.key}/versions/build/{newest.build}")
    assert len(shown["_embedded"]["highlights"]) == len(newest.highlights)


@pytest.mark.parametrize("build", [800007, 805002, 806000])
def test_jira_has_the_builds_that_examples_of_this_api_use(
    build: int, anonymous: httpx.Client
) -> None:
    path = f"/rest/2/applications/jira/versions/build/{build}"
    assert get(anonymous, path)["buildNumber"] == build


def test_every_vendor_with_apps_is_served_with_its_contacts_and_its_logo(
    anonymous: httpx.Client, documents: list[format.Document]
) -> None:
    vendors = [vendor for document in documents for vendor in document.vendors]
    for vendor in vendors:
        shown = get(anonymous, f"/rest/2/vendors/{vendor.id}")
        assert shown["name"] == vendor.name
        if vendor.logo:
            logo = shown["_embedded"]["logo"]["_links"]["image"]["href"]
            assert anonymous.get(logo).status_code == 200

"""The Atom feed of an app."""

from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree import ElementTree

import pytest

from calling import Api
from given import FakeClock, Person, a_public_app, a_version, an_app, an_app_token, decide, runs_on

ATOM = "{http://www.w3.org/2005/Atom}"
CLOUD = [runs_on(cloud=True)]
FEED = "/rest/haymarket/1/apps/com.acme.draw/feed"


@pytest.fixture
def public(api: Api, vendor: Person, admin: Person, clock: FakeClock) -> str:
    """An app of Acme with a public version, and one that was rejected."""
    path = a_public_app(api, vendor, admin, name="Draw & <Paint>")
    clock.advance(hours=1)
    a_version(api, vendor, path, name="1.1", status="public")
    clock.advance(hours=1)
    version = a_version(api, vendor, path, name="2.0", status="public", compatibilities=CLOUD)
    decide(api, admin, version, "rejected", "<p>No &amp; never</p>")
    return path


def feed(api: Api, who: Person) -> Any:
    answer = api.get(who, FEED)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)


def titles(root: Any) -> list[str]:
    return [entry.find(f"{ATOM}title").text for entry in root.iter(f"{ATOM}entry")]


def test_everyone_reads_what_is_public(api: Api, anonymous: Person, public: str) -> None:
    root = feed(api, anonymous)
    assert titles(root) == [
        "Draw & <Paint> 1.1 is out",
        "Draw & <Paint> 1.0.0 is out",
        "Draw & <Paint> is public",
    ]


def test_contacts_read_everything(api: Api, clerk: Person, public: str) -> None:
    root = feed(api, clerk)
    assert titles(root)[:3] == [
        "Draw & <Paint> 2.0 was rejected",
        "Draw & <Paint> 2.0 was submitted for review",
        "Draw & <Paint> 1.1 is out",
    ]
    [content] = [each for each in root.iter(f"{ATOM}content") if each.attrib["type"] == "html"]
    assert content.text == "<p>No &amp; never</p>"


def test_the_feed_has_all_that_atom_asks_for(api: Api, anonymous: Person, public: str) -> None:
    root = feed(api, anonymous)
    assert root.tag == f"{ATOM}feed"
    assert root.find(f"{ATOM}title").text == "Draw & <Paint>"
    assert root.find(f"{ATOM}author/{ATOM}name").text == "Acme"
    assert root.find(f"{ATOM}updated").text == "2026-11-24T10:30:00.000Z"
    links = {each.attrib["rel"]: each.attrib["href"] for each in root.findall(f"{ATOM}link")}
    assert links == {
        "self": f"http://haymarket.test{FEED}",
        "alternate": "http://haymarket.test/rest/2/addons/com.acme.draw",
    }
    numbers = [each.text for each in root.iter(f"{ATOM}id")]
    assert len(set(numbers)) == len(numbers) == 4
    assert all(number.startswith("urn:uuid:") for number in numbers)
    for entry in root.iter(f"{ATOM}entry"):
        for name in ("id", "title", "updated", "content", "link", "category"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1, name


def test_entries_keep_their_names(api: Api, anonymous: Person, vendor: Person, public: str) -> None:
    before = [each.text for each in feed(api, anonymous).iter(f"{ATOM}id")]
    a_version(api, vendor, public, name="1.2", status="public")
    after = [each.text for each in feed(api, anonymous).iter(f"{ATOM}id")]
    assert [after[0], *after[2:]] == before


def test_who_has_the_feed_already_is_told_so(
    api: Api, anonymous: Person, vendor: Person, public: str, clock: FakeClock
) -> None:
    answer = api.get(anonymous, FEED)
    mark, date = answer.headers["ETag"], answer.headers["Last-Modified"]
    assert parsedate_to_datetime(date).isoformat() == "2026-11-24T10:30:00+00:00"

    def status(**headers: str) -> int:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return int(api.call("GET", anonymous, FEED, headers=names).status_code)

    assert status(If_None_Match=mark) == status(If_None_Match=f'"x", W/{mark}') == 304
    assert status(If_Modified_Since=date) == 304
    assert status(If_Modified_Since="nonsense") == status(If_None_Match='"x"') == 200
    assert status(If_Modified_Since="Tue, 01 Jan 99999999999 00:00:00 GMT") == 200
    assert status(If_None_Match='"x"', If_Modified_Since=date) == 200
    clock.advance(hours=3)
    a_version(api, vendor, public, name="1.2", status="public")
    assert status(If_None_Match=mark) == status(If_Modified_Since=date) == 200


def test_the_feed_of_a_private_app_is_for_its_contacts(
    api: Api, anonymous: Person, stranger: Person, vendor: Person
) -> None:
    an_app(api, vendor, status="submitted")
    assert [api.get(who, FEED).status_code for who in (anonymous, stranger)] == [404, 404]
    assert titles(feed(api, vendor)) == [
        "Draw 1.0.0 was submitted for review",
        "Draw was submitted for review",
    ]


def test_only_the_feed_of_a_public_app_is_kept_for_others(
    api: Api, anonymous: Person, vendor: Person, admin: Person
) -> None:
    path = an_app(api, vendor)
    token = an_app_token(api, vendor, path)
    opened = api.get(anonymous, FEED, accessToken=token)
    assert opened.status_code == 200
    assert opened.headers["Cache-Control"] == "private, no-cache"
    other = a_public_app(api, vendor, admin, key="com.acme.other").rpartition("/")[2]
    feed_of_other = f"/rest/haymarket/1/apps/{other}/feed"
    assert api.get(anonymous, feed_of_other).headers["Cache-Control"] == "public, no-cache"
    assert api.get(vendor, feed_of_other).headers["Cache-Control"] == "private, no-cache"


def test_the_feed_of_an_app_without_news_is_empty(api: Api, vendor: Person) -> None:
    an_app(api, vendor)
    root = feed(api, vendor)
    assert titles(root) == []
    assert root.find(f"{ATOM}updated").text == "2026-11-24T09:30:00.000Z"


def test_what_was_approved_before_a_launch_is_not_told_to_strangers(
    api: Api, anonymous: Person, vendor: Person, admin: Person, clock: FakeClock
) -> None:
    path = an_app(api, vendor, status="public", statusAfterApproval="readytolaunch")
    decide(api, admin, path, "approved")
    clock.advance(days=1)
    api.put(vendor, f"{path}/release", {"released": True})
    assert titles(feed(api, anonymous)) == ["Draw is public"]


def test_a_name_with_characters_that_xml_does_not_know_is_shown_without_them(
    api: Api, vendor: Person
) -> None:
    an_app(api, vendor, name="Dr\x08aw\x1b")
    assert feed(api, vendor).find(f"{ATOM}title").text == "Dr\ufffdaw\ufffd"

"""Fetching from outside, and what is refused."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import httpcore
import msgspec
import pytest

from assets.samples import Page, Website, a_website
from haymarket import __version__
from haymarket.assets.fetch import Fetched, fetch
from haymarket.assets.network import INTERNET, Internet, connect
from haymarket.errors import Invalid
from haymarket.settings import Settings

PUBLIC = "93.184.215.14"


class Town:
    """An internet of a few names, all of whose public addresses lead to one port here."""

    def __init__(self, port: int, **names: Sequence[str]) -> None:
        self.port = port
        self.names = {name.replace("_", "."): names[name] for name in names}
        self.lookups: list[str] = []
        self.connected: list[str] = []

    def resolve(self, host: str, port: int) -> Sequence[str]:
        self.lookups.append(host)
        if host not in self.names:
            raise OSError("no such name")
        return self.names[host]

    def connect(self, address: str, port: int, timeout: float) -> httpcore.NetworkStream:
        self.connected.append(address)
        return connect("127.0.0.1", self.port, timeout)

    @property
    def internet(self) -> Internet:
        return Internet(self.resolve, self.connect)


@pytest.fixture
def strict(tmp_path: Path) -> Settings:
    """Settings under which only the public internet may be fetched from."""
    return Settings(data=tmp_path, fetch_timeout=5)


@pytest.fixture
def lenient(strict: Settings) -> Settings:
    """Settings under which this machine may be fetched from."""
    return msgspec.structs.replace(strict, allow_private_addresses=True)


@pytest.fixture
def site() -> Iterator[Website]:
    """A website with a file and ways to it."""
    pages = {
        "/a/file.jar?x=%2F": Page(b"content"),
        "/plain": Page(b"content"),
        "/named": Page(b"", headers={"Content-Disposition": 'attachment; filename="n.jar"'}),
        "/relative": Page(status=302, headers={"Location": "plain"}),
        "/to/loopback": Page(status=302, headers={"Location": "http://inside.test/plain"}),
        "/to/file": Page(status=302, headers={"Location": "file:///etc/passwd"}),
        "/to/nonsense": Page(status=302, headers={"Location": "http://[half"}),
        "/loop": Page(status=307, headers={"Location": "/loop"}),
        "/large": Page(bytes(2000)),
        "/announced": Page(b"", headers={"Content-Length": "2000"}),
        "/broken": Page(status=500),
    }
    for hop in range(6):
        pages[f"/hop/{hop}"] = Page(status=301, headers={"Location": f"/hop/{hop + 1}"})
    pages["/hop/6"] = Page(b"arrived")
    with a_website(pages) as website:
        yield website


def refusal(settings: Settings, url: str, internet: Internet = INTERNET) -> str:
    with pytest.raises(Invalid) as refused:
        fetch(settings, url, settings.data / "target", 1000, internet)
    return refused.value.message


def test_a_file_is_fetched_whole(lenient: Settings, site: Website) -> None:
    target = lenient.data / "target"
    fetched = fetch(lenient, site.url("/a/file.jar?x=%2F"), target, 1000)
    assert fetched == Fetched(7, ("file.jar", "file.jar"))
    assert target.read_bytes() == b"content"
    assert site.requests[0]["User-Agent"] == f"Haymarket/{__version__}"
    assert site.requests[0]["Host"] == f"127.0.0.1:{site.port}"


def test_a_file_of_exactly_the_limit_is_fetched(lenient: Settings, site: Website) -> None:
    assert fetch(lenient, site.url("/large"), lenient.data / "target", 2000).size == 2000


def test_the_server_may_name_the_file(lenient: Settings, site: Website) -> None:
    fetched = fetch(lenient, site.url("/named"), lenient.data / "target", 1000)
    assert fetched.file_names == ("named", "n.jar", "named")


def test_redirects_are_followed(lenient: Settings, site: Website) -> None:
    target = lenient.data / "target"
    fetch(lenient, site.url("/relative"), target, 1000)
    assert target.read_bytes() == b"content"
    assert fetch(lenient, site.url("/hop/1"), target, 1000).file_names == ("1", "6")


@pytest.mark.parametrize("path", ["/hop/0", "/loop"])
def test_more_than_five_redirects_are_refused(lenient: Settings, site: Website, path: str) -> None:
    assert "redirects more than 5 times" in refusal(lenient, site.url(path))
    assert len(site.requests) == 6


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/none", "status 404"),
        ("/broken", "status 500"),
        ("/large", "larger than 1000 bytes"),
        ("/announced", "larger than 1000 bytes"),
        ("/to/file", "file:///etc/passwd is not an http or https address"),
        ("/to/nonsense", "no web address"),
    ],
)
def test_what_can_not_be_used_is_refused(
    lenient: Settings, site: Website, path: str, reason: str
) -> None:
    assert reason in refusal(lenient, site.url(path))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.test/a.jar", "not an http or https address"),
        ("file:///etc/passwd", "not an http or https address"),
        ("https://", "not an http or https address"),
        ("a.jar", "not an http or https address"),
        ("", "not an http or https address"),
        ("http://[half", "not a web address"),
        ("http://host:99999/", "not a web address"),
        (f"http://{'x' * 64}.test/", "not a web address"),
        ("http://me:secret@example.test/a.jar", "a user name or a password"),
    ],
)
def test_what_is_no_plain_web_address_is_refused(lenient: Settings, url: str, reason: str) -> None:
    assert reason in refusal(lenient, url)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::ffff:7f00:1]"])
def test_this_machine_is_refused(strict: Settings, site: Website, host: str) -> None:
    message = refusal(strict, f"http://{host}:{site.port}/plain")
    assert "is not on the public internet" in message
    assert site.requests == []


def test_a_name_is_connected_at_the_address_that_was_checked(
    strict: Settings, site: Website
) -> None:
    town = Town(site.port, public_test=[PUBLIC])
    fetch(strict, "http://public.test/plain", strict.data / "target", 1000, town.internet)
    assert (town.lookups, town.connected) == (["public.test"], [PUBLIC])
    assert site.requests[0]["Host"] == "public.test"


@pytest.mark.parametrize(
    "addresses", [["10.0.0.7"], [PUBLIC, "169.254.169.254"], ["::1"], ["fe80::1%eth0"]]
)
def test_a_name_with_a_private_address_is_refused(
    strict: Settings, site: Website, addresses: list[str]
) -> None:
    town = Town(site.port, sly_test=addresses)
    message = refusal(strict, "http://sly.test/plain", town.internet)
    assert message == "The host sly.test is not on the public internet"
    assert town.connected == []


def test_a_redirect_to_this_machine_is_refused(strict: Settings, site: Website) -> None:
    town = Town(site.port, public_test=[PUBLIC], inside_test=["127.0.0.1"])
    message = refusal(strict, "http://public.test/to/loopback", town.internet)
    assert message == "The host inside.test is not on the public internet"
    assert town.connected == [PUBLIC]


def test_the_next_address_is_tried_when_one_does_not_answer(
    lenient: Settings, site: Website
) -> None:
    def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.2", "127.0.0.1"]

    url = f"http://two.test:{site.port}/plain"
    assert fetch(lenient, url, lenient.data / "t", 9, Internet(resolve, connect)).size == 7


@pytest.mark.parametrize("names", [{}, {"empty_test": []}])
def test_a_name_without_an_address_is_refused(
    strict: Settings, names: dict[str, list[str]]
) -> None:
    town = Town(1, **names)
    assert "empty.test" in refusal(strict, "http://empty.test/", town.internet)


def test_an_international_name_is_looked_up_in_its_ascii_form(strict: Settings) -> None:
    town = Town(1)
    refusal(strict, "http://bücher.test/é x", town.internet)
    assert town.lookups == ["xn--bcher-kva.test"]


def test_what_speaks_no_tls_is_refused(lenient: Settings, site: Website) -> None:
    url = site.url("/plain").replace("http:", "https:")
    assert "can not be fetched" in refusal(lenient, url)

"""Downloads are counted once a day for each caller and version, and no address is kept."""

from collections.abc import Sequence
from typing import Any

import pytest
from litestar import Litestar

from calling import Api
from given import ACME, FakeClock, Person, a_kept_app, a_vendor, an_uploaded_jar
from haymarket.apps.model import App
from haymarket.apps.store import get_app
from haymarket.storage import Storage
from haymarket.versions.counter import DownloadCounter
from haymarket.versions.seen import seen_downloads

SECRET = b"s" * 32


@pytest.fixture
def draw(storage: Storage) -> App:
    """A public app of Acme."""
    a_vendor(storage, ACME, "Acme")
    return a_kept_app(storage, "com.acme.draw")


@pytest.fixture
def counter(storage: Storage) -> DownloadCounter:
    """What counts in one worker."""
    return DownloadCounter(storage, SECRET)


def downloads(storage: Storage, key: str = "com.acme.draw") -> int:
    with storage.reading() as db:
        app = get_app(db, key)
    assert app
    return app.figures.downloads


def kept(storage: Storage) -> Sequence[Any]:
    with storage.reading() as db:
        return db.rows(seen_downloads.select())


def test_each_caller_counts_once_for_each_version(
    storage: Storage, draw: App, counter: DownloadCounter
) -> None:
    for _ in range(2):
        for build, who in ((1, "192.0.2.1"), (1, "192.0.2.2"), (2, "192.0.2.1"), (1, "user 1")):
            counter.note(draw.id, build, who)
        counter.write()
    assert downloads(storage) == 4


def test_the_next_day_counts_anew_and_the_day_before_is_forgotten(
    storage: Storage, draw: App, counter: DownloadCounter, clock: FakeClock
) -> None:
    for day in range(4):
        counter.note(draw.id, 1, "192.0.2.1")
        counter.write()
        assert downloads(storage) == day + 1
        assert len(kept(storage)) <= 2
        clock.advance(days=1)
    clock.advance(days=2)
    counter.write()
    assert kept(storage) == []


def test_what_waits_over_midnight_counts_for_its_day(
    storage: Storage, draw: App, counter: DownloadCounter, clock: FakeClock
) -> None:
    counter.note(draw.id, 1, "192.0.2.1")
    clock.advance(days=1)
    counter.note(draw.id, 1, "192.0.2.1")
    counter.write()
    assert downloads(storage) == 2


def test_two_workers_count_a_caller_once(
    storage: Storage, draw: App, counter: DownloadCounter
) -> None:
    other = DownloadCounter(storage, SECRET)
    for each in (counter, other):
        each.note(draw.id, 1, "192.0.2.1")
    other.note(draw.id, 1, "192.0.2.2")
    counter.write()
    other.write()
    assert downloads(storage) == 2


def test_many_downloads_are_written_in_batches(
    storage: Storage, draw: App, counter: DownloadCounter
) -> None:
    for number in range(1234):
        counter.note(draw.id, 1, f"user {number}")
    counter.write()
    assert downloads(storage) == 1234


def test_without_downloads_nothing_is_written(
    storage: Storage, draw: App, counter: DownloadCounter
) -> None:
    with storage.reading() as db:
        before = db.head()
    counter.write()
    counter.note(draw.id, 1, "192.0.2.1")
    counter.forget()
    counter.write()
    with storage.reading() as db:
        assert db.head() == before


def test_a_download_is_counted_and_one_that_the_caller_has_already_is_not(
    api: Api, app: Litestar, anonymous: Person, vendor: Person
) -> None:
    jar = an_uploaded_jar(api, vendor).removeprefix("/rest/2/assets/").replace("%2F", "/")
    a_kept_app(api.storage, "com.acme.draw", [{"artifact": jar}])
    path = "/download/apps/1/version/1"
    first = api.get(anonymous, path)
    assert first.status_code == 200
    etag = {"If-None-Match": first.headers["ETag"]}
    assert api.call("GET", vendor, path, headers=etag).status_code == 304
    api.get(anonymous, path)
    for job in app.state.parts.jobs:
        job()
    assert downloads(api.storage) == 1
    api.settle()
    shown = api.get(anonymous, "addons/com.acme.draw/distribution").json()
    assert shown["downloads"] == 1


def test_whoever_only_asks_how_large_a_file_is_does_not_count(
    api: Api, app: Litestar, anonymous: Person, vendor: Person
) -> None:
    jar = an_uploaded_jar(api, vendor).removeprefix("/rest/2/assets/").replace("%2F", "/")
    a_kept_app(api.storage, "com.acme.draw", [{"artifact": jar}])
    path = "/download/apps/1/version/1"
    asked = api.call("HEAD", anonymous, path)
    assert (asked.status_code, asked.content) == (200, b"")
    app.state.parts.counter.write()
    assert downloads(api.storage) == 0
    size = int(asked.headers["Content-Length"])
    assert len(api.get(anonymous, path).content) == size > 0
    app.state.parts.counter.write()
    assert downloads(api.storage) == 1


def test_no_address_is_kept(storage: Storage, draw: App, counter: DownloadCounter) -> None:
    counter.note(draw.id, 1, "192.0.2.77")
    counter.write()
    [row] = kept(storage)
    assert len(row.hash) == 16
    other = DownloadCounter(storage, b"t" * 32)
    other.note(draw.id, 1, "192.0.2.77")
    other.write()
    assert len({bytes(each.hash) for each in kept(storage)}) == 2, "the secret makes the hash"

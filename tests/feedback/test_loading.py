"""Feedback in files: it arrives, twice is once, and what does not fit is refused by its place."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from given import ACME, FakeClock, Json, a_kept_app, a_vendor
from haymarket.assets.files import open_files
from haymarket.feedback.model import Wanted
from haymarket.feedback.store import find_feedbacks
from haymarket.loading.format import BadFile, Document, read_file
from haymarket.loading.load import Loader
from haymarket.sandbox.seed import world
from haymarket.settings import Settings
from haymarket.storage import Storage
from haymarket.versions.attachments import Desk

KEY = "com.acme.draw"
WHOLE: Json = {
    "app": KEY,
    "version": "1.0",
    "type": "disable",
    "at": "2026-10-01T12:30:00Z",
    "reason": "bugs",
    "message": "It stops",
    "email": "wren@customer.example",
    "fullName": "Wren Field",
    "sen": "SEN-1",
}
SHORT: Json = {name: WHOLE[name] for name in ("app", "version", "type")}


@pytest.fixture
def app_id(storage: Storage) -> int:
    """The number of the app."""
    a_vendor(storage, ACME, "Acme")
    return a_kept_app(storage, KEY).id


@pytest.fixture
def desk(storage: Storage, settings: Settings) -> Desk:
    """The marketplace as a loader needs it."""
    return Desk(storage, open_files(settings), settings)


def load(desk: Desk, folder: Path, *feedbacks: Json) -> dict[str, int]:
    """How many were loaded from a file."""
    path = folder / "feedback.yaml"
    path.write_text(yaml.safe_dump({"haymarket": 1, "feedbacks": list(feedbacks)}))
    return Loader(desk, []).load([path]).counts


def test_feedback_arrives_and_twice_is_once(
    desk: Desk, tmp_path: Path, app_id: int, clock: FakeClock
) -> None:
    short = SHORT | {"at": "2026-10-02T00:00:00+02:00"}
    for message in ("It stops", "It stops often"):
        assert load(desk, tmp_path, WHOLE | {"message": message}, short) == {"feedbacks": 2}
        with desk.storage.reading() as db:
            found = find_feedbacks(db, app_id, Wanted(include_anonymous=True), 0, 10)
        assert [(each.day.day, each.message, each.sen) for each in found] == [
            (1, None, None),
            (1, message, "SEN-1"),
        ]


def test_the_sandbox_has_feedback_about_two_apps_with_and_without_names() -> None:
    document = read_file(world() / "60-feedback.yaml")
    assert isinstance(document, Document)
    told = document.feedbacks
    assert {each.app for each in told} == {
        "example.larkspur.tidy-boards",
        "example.larkspur.hourglass",
    }
    assert {bool(each.email or each.full_name) for each in told} == {True, False}
    assert {each.type for each in told} == {"disable", "uninstall"}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"app": "com.acme.unknown"}, "feedbacks[0].app: there is no app"),
        ({"version": ""}, "feedbacks[0].version: "),
        ({"sen": "x" * 200}, "feedbacks[0].sen: "),
        ({"email": "wren"}, "feedbacks[0].email: "),
        ({"type": "unsubscribe"}, "feedbacks[0].type: "),
        ({"at": "2026-10-01"}, "feedbacks[0].at: "),
        ({"at": "2027-10-01T12:30:00Z"}, "feedbacks[0].at: "),
        ({"colour": "red"}, "feedbacks[0]: "),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(
    desk: Desk, tmp_path: Path, app_id: int, change: dict[str, Any], place: str
) -> None:
    with pytest.raises(BadFile) as refused:
        load(desk, tmp_path, WHOLE | change)
    assert place in str(refused.value)
    with desk.storage.reading() as db:
        assert find_feedbacks(db, app_id, Wanted(include_anonymous=True), 0, 10) == []

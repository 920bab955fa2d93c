"""Assets in SQL, and who uses them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from given import Person
from haymarket.assets import store
from haymarket.assets.model import Asset
from haymarket.errors import Invalid
from haymarket.storage import Storage

LOGO = Asset(
    name="0b5e0b5e-0000-4000-8000-000000000001",
    kind="image",
    image_type="logo",
    file_name="logo.png",
    size=3_000_000_000,
    sha256="ab",
    content_type="image/png",
    width=144,
    height=144,
    uploader=None,
    remote="https://example.test/logo.png",
    created_at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
)


@pytest.fixture(autouse=True)
def logo(storage: Storage) -> None:
    """A kept logo."""
    with storage.writing(None) as db:
        store.add_asset(db, LOGO)


def use(storage: Storage, owner: str, *names: str) -> None:
    with storage.writing(None) as db:
        store.set_uses(db, owner, set(names))
        db.record("test.changed", owner)


def test_an_asset_is_read_as_it_was_written(storage: Storage) -> None:
    with storage.reading() as db:
        assert store.get_asset(db, LOGO.name) == LOGO
        assert store.get_asset(db, "none") is None


def test_what_the_operator_brought_is_found_again_by_its_content(storage: Storage) -> None:
    with storage.reading() as db:
        assert store.same_content(db, "ab", "image", "logo") == LOGO.name
        assert store.same_content(db, "ab", "image", "banner") is None
        assert store.same_content(db, "ab", "artifact", None) is None
        assert store.same_content(db, "cd", "image", "logo") is None


def test_what_a_user_uploaded_is_not_the_operators(storage: Storage, stranger: Person) -> None:
    with storage.writing(None) as db:
        store.add_asset(db, replace(LOGO, name="another", sha256="cd", uploader=stranger.id))
    with storage.reading() as db:
        assert store.same_content(db, "cd", "image", "logo") is None


def test_adding_and_deleting_are_in_the_journal(storage: Storage) -> None:
    with storage.writing(None) as db:
        store.delete_asset(db, LOGO.name)
    with storage.reading() as db:
        assert store.get_asset(db, LOGO.name) is None
        kinds = [(e.kind, e.subject) for e in db.entries_after(0) if "asset" in e.kind]
    assert kinds == [("asset.added", LOGO.name), ("asset.deleted", LOGO.name)]


def test_an_asset_is_used_until_its_last_owner_lets_go(storage: Storage) -> None:
    use(storage, "app:one", LOGO.name)
    use(storage, "app:two", LOGO.name)
    use(storage, "app:one")
    with storage.reading() as db:
        assert store.uses_of(db, "app:one") == []
        assert store.uses_of(db, "app:two") == [LOGO.name]
        assert store.is_used(db, LOGO.name)
    use(storage, "app:two")
    with storage.reading() as db:
        assert not store.is_used(db, LOGO.name)


def test_uses_are_replaced_not_added(storage: Storage) -> None:
    use(storage, "app:one", LOGO.name)
    use(storage, "app:one", LOGO.name)
    with storage.reading() as db:
        assert store.uses_of(db, "app:one") == [LOGO.name]


def test_an_asset_that_is_gone_can_not_be_used(storage: Storage) -> None:
    with pytest.raises(Invalid, match="no asset gone"):
        use(storage, "app:one", LOGO.name, "gone")
    with storage.reading() as db:
        assert store.uses_of(db, "app:one") == []

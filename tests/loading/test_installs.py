"""Files that ask for a history of installs."""

import pytest

from haymarket.analytics.model import week_of
from haymarket.analytics.store import counts_of
from haymarket.apps.store import get_app
from haymarket.loading.format import BadFile
from haymarket.loading.load import Loader
from haymarket.storage import Storage
from loading.writing import KEY, Write


def active(storage: Storage) -> list[int]:
    """The installs of the app of the example, week by week."""
    with storage.reading() as db:
        app = get_app(db, KEY)
        assert app
        rows = counts_of(db, app.id, "active", week_of(db.now()) + 10)
    return [count for _, _, count in rows]


def test_the_growth_of_installs_is_invented_where_a_file_asks_for_it(
    storage: Storage, loader: Loader, write: Write
) -> None:
    file = write.all({"apps[0].installs": {"weeks": 30}, "apps[0].listed": "2023-12-12"})
    loader.load([file])
    found = active(storage)
    assert len(found) == 30
    assert found[-1] == 12400
    loader.load([file])
    assert active(storage) == found


def test_without_a_word_of_it_nothing_is_invented(
    storage: Storage, loader: Loader, write: Write
) -> None:
    loader.load([write("apps[0].featured", True)])
    assert active(storage) == []


@pytest.mark.parametrize("weeks", [0, 521, "many"])
def test_weeks_that_can_not_be_are_refused(loader: Loader, write: Write, weeks: object) -> None:
    with pytest.raises(BadFile, match=r"apps\[0\]\.installs\.weeks"):
        loader.load([write("apps[0].installs", {"weeks": weeks})])

"""A marketplace with apps that are reported."""

import pytest

from analytics.beats import Counts
from given import ACME, FakeClock, a_kept_app, a_vendor
from haymarket.analytics.model import DIMENSIONS, monday, week_of
from haymarket.analytics.store import counts_of
from haymarket.apps.model import App
from haymarket.apps.store import get_app
from haymarket.storage import Storage

KEYS = ("com.acme.draw", "com.acme.plan", "com.acme.chat")


@pytest.fixture
def apps(storage: Storage) -> dict[str, App]:
    """Three apps of Acme, by key."""
    a_vendor(storage, ACME, "Acme")
    return {key: a_kept_app(storage, key) for key in KEYS}


class Counted:
    """What a marketplace has counted."""

    def __init__(self, storage: Storage, clock: FakeClock) -> None:
        self._storage = storage
        self._clock = clock

    def everything(self, *keys: str) -> Counts:
        """All counts, of the running week too."""
        found: Counts = {}
        with self._storage.reading() as db:
            for key in keys or KEYS:
                app = get_app(db, key)
                assert app
                for dimension in DIMENSIONS:
                    rows = counts_of(db, app.id, dimension, week_of(self._clock.now) + 3)
                    found |= {(key, dimension, name, monday(w)): n for name, w, n in rows}
        return found


@pytest.fixture
def counted(storage: Storage, clock: FakeClock) -> Counted:
    """What the marketplace under test has counted."""
    return Counted(storage, clock)

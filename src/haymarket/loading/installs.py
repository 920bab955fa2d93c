"""Invents how the installs of apps grew up to their figures, where files ask for it."""

from collections.abc import Iterable

from haymarket.analytics.actions import invent_history
from haymarket.apps.store import get_app
from haymarket.loading.apps import Prepared
from haymarket.storage import Storage


def load_installs(storage: Storage, loaded: Iterable[Prepared]) -> None:
    """Invent the installs of apps that are loaded; what was counted before stays."""
    wanted = [each for each in loaded if each.weeks]
    if not wanted:
        return
    with storage.counting() as db:
        for each in wanted:
            app = get_app(db, each.app.key)
            if app is not None:
                figures = each.app.figures
                invent_history(db, app, each.weeks, figures.installs or 0, figures.users or 0)

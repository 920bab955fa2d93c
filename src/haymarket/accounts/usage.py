"""When API tokens were used last: noted in memory, written now and then."""

import threading
from datetime import datetime, timedelta

from haymarket.accounts import store
from haymarket.storage import Storage

INTERVAL = timedelta(minutes=1)


class TokenUsage:
    """Collects uses; a GET stays a read, and a busy token costs one write a minute."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._lock = threading.Lock()
        self._used: dict[int, datetime] = {}
        self._written: dict[int, datetime] = {}

    def note(self, token_id: int, at: datetime) -> None:
        """Remember a use."""
        with self._lock:
            if at - self._written.get(token_id, datetime.min.replace(tzinfo=at.tzinfo)) >= INTERVAL:
                self._used[token_id] = at

    def forget(self) -> None:
        """Forget every use, since the database is not the one any more that they belong to."""
        with self._lock:
            self._used.clear()
            self._written.clear()

    def write(self) -> None:
        """Write what was noted since the last time."""
        with self._lock:
            used = dict(self._used)
        if not used:
            return
        with self._storage.writing(None) as db:
            store.mark_tokens_used(db, used)
        with self._lock:  # only now, so that a failure loses nothing
            self._written.update(used)
            self._used = {key: at for key, at in self._used.items() if used.get(key) != at}

"""Counts downloads: each caller once a day for each version, without keeping addresses.

A caller is known for a day by a hash that takes the secret of the instance and the day, so that
no copy of the database tells an address. Hashes are noted in memory and written now and then.
"""

import threading
from collections import Counter
from datetime import date
from hashlib import blake2b
from itertools import islice

from haymarket.apps.store import add_downloads
from haymarket.secret import derived
from haymarket.storage import Storage
from haymarket.versions import seen

BATCH = 500
MOST = 100_000
"""Downloads that wait to be written; beyond them no more are noted."""
HASH_BYTES = 16


class DownloadCounter:
    """Collects downloads, so that they stay reads."""

    def __init__(self, storage: Storage, secret: bytes) -> None:
        self._storage = storage
        self._secret = secret
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._waiting: dict[tuple[int, bytes], int] = {}
        self._key = (0, b"")

    def note(self, app_id: int, build: int, who: str) -> None:
        """A download of a version, by an address or a user."""
        day = self._storage.clock().date()
        told = f"{who}\0{app_id}\0{build}".encode()
        with self._lock:
            made = blake2b(told, digest_size=HASH_BYTES, key=self._key_of(day)).digest()
            if len(self._waiting) < MOST:
                self._waiting[day.toordinal(), made] = app_id

    def write(self) -> None:
        """Add what was noted to the downloads of the apps, and forget the days that are over."""
        with self._writing:
            while self._write_some():
                pass
        self._forget_days(self._storage.clock().date().toordinal())

    def forget(self) -> None:
        """Forget what waits, since the database is another one now."""
        with self._lock:
            self._waiting.clear()

    def _key_of(self, day: date) -> bytes:
        if self._key[0] != day.toordinal():
            made = derived(self._secret, "downloads", day.isoformat()).encode()
            self._key = (day.toordinal(), made)
        return self._key[1]

    def _write_some(self) -> bool:
        """Write what waits for one day; False when there is nothing."""
        with self._lock:
            day = next(iter(self._waiting), (0, b""))[0]
            of_day = ((key[1], app) for key, app in self._waiting.items() if key[0] == day)
            some = dict(islice(of_day, BATCH))
        if not some:
            return False
        with self._storage.reading() as db:
            is_new = len(seen.seen_among(db, day, some)) < len(some)
        if is_new:
            self._count(day, some)
        with self._lock:  # only now, so that a failure loses nothing
            for each in some:
                self._waiting.pop((day, each), None)
        return True

    def _count(self, day: int, some: dict[bytes, int]) -> None:
        with self._storage.writing(None) as db:
            known = seen.seen_among(db, day, some)
            new = {each: app for each, app in some.items() if each not in known}
            if new:
                seen.add_seen(db, day, new)
                add_downloads(db, Counter(new.values()))
            else:  # another worker was faster
                db.record("downloads.seen", "")

    def _forget_days(self, today: int) -> None:
        yesterday = today - 1  # which may still be written by another worker
        with self._storage.reading() as db:
            is_needed = seen.has_seen_before(db, yesterday)
        if is_needed:
            with self._storage.counting() as db:
                seen.drop_seen_before(db, yesterday)

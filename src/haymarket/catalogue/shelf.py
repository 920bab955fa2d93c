"""The shelf: the catalogue as a search index that follows the journal.

SQL is the truth; the shelf can be deleted and made again. One process of a node writes it, the
others reload it. It knows the number of the last journal row that it reflects, and goes on from
there after a stop, however that came.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import structlog

from haymarket.apps.store import apps_after, apps_by_id, count_apps
from haymarket.catalogue.search.ask import Question
from haymarket.catalogue.search.follow import touched
from haymarket.catalogue.search.index import Found, SearchIndex, Unusable, make_empty
from haymarket.catalogue.search.position import Position, PositionFile, WriterLock
from haymarket.catalogue.search.render import known_applications, render
from haymarket.catalogue.search.schema import FORMAT, Known
from haymarket.storage import Reading, Storage
from haymarket.versions.compatibility import KnownApplication

log = structlog.get_logger()
Progress = Callable[[int, int], None]

BATCH = 500
POLL = 0.1
PAUSE = 0.2
"""Seconds between two commits of the index, so that many changes share one."""
PATIENCE = 2.0


class Shelf:
    """The index of one node, as one process sees it."""

    def __init__(self, folder: Path, storage: Storage, base_url: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._storage = storage
        self._base_url = base_url
        self._file = PositionFile(folder)
        self._lock = WriterLock(folder)
        self._index = self._open(folder / "tantivy")
        self._seen = self._file.read()
        self._applications: Known = {}
        self._has_applications = False
        self._busy = threading.RLock()
        self._wake = threading.Event()
        self._hurry = threading.Event()
        self._moved = threading.Condition()
        self._follows = False
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def _open(self, folder: Path) -> SearchIndex:
        """The index of a folder; where there is none that can be read, an empty one is made.

        Another process of the node may be about to do the same, so it is waited for. Raises
        Unusable when it does not.
        """
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return SearchIndex(folder)
            except Unusable as error:
                if self._lock.acquire():
                    log.warning("the search index is made anew", why=str(error))
                    self._file.remove()
                    make_empty(folder)
                    self._lock.release()
                elif time.monotonic() > deadline:
                    raise
                else:
                    time.sleep(0.02)

    @property
    def index(self) -> SearchIndex:
        """What questions are put to."""
        return self._index

    @property
    def seq(self) -> int:
        """The last journal row that readers of this process see."""
        return self._seen.seq if self._seen else 0

    @property
    def is_writer(self) -> bool:
        """Whether this process writes the index of the node."""
        return self._lock.is_held

    def application(self, key: str) -> KnownApplication | None:
        """The host application that a key or an alias names, with its releases."""
        return self._applications.get(key)

    def search(self, question: Question, offset: int, limit: int) -> Found:
        """The window of a question's answer."""
        return self._index.search(question, offset, limit)

    # --- following --------------------------------------------------------------------------

    def start(self) -> None:
        """Bring the index up to date, then follow the journal in a thread of its own."""
        self.catch_up()
        self._storage.on_commit(self._wake.set)
        self._follows = True
        self._thread = threading.Thread(target=self._follow, name="shelf", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop following; nothing is lost, the next start goes on from the position."""
        self._stop.set()
        self._hurry.set()
        self._wake.set()
        if self._thread:
            self._thread.join()
        self._follows = False
        with self._busy:
            self._index.close()
            self._lock.release()

    def at_least(self, seq: int) -> None:
        """Wait until readers see the journal row `seq`, two seconds at most.

        It is the thread that follows who works, since a rebuild may take minutes; after a
        failure the old state is better than no answer.
        """
        deadline = time.monotonic() + PATIENCE
        with self._moved:
            while self.seq < seq and self._follows and time.monotonic() < deadline:
                self._hurry.set()
                self._wake.set()
                self._moved.wait(0.02)

    def catch_up(self) -> bool:
        """Take over what happened since; False in a process that only reads the index."""
        with self._busy:
            if not self._lock.acquire():
                self._reload()
                return False
            try:
                self._ensure_right_index()
                while self._take_over():
                    pass
            except BaseException:
                self._index.rollback()
                raise
            return True

    def rebuild(self, progress: Progress = lambda done, total: None) -> int:
        """Make the index anew; returns how many apps it holds. Raises RuntimeError for readers."""
        with self._busy:
            if not self._lock.acquire():
                raise RuntimeError("another process writes this index")
            with self._storage.reading() as db:
                head = db.head()
                self._index.clear()
                total = count_apps(db)
                self._applications, last, done = known_applications(db), 0, 0
                while batch := apps_after(db, last, BATCH):
                    rendered = render(db, batch, self._base_url, self._applications)
                    self._index.replace((), rendered)
                    last, done = batch[-1].id, done + len(batch)
                    progress(done, total)
            self._index.commit()
            self._index.close()  # and with it the memory that only this took
            self._has_applications = True
            self._arrive(head)
            return done

    def _follow(self) -> None:
        while not self._stop.is_set():
            self._wake.wait(POLL)
            self._wake.clear()
            try:
                self.catch_up()
                self._follows = True
                self._hurry.wait(PAUSE)
                self._hurry.clear()
            except Exception as error:  # whatever it is, following must not end
                log.warning("the shelf can not be brought up to date", error=str(error))
                self._follows = False
                self._stop.wait(1.0)
            with self._moved:
                self._moved.notify_all()

    def _reload(self) -> None:
        position = self._file.read()
        if position and (position != self._seen or not self._has_applications):
            self._index.reload()
            self._learn_applications()
            self._seen = position

    def _learn_applications(self) -> None:
        with self._storage.reading() as db:
            self._applications = known_applications(db)
        self._has_applications = True

    def _ensure_right_index(self) -> None:
        here = self._position(0)
        if self._seen is None or not self._seen.fits(here) or self._seen.seq > self._head():
            self.rebuild()
        elif not self._has_applications:
            self._learn_applications()

    def _take_over(self) -> bool:
        """Take over one batch of the journal; False when there was nothing."""
        with self._storage.reading() as db:
            entries = db.entries_after(self.seq, BATCH)
            if not entries:
                return False
            ids = touched(db, entries)
            self._replace(db, sorted(ids or ()))
        if ids is None:
            self.rebuild()
            return True
        if ids:
            self._index.commit()
        self._arrive(entries[-1].seq)
        return True

    def _replace(self, db: Reading, ids: list[int]) -> None:
        for start in range(0, len(ids), BATCH):
            some = ids[start : start + BATCH]
            apps = list(apps_by_id(db, some).values())
            rendered = render(db, apps, self._base_url, self._applications)
            self._index.replace(some, rendered)

    def _head(self) -> int:
        with self._storage.reading() as db:
            return db.head()

    def _arrive(self, seq: int) -> None:
        self._seen = self._position(seq)
        self._file.write(self._seen)

    def _position(self, seq: int) -> Position:
        return Position(seq, FORMAT, self._base_url, self._storage.instance)

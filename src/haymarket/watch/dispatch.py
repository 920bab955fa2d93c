"""Follows the journal and delivers what is due, in one process of all nodes at a time.

What was under way when a process died is sent again by the next holder of the lease: every
delivery arrives at least once.
"""

import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import structlog

from haymarket.lifecycle.store import TRANSITION
from haymarket.storage import Storage
from haymarket.watch import outbox, position
from haymarket.watch.busy import Busy
from haymarket.watch.delivery import Delivery, Outcome, next_delay
from haymarket.watch.errands import send_mails, send_webhook
from haymarket.watch.follow import BATCH, Channels, follow
from haymarket.watch.lease import LONG_AGO, Lease
from haymarket.watch.mail import Mail, open_mail
from haymarket.watch.send import Outside

log = structlog.get_logger()

POLL = 0.5
"""Seconds between two looks; a commit of this process is heard at once."""
PAUSE = 0.05
"""Seconds between two turns, so that many commits share one."""
AT_ONCE = 6
"""Deliveries that are under way at the same time: one to a webhook, a few mails together."""
MAILS_TOGETHER = 20
LOOKED_AT = 50
PRUNING = timedelta(hours=1)

Job = Callable[[], list[tuple[Delivery, Outcome]]]


class Dispatch:
    """What one process does for watchers. The storage is its own, and closed with it."""

    def __init__(self, storage: Storage, outside: Outside) -> None:
        self._storage = storage
        self._outside = outside
        self._mail: Mail | None = open_mail(outside.settings)
        self._channels = Channels(outside.settings.base_url, self._mail is not None)
        self._lease = Lease(storage, outside.real_time)
        self._pruned = LONG_AGO
        self._busy = Busy()
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._pool = ThreadPoolExecutor(AT_ONCE, "deliveries")
        self._database = 0
        self._seen = 0
        self._thread: threading.Thread | None = None

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return len(self._busy) == 0

    def wake(self) -> None:
        """Look at once, since something was committed."""
        self._wake.set()

    def forget(self) -> None:
        """Write nothing down of what is under way, since the database has become another one."""
        self._database += 1
        self._seen = 0

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread = threading.Thread(target=self._go_on, name="dispatch", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End what is under way, and leave the rest to the next process."""
        self._stop.set()
        self._wake.set()
        if self._thread:
            self._thread.join()
        self._pool.shutdown(wait=True, cancel_futures=True)
        try:
            self._lease.leave()
        except Exception as error:  # it ends by itself
            log.warning("the lease is not given back", error=str(error))
        self._storage.close()

    def turn(self) -> None:
        """One look: follow the journal, and send what is due. Nothing without the lease."""
        if not self._lease.keep():
            return
        for work in (self._follow, self._send_some, self._prune):
            while not self._stop.is_set() and work():
                pass

    def _go_on(self) -> None:
        while not self._stop.is_set():
            self._wake.wait(POLL)
            self._wake.clear()
            try:
                self.turn()
                self._stop.wait(PAUSE)
            except Exception as error:  # whatever it is, delivering must not end
                log.warning("nothing can be delivered", error=str(error))
                self._stop.wait(1.0)

    def _follow(self) -> bool:
        """Take over a change of the journal; False when there is none.

        Rows that are no news only move the position in memory: a write costs no second one.
        """
        with self._storage.reading() as db:
            here = position.get_position(db).seq
            entries = db.entries_after(max(here, self._seen), BATCH)
        if not entries:
            return False
        last = entries[-1].seq
        if last - here < BATCH and not any(each.kind == TRANSITION for each in entries):
            self._seen = last
            return True
        with self._storage.counting() as db:
            return self._lease.renew(db) and follow(db, self._channels)

    def _prune(self) -> bool:
        """Forget some of what is old, once an hour; False when there is nothing left."""
        now = self._outside.real_time()
        if now - self._pruned < PRUNING:
            return False
        with self._storage.counting() as db:
            if self._lease.renew(db) and outbox.prune(db):
                return True
        self._pruned = now
        return False

    def _send_some(self) -> bool:
        """Let some deliveries go; False when nothing is due, or everything is busy."""
        room, database = AT_ONCE - len(self._busy), self._database
        if room <= 0:
            return False
        with self._storage.reading() as db:
            webhooks = outbox.due(db, "webhook", self._busy.webhooks(), LOOKED_AT)
            wants_mails = self._mail is not None and not self._busy.has_mail()
            mails = outbox.due(db, "mail", (), MAILS_TOGETHER) if wants_mails else []
        firsts: dict[int, Delivery] = {}
        for each in webhooks:
            firsts.setdefault(each.target, each)
        for each in list(firsts.values())[:room]:
            job = partial(send_webhook, self._storage, self._outside, each)
            self._let_go([each], job, database)
        if mails and self._mail:
            job = partial(send_mails, self._storage, self._outside, self._mail, mails)
            self._let_go(mails, job, database)
        return bool(webhooks or mails)

    def _let_go(self, some: Sequence[Delivery], job: Job, database: int) -> None:
        self._busy.add(some[0])
        self._pool.submit(self._run, some[0], job, database)

    def _run(self, first: Delivery, job: Job, database: int) -> None:
        try:
            if self._lease.is_held and not self._stop.is_set():
                self._note(job(), database)
        except Exception as error:  # it stays due, and is sent again
            log.warning("a delivery is not written down", error=str(error))
            self._stop.wait(1.0)
        finally:
            self._busy.remove(first)
            self._wake.set()

    def _note(self, ended: Sequence[tuple[Delivery, Outcome]], database: int) -> None:
        with self._storage.counting() as db:
            for each, outcome in ended if database == self._database else ():
                pause = next_delay(each.tries + 1, random.random())
                outbox.note(db, each, outcome, None if outcome.is_final else pause)

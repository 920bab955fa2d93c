"""The lease by which one process of all nodes delivers at a time; another one takes over."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from haymarket.clock import Clock
from haymarket.storage import Counting, Storage
from haymarket.watch import position

LENGTH = timedelta(seconds=10)
RENEWAL = timedelta(seconds=3)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Lease:
    """What one process knows of the lease. Its time is the real one."""

    def __init__(self, storage: Storage, real_time: Clock) -> None:
        self._storage = storage
        self._time = real_time
        self._me = str(uuid4())
        self._until = LONG_AGO

    @property
    def is_held(self) -> bool:
        """Whether this process holds it."""
        return self._time() < self._until

    def keep(self) -> bool:
        """Take it, or renew it when it is time; False while another process has it."""
        now = self._time()
        if now < self._until - LENGTH + RENEWAL:
            return True
        with self._storage.reading() as db:
            if not position.is_free(db, self._me, now):
                return False
        with self._storage.counting() as db:
            return self.renew(db)

    def renew(self, db: Counting) -> bool:
        """The same within a transaction, so that what it does is done by the holder only."""
        now = self._time()
        is_mine = position.take(db, self._me, now, now + LENGTH)
        self._until = now + LENGTH if is_mine else now
        return is_mine

    def leave(self) -> None:
        """Give it back, so that nobody waits for its end."""
        if self.is_held:
            with self._storage.counting() as db:
                position.leave(db, self._me)

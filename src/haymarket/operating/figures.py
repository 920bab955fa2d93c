"""The figures of a node, for /metrics: those of one process, or those of all its workers."""

import os
import threading
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from haymarket.catalogue.shelf import Shelf
from haymarket.storage import Storage, StorageFailure
from haymarket.watch.outbox import backlog

BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)
Together = Literal["mostrecent", "sum"]
"""What is told of a gauge that several workers have."""
SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder in which several workers share what they count (prometheus_client)."""


class Figures:
    """Counts and times requests, and asks storage and shelf for theirs."""

    def __init__(self, storage: Storage, shelf: Shelf) -> None:
        self._storage = storage
        self._shelf = shelf
        self._counting = threading.Lock()
        self._noted_statements = 0
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "haymarket_requests", "Requests", ["method", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "haymarket_request_seconds", "Duration", registry=self._registry, buckets=BUCKETS
        )
        self._heartbeats = Counter(
            "haymarket_heartbeats", "Heartbeats", ["outcome"], registry=self._registry
        )
        self._statements = self._gauge(
            "haymarket_sql_statements", "Statements sent so far", together="sum"
        )
        self._ready = self._gauge("haymarket_database_up", "Whether the database answers")
        self._lag = self._gauge("haymarket_shelf_lag", "Journal rows that the index lacks")
        self._apps = self._gauge("haymarket_shelf_apps", "Apps in the index")
        self._due = self._gauge("haymarket_deliveries_due", "Not sent yet though due", "channel")
        self._late = self._gauge("haymarket_deliveries_late_seconds", "Oldest of these", "channel")

    def _count_statements(self) -> None:
        with self._counting:
            sent = self._storage.statements
            self._statements.inc(sent - self._noted_statements)
            self._noted_statements = sent

    def _gauge(
        self, name: str, told: str, *labels: str, together: Together = "mostrecent"
    ) -> Gauge:
        """A gauge. Of several workers the one that answers tells its own, or all are summed."""
        return Gauge(name, told, labels, registry=self._registry, multiprocess_mode=together)

    @property
    def writes_index(self) -> bool:
        """Whether this process of the node writes the index."""
        return self._shelf.is_writer

    def note(self, method: str, status: int, seconds: float) -> None:
        """One request that ended."""
        self._requests.labels(method, str(status)).inc()
        self._seconds.observe(seconds)

    def note_heartbeats(self, outcome: str, number: int) -> None:
        """Some heartbeats, or batches of them that were refused."""
        self._heartbeats.labels(outcome).inc(number)

    def lag(self) -> int:
        """How many journal rows the index lacks. Raises StorageFailure without a database."""
        with self._storage.reading() as db:
            return max(db.head() - self._shelf.seq, 0)

    def _look_at_deliveries(self) -> None:
        with self._storage.reading() as db:
            found = backlog(db)
        for channel, (number, seconds) in found.items():
            self._due.labels(channel).set(number)
            self._late.labels(channel).set(seconds)

    def text(self) -> bytes:
        """All figures, as Prometheus reads them, also while the database does not answer."""
        try:
            self._lag.set(self.lag())
            self._look_at_deliveries()
            self._ready.set(1)
        except StorageFailure:
            self._ready.set(0)
        self._apps.set(self._shelf.index.size)
        self._count_statements()
        if SHARED not in os.environ:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)

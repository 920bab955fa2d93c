"""The figures of one process, for /metrics."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from haymarket.catalogue.shelf import Shelf
from haymarket.storage import Storage

BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)


class Figures:
    """Counts and times requests, and asks storage and shelf for theirs."""

    def __init__(self, storage: Storage, shelf: Shelf) -> None:
        self._storage = storage
        self._shelf = shelf
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "haymarket_requests", "Requests", ["method", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "haymarket_request_seconds", "Duration", registry=self.registry, buckets=BUCKETS
        )
        self._statements = Gauge(
            "haymarket_sql_statements", "Statements sent so far", registry=self.registry
        )
        self._lag = Gauge(
            "haymarket_shelf_lag", "Journal rows that the index lacks", registry=self.registry
        )
        self._apps = Gauge("haymarket_shelf_apps", "Apps in the index", registry=self.registry)

    def note(self, method: str, status: int, seconds: float) -> None:
        """One request that ended."""
        self._requests.labels(method, str(status)).inc()
        self._seconds.observe(seconds)

    def lag(self) -> int:
        """How many journal rows the index lacks. Raises SQLAlchemyError without a database."""
        with self._storage.reading() as db:
            return max(db.head() - self._shelf.seq, 0)

    def text(self) -> bytes:
        """All figures, as Prometheus reads them."""
        self._statements.set(self._storage.statements)
        self._lag.set(self.lag())
        self._apps.set(self._shelf.index.size)
        return generate_latest(self.registry)

"""Who is being sent something at this moment, so that a slow one holds up nobody else."""

import threading

from haymarket.watch.delivery import Delivery


class Busy:
    """The webhooks that something is under way to, and whether mail is."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._targets: set[tuple[str, int]] = set()

    def __len__(self) -> int:
        with self._lock:
            return len(self._targets)

    def webhooks(self) -> list[int]:
        """The webhooks that are to be left alone."""
        with self._lock:
            return sorted(target for channel, target in self._targets if channel == "webhook")

    def has_mail(self) -> bool:
        """Whether mails are under way; all of them go to one server."""
        with self._lock:
            return any(channel == "mail" for channel, _ in self._targets)

    def add(self, delivery: Delivery) -> None:
        """It is under way."""
        with self._lock:
            self._targets.add((delivery.channel, delivery.target))

    def remove(self, delivery: Delivery) -> None:
        """It has ended."""
        with self._lock:
            self._targets.discard((delivery.channel, delivery.target))

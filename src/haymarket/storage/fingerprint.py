"""Holds a database to the one secret that its tokens and signatures are derived from."""

from sqlalchemy import select, update

from haymarket.storage.engine import Storage
from haymarket.storage.schema import instance
from haymarket.storage.transactions import Writing

OTHER = (
    "The database is used with another secret than this one. Put the file secret of its first data"
    " folder into this one, or set HAYMARKET_SECRET as it was; if it is lost:"
    " haymarket secret renew"
)
_KEPT = select(instance.c.fingerprint)
_FIRST = update(instance).where(instance.c.fingerprint.is_(None))


class OtherSecret(Exception):
    """The secret at hand is not the one that a database is used with."""

    def __init__(self) -> None:
        super().__init__(OTHER)


def hold_to(storage: Storage, fingerprint: str) -> None:
    """Let a database know its secret by a fingerprint; the first one stays. Raises OtherSecret."""
    with storage.reading() as db:
        kept = db.value(_KEPT)
    if kept is None:
        with storage.counting() as counting:
            counting.run(_FIRST.values(fingerprint=fingerprint))
            kept = counting.value(_KEPT)
    if kept != fingerprint:
        raise OtherSecret


def renew(db: Writing, fingerprint: str) -> None:
    """Let a database know another secret from now on."""
    db.run(update(instance).values(fingerprint=fingerprint))
    db.record("secret.renewed", "")

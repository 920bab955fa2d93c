"""What a change in the journal means for the index: which apps are to be read again."""

from collections.abc import Iterable

from haymarket.apps.store import ids_of_vendor
from haymarket.storage import Reading
from haymarket.storage.journal import Entry

EVERY_APP = frozenset(
    {
        "category.saved",
        "application.saved",
        "application_version.saved",
        "application_versions.saved",
    }
)
OF_ONE_APP = frozenset({"app", "version"})


def touched(db: Reading, entries: Iterable[Entry]) -> set[int] | None:
    """The numbers of the apps that the entries touch; None for all of them."""
    found: set[int] = set()
    for entry in entries:
        noun = entry.kind.partition(".")[0]
        if noun in OF_ONE_APP:
            found.add(int(entry.details["id"]))
        elif entry.kind == "vendor.changed":
            found.update(ids_of_vendor(db, int(entry.subject)))
        elif entry.kind in EVERY_APP:
            return None
    return found

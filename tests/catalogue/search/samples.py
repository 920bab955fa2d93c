"""Apps, versions and an index in memory, without a marketplace around them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from tantivy import Index, Searcher

from haymarket.apps.model import App
from haymarket.catalogue.listing import Listing
from haymarket.catalogue.query import AppQuery
from haymarket.catalogue.search.ask import Question, Sight, ask, ask_freely
from haymarket.catalogue.search.schema import SCHEMA, Kept, Known, to_document
from haymarket.catalogue.search.words import register
from haymarket.categories.model import Category
from haymarket.vendors.model import Vendor
from haymarket.versions.compatibility import Compatibility
from haymarket.versions.model import Version
from haymarket.versions.wanted import Wanted

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
ACME = Vendor(12, "Acme", "hello@acme.example")
REPORTS = Category(20, "Reports", "jira")


def an_app(app_id: int, name: str, **facts: Any) -> App:
    """A public app; its key is made of its number unless something else is said."""
    given = {"key": f"com.acme.app{app_id}", "vendor_id": ACME.id, "status": "public"}
    moments = {"created_at": NOW, "modified_at": NOW, "listed_at": NOW}
    return App(**{"id": app_id, "name": name, **given, **moments, **facts})


def a_version(*compatibilities: Compatibility, **facts: Any) -> Version:
    """A public, free version."""
    given = {"app_id": 1, "build": 1, "name": "1.0", "status": "public", "payment_model": "free"}
    moments = {"released_on": date(2026, 1, 1), "created_at": NOW, "modified_at": NOW}
    return Version(**{**given, **moments, "compatibilities": compatibilities, **facts})


class Catalogue:
    """An index in memory; knows its words, as the one of a marketplace does."""

    def __init__(
        self, apps: Iterable[tuple[App, Sequence[Version]]], known: Known | None = None
    ) -> None:
        index = Index(SCHEMA)
        register(index)
        writer = index.writer(15_000_000, 1)
        for app, versions in apps:
            listing = Listing(app, ACME, (REPORTS,))
            writer.add_document(to_document(Kept(listing, versions, {}), known or {}))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._searcher: Searcher = index.searcher()

    @property
    def size(self) -> int:
        """How many apps it holds."""
        return int(self._searcher.num_docs)

    def frequency(self, field: str, word: str) -> int:
        """How many apps have a word in a field."""
        return int(self._searcher.doc_freq(field, word))

    def starting(self, field: str, start: str) -> int:
        """How many apps have words with this start in a field."""
        return sum(number for _, number in self._searcher.terms_with_prefix(field, start))

    def ids(self, question: Question) -> list[int]:
        """The numbers of the apps that are found, in order."""
        found = self._searcher.search(
            question.query,
            100,
            order_by_field=question.order,
            order=question.direction,
            weight_by_field=None if question.order else "weight",
        )
        numbers = self._searcher.fast_field_values("id", [address for _, address in found.hits])
        return [int(each or 0) for each in numbers]

    def find(self, text: str, **asked: Any) -> list[int]:
        """The numbers of the apps that a text finds, as lists of apps ask for it."""
        query = AppQuery(text=text, **asked)
        question = ask(self, query, Wanted(), Sight())
        found = self.ids(question)
        if len(found) < question.few:
            found = self.ids(ask_freely(self, query, Wanted(), Sight()))
        return found


def names(*names: str) -> Catalogue:
    """A catalogue of apps with these names, numbered from 1."""
    return Catalogue((an_app(number, name), ()) for number, name in enumerate(names, 1))

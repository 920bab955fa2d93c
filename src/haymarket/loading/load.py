"""Loads files into a marketplace, in order, with progress; the same files again change nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from haymarket import drawing
from haymarket.applications.store import known_builds
from haymarket.categories.store import list_categories
from haymarket.loading import format, people
from haymarket.loading.apps import Prepared, prepare_app, rejection_of, save_prepared
from haymarket.loading.invent import invent
from haymarket.loading.keeper import Keeper, Place
from haymarket.loading.versions import prepare_version
from haymarket.storage import Writing
from haymarket.versions.actions import Desk

BATCH = 100
SUFFIXES = (".yaml", ".yml", ".json")
Progress = Callable[[str, int, int], None]


@dataclass
class Loaded:
    """How many of each were read."""

    counts: dict[str, int] = field(default_factory=dict)
    repeated: int = 0

    def add(self, noun: str, number: int) -> None:
        """Count some more."""
        if number:
            self.counts[noun] = self.counts.get(noun, 0) + number


def files_of(path: Path) -> list[Path]:
    """A file, or the files of a folder in the order of their names."""
    if path.is_dir():
        return sorted(each for each in path.iterdir() if each.suffix in SUFFIXES)
    return [path]


@dataclass
class Loader:
    """One run of loading. `basics` are the applications and categories for bare arrays."""

    desk: Desk
    basics: Sequence[Path]
    fixed_tokens: bool = False
    progress: Progress = lambda noun, done, total: None
    loaded: Loaded = field(default_factory=Loaded)

    def load(self, paths: Sequence[Path]) -> Loaded:
        """Load files and folders in order. Raises BadFile, and then keeps what came before it."""
        for path in paths:
            for file in files_of(path):
                self._load_file(file)
        return self.loaded

    def _load_file(self, file: Path) -> None:
        document = format.read_file(file)
        if isinstance(document, list):
            self._ensure_basics()
            listings = {each.key: each for each in document}
            self.loaded.repeated += len(document) - len(listings)
            document = invent(list(listings.values()), self._releases(), self._category_names())
        self._load_document(file, document)

    def _load_document(self, file: Path, document: format.Document) -> None:
        tokens = people.Tokens(self.fixed_tokens)
        save_user = partial(people.load_user, tokens=tokens)
        self._each(file, "applications", document.applications, people.load_application)
        self._each(file, "categories", document.categories, people.load_category)
        self._each(file, "licences", document.licences, people.load_licence)
        self._each(file, "users", document.users, save_user)
        self._load_vendors(file, document.vendors)
        self._load_apps(file, document.apps)

    def _each(
        self, file: Path, noun: str, things: Sequence[Any], save: Callable[..., None]
    ) -> None:
        """Save things of one noun in one transaction."""
        if things:
            with self.desk.storage.writing(None) as db:
                for index, thing in enumerate(things):
                    save(db, Place(file, f"{noun}[{index}]"), thing)
            self.loaded.add(noun, len(things))
            self.progress(noun, len(things), len(things))

    def _load_vendors(self, file: Path, vendors: Sequence[format.Vendor]) -> None:
        keeper = Keeper(self.desk)
        places = [Place(file, f"vendors[{index}]") for index in range(len(vendors))]
        logos = [people.vendor_logo(keeper, p, v) for p, v in zip(places, vendors, strict=True)]
        numbers = {id(vendor): index for index, vendor in enumerate(vendors)}

        def save(db: Writing, place: Place, vendor: format.Vendor) -> None:
            people.load_vendor(db, place, vendor, logos[numbers[id(vendor)]])

        self._each(file, "vendors", vendors, save)

    def _load_apps(self, file: Path, apps: Sequence[format.App]) -> None:
        done = 0
        for batch in self._prepared(file, apps):
            with self.desk.storage.writing(None) as db:
                for prepared in batch:
                    save_prepared(db, prepared)
            done += len(batch)
            self.progress("apps", done, len(apps))
        self.loaded.add("apps", len(apps))
        self.loaded.add("versions", sum(len(app.versions) for app in apps))

    def _prepared(self, file: Path, apps: Sequence[format.App]) -> Iterator[list[Prepared]]:
        if not apps:
            return
        keeper, releases, categories = Keeper(self.desk), self._releases(), self._category_names()
        batch: list[Prepared] = []
        for index, app in enumerate(apps):
            place = Place(file, f"apps[{index}]")
            images = {
                "logo": keeper.image(
                    place.within("logo"), app.logo, "logo", partial(drawing.logo, app.name)
                ),
                "banner": keeper.image(
                    place.within("banner"),
                    app.banner,
                    "banner",
                    partial(drawing.banner, app.name, app.tag_line or ""),
                ),
            }
            versions = tuple(
                prepare_version(keeper, place.within(f"versions[{number}]"), app, each, releases)
                for number, each in enumerate(app.versions)
            )
            kept = prepare_app(place, app, images, categories)
            is_dated = app.listed is not None or app.modified is not None
            batch.append(Prepared(place, kept, versions, rejection_of(app), is_dated))
            if len(batch) == BATCH:
                yield batch
                batch = []
        if batch:
            yield batch

    def _ensure_basics(self) -> None:
        with self.desk.storage.reading() as db:
            there = people.has_applications(db)
        if not there:
            for file in self.basics:
                self._load_file(file)

    def _releases(self) -> dict[str, dict[str, int]]:
        with self.desk.storage.reading() as db:
            found = known_builds(db)
        return {key: {name: build for build, name in each} for key, each in found.items()}

    def _category_names(self) -> dict[str, int]:
        with self.desk.storage.reading() as db:
            return {category.name: category.id for category in list_categories(db)}

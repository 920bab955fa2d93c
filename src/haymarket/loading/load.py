"""Loads files into a marketplace, in order, with progress; the same files again change nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from haymarket import drawing
from haymarket.applications.store import known_builds
from haymarket.categories.store import list_categories
from haymarket.licences.store import list_licence_types
from haymarket.loading import format, people
from haymarket.loading.apps import Prepared, prepare_app, rejection_of
from haymarket.loading.feedback import load_feedback
from haymarket.loading.format import BadFile
from haymarket.loading.installs import load_installs
from haymarket.loading.invent import invent
from haymarket.loading.keeper import Keeper, Place
from haymarket.loading.prices import prepare_prices
from haymarket.loading.reviews import load_reviews
from haymarket.loading.saving import save_prepared
from haymarket.loading.versions import Known, prepare_version
from haymarket.storage import Writing
from haymarket.versions.actions import Desk

BATCH = 100
NOUNS = (
    *("applications", "categories", "licences", "users", "vendors", "apps"),
    *("feedbacks", "reviews"),
)
SUFFIXES = (".yaml", ".yml", ".json")
Progress = Callable[[str, int, int], None]
Read = tuple[Path, format.Document | list[format.Listing]]
"""A file and what stands in it."""


@dataclass
class Loaded:
    """How many of each were loaded, and how many of each there are in all files together."""

    counts: dict[str, int] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    repeated: int = 0

    def add(self, noun: str, number: int) -> None:
        """Count some more that are loaded."""
        _add(self.counts, noun, number)

    def expect(self, noun: str, number: int) -> None:
        """Count some more that are going to be loaded."""
        _add(self.totals, noun, number)


def _add(counts: dict[str, int], noun: str, number: int) -> None:
    if number:
        counts[noun] = counts.get(noun, 0) + number


def files_of(path: Path) -> list[Path]:
    """A file, or the files of a folder in the order of their names. Raises BadFile for none."""
    if not path.is_dir():
        return [path]
    found = sorted(each for each in path.iterdir() if each.suffix in SUFFIXES)
    if not found:
        raise BadFile(path, "", f"the folder has no file that ends with {' or '.join(SUFFIXES)}")
    return found


def read_files(paths: Sequence[Path]) -> list[Read]:
    """What stands in files and folders, in order. Raises BadFile."""
    files = [file for path in paths for file in files_of(path)]
    return [(file, format.read_file(file)) for file in files]


@dataclass
class Loader:
    """One run of loading. `basics` are the applications and categories for bare arrays."""

    desk: Desk
    basics: Sequence[Path]
    fixed_tokens: bool = False
    progress: Progress = lambda noun, done, total: None
    loaded: Loaded = field(default_factory=Loaded)

    def load(self, paths: Sequence[Path]) -> Loaded:
        """Load files and folders in order. Raises BadFile.

        All files are read before the first is loaded. What came before something that can not be
        loaded is kept, and an app is there with all of its versions or not at all.
        """
        return self.load_documents(read_files(paths))

    def load_documents(self, read: Sequence[Read]) -> Loaded:
        """Load what stands in files, in order, each as `load` does. Raises BadFile."""
        if any(isinstance(document, list) for _, document in read):
            read = [*self._missing_basics(), *read]
        for _, document in read:
            self._expect(document)
        for file, document in read:
            self._load_document(file, self._completed(document))
        return self.loaded

    def _missing_basics(self) -> list[Read]:
        """What bare arrays choose from, where there is nothing yet."""
        with self.desk.storage.reading() as db:
            there = people.has_applications(db)
        return [] if there else [(file, format.read_file(file)) for file in self.basics]

    def _expect(self, document: format.Document | list[format.Listing]) -> None:
        if isinstance(document, list):
            self.loaded.expect("apps", len({each.key for each in document}))
            return
        for noun in NOUNS:
            self.loaded.expect(noun, len(getattr(document, noun)))

    def _completed(self, document: format.Document | list[format.Listing]) -> format.Document:
        """A document as it is, or one that is invented around a bare array."""
        if not isinstance(document, list):
            return document
        listings = {each.key: each for each in document}
        self.loaded.repeated += len(document) - len(listings)
        made = invent(list(listings.values()), self._releases(), self._category_names())
        self.loaded.expect("users", len(made.users))
        self.loaded.expect("vendors", len(made.vendors))
        return made

    def _load_document(self, file: Path, document: format.Document) -> None:
        tokens = people.Tokens(self.fixed_tokens)
        save_user = partial(people.load_user, tokens=tokens)
        self._each(file, "applications", document.applications, people.load_application)
        self._each(file, "categories", document.categories, people.load_category)
        self._each(file, "licences", document.licences, people.load_licence)
        self._each(file, "users", document.users, save_user)
        self._load_vendors(file, document.vendors)
        self._load_apps(file, document.apps)
        self._each(file, "feedbacks", document.feedbacks, load_feedback)
        self._load_reviews(file, document.reviews)

    def _each(
        self, file: Path, noun: str, things: Sequence[Any], save: Callable[..., None]
    ) -> None:
        """Save things of one noun in one transaction."""
        if things:
            with self.desk.storage.writing(None) as db:
                for index, thing in enumerate(things):
                    save(db, Place(file, f"{noun}[{index}]"), thing)
            self._step(noun, len(things))

    def _step(self, noun: str, number: int) -> None:
        self.loaded.add(noun, number)
        self.progress(noun, self.loaded.counts[noun], self.loaded.totals[noun])

    def _load_vendors(self, file: Path, vendors: Sequence[format.Vendor]) -> None:
        keeper = Keeper(self.desk)
        places = [Place(file, f"vendors[{index}]") for index in range(len(vendors))]
        logos = [people.vendor_logo(keeper, p, v) for p, v in zip(places, vendors, strict=True)]
        numbers = {id(vendor): index for index, vendor in enumerate(vendors)}

        def save(db: Writing, place: Place, vendor: format.Vendor) -> None:
            people.load_vendor(db, place, vendor, logos[numbers[id(vendor)]])

        self._each(file, "vendors", vendors, save)

    def _load_reviews(self, file: Path, reviews: Sequence[format.Review]) -> None:
        for start in range(0, len(reviews), BATCH):
            batch = reviews[start : start + BATCH]
            with self.desk.storage.writing(None) as db:
                places = [Place(file, f"reviews[{start + index}]") for index in range(len(batch))]
                load_reviews(db, list(zip(places, batch, strict=True)))
            self._step("reviews", len(batch))

    def _load_apps(self, file: Path, apps: Sequence[format.App]) -> None:
        for batch in self._prepared(file, apps):
            with self.desk.storage.writing(None) as db:
                for prepared in batch:
                    save_prepared(db, prepared)
            load_installs(self.desk.storage, batch)
            self._step("apps", len(batch))
            self.loaded.add("versions", sum(len(prepared.versions) for prepared in batch))

    def _prepared(self, file: Path, apps: Sequence[format.App]) -> Iterator[list[Prepared]]:
        keeper, known, categories = Keeper(self.desk), self._known(), self._category_names()
        for start in range(0, len(apps), BATCH):
            yield [
                self._prepare(keeper, Place(file, f"apps[{start + index}]"), app, known, categories)
                for index, app in enumerate(apps[start : start + BATCH])
            ]

    def _prepare(
        self,
        keeper: Keeper,
        place: Place,
        app: format.App,
        known: Known,
        categories: Mapping[str, int],
    ) -> Prepared:
        draw_logo = partial(drawing.logo, app.name)
        draw_banner = partial(drawing.banner, app.name, app.tag_line or "")
        images = {
            "logo": keeper.image(place.within("logo"), app.logo, "logo", draw_logo),
            "banner": keeper.image(place.within("banner"), app.banner, "banner", draw_banner),
        }
        versions = tuple(
            prepare_version(keeper, place.within(f"versions[{number}]"), app, each, known)
            for number, each in enumerate(app.versions)
        )
        kept = prepare_app(place, app, images, categories, self.desk.storage.clock())
        is_dated = app.listed is not None or app.modified is not None
        prices = prepare_prices(place, app, kept)
        weeks = app.installs.weeks if app.installs else 0
        return Prepared(place, kept, versions, rejection_of(app), is_dated, prices, weeks)

    def _known(self) -> Known:
        with self.desk.storage.reading() as db:
            licences = frozenset(each.key for each in list_licence_types(db))
        return Known(self._releases(), licences)

    def _releases(self) -> dict[str, dict[str, int]]:
        with self.desk.storage.reading() as db:
            found = known_builds(db)
        return {key: {name: build for build, name in each} for key, each in found.items()}

    def _category_names(self) -> dict[str, int]:
        with self.desk.storage.reading() as db:
            return {category.name: category.id for category in list_categories(db)}

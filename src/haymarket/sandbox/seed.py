"""What a sandbox is filled from: its fictional world, or files of the load format (a seed)."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from haymarket.loading.format import Document, Vendor
from haymarket.loading.load import Read, files_of, read_files

BEGUN = "sandbox.begun"
FILLED = "sandbox.filled"
"""The journal's rows from which on a folder is a sandbox, and one that is filled."""

BASICS = ("10-applications.yaml", "20-categories.yaml", "30-licences.yaml")
OF_THE_WORLD = ""
"""The mark of what no seed was named for."""


@dataclass(frozen=True)
class Seed:
    """Documents to load, and a mark by which another seed is noticed."""

    read: Sequence[Read]
    mark: str = OF_THE_WORLD

    @property
    def documents(self) -> list[Document]:
        """Those that are more than a plain list of apps."""
        return [document for _, document in self.read if isinstance(document, Document)]

    def people(self) -> Iterator[tuple[str, str]]:
        """Who may sign in: credentials, and what they are good for."""
        vendors = [vendor for document in self.documents for vendor in document.vendors]
        for document in self.documents:
            for user in document.users:
                if user.token:
                    role = "administrator" if user.administrator else _role(user.email, vendors)
                    yield f"{user.email}:{user.token}", role


def world() -> Path:
    """The folder of the sandbox's world; its first files are the basics of any marketplace."""
    return Path(str(files("haymarket.sandbox") / "world"))


def the_world() -> Seed:
    """The fictional world."""
    return Seed(read_files([world()]))


def read_seed(paths: Sequence[Path]) -> Seed:
    """Files and folders in order, after what they lack of the world. Raises BadFile.

    The world gives the applications, categories, licences and people that they have none of; it
    gives no apps.
    """
    read = read_files(paths)
    lacking = _lacking([document for _, document in read if isinstance(document, Document)])
    basics = [
        (file, Document(haymarket=1, **{noun: getattr(document, noun) for noun in lacking}))
        for file, document in read_files([world()])
        if isinstance(document, Document)
    ]
    return Seed([*basics, *read], _mark(paths))


def _lacking(own: Sequence[Document]) -> list[str]:
    """What is to come from the world; it refers to nothing that is not there then."""
    nouns = ("applications", "categories", "licences", "users", "vendors")
    there = {noun for noun in nouns if any(getattr(each, noun) for each in own)}
    if "applications" in there:
        there.add("categories")
    if "users" in there:
        there.add("vendors")
    return [noun for noun in nouns if noun not in there]


def _mark(paths: Sequence[Path]) -> str:
    """The same for the same contents in the same order."""
    digest = hashlib.sha256()
    for file in (file for path in paths for file in files_of(path)):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _role(email: str, vendors: Sequence[Vendor]) -> str:
    names = [each.name for each in vendors if email in {one.email for one in each.contacts}]
    return f"contact of {', '.join(names)}" if names else "a user of no vendor"

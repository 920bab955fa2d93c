"""`haymarket serve` and `haymarket sandbox`: a marketplace on a port."""

import os
from pathlib import Path

import uvicorn

from haymarket import paths
from haymarket.accounts import store as accounts
from haymarket.accounts.model import SCOPES, new_token, token_hash
from haymarket.assets.files import open_files
from haymarket.clock import system_clock
from haymarket.commands.loading import bar, load_into, world
from haymarket.commands.options import Where, give_up, out, reachable
from haymarket.settings import PREFIX, Settings
from haymarket.storage import Storage, open_storage
from haymarket.storage.migrate import migrate
from haymarket.versions.actions import Desk

FILLED = "sandbox.filled"
SANDBOX_DATA = Path("haymarket-sandbox")
CREDENTIALS = (
    ("admin@example.com:admin-token", "administrator"),
    ("partner@example.com:partner-token", "contact of Larkspur Software, all permissions"),
    ("rival@example.com:rival-token", "contact of another vendor"),
    ("user@example.com:user-token", "a user of no vendor"),
)


def serve(
    where: Where | None = None,
    *,
    host: str | None = None,
    port: int | None = None,
    workers: int | None = None,
    public_url: str | None = None,
) -> None:
    """Start a marketplace; the first start adds an administrator and shows his token.

    Parameters
    ----------
    where
        Which marketplace.
    host
        Address to listen on.
    port
        Port to listen on.
    workers
        Number of processes.
    public_url
        Scheme and host that people reach it by, for absolute links.
    """
    options = {"host": host, "port": port, "workers": workers, "public_url": public_url}
    settings = (where or Where()).settings(**options)
    storage = _open(settings)
    _ensure_administrator(storage, settings)
    storage.close()
    out.print(f"Haymarket on {settings.base_url}/rest/2", markup=False)
    run(settings)


def sandbox(*, data: Path = SANDBOX_DATA, host: str | None = None, port: int | None = None) -> None:
    """Start a marketplace with fictional apps and fixed credentials, to try things out.

    Parameters
    ----------
    data
        Folder of the sandbox; a new one is filled first.
    host
        Address to listen on.
    port
        Port to listen on.
    """
    settings = Where(data).settings(host=host, port=port)
    storage = _open(settings)
    _fill(storage, settings)
    storage.close()
    _greet(settings)
    run(settings)


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT; running requests are finished first."""
    for name in Settings.__struct_fields__:
        value = getattr(settings, name)
        if value is not None:
            os.environ[PREFIX + name.upper()] = str(value)
    uvicorn.run(
        "haymarket.app:from_environment",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=settings.workers,
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=settings.drain_timeout,
        timeout_keep_alive=30,
    )


def _open(settings: Settings) -> Storage:
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        give_up(f"{PREFIX}DATA={settings.data}: {error.strerror}")
    storage = open_storage(settings.database_url, system_clock)
    with reachable(settings):
        migrate(storage)
    return storage


def _ensure_administrator(storage: Storage, settings: Settings) -> None:
    with storage.reading() as db:
        if accounts.has_administrator(db):
            return
    token = new_token()
    with storage.writing(None) as db:
        user = accounts.add_user(db, settings.admin_email, "Administrator", is_admin=True)
        accounts.add_token(db, user, "first start", token_hash(token), SCOPES)
    out.print(f"Administrator {user.email}, token {token}", markup=False)
    out.print("It is shown this once: keep it. More: haymarket token add --help", markup=False)


def _fill(storage: Storage, settings: Settings) -> None:
    """Fill a new sandbox; one whose filling was cut off is filled to its end."""
    with storage.reading() as db:
        if db.has_entry(FILLED):
            return
    desk = Desk(storage, open_files(settings), settings)
    with bar() as step:
        load_into(desk, [world()], step, fixed_tokens=True)
    with storage.writing(None) as db:
        db.record(FILLED, "")


def _greet(settings: Settings) -> None:
    address = settings.base_url
    out.print(f"\n  Haymarket sandbox on {address}\n", markup=False)
    for pair, who in CREDENTIALS:
        out.print(f"  {pair:<36} {who}", markup=False)
    out.print(f"\n  Try: curl '{address}/rest/2/addons?text=board&limit=3'", markup=False)
    out.print(f"  Read: {address}{paths.API_PAGE}\n", markup=False)

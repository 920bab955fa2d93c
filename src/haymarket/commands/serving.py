"""`haymarket serve`: a marketplace on a port."""

import ipaddress
from dataclasses import replace

from haymarket import paths
from haymarket.accounts import store as accounts
from haymarket.accounts.model import USUAL_SCOPES, User, new_token, token_hash
from haymarket.commands.listening import taken_port
from haymarket.commands.options import Where, err, hold_to_secret, open_migrated, out
from haymarket.commands.workers import run
from haymarket.sandbox.seed import BEGUN
from haymarket.settings import Settings
from haymarket.storage import Storage, Writing


def serve(
    *,
    where: Where | None = None,
    host: str | None = None,
    port: int | None = None,
    workers: int | None = None,
    public_url: str | None = None,
) -> None:
    """Start a marketplace; the first start adds an administrator and shows his token.

    Every option is a setting too, HAYMARKET_PORT for instance: docs/operating.md lists them all.

    Parameters
    ----------
    where
        Which marketplace.
    host
        Address to listen on; 127.0.0.1 by default, 0.0.0.0 for every address of the machine.
    port
        Port to listen on; 8080 by default, 0 for one that is free.
    workers
        Number of processes; 1 by default.
    public_url
        Scheme and host that people reach it by, for absolute links.
    """
    options = {"host": host, "port": port, "workers": workers, "public_url": public_url}
    with taken_port((where or Where()).settings(**options)) as (settings, taken):
        storage = open_migrated(settings).storage
        hold_to_secret(storage, settings)
        _warn(storage, settings)
        _ensure_administrator(storage, settings)
        storage.close()
        out.print(f"Haymarket on {settings.base_url}{paths.API}", markup=False)
        run(settings, taken)


def _warn(storage: Storage, settings: Settings) -> None:
    with storage.reading() as db:
        is_sandbox = db.has_entry(BEGUN)
    if is_sandbox:
        err.print("This is a sandbox: everyone knows its tokens.", markup=False)
    if settings.public_url is None and not _is_loopback(settings.host):
        told = f"Absolute links start with {settings.base_url}. Set what people reach: --public-url"
        err.print(told, markup=False)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _ensure_administrator(storage: Storage, settings: Settings) -> None:
    """Where nobody is or was an administrator, add one and show the token, this once."""
    with storage.reading() as db:
        if accounts.has_administrator(db):
            return
    token = new_token()
    try:
        with storage.writing(None) as db:
            user = _new_administrator(db, settings.admin_email)
            accounts.add_token(db, user, "first start", token_hash(token), USUAL_SCOPES)
    except _NotNeeded as known:
        if not known.is_active:
            err.print("Every administrator is disabled: haymarket user enable", markup=False)
        return
    out.print(f"Administrator {user.email}, token {token}", markup=False)
    out.print("It is shown this once: keep it. More: haymarket token add --help", markup=False)


class _NotNeeded(Exception):
    """There is an administrator already."""

    def __init__(self, is_active: bool) -> None:
        super().__init__()
        self.is_active = is_active


def _new_administrator(db: Writing, email: str) -> User:
    """The first administrator. Raises _NotNeeded when another node was faster, too."""
    known = [user for user in accounts.list_users(db) if user.is_admin]
    if known:
        raise _NotNeeded(any(user.is_active for user in known))
    user = accounts.get_user(db, email)
    if user is None:
        return accounts.add_user(db, email, "Administrator", is_admin=True)
    chosen = replace(user, is_admin=True, is_active=True)
    accounts.save_user(db, chosen)
    return chosen

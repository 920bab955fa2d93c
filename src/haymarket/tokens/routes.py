"""`/addons/{addonKey}/tokens` over HTTP (apps.md, C.26 to C.30)."""

from typing import Annotated, Any

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, HeaderParameter

from haymarket import paths
from haymarket.accounts.app_tokens import delete_app_token
from haymarket.accounts.identify import identify, known_token, sent_access_token
from haymarket.accounts.model import AppToken
from haymarket.apps.access import app_of_contact, own_app
from haymarket.apps.model import App
from haymarket.apps.store import get_app
from haymarket.paging import page
from haymarket.settings import Settings
from haymarket.storage import Reading, Storage
from haymarket.tokens import actions, wire
from haymarket.tokens.access import seen_tokens, token_of, unknown
from haymarket.tokens.model import origin_of
from haymarket.versions.model import Version
from haymarket.versions.store import newest_not_public, newest_public
from haymarket.web.answers import changed, document
from haymarket.web.limits import Limiter, address_of
from haymarket.web.parameters import Limit, pairs

AnyRequest = Request[Any, Any, Any]
TOKENS = f"{paths.ADDONS}/{{app_key:str}}/tokens"
ONE = f"{TOKENS}/{{token:str}}"
Origin = Annotated[
    str | None,
    HeaderParameter(name="Origin", description="The host that uses the token, once for all"),
]


@get(TOKENS, summary="Get access tokens", sync_to_thread=True, opt={"who": "holder"})
def list_tokens(
    request: AnyRequest,
    app_key: FromPath[str],
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
    secret: NamedDependency[bytes],
    limit: Limit = None,
) -> Response[wire.TokenCollection]:
    """The access tokens of an app; who sends one as `accessToken` sees this one."""
    window = page(None, limit)
    with storage.reading() as db:
        caller = identify(db, request)
        app, tokens = seen_tokens(db, caller, app_key, sent_access_token(request))
        versions = _installable(db, app)
    shown = [actions.shown(each, secret) for each in tokens]
    wanted = shown if limit is None else shown[: window.limit]
    base = settings.base_url
    listed = [wire.to_wire(base, app, each, versions) for each in wanted]
    found = wire.descriptors(base, app, versions)
    return document(wire.to_collection(app, listed, found, pairs(request.query_params)))


@post(
    TOKENS,
    summary="Create access token",
    status_code=200,
    sync_to_thread=True,
    opt={"who": "manage-addon-details", "also": (400, 409)},
)
def create_token(
    request: AnyRequest,
    app_key: FromPath[str],
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
    secret: NamedDependency[bytes],
) -> Response[wire.Token]:
    """Add an access token that opens a private app to a customer; nothing is sent."""
    with storage.reading() as db:
        caller = identify(db, request)
        own_app(db, caller, app_key)
    with storage.writing(caller.id) as db:
        app = own_app(db, caller, app_key)
        token = actions.create_token(db, app, secret, settings.tokens_per_app)
        shown = _shown(db, app, token, settings, secret)
    return document(shown)


@get(ONE, summary="Get access token", sync_to_thread=True, opt={"who": "contact"})
def show_token(
    request: AnyRequest,
    app_key: FromPath[str],
    token: FromPath[str],
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
    secret: NamedDependency[bytes],
) -> Response[wire.Token]:
    """One access token, for the contacts of the app and administrators."""
    with storage.reading() as db:
        app = app_of_contact(db, identify(db, request), app_key)
        return document(_shown(db, app, token_of(db, app, token), settings, secret))


@post(
    ONE,
    summary="Validate access token",
    status_code=204,
    sync_to_thread=True,
    dependencies={"address": Provide(address_of, sync_to_thread=False)},
    opt={"who": "anyone", "also": (429,)},
)
def validate_token(
    app_key: FromPath[str],
    token: FromPath[str],
    storage: NamedDependency[Storage],
    guesses: NamedDependency[Limiter],
    address: NamedDependency[str],
    origin: Origin = None,
) -> Response[None]:
    """Ask whether a token is good; the first host that says where it is has it from then on.

    No credentials are looked at: the token is one.
    """
    host = origin_of(origin)
    with storage.reading() as db:
        found = known_token(db, guesses, address, token)
        app = get_app(db, app_key)
    if found is None or app is None or found.app_id != app.id:
        raise unknown(app_key)
    actions.claim(storage, app, found, host)
    return changed(paths.app_token(app_key, token))


@delete(
    ONE,
    summary="Delete access token",
    status_code=200,
    sync_to_thread=True,
    opt={"who": "manage-addon-details"},
)
def remove_token(
    request: AnyRequest,
    app_key: FromPath[str],
    token: FromPath[str],
    storage: NamedDependency[Storage],
    settings: NamedDependency[Settings],
    secret: NamedDependency[bytes],
) -> Response[wire.Token]:
    """Take an access token away: from then on it opens nothing. It is shown a last time."""
    with storage.reading() as db:
        caller = identify(db, request)
        own_app(db, caller, app_key)
    with storage.writing(caller.id) as db:
        app = own_app(db, caller, app_key)
        found = token_of(db, app, token)
        shown = _shown(db, app, found, settings, secret)
        delete_app_token(db, app.key, found)
    return document(shown)


def _shown(db: Reading, app: App, token: AppToken, settings: Settings, secret: bytes) -> wire.Token:
    versions = _installable(db, app)
    return wire.to_wire(settings.base_url, app, actions.shown(token, secret), versions)


def _installable(db: Reading, app: App) -> list[Version]:
    """The newest version of an app that is not public, and the newest public one."""
    found = newest_not_public(db, app.id), newest_public(db, [app.id]).get(app.id)
    return [each for each in found if each]


ROUTES = [list_tokens, create_token, show_token, validate_token, remove_token]

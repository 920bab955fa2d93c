"""Access tokens as documents (apps.md, C.26 and F)."""

from collections.abc import Sequence

from msgspec import field

from haymarket import paths
from haymarket.apps.model import App
from haymarket.hal import Link, LinkTemplate, Wire, template
from haymarket.tokens.model import ShownToken
from haymarket.versions.model import Version


class TokenLinks(Wire):
    """Links of a token; `descriptor` are those of the newest private and public versions."""

    self_: Link = field(name="self")
    descriptor: list[Link]


class Token(Wire, kw_only=True):
    """An access token; `instance` is the host that claimed it."""

    links: TokenLinks = field(name="_links")
    token: str
    instance: str | None = None


class TokenCollectionLinks(Wire, kw_only=True):
    """Links of an app's access tokens."""

    self_: Link = field(name="self")
    descriptor: Link | None = None
    by_token: LinkTemplate


class TokenCollectionEmbedded(Wire):
    """The tokens, oldest first."""

    tokens: list[Token]


class TokenCollection(Wire):
    """The access tokens of an app: neither counted nor paged."""

    links: TokenCollectionLinks = field(name="_links")
    embedded: TokenCollectionEmbedded = field(name="_embedded")


def descriptors(base_url: str, app: App, versions: Sequence[Version]) -> list[str]:
    """Where the newest private and the newest public version of an app are installed from.

    `versions` holds at least these two, newest first; one that has nothing to install is left out.
    """
    private = next((each for each in versions if each.status != "public"), None)
    public = next((each for each in versions if each.status == "public"), None)
    found = [_descriptor(base_url, app, each) for each in (private, public) if each]
    return [href for href in found if href]


def to_wire(base_url: str, app: App, shown: ShownToken, versions: Sequence[Version]) -> Token:
    """A token; the marketplace's own addresses of descriptors carry it."""
    found = descriptors(base_url, app, versions)
    links = TokenLinks(
        self_=Link(paths.app_token(app.key, shown.token)),
        descriptor=[Link(_opened(base_url, href, shown.token)) for href in found],
    )
    return Token(links=links, token=shown.token, instance=shown.instance)


def to_collection(
    app: App, tokens: list[Token], found: list[str], query: list[tuple[str, str]]
) -> TokenCollection:
    """The tokens of an app; `found` are the addresses of its descriptors."""
    links = TokenCollectionLinks(
        self_=Link(paths.with_query(paths.app_part(app.key, "tokens"), query)),
        descriptor=Link(found[0]) if found else None,
        by_token=template(paths.app_token_template(app.key)),
    )
    return TokenCollection(links=links, embedded=TokenCollectionEmbedded(tokens=tokens))


def _descriptor(base_url: str, app: App, version: Version) -> str | None:
    if version.artifact:
        return paths.download(base_url, app.id, version.build)
    return version.artifact_remote


def _opened(base_url: str, href: str, token: str) -> str:
    """An address that carries a token; others' sites are not told it."""
    own = href.startswith(f"{base_url}/")
    return paths.with_query(href, [("access-token", token)]) if own else href

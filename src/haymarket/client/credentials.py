"""Who calls: an e-mail address and an API token, from the environment or a netrc file."""

import netrc
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from haymarket.client.outcomes import Misused

USER = "MARKETPLACE_USER"
TOKEN = "MARKETPLACE_TOKEN"  # noqa: S105
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Credentials:
    """What is sent by HTTP Basic. The token is in no representation of it."""

    user: str
    token: str = field(repr=False)


def find_credentials(address: str, environment: Mapping[str, str]) -> Credentials | None:
    """Those of the environment, else those of the netrc file for the host, else nobody's.

    Raises Misused when only half of them is there, or the file can not be read.
    """
    user, token = environment.get(USER), environment.get(TOKEN)
    if user and token:
        return Credentials(user, token)
    if user or token:
        raise Misused(f"{USER} and {TOKEN} belong together; {TOKEN if user else USER} is not set")
    return _of_netrc(_netrc_file(environment), urlsplit(address).hostname or "")


def is_exposed(address: str) -> bool:
    """Whether a token would cross a network unencrypted on its way to an address."""
    split = urlsplit(address)
    return split.scheme == "http" and split.hostname not in LOOPBACK


def _netrc_file(environment: Mapping[str, str]) -> Path:
    named = environment.get("NETRC")
    return Path(named) if named else Path(environment.get("HOME", "/")) / ".netrc"


def _of_netrc(path: Path, host: str) -> Credentials | None:
    try:
        found = netrc.netrc(path).authenticators(host)
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError, netrc.NetrcParseError) as error:
        raise Misused(f"{path} can not be read: {error}") from None
    return Credentials(found[0], found[2] or "") if found and found[0] else None

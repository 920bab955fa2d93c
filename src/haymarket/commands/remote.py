"""What the commands that speak to a marketplace over HTTP share: where it is, and how they end.

Codes are for scripts: 0 done, 1 refused by the marketplace, 2 used wrongly, 3 not reached.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NoReturn
from urllib.parse import urlsplit

from cyclopts import Parameter
from msgspec import json, to_builtins

from haymarket import paths
from haymarket.client.credentials import find_credentials, is_exposed
from haymarket.client.marketplace import Marketplace
from haymarket.client.outcomes import Failed, Misused, Problem, Refused
from haymarket.commands.options import err, out

Hosting = Literal["cloud", "server", "datacenter"]
ADDRESS = "MARKETPLACE_URL"
REFUSED, MISUSED, UNREACHABLE = 1, 2, 3


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Target:
    """Which marketplace, and how to answer.

    Parameters
    ----------
    to
        Address of the marketplace, or MARKETPLACE_URL: https://apps.example.com. Credentials are
        MARKETPLACE_USER and MARKETPLACE_TOKEN, or those of the host in ~/.netrc.
    json
        Answer as JSON.
    dry_run
        Change nothing; say what would be done, and what would be refused and why.
    """

    to: Annotated[str | None, Parameter(env_var=ADDRESS)] = None
    json: Annotated[bool, Parameter(negative="")] = False
    dry_run: Annotated[bool, Parameter(negative="")] = False

    @contextmanager
    def marketplace(self, usual: str | None = None) -> Iterator[Marketplace]:
        """The marketplace; whatever fails within ends the program with its code."""
        try:
            given = self.to or usual
            if not given:
                raise Misused(f"Say which marketplace: --to URL, or {ADDRESS}")
            address = entry_of(given)
            credentials = find_credentials(address, os.environ)
            if credentials and is_exposed(address):
                err.print(f"haymarket: the token goes to {address} unencrypted", style="yellow")
            with Marketplace(address, credentials) as marketplace:
                yield marketplace
        except Failed as error:
            self.end(error)

    def told(self, line: str, **facts: Any) -> None:
        """Say what was done: as a line for people, or the facts as JSON."""
        if self.json:
            print_json(facts)
        else:
            out.print(line, markup=False)

    def end(self, error: Failed) -> NoReturn:
        """End the program: every problem with its pointer, and the code that a script looks at."""
        problems = error.problems if isinstance(error, Refused) else (Problem(str(error)),)
        if self.json:
            print_json({"done": False, "problems": list(problems)})
        heading = "Refused" if isinstance(error, Refused) else "haymarket"
        for each in problems:
            pointer = f"{each.path}: " if each.path else ""
            err.print(f"{heading}: {pointer}{each.message}", style="red", markup=False)
        sys.exit(code_of(error))


def code_of(error: Failed) -> int:
    """The code of a program that ends like this."""
    if isinstance(error, Refused):
        return REFUSED
    return MISUSED if isinstance(error, Misused) else UNREACHABLE


def entry_of(address: str) -> str:
    """The entry point of a marketplace; that of a mere host is where the API has it."""
    return address.rstrip("/") + paths.API if not urlsplit(address).path.strip("/") else address


def print_json(document: object) -> None:
    """A document on the standard output, absent values left out."""
    plain = to_builtins(document)
    sys.stdout.write(json.format(json.encode(_present(plain)), indent=2).decode() + "\n")


def _present(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _present(each) for name, each in value.items() if each is not None}
    return [_present(each) for each in value] if isinstance(value, list) else value

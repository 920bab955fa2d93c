"""`haymarket prices`: price lists of an app on any marketplace, over HTTP."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from haymarket.client.outcomes import Refused
from haymarket.client.prices import (
    check_prices,
    find_prices,
    read_prices,
    rows_of,
    submit_prices,
)
from haymarket.commands.options import group, show
from haymarket.commands.remote import Hosting, Target, print_json

prices = group("prices", "Price lists of an app, on any marketplace.")


@prices.command(name="show")
def show_prices(
    key: str,
    hosting: Hosting,
    /,
    *,
    target: Target | None = None,
    pending: Annotated[bool, Parameter(negative="")] = False,
) -> None:
    """Show the prices of an app.

    Parameters
    ----------
    key
        Key of the app.
    hosting
        Where it runs: cloud, server or datacenter.
    target
        Which marketplace.
    pending
        Those that wait to be live, not those that are.
    """
    target = target or Target()
    with target.marketplace() as marketplace:
        found = find_prices(marketplace, key, hosting, "pending" if pending else "live")
    if target.json:
        print_json(found)
    else:
        show(rows_of(found), False, "There are no prices")


@prices.command(name="put")
def put_prices(key: str, hosting: Hosting, file: Path, /, *, target: Target | None = None) -> None:
    """Submit a price list from a YAML or JSON file; it is live a day later.

    Parameters
    ----------
    key
        Key of the app.
    hosting
        Where it runs: cloud, server or datacenter.
    file
        The prices, such as haymarket prices show --json prints them.
    target
        Which marketplace.
    """
    target = target or Target()
    with target.marketplace() as marketplace:
        asked = read_prices(file)
        problems = check_prices(marketplace, key, hosting, asked)
        if problems:
            raise Refused(*problems)
        if not target.dry_run:
            submit_prices(marketplace, key, hosting, asked)
    would = "Would submit" if target.dry_run else "Submitted"
    number = len(asked.get("items", ())) + len(asked.get("perUnitItems") or ())
    facts = {"app": key, "hosting": hosting, "prices": number}
    line = f"{would} {number} prices of {key} for {hosting}"
    target.told(line, done=not target.dry_run, **facts)

"""The command `haymarket`."""

import sys

from cyclopts import App, Parameter

from haymarket import __version__
from haymarket.commands import (
    backup,
    client,
    database,
    loading,
    people,
    prices,
    sandbox,
    secret,
    serving,
    vendors,
)

app = App(
    name="haymarket",
    help="An app marketplace that anyone can host. Start with `haymarket sandbox`.",
    version=__version__,
    default_parameter=Parameter(negative_iterable=()),
)
app.command(serving.serve)
app.command(sandbox.sandbox)
app.command(loading.load)
app.command(loading.reindex)
app.command(database.migrate)
app.command(backup.backup)
app.command(database.openapi)
app.command(people.user)
app.command(people.token)
app.command(vendors.vendor)
app.command(database.application)
app.command(secret.secret)
app.command(client.publish)
app.command(client.apps)
app.command(client.approve)
app.command(client.reject)
app.command(prices.prices)


def main() -> None:
    """The entry of the console script."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)

"""The command `haymarket`."""

from cyclopts import App

from haymarket import __version__
from haymarket.commands import database, loading, people, serving

app = App(
    name="haymarket",
    help="An app marketplace that anyone can host. Start with `haymarket sandbox`.",
    version=__version__,
)
app.command(serving.serve)
app.command(serving.sandbox)
app.command(loading.load)
app.command(loading.reindex)
app.command(database.migrate)
app.command(database.openapi)
app.command(people.user)
app.command(people.token)
app.command(people.vendor)
app.command(database.application)


def main() -> None:
    """The entry of the console script."""
    app()

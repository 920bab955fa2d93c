"""A small world of apps of all kinds, and how lists of it are read."""

from datetime import UTC, datetime
from typing import Any

from calling import Api
from given import (
    BRAMBLING,
    Json,
    a_kept_app,
)
from haymarket.apps.model import Figures, Flags
from haymarket.versions.compatibility import Bounds, Compatibility, Point

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def on(application: str, **hosting: Any) -> Compatibility:
    names = {800000: "8.0.0", 810000: "8.1.0", 900000: "9.0.0", 7000: "7.0.0"}
    bounds: Json = {
        name: Bounds(Point(value, names[value]), Point(value, names[value]))
        for name, value in hosting.items()
        if name != "cloud"
    }
    return Compatibility(application, hosting.get("cloud", False), **bounds)


FREE: Json = {"compatibilities": (on("jira", server=800000),)}
WORLD: dict[str, tuple[list[Json], Json]] = {
    "a": (
        [FREE],
        {"category_ids": (10,), "figures": Figures(installs=10, stars=4, reviews=50)},
    ),
    "b": (
        [{"compatibilities": (on("jira", cloud=True),), "payment_model": "atlassian"}],
        {"category_ids": (20, 10), "figures": Figures(installs=30, stars=2, reviews=90)},
    ),
    "c": (
        [
            FREE,
            {"compatibilities": (on("jira", data_center=810000),), "payment_model": "vendor"},
        ],
        {"flags": Flags(featured=True, marketing_labels=("DevOps", "ITSM"))},
    ),
    "d": (
        [
            {"compatibilities": (on("confluence", server=7000),)},
            {
                "compatibilities": (on("jira", cloud=True),),
                "payment_model": "atlassian",
                "boundary": "fedramp_moderate",
            },
        ],
        {"flags": Flags(codegeist=True, marketing_labels=("DevOps",))},
    ),
    "e": ([FREE], {"vendor_id": BRAMBLING, "stores_personal_data": True}),
    "f": ([FREE], {"flags": Flags(hidden="site")}),
    "g": ([FREE], {"flags": Flags(hidden="everywhere")}),
    "h": ([FREE], {"archived_at": LONG_AGO}),
    "i": ([{"status": "private", **FREE}], {"category_ids": (30,)}),
}
"""By the last part of the key: facts of the versions, facts of the app."""


def keys(answer: Any) -> list[str]:
    """The last parts of the keys of a page of apps, in order."""
    assert answer.status_code == 200, answer.text
    return [app["key"].rpartition(".")[2] for app in answer.json()["_embedded"]["addons"]]


def a_template(href: str) -> Json:
    return {"href": href, "templated": True, "template": href}


def web(href: str) -> Json:
    return {"href": href, "type": "text/html"}


def twelve_apps(api: Api) -> None:
    """Apps a to l."""
    for letter in "abcdefghijkl":
        a_kept_app(api.storage, f"com.acme.{letter}", name=f"Tool {letter}")
    api.settle()

"""What is measured: kinds of requests, each with the bar that it has to reach."""

import random
from dataclasses import dataclass
from urllib.parse import urlencode

import httpx
from msgspec import json

from bench import invent, words
from bench.measure import Load, Server

ADDONS = "/rest/2/addons"
OWNER = (invent.email_of(0), invent.token_of(0))
"""A contact of the one vendor that has the most apps."""
TEXTS = 400


@dataclass(frozen=True)
class Bar:
    """What a row has to reach: a share of the floor, a p50 in milliseconds, or nothing."""

    share: float | None = None
    p50: float | None = None

    def __str__(self) -> str:
        if self.share is not None:
            return f">= {self.share:.2f}"
        return "" if self.p50 is None else f"p50 < {self.p50:g} ms"


NONE = Bar()


def loads(server: Server) -> list[tuple[Load, Bar]]:
    """Every row of the table, in its order."""
    keys, own = _keys(server), _own_keys(server)
    texts = _texts()
    typos = [_mistyped(text) for text in texts]
    return [
        (Load("app by key", _by_key(keys[::2])), Bar(share=0.15)),
        (Load("list of 10", _pages({}, 10)), Bar(share=0.10)),
        (Load("list of 50", _pages({"limit": "50"}, 50)), NONE),
        (Load("text search", _asking(texts)), Bar(p50=10)),
        (Load("text search, each text once", _asking(_many_texts())), NONE),
        (Load("text search with a typo", _asking(typos)), NONE),
        (Load("three filters", _filtered()), NONE),
        (Load("list of 10 with versions", _pages({"withVersion": "true"}, 10)), NONE),
        (Load("app by key, credentials", _by_key(keys[1::2]), OWNER), NONE),
        (_creation(own, 1), Bar(p50=10)),
        (_creation(own, 4), NONE),  # who wait for one another, since there is one writer
    ]


def page_sizes() -> list[tuple[Load, Load]]:
    """Pages of 10 and of 50 of the same lists, which take equally many statements."""
    lists = {
        "apps": (ADDONS, {}, None),
        "apps with versions": (ADDONS, {"withVersion": "true"}, None),
        "apps, credentials": (ADDONS, {"withVersion": "true", "includePrivate": "true"}, OWNER),
        "vendors": ("/rest/2/vendors", {}, None),
        "short list of apps": (f"{ADDONS}/listings/banners", {}, None),
    }
    return [
        (
            Load(name, (f"{path}?{urlencode(query | {'limit': '10'})}",), auth),
            Load(name, (f"{path}?{urlencode(query | {'limit': '50'})}",), auth),
        )
        for name, (path, query, auth) in lists.items()
    ]


def _keys(server: Server) -> list[str]:
    """400 keys of apps, all over the alphabet."""
    found: list[str] = []
    for offset in range(0, 8000, 1000):
        url = f"{server.address}{ADDONS}?filter=name&limit=50&offset={offset}"
        found += [each["key"] for each in httpx.get(url).json()["_embedded"]["addons"]]
    return found


def _own_keys(server: Server) -> list[str]:
    url = f"{server.address}{ADDONS}?forThisUser=true&limit=50"
    return [each["key"] for each in httpx.get(url, auth=OWNER).json()["_embedded"]["addons"]]


def _by_key(keys: list[str]) -> tuple[str, ...]:
    return tuple(f"{ADDONS}/{key}" for key in keys)


def _pages(query: dict[str, str], size: int) -> tuple[str, ...]:
    """The first twenty pages; the very first is asked for without an offset."""
    queries = [query, *(query | {"offset": str(size * number)} for number in range(1, 20))]
    return tuple(f"{ADDONS}?{urlencode(each)}" if each else ADDONS for each in queries)


def _filtered() -> tuple[str, ...]:
    return tuple(
        f"{ADDONS}?application={application}&hosting={hosting}&cost={cost}"
        for application in ("jira", "confluence", "bitbucket")
        for hosting in ("cloud", "datacenter", "server")
        for cost in ("free", "marketplace", "paid")
    )


def _many_texts() -> list[str]:
    """More texts than are sent in a round, so that no answer is there already."""
    return list(dict.fromkeys(_texts("many", 40_000)))


def _texts(seed: str = "searches", count: int = TEXTS) -> list[str]:
    """Searches of one, two and three words: things, with what they do or for whom."""
    dice = random.Random(seed)
    found = []
    for number in range(count):
        thing = dice.choice(words.THINGS).lower()
        more = [dice.choice(words.ROLES), dice.choice(words.VERBS), dice.choice(words.PEOPLE)]
        found.append(" ".join([thing, *dice.sample(more, number % 3)]).lower())
    return found


def _mistyped(text: str) -> str:
    """A text whose first word lacks its third letter."""
    return text[:2] + text[3:]


def _asking(texts: list[str]) -> tuple[str, ...]:
    return tuple(f"{ADDONS}?{urlencode({'text': text})}" for text in texts)


def _creation(own: list[str], connections: int) -> Load:
    """Versions of a vendor's apps that take on everything from the version before."""
    paths = tuple(f"{ADDONS}/{key}/versions" for key in own)
    body = json.encode({"_links": {}, "status": "private"})
    name = f"create a version, {connections} at once"
    return Load(name, paths, OWNER, body, connections)

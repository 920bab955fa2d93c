"""The Atom feed of an app (RFC 4287)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5
from xml.etree import ElementTree

from haymarket import __version__, paths
from haymarket.apps.model import App
from haymarket.clock import wire_time
from haymarket.html import clean_html
from haymarket.lifecycle.model import Transition
from haymarket.watch.model import EventName, Happening, names_of

ATOM = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml"
MOST_ENTRIES = 50

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TITLES: Mapping[EventName, str] = {
    "app.submitted": "{app} was submitted for review",
    "app.approved": "{app} was approved",
    "app.rejected": "{app} was rejected",
    "app.released": "{app} is public",
    "version.submitted": "{app} {version} was submitted for review",
    "version.approved": "{app} {version} was approved",
    "version.rejected": "{app} {version} was rejected",
    "version.published": "{app} {version} is out",
}


@dataclass(frozen=True)
class Source:
    """Whose feed it is: the app, who made it, the name of this database, and where it is."""

    app: App
    vendor: str
    instance: str
    base_url: str


def entries_of(
    app: App, history: Sequence[tuple[int, Transition]], everything: bool
) -> list[Happening]:
    """What a feed tells, newest first: everything, or what is public.

    A version that was approved before its app was listed became public with the app.
    """
    found: list[Happening] = []
    listed = False
    for number, each in reversed(history):
        if each.build is None:
            listed = each.after == "public"
        found += [
            Happening(name, number, each)
            for name in names_of(each, listed or _was_listed(app, each))
        ]
    shown = [each for each in found if everything or each.is_public]
    return shown[::-1][:MOST_ENTRIES]


def _was_listed(app: App, transition: Transition) -> bool:
    """Whether the app was public by then, as far as the app itself tells."""
    return app.listed_at is not None and app.listed_at < transition.at


def updated_at(source: Source, entries: Sequence[Happening]) -> datetime:
    """When the feed changed last."""
    return entries[0].transition.at if entries else source.app.created_at


def to_atom(source: Source, entries: Sequence[Happening], versions: Mapping[int, str]) -> bytes:
    """The feed; `versions` are the names of its versions by build."""
    ElementTree.register_namespace("", ATOM)
    app = source.app
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(feed, "id", _urn(source, f"app/{app.id}"))
    _add(feed, "title", app.name)
    _add(feed, "updated", wire_time(updated_at(source, entries)))
    _add(_add(feed, "author"), "name", source.vendor)
    _add(feed, "generator", "Haymarket", version=__version__)
    _link(feed, "self", source.base_url + paths.feed(app.key), TYPE)
    _link(feed, "alternate", source.base_url + paths.app(app.key), "application/json")
    for each in entries:
        _entry(feed, source, each, versions)
    body: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return body


def _entry(
    feed: ElementTree.Element, source: Source, told: Happening, versions: Mapping[int, str]
) -> None:
    app, made = source.app, told.transition
    href = paths.app(app.key) if made.build is None else paths.version(app.key, made.build)
    name = versions.get(made.build or 0, "")
    title = TITLES[told.name].format(app=app.name, version=name)
    entry = _add(feed, "entry")
    _add(entry, "id", _urn(source, f"transition/{told.number}/{told.name}"))
    _add(entry, "title", title)
    _add(entry, "updated", wire_time(made.at))
    _add(entry, "published", wire_time(made.at))
    _add(entry, "category", term=told.name)
    _link(entry, "alternate", source.base_url + href, "application/json")
    if made.reason:
        _add(entry, "content", clean_html(made.reason), type="html")
    else:
        _add(entry, "content", title, type="text")


def _add(
    parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str
) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    made.text = None if text is None else _NO_XML.sub("\ufffd", text)
    return made


def _link(parent: ElementTree.Element, rel: str, href: str, kind: str) -> None:
    _add(parent, "link", rel=rel, href=href, type=kind)


def _urn(source: Source, name: str) -> str:
    """A name that lasts as long as this database, wherever it is reached."""
    return uuid5(UUID(source.instance), name).urn

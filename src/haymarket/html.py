"""HTML from strangers, made harmless before it is kept."""

from html import unescape

import nh3

TAGS = frozenset(
    {"a", "abbr", "b", "blockquote", "br", "code", "del", "div", "em", "hr", "i", "img", "ins"}
    | {"kbd", "p", "pre", "s", "small", "span", "strong", "sub", "sup", "u"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "dl", "dt", "dd", "li", "ol", "ul"}
    | {"table", "tbody", "td", "tfoot", "th", "thead", "tr"}
)
SCHEMES = {"http", "https", "mailto"}
ATTRIBUTES = {"a": {"href", "title"}, "img": {"src", "alt", "title", "width", "height"}}


def clean_html(text: str) -> str:
    """HTML with scripts, styles, handlers, forms and frames taken out."""
    return nh3.clean(text, tags=set(TAGS), attributes=ATTRIBUTES, url_schemes=SCHEMES)


def clean_links(text: str) -> str:
    """HTML in which only links are left, as installation instructions allow (general.md, 10)."""
    return nh3.clean(text, tags={"a"}, attributes={"a": {"href", "title"}}, url_schemes=SCHEMES)


def words_of(text: str) -> str:
    """What strangers write as plain text: whether it is read as text or as HTML, nothing runs.

    What looks like markup is taken out, also where it was written as `&lt;b&gt;`.
    """
    while (plain := plain_text(text)) != text:
        text = plain
    return text


def plain_text(text: str) -> str:
    """HTML as plain text: without its markup, and with the characters that were written for it."""
    return unescape(nh3.clean(text, tags=set())).strip()

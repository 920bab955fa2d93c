"""An app and the rules of its facts (apps.md, C.2): pure."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from haymarket.errors import Problem
from haymarket.lifecycle.model import AfterApproval, AppState, AppStatus

LONGEST_KEY = 255
LONGEST_NAME = 60
LONGEST_TAG_LINE = 130
LONGEST_SUMMARY = 250
MOST_CATEGORIES = 4
LONGEST_TEXT = 50_000
KEY = re.compile(r"[A-Za-z0-9._-]+")
FIXED_PATHS = frozenset({"archived", "listings", "search", "vendor", ".", ".."})

Hidden = Literal["no", "site", "everywhere"]


@dataclass(frozen=True)
class Figures:
    """What others count about an app: pushed into its row by those who count.

    `downloads` in all; `installs` and `users` of the last full week; `stars` from 0 to 4.
    """

    downloads: int = 0
    installs: int | None = None
    users: int | None = None
    stars: float = 0.0
    reviews: int = 0
    bundled: bool = False
    bundled_cloud: bool = False


@dataclass(frozen=True)
class Flags:
    """What administrators decide about an app."""

    hidden: Hidden = "no"
    featured: bool = False
    codegeist: bool = False
    marketing_labels: tuple[str, ...] = ()
    data_center_review_issue: str | None = None


@dataclass(frozen=True)
class App:
    """An app. `id` is the number in web addresses, `key` the identity on the wire.

    `links`, `tags` and `legacy` hold the wire form of these sub-documents. `category_ids` keep
    the vendor's order. `listed_at` is when it became public first.
    """

    id: int
    key: str
    name: str
    vendor_id: int
    status: AppStatus
    created_at: datetime
    modified_at: datetime
    approved_at: datetime | None = None
    listed_at: datetime | None = None
    archived_at: datetime | None = None
    after_approval: AfterApproval = "public"
    tag_line: str | None = None
    summary: str | None = None
    category_ids: tuple[int, ...] = ()
    links: dict[str, str] = field(default_factory=dict)
    tags: dict[str, list[dict[str, str]]] | None = None
    legacy: dict[str, Any] | None = None
    google_analytics_id: str | None = None
    jsd_embedded_data_key: str | None = None
    community_enabled: bool = False
    stores_personal_data: bool = False
    logo: str | None = None
    banner: str | None = None
    title_logo: str | None = None
    figures: Figures = Figures()
    flags: Flags = Flags()

    @property
    def state(self) -> AppState:
        """Where it stands in the state machine."""
        return AppState(self.status, self.approved_at is not None, self.after_approval)

    @property
    def is_listed(self) -> bool:
        """Whether everyone may see it."""
        return self.status == "public"


def problems_of_key(key: str) -> list[Problem]:
    """What is wrong with a key: `[A-Za-z0-9._-]+`, at most 255, and no word of the API."""
    if not KEY.fullmatch(key) or len(key) > LONGEST_KEY:
        return [Problem("A key has 1 to 255 letters, digits, dots, underscores or dashes", "/key")]
    if key in FIXED_PATHS:
        return [Problem(f"{key} is a word of the API and can not be a key", "/key")]
    return []


def problems_of_texts(app: App) -> list[Problem]:
    """What is wrong with the texts of a listing, each with the pointer of its member."""
    found = []
    if not app.name.strip():
        found.append(Problem("A name is required", "/name"))
    for path, text, longest in (
        ("/name", app.name, LONGEST_NAME),
        ("/tagLine", app.tag_line, LONGEST_TAG_LINE),
        ("/summary", app.summary, LONGEST_SUMMARY),
    ):
        if text is not None and len(text) > longest:
            found.append(
                Problem(
                    f"Invalid value for {path[1:]}. Cannot be longer than {longest} characters"
                    f" (it has {len(text)})",
                    path,
                )
            )
    if len(app.category_ids) > MOST_CATEGORIES:
        found.append(
            Problem(f"An app has at most {MOST_CATEGORIES} categories", "/_links/categories")
        )
    return found


def problems_of_listing(app: App) -> list[Problem]:
    """What a listing lacks that everyone shall see."""
    return [
        Problem(f"{path[1:]} is required for an app that asks to be listed", path)
        for path, text in (("/summary", app.summary), ("/tagLine", app.tag_line))
        if not (text and text.strip())
    ]

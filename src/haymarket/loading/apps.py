"""Apps of a file as they will be kept: checked, and what they refer to found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from msgspec import to_builtins

from haymarket.apps.model import App, Figures, Flags, problems_of_key, problems_of_texts
from haymarket.html import clean_html
from haymarket.lifecycle.model import AfterApproval
from haymarket.loading import format
from haymarket.loading.keeper import Place
from haymarket.pricing.model import PriceList
from haymarket.versions.model import Presentation, Version


@dataclass(frozen=True)
class Prepared:
    """An app of a file with everything that it refers to found and kept."""

    place: Place
    app: App
    versions: tuple[tuple[Version, Presentation], ...]
    rejection: str | None
    is_dated: bool = True
    prices: tuple[PriceList, ...] = ()
    weeks: int = 0


def prepare_app(
    place: Place,
    each: format.App,
    images: Mapping[str, str | None],
    categories: Mapping[str, int],
    now: datetime,
) -> App:
    """An app as it will be kept; `images` holds its logo and banner. Raises BadFile.

    `now` stands for the days that the file does not tell.
    """
    listed = _moment(each.listed)
    modified = _moment(each.modified) or listed or now
    approved = each.status in ("public", "readytolaunch")
    app = App(
        id=0,
        key=each.key,
        name=each.name,
        vendor_id=each.vendor,
        status=each.status,
        created_at=listed or modified,
        modified_at=modified,
        approved_at=(listed or modified) if approved else None,
        listed_at=(listed or modified) if each.status == "public" else None,
        archived_at=modified if each.archived else None,
        after_approval=_after_approval(each),
        tag_line=each.tag_line,
        summary=each.summary,
        category_ids=_category_ids(place, each, categories),
        links=_plain(each.links),
        tags=_tags(each.keywords),
        google_analytics_id=each.google_analytics_id,
        community_enabled=each.community_enabled,
        stores_personal_data=each.stores_personal_data,
        logo=images.get("logo"),
        banner=images.get("banner"),
        figures=_figures(each),
        flags=_flags(each),
    )
    _refuse_problems(place, app)
    return app


def _refuse_problems(place: Place, app: App) -> None:
    for problem in (problems_of_key(app.key) + problems_of_texts(app))[:1]:
        raise place.bad(f"{(problem.path or '')[1:]}: {problem.message}")


def _moment(day: date | None) -> datetime | None:
    return datetime.combine(day, time(9), UTC) if day else None


def _after_approval(each: format.App) -> AfterApproval:
    if each.status_after_approval:
        return each.status_after_approval
    return "readytolaunch" if each.status == "readytolaunch" else "public"


def _category_ids(place: Place, each: format.App, known: Mapping[str, int]) -> tuple[int, ...]:
    for index, name in enumerate(each.categories):
        if name not in known:
            raise place.within(f"categories[{index}]").bad(f"there is no category {name}")
    return tuple(dict.fromkeys(known[name] for name in each.categories))


def _plain(part: format.Part) -> dict[str, str]:
    found: dict[str, str | None] = to_builtins(part)
    return {name: value for name, value in found.items() if value is not None}


def _tags(keywords: list[str]) -> dict[str, list[dict[str, str]]] | None:
    if not keywords:
        return None
    return {"category": [], "keywords": [{"id": word, "name": word} for word in keywords]}


def _figures(each: format.App) -> Figures:
    told = each.figures
    return Figures(
        downloads=told.downloads,
        installs=told.installs,
        users=told.users,
        stars=told.stars,
        reviews=told.reviews,
        bundled=each.bundled,
        bundled_cloud=each.bundled_cloud,
    )


def _flags(each: format.App) -> Flags:
    return Flags(
        hidden="no" if isinstance(each.hidden, bool) else each.hidden,
        featured=each.featured,
        codegeist=each.codegeist,
        marketing_labels=tuple(each.marketing_labels),
    )


def rejection_of(each: format.App) -> str | None:
    """Why an app was rejected, as harmless HTML."""
    return clean_html(each.rejection_reason) if each.rejection_reason else None

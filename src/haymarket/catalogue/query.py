"""The filters of lists of apps (apps.md, B), as parameters and as one value."""

from dataclasses import dataclass, replace
from typing import Annotated, Literal

from litestar.params import QueryParameter

from haymarket.versions.model import Boundary
from haymarket.versions.wanted import Cost, HostingFilter

Filter = Literal[
    "atlassian",
    "codegeist",
    "featured",
    "highest-rated",
    "name",
    "new",
    "popular",
    "recent",
    "top-grossing",
    "top-vendor",
    "trending",
    "verified",
]
IncludeHidden = Literal["all", "visibleInApp"]
PartlyFree = Literal["free", "paid"]


@dataclass(frozen=True)
class AppQuery:
    """What somebody asks of a list of apps. Repeated filters mean any of their values."""

    application: str | None = None
    application_build: int | None = None
    category: tuple[str, ...] = ()
    cost: Cost | None = None
    filter: Filter | None = None
    for_this_user: bool = False
    hosting: tuple[HostingFilter, ...] = ()
    boundaries: tuple[Boundary, ...] = ()
    include_hidden: IncludeHidden | None = None
    include_private: bool = False
    marketing_label: tuple[str, ...] = ()
    text: str | None = None
    with_version: bool = False
    with_pricing: bool = False
    stores_personal_data: bool | None = None
    partly_free: PartlyFree | None = None
    explain: bool = False

    @property
    def web_hosting(self) -> str | None:
        """The hosting that web links of the answer carry: the one that was asked for."""
        return self.hosting[0] if len(self.hosting) == 1 and self.hosting[0] != "any" else None

    def within(self, boundaries: list[Boundary] | None) -> "AppQuery":
        """The same question, asked of these cloud compliance boundaries."""
        return replace(self, boundaries=tuple(boundaries)) if boundaries else self


def _asked(name: str, description: str, max_length: int | None = None) -> QueryParameter:
    return QueryParameter(name=name, description=description, max_length=max_length)


Flag = bool | None
Many = list[str] | None
Application = Annotated[str | None, _asked("application", "Apps for this host product")]
Build = Annotated[int | None, _asked("applicationBuild", "Apps for this build of `application`")]
Categories = Annotated[Many, _asked("category", "Apps in any of these categories, by name")]
Costing = Annotated[Cost | None, _asked("cost", "Apps with a version that costs this")]
OrderOrKind = Annotated[
    Filter | None, _asked("filter", "Sorts the apps, or restricts them to those of a kind")
]
ForThisUser = Annotated[
    Flag, _asked("forThisUser", "Only apps of vendors that the caller is a contact of")
]
Hostings = Annotated[
    list[HostingFilter] | None, _asked("hosting", "Apps for any of these hostings")
]
HiddenToo = Annotated[
    IncludeHidden | None,
    _asked("includeHidden", "Hidden apps too: those that products show, or all"),
]
PrivateToo = Annotated[Flag, _asked("includePrivate", "Apps too that only the caller may see")]
Labels = Annotated[Many, _asked("marketingLabel", "Apps with any of these")]
Text = Annotated[str | None, _asked("text", "Words to search for", 1000)]
WithVersion = Annotated[
    Flag, _asked("withVersion", "Embed the newest version that suits the filters")
]
WithPricing = Annotated[Flag, _asked("withPricingInfo", "Link to the price lists")]
PersonalData = Annotated[
    Flag, _asked("storesPersonalData", "Apps that say that they do, or do not")
]
PartlyFreeAs = Annotated[
    PartlyFree | None,
    _asked("treatPartlyFreeAs", "How an app counts for `cost` that is free on some hostings only"),
]
Explain = Annotated[
    Flag, _asked("explain", "Say with each hit of `text` why it stands where it stands")
]
Boundaries = Annotated[
    list[Boundary] | None,
    _asked("cloudComplianceBoundaries", "Apps for cloud within any of these boundaries"),
]
OneBoundary = Annotated[
    Boundary | None,
    _asked("cloudComplianceBoundary", "Chooses the version that is embedded, for cloud"),
]


def the_app_query(
    application: Application = None,
    application_build: Build = None,
    category: Categories = None,
    cost: Costing = None,
    filter_: OrderOrKind = None,
    for_this_user: ForThisUser = None,
    hosting: Hostings = None,
    include_hidden: HiddenToo = None,
    include_private: PrivateToo = None,
    marketing_label: Labels = None,
    text: Text = None,
    with_version: WithVersion = None,
    with_pricing: WithPricing = None,
    personal_data: PersonalData = None,
    partly_free: PartlyFreeAs = None,
    explain: Explain = None,
) -> AppQuery:
    """The dependency `asked` of every operation that lists apps."""
    return AppQuery(
        application=application,
        application_build=application_build,
        category=tuple(category or ()),
        cost=cost,
        filter=filter_,
        for_this_user=bool(for_this_user),
        hosting=tuple(hosting or ()),
        include_hidden=include_hidden,
        include_private=bool(include_private),
        marketing_label=tuple(marketing_label or ()),
        text=text,
        with_version=bool(with_version),
        with_pricing=bool(with_pricing),
        stores_personal_data=personal_data,
        partly_free=partly_free,
        explain=bool(explain),
    )

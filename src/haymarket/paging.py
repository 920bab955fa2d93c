"""Pages of a collection: `offset`, `limit`, and the links to the next and the previous one."""

from dataclasses import dataclass

from haymarket.errors import InvalidParameter

DEFAULT_LIMIT = 10
MAXIMUM_LIMIT = 50
LARGEST_OFFSET = 2**31 - 1


@dataclass(frozen=True)
class Page:
    """A window on a collection. `asked_limit` is what the caller gave, if anything."""

    offset: int = 0
    limit: int = DEFAULT_LIMIT
    asked_limit: int | None = None

    def next(self, count: int) -> list[tuple[str, str]] | None:
        """The parameters of the next page; None when nothing follows, or for `limit=0`."""
        if self.limit == 0 or self.offset + self.limit >= count:
            return None
        return self._at(self.offset + self.limit)

    def previous(self) -> list[tuple[str, str]] | None:
        """The parameters of the page before; None on the first."""
        if self.offset == 0 or self.limit == 0:
            return None
        return self._at(max(0, self.offset - self.limit))

    def _at(self, offset: int) -> list[tuple[str, str]]:
        limit = [] if self.asked_limit is None else [("limit", str(self.asked_limit))]
        return [*limit, ("offset", str(offset))]


def page(offset: int | None, limit: int | None) -> Page:
    """The window that a caller asks for: 10 by default, at most 50 (general.md, 7)."""
    if offset is not None and not 0 <= offset <= LARGEST_OFFSET:
        raise InvalidParameter(f"offset: must be between 0 and {LARGEST_OFFSET}, got {offset}")
    if limit is not None and limit < 0:
        raise InvalidParameter(f"limit: must be 0 or greater, got {limit}")
    size = DEFAULT_LIMIT if limit is None else min(limit, MAXIMUM_LIMIT)
    return Page(offset or 0, size, limit)


def without_paging(query: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A query with `offset` and `limit` taken out, to put others in."""
    return [pair for pair in query if pair[0] not in ("offset", "limit")]

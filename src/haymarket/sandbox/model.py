"""Spans of time as a sandbox is told them (ISO 8601), and who may ask it."""

import calendar
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

MOST_YEARS = 50
LONGEST = timedelta(days=MOST_YEARS * 365 + 13)
"""How far a clock may be ahead of the machine: so many years, of which 13 may be leap years."""

_SPAN = re.compile(
    r"P(?=[0-9]|T[0-9])(?:([0-9]{1,6})Y)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})W)?(?:([0-9]{1,6})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9}(?:[.,][0-9]{1,3})?)S)?)?"
)


@dataclass(frozen=True)
class Span:
    """A span of time: calendar months, and an exact time beside them."""

    months: int
    rest: timedelta

    def after(self, moment: datetime) -> datetime:
        """The moment that lies this span after another one, its months first.

        A day that the month does not have becomes its last one. Raises OverflowError beyond the
        last year that there is.
        """
        if self.months == 0:
            return moment + self.rest
        year, month = divmod(moment.year * 12 + moment.month - 1 + self.months, 12)
        if year > datetime.max.year:
            raise OverflowError("a year of five digits")
        day = min(moment.day, calendar.monthrange(year, month + 1)[1])
        return moment.replace(year=year, month=month + 1, day=day) + self.rest


def read_span(text: str) -> Span | None:
    """A span as ISO 8601 writes it: `PT24H`, `P1D`, `P2W`, `P1Y6M`; None for anything else.

    Only seconds may have a fraction, of three digits at most.
    """
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    *whole, seconds = (part or "0" for part in found.groups())
    years, months, weeks, days, hours, minutes = map(int, whole)
    exact = float(seconds.replace(",", "."))
    rest = timedelta(days=days, weeks=weeks, hours=hours, minutes=minutes, seconds=exact)
    return Span(years * 12 + months, rest)


def span_text(length: timedelta) -> str:
    """A length of time in hours, minutes and seconds as ISO 8601 writes it: `PT24H`."""
    milliseconds = length // timedelta(milliseconds=1)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    seconds = f"{rest // 1000}.{rest % 1000:03}".rstrip("0").rstrip(".")
    parts = [(str(hours), "H"), (str(minutes), "M"), (seconds, "S")]
    told = "".join(f"{number}{unit}" for number, unit in parts if number != "0")
    return f"PT{told or '0S'}"


def is_own_page(host: str, origin: str | None, names: frozenset[str]) -> bool:
    """Whether a request comes from no web page, or from one of the sandbox itself.

    `host` and `origin` are the headers, `names` the host names that the sandbox is known by. A
    name that it does not know may be one that a foreign site lets point to this machine; an
    address of numbers, or `localhost`, can be no such name.
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
        page = host if origin is None else urlsplit(origin).netloc
    except ValueError:  # neither names any place
        return False
    if name != "localhost" and name not in names and not _is_number(name):
        return False
    return page.lower() == host.lower()


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True

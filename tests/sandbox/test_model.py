"""Spans of time, and who may ask a sandbox."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haymarket.sandbox.model import Span, is_own_page, read_span, span_text

NOON = datetime(2027, 1, 31, 12, tzinfo=UTC)
lengths = st.integers(0, 50 * 366 * 86_400_000).map(lambda each: timedelta(milliseconds=each))


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("PT24H", datetime(2027, 2, 1, 12, tzinfo=UTC)),
        ("P1D", datetime(2027, 2, 1, 12, tzinfo=UTC)),
        ("P1W", datetime(2027, 2, 7, 12, tzinfo=UTC)),
        ("P1M", datetime(2027, 2, 28, 12, tzinfo=UTC)),
        ("P13M", datetime(2028, 2, 29, 12, tzinfo=UTC)),
        ("P1Y", datetime(2028, 1, 31, 12, tzinfo=UTC)),
        ("P11M", datetime(2027, 12, 31, 12, tzinfo=UTC)),
        ("P1Y2M3W4DT5H6M7.5S", datetime(2028, 4, 25, 17, 6, 7, 500_000, tzinfo=UTC)),
        ("PT90M", datetime(2027, 1, 31, 13, 30, tzinfo=UTC)),
        ("PT0,25S", datetime(2027, 1, 31, 12, 0, 0, 250_000, tzinfo=UTC)),
        ("P0D", NOON),
    ],
)
def test_a_span_after_a_moment_counts_calendar_months(text: str, later: datetime) -> None:
    span = read_span(text)
    assert span is not None
    assert span.after(NOON) == later


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "PT",
        "P1DT",
        "1D",
        "PT1D",
        "P1H",
        "-P1D",
        "P-1D",
        "P1.5D",
        "PT1.2345S",
        "p1d",
        "24h",
    ],
)
def test_what_is_no_span_is_not_read(text: str) -> None:
    assert read_span(text) is None


@pytest.mark.parametrize("text", ["P1D ", "P1M1Y", "P\u0661D", "P1234567Y", "PT1H1H", "P1D\n"])
def test_what_is_nearly_a_span_is_not_read_either(text: str) -> None:
    assert read_span(text) is None


def test_a_year_that_no_calendar_has_is_told() -> None:
    for text in ("P999999Y", "P999999W", "P8000Y", "PT999999999H"):
        span = read_span(text)
        assert span is not None
        with pytest.raises(OverflowError):
            span.after(NOON)


@given(lengths)
def test_a_length_is_read_back_as_it_was_written(length: timedelta) -> None:
    assert read_span(span_text(length)) == Span(0, length)


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(), "PT0S"),
        (timedelta(days=1), "PT24H"),
        (timedelta(minutes=1, seconds=10), "PT1M10S"),
        (timedelta(hours=1, milliseconds=20), "PT1H0.02S"),
    ],
)
def test_a_length_is_written_in_hours_minutes_and_seconds(length: timedelta, text: str) -> None:
    assert span_text(length) == text


@given(st.dates(datetime(2020, 1, 1).date(), datetime(2070, 1, 1).date()), st.integers(1, 600))
def test_months_end_in_the_month_that_they_lead_to(day: object, months: int) -> None:
    before = datetime.combine(day, datetime.min.time(), UTC)  # type: ignore[arg-type]
    after = Span(months, timedelta()).after(before)
    assert (after.year * 12 + after.month) - (before.year * 12 + before.month) == months
    assert after.day <= before.day


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1:8080", None),
        ("localhost:8080", None),
        ("[::1]:8080", "http://[::1]:8080"),
        ("10.0.0.7", "http://10.0.0.7"),
        ("localhost:8080", "http://LOCALHOST:8080"),
        ("sandbox.test", "https://sandbox.test"),
    ],
)
def test_the_machine_itself_and_its_own_pages_may_ask(host: str, origin: str | None) -> None:
    assert is_own_page(host, origin, frozenset({"sandbox.test"}))


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1:8080", "https://evil.example"),
        ("127.0.0.1:8080", "http://127.0.0.1:9090"),
        ("127.0.0.1:8080", "null"),
        ("evil.example:8080", None),
        ("evil.example:8080", "http://evil.example:8080"),
        ("127.0.0.1.evil.example", None),
        ("", None),
        ("[", None),
        ("[::1", "http://[::1"),
        ("\u2100", None),
        ("127.0.0.1:8080", "http://["),
        ("127.0.0.1:8080", ""),
    ],
)
def test_a_page_of_another_site_may_not(host: str, origin: str | None) -> None:
    assert not is_own_page(host, origin, frozenset({"sandbox.test"}))

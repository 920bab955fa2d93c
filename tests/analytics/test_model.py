"""Weeks, names and series."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haymarket.analytics.model import (
    Series,
    Told,
    deltas,
    host_name,
    last_full_week,
    monday,
    series_of,
    version_order,
    week_of,
    week_of_day,
)

MOMENTS = st.datetimes(
    min_value=datetime(1971, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
)


@given(moment=MOMENTS)
def test_a_week_begins_on_the_monday_of_its_iso_week(moment: datetime) -> None:
    begins = monday(week_of(moment))
    year, number, _ = moment.isocalendar()
    assert begins == date.fromisocalendar(year, number, 1)
    assert week_of_day(moment.date()) == week_of(moment)


@given(moment=MOMENTS)
def test_the_last_full_week_is_over_and_the_next_one_is_not(moment: datetime) -> None:
    end = monday(last_full_week(moment)) + timedelta(days=7)
    assert end <= moment.date() < end + timedelta(days=7)


@pytest.mark.parametrize(
    ("version", "parts", "name"),
    [
        ("9.4.2", 0, "jira 9.4.2"),
        ("9.4.2", 1, "jira 9"),
        ("9.4.2", 2, "jira 9.4"),
        ("9", 2, "jira 9"),
        ("9.4-m1.5", 2, "jira 9.4"),
        ("9-beta", 1, "jira 9"),
        ("9.4+build.7", 2, "jira 9.4"),
        ("-1", 1, "jira -1"),
        ("1000.0.0-SNAPSHOT", 2, "jira 1000.0"),
    ],
)
def test_parts_of_a_host_version(version: str, parts: int, name: str) -> None:
    assert host_name("jira", version, parts) == name


VERSIONS = ["1.0-beta", "1.0-rc1", "1.0-rc2", "1.0", "1.0.1", "1.2", "1.10", "2.0", "10.0"]
HOSTS = ["Confluence 7.0", "Jira 9.2", "Jira 9.10", "Jira 10.0"]


@pytest.mark.parametrize("ordered", [VERSIONS, HOSTS])
def test_versions_are_in_the_order_in_which_they_follow(ordered: list[str]) -> None:
    keys = [version_order(name) for name in ordered]
    assert all(one < next_one for one, next_one in pairwise(keys))


@given(one=st.text(max_size=8), other=st.text(max_size=8))
def test_any_two_names_have_an_order(one: str, other: str) -> None:
    assert (version_order(one) == version_order(other)) == (one == other)


def test_series_have_no_gap_and_all_end_with_the_newest_week() -> None:
    counts = [("1.0", 10, 5), ("1.0", 13, 2), ("0.9", 9, 1), ("1.0", 13, 1)]
    assert series_of(counts) == [
        Series("0.9", 9, [1, 0, 0, 0, 0]),
        Series("1.0", 10, [5, 0, 0, 3]),
    ]
    assert series_of([]) == []


TOLD = st.builds(
    Told,
    at=st.just(1),
    users=st.integers(0, 5),
    version=st.sampled_from("ab"),
    application=st.sampled_from(["jira", "crowd"]),
    application_version=st.sampled_from(["1.0", "1.1", "2.0"]),
    hosting=st.just("server"),
)


@given(first=TOLD, then=TOLD)
def test_what_an_instance_tells_anew_replaces_what_it_told(first: Told, then: Told) -> None:
    anew = Counter(deltas([(1, 7, None, first)]))
    anew.update(deltas([(1, 7, first, then)]))
    expected = deltas([(1, 7, None, then)])
    assert {place: n for place, n in anew.items() if n} == expected
    assert expected[1, "active", "", 7] == 1


def test_telling_the_same_again_changes_nothing() -> None:
    told = Told(1, 5, "1.0", "jira", "9.4.2", "server")
    assert deltas([(1, 7, told, told._replace(at=2, hosting="datacenter"))]) == {}

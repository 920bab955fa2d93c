"""What a version runs on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haymarket.versions.compatibility import (
    BEFORE_EVERYTHING,
    HOSTINGS,
    Bounds,
    Compatibility,
    CompatibilityMode,
    Host,
    Hosting,
    KnownApplication,
    Point,
    covered_builds,
    covers,
    host_asked_for,
    line,
    runs_on,
    suits,
)

RELEASES = (
    Point(100, "8.0.0"),
    Point(101, "8.0.1"),
    Point(110, "8.1.0"),
    Point(200, "9.0.0"),
    Point(210, "9.1.0"),
)
MICRO = KnownApplication("jira", "micro", RELEASES)
MINOR = KnownApplication("jira", "minor", RELEASES)


def up_to(lowest: int, highest: int) -> Bounds:
    names = {each.build: each.version for each in RELEASES}
    return Bounds(Point(lowest, names[lowest]), Point(highest, names[highest]))


@pytest.mark.parametrize(
    ("known", "bounds", "builds"),
    [
        (MICRO, up_to(100, 100), [100, 101]),
        (MINOR, up_to(100, 100), [100, 101, 110]),
        (MICRO, up_to(101, 110), [101, 110]),
        (MINOR, up_to(101, 200), [101, 110, 200, 210]),
        (MICRO, up_to(210, 210), [210]),
        (MICRO, up_to(110, 200), [110, 200]),
    ],
)
def test_newer_releases_of_the_same_line_are_inherited(
    known: KnownApplication, bounds: Bounds, builds: list[int]
) -> None:
    assert covered_builds(bounds, known) == builds


@pytest.mark.parametrize(
    ("version", "mode", "numbers"),
    [
        ("8.5.3", "micro", (8, 5)),
        ("8.5.3", "minor", (8,)),
        ("8", "micro", (8, 0)),
        ("8.5-rc1", "micro", (8, 5)),
        ("8-beta2", "minor", (8,)),
        ("cloud", "micro", (0, 0)),
    ],
)
def test_a_line_is_what_a_release_shares_with_those_that_inherit(
    version: str, mode: CompatibilityMode, numbers: tuple[int, ...]
) -> None:
    assert line(version, mode) == numbers


@pytest.mark.parametrize(
    ("build", "release"), [(100, 100), (105, 101), (999, 210), (99, 0), (0, 0)]
)
def test_an_unknown_build_counts_as_the_newest_release_before_it(build: int, release: int) -> None:
    assert MICRO.at(build).build == release


def test_nothing_runs_on_an_unknown_application_nor_before_the_first_release() -> None:
    everything = Compatibility("jira", True, up_to(100, 210), up_to(100, 210))
    assert not suits([everything], host_asked_for(None, "trello", None), HOSTINGS)
    assert not suits([everything], host_asked_for(MICRO, "jira", 5), HOSTINGS)


def test_a_former_key_means_the_application_of_today() -> None:
    assert host_asked_for(MICRO, "jira-software", 100) == Host("jira", RELEASES[0], "micro")


def test_a_build_is_one_of_a_server_product_and_not_of_the_cloud() -> None:
    cloud = Compatibility("jira", cloud=True)
    assert runs_on(cloud, Host("jira"), "cloud")
    assert not runs_on(cloud, Host("jira", RELEASES[0]), "cloud")


def test_each_hosting_has_its_own_bounds() -> None:
    both = Compatibility("jira", False, up_to(100, 101), up_to(200, 210))
    at_8, at_9 = Host("jira", RELEASES[0]), Host("jira", RELEASES[3])
    assert [runs_on(both, at_8, each) for each in HOSTINGS] == [False, True, False]
    assert [runs_on(both, at_9, each) for each in HOSTINGS] == [False, False, True]


POINTS = st.sampled_from(RELEASES)
BOUNDS = st.tuples(POINTS, POINTS).map(
    lambda pair: Bounds(*sorted(pair, key=lambda each: each.build))
)


@given(BOUNDS, POINTS, st.sampled_from(["micro", "minor"]))
def test_bounds_cover_what_lies_in_them_and_never_what_lies_below(
    bounds: Bounds, release: Point, mode: CompatibilityMode
) -> None:
    covered = covers(bounds, release, mode)
    if release.build < bounds.min.build:
        assert not covered
    elif release.build <= bounds.max.build:
        assert covered
    else:
        assert covered == (line(release.version, mode) == line(bounds.max.version, mode))


@given(BOUNDS, POINTS)
def test_what_micro_inherits_minor_inherits_too(bounds: Bounds, release: Point) -> None:
    assert covers(bounds, release, "minor") or not covers(bounds, release, "micro")


COMPATIBILITIES = st.builds(
    Compatibility,
    st.sampled_from(["jira", "confluence"]),
    st.booleans(),
    st.none() | BOUNDS,
    st.none() | BOUNDS,
)
HOSTS = st.none() | st.builds(
    Host,
    st.sampled_from(["jira", "confluence", "trello"]),
    st.none() | st.sampled_from([BEFORE_EVERYTHING, *RELEASES]),
    st.sampled_from(["micro", "minor"]),
)


@given(st.lists(COMPATIBILITIES, max_size=3), HOSTS, st.sets(st.sampled_from(HOSTINGS)))
def test_several_hostings_mean_any_of_them(
    compatibilities: list[Compatibility], host: Host | None, hostings: set[Hosting]
) -> None:
    together = suits(compatibilities, host, hostings)
    assert together == any(suits(compatibilities, host, [each]) for each in hostings)

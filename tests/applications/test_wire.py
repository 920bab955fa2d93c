"""Versions of applications, out on the wire and in again."""

from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from haymarket.applications import model, wire
from haymarket.hal import encode

versions = st.builds(
    model.HostVersion,
    application=st.just("jira"),
    build=st.integers(1, 2**63 - 1),
    version=st.text(min_size=1, max_size=model.LONGEST_VERSION),
    released=st.dates(),
    data_center_compatible=st.booleans(),
    status=st.sampled_from(("published", "unpublished")),
    end_of_life=st.none(),
)


@given(versions)
def test_a_version_reads_back_as_it_was_shown(version: model.HostVersion) -> None:
    shown = msgspec.json.decode(encode(wire.version_to_wire(version)))
    asked = msgspec.convert(shown, wire.ApplicationVersionInput)
    assert wire.version_from_wire(asked, "jira") == version


@given(versions)
def test_a_version_without_name_or_with_an_unprintable_one_has_a_problem(
    version: model.HostVersion,
) -> None:
    problems = model.problems_of_version(version)
    good = bool(version.version.strip()) and version.version.isprintable()
    assert [each.path for each in problems] == ([] if good else ["/version"])


def test_the_links_of_an_odd_key_are_encoded() -> None:
    odd = model.HostVersion("a/b c", 1, "1", date(2026, 1, 1))
    assert wire.version_to_wire(odd).links.parent.href == "/rest/2/applications/a%2Fb%20c"

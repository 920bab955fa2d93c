"""An app is found for a host, a hosting and a cost when one of its versions suits them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.search.samples import Catalogue, a_version, an_app
from haymarket.catalogue.query import AppQuery
from haymarket.catalogue.search.ask import Sight, ask
from haymarket.versions.compatibility import (
    HOSTINGS,
    Bounds,
    Compatibility,
    KnownApplication,
    Point,
    host_asked_for,
)
from haymarket.versions.model import PAYMENT_MODELS, Version
from haymarket.versions.wanted import PAYMENTS, Wanted

JIRA = KnownApplication(
    "jira", "micro", tuple(Point(n * 10, f"8.{n // 2}.{n % 2}") for n in range(1, 8))
)
CONFLUENCE = KnownApplication(
    "confluence", "minor", tuple(Point(n * 10, f"{7 + n // 3}.{n % 3}.0") for n in range(1, 8))
)
KNOWN = {"jira": JIRA, "jira-software": JIRA, "confluence": CONFLUENCE}


@st.composite
def bounds(draw: st.DrawFn, known: KnownApplication) -> Bounds:
    """From one release to the same or a later one."""
    last = len(known.releases) - 1
    low = draw(st.integers(0, last))
    return Bounds(known.releases[low], known.releases[draw(st.integers(low, last))])


@st.composite
def compatibilities(draw: st.DrawFn) -> Compatibility:
    """With an application, in any hostings, which may be none."""
    known = draw(st.sampled_from([JIRA, CONFLUENCE]))
    return Compatibility(
        known.key,
        cloud=draw(st.booleans()),
        server=draw(st.none() | bounds(known)),
        data_center=draw(st.none() | bounds(known)),
    )


versions = st.builds(
    lambda these, payment: a_version(*these, payment_model=payment),
    st.lists(compatibilities(), max_size=2),
    st.sampled_from(sorted(PAYMENT_MODELS)),
)


@st.composite
def wishes(draw: st.DrawFn) -> Wanted:
    """A host or none, with a build or without, which may be an unknown one."""
    key = draw(st.sampled_from([None, "jira", "jira-software", "confluence", "trello"]))
    build = draw(st.none() | st.integers(0, 90))
    hostings = draw(st.sets(st.sampled_from(HOSTINGS), min_size=1))
    return Wanted(
        None if key is None else host_asked_for(KNOWN.get(key), key, build),
        tuple(each for each in HOSTINGS if each in hostings),
        draw(st.none() | st.sampled_from(sorted(PAYMENTS))),
    )


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(versions, min_size=1, max_size=3), min_size=1, max_size=6),
    st.lists(wishes(), min_size=5, max_size=20),
)
def test_the_index_agrees_with_the_rules_of_compatibility(
    catalogue: list[list[Version]], wished: list[Wanted]
) -> None:
    apps = [(an_app(number, "App"), each) for number, each in enumerate(catalogue, 1)]
    index = Catalogue(apps, KNOWN)
    for wanted in wished:
        suiting = {
            app.id for app, these in apps if wanted.is_empty or any(map(wanted.suits, these))
        }
        assert set(index.ids(ask(index, AppQuery(), wanted, Sight()))) == suiting, wanted

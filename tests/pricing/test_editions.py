"""What prices are called, and what a renewal costs."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haymarket.pricing.editions import (
    Offer,
    description,
    edition_description,
    edition_id,
    per_unit_id,
    renewal_amount,
)
from haymarket.pricing.tiers import HOSTINGS, TIERS, Hosting, Price, Role

JIRA = Offer("com.acme.draw", "Draw", "datacenter", "jira", "Jira")
TEN = Price(10, Decimal("10"), 12)


def test_an_edition_of_data_center_is_called_as_on_the_wire() -> None:
    price = Price(750, Decimal("1200"), 12)
    assert edition_id(JIRA, price) == (
        "newPricingPlanItem:com.acme.draw.data-center:user-tier:750:COMMERCIAL"
    )
    assert edition_description(JIRA, price) == "750 Users"
    assert description(JIRA, price) == "Draw for Jira (Data Center) 750 Users: " + (
        "Commercial Term License"
    )


def test_an_edition_without_a_limit_has_a_great_number_in_its_id() -> None:
    price = Price(-1, Decimal("9000"), 12)
    assert ":user-tier:987654321:COMMERCIAL" in edition_id(JIRA, price)
    assert edition_description(JIRA, price) == "Unlimited Users"


@pytest.mark.parametrize(
    ("hosting", "name", "told"),
    [
        ("server", "Draw", "Draw 10 Users: Commercial License"),
        ("cloud", "Draw", "Draw for Jira (Cloud) 10 Users: Commercial Cloud Subscription"),
        ("cloud", "Draw for Jira", "Draw for Jira (Cloud) 10 Users: Commercial Cloud Subscription"),
    ],
)
def test_every_hosting_has_words_of_its_own(hosting: Hosting, name: str, told: str) -> None:
    assert description(Offer("a", name, hosting, "jira", "Jira"), TEN) == told


def test_apps_for_bamboo_are_counted_by_remote_agents() -> None:
    offer = Offer("com.acme.draw", "Draw", "server", "bamboo", "Bamboo")
    assert offer.edition_type == "remote-agent-count"
    assert edition_description(offer, Price(1, Decimal(0), 12)) == "1 Remote Agent"
    assert edition_id(offer, TEN).endswith(":remote-agent-count:10:COMMERCIAL")


def test_prices_with_a_role_are_counted_by_it() -> None:
    offer = Offer("com.acme.draw", "Draw", "server", "jira", "Jira", Role("agent", "agents"))
    assert offer.edition_type == "role-tier"
    assert edition_description(offer, TEN) == "10 agents"
    assert edition_description(offer, Price(-1, Decimal(1), 12)) == "Unlimited agents"


def test_an_app_that_runs_on_nothing_yet_is_called_by_its_name() -> None:
    assert description(Offer("a", "Draw", "datacenter"), TEN).startswith("Draw (Data Center) 10")


def test_a_renewal_costs_half_on_servers_and_the_same_elsewhere() -> None:
    odd = Price(10, Decimal("99.99"), 12)
    assert renewal_amount("server", odd) == Decimal("50.00")
    assert renewal_amount("datacenter", odd) == renewal_amount("cloud", odd) == Decimal("99.99")


@given(st.sampled_from(HOSTINGS), st.data())
def test_no_two_editions_of_a_list_have_one_id(hosting: Hosting, data: st.DataObject) -> None:
    offer = Offer("com.acme.draw", "Draw", hosting, "jira", "Jira")
    tiers = st.tuples(st.sampled_from(sorted(TIERS[hosting])), st.sampled_from([1, 12]))
    prices = [Price(u, Decimal(1), m) for u, m in data.draw(st.lists(tiers, unique=True))]
    ids = [name(offer, each) for each in prices for name in (edition_id, per_unit_id)]
    assert len(set(ids)) == len(ids)

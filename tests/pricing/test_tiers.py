"""What a price may be."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haymarket.pricing.tiers import (
    COMMERCIAL,
    HOSTINGS,
    MOST_PRICES,
    TIERS,
    Hosting,
    Price,
    Prices,
    Role,
    problems_of_prices,
)

SERVER: Hosting = "server"


def a_price(units: int = 25, amount: str = "99.50", months: int = 12, licence: str = "") -> Price:
    return Price(units, Decimal(amount), months, licence or COMMERCIAL)


def paths(prices: Prices, hosting: Hosting = SERVER) -> list[str | None]:
    """The pointers of what is wrong."""
    return [each.path for each in problems_of_prices(hosting, prices)]


@pytest.mark.parametrize("amount", ["0.01", "1", "10.5", "10.50", "999999999.99"])
def test_an_amount_has_at_most_two_decimals(amount: str) -> None:
    assert paths(Prices((a_price(amount=amount),))) == []


@pytest.mark.parametrize(
    "amount", ["-1", "-0.01", "0.001", "10.999", "1E+9", "1E+40", "Infinity", "NaN"]
)
def test_an_amount_that_is_none_is_named(amount: str) -> None:
    assert paths(Prices((a_price(), a_price(50, amount)))) == ["/items/1/amount"]


@pytest.mark.parametrize(("units", "is_free"), [(1, True), (10, True), (25, False), (-1, False)])
def test_only_the_smallest_tiers_may_be_free(units: int, is_free: bool) -> None:
    assert (paths(Prices((a_price(units, "0"),))) == []) is is_free


@pytest.mark.parametrize("hosting", HOSTINGS)
@pytest.mark.parametrize("units", [0, -2, 7, 10**9, 999])
def test_a_tier_that_there_is_not_is_named(hosting: Hosting, units: int) -> None:
    # without the amount, which may be free for some of them only
    assert paths(Prices((a_price(units),)), hosting) == ["/items/0/unitCount"]


@pytest.mark.parametrize(
    ("hosting", "units"),
    [
        ("server", [10, 25, 50, 100, 250, 500, 2000, 10_000, -1]),
        ("datacenter", [50, 500, 750, 1000, 2000, 15_000, 50_000, -1]),
        ("cloud", [10, 15, 25, 50, 100, 200, 300, 1200, 2500, 10_000, 35_000]),
    ],
)
def test_the_usual_tiers_are_known(hosting: Hosting, units: list[int]) -> None:
    assert TIERS[hosting].issuperset(units)


@pytest.mark.parametrize("months", [0, 2, 13, -12])
def test_a_price_is_for_a_month_or_a_year(months: int) -> None:
    assert paths(Prices((a_price(months=months),))) == ["/items/0/monthsValid"]
    assert paths(Prices((a_price(months=1), a_price(months=12)))) == []


def test_only_commercial_prices_are_set() -> None:
    assert paths(Prices((a_price(licence="ACADEMIC"),))) == ["/items/0/licenseType"]


def test_a_tier_has_one_price_and_the_second_is_named() -> None:
    prices = Prices((a_price(10), a_price(25), a_price(10, "12")))
    assert paths(prices) == ["/items/2/unitCount"]


def test_there_is_at_least_one_price_and_not_thousands() -> None:
    assert paths(Prices(())) == ["/items"]
    assert paths(Prices((a_price(),) * (MOST_PRICES + 1))) == ["/items"]


def test_prices_per_unit_are_for_cloud_and_follow_the_same_rules() -> None:
    per_unit = (a_price(100, "1.25", 1), a_price(7, "1", 1))
    prices = Prices((a_price(),), per_unit)
    assert paths(prices, "cloud") == ["/perUnitItems/1/unitCount"]
    assert paths(prices)[0] == "/perUnitItems"


@pytest.mark.parametrize("name", ["", " ", "x" * 101, "a\nb"])
def test_a_role_has_names(name: str) -> None:
    assert paths(Prices((a_price(),), role=Role(name, "agents"))) == ["/role/singularName"]
    assert paths(Prices((a_price(),), role=Role("agent", name))) == ["/role/pluralName"]


PRICES = st.builds(
    Price,
    st.integers(-3, 60) | st.sampled_from(sorted(TIERS["cloud"])),
    st.decimals() | st.decimals(0, 10_000, places=2),
    st.integers(0, 13),
    st.sampled_from(["COMMERCIAL", "ACADEMIC", ""]),
)


@given(st.sampled_from(HOSTINGS), st.lists(PRICES, max_size=6), st.lists(PRICES, max_size=3))
def test_any_prices_are_right_or_every_problem_has_a_place(
    hosting: Hosting, items: list[Price], per_unit: list[Price]
) -> None:
    prices = Prices(tuple(items), tuple(per_unit))
    for problem in problems_of_prices(hosting, prices):
        assert problem.path is not None
        assert problem.path.startswith(("/items", "/perUnitItems"))
    if not problems_of_prices(hosting, prices):
        tiers = [each.tier for each in prices.in_order.items]
        assert tiers == sorted(set(tiers))
        assert all(0 <= each.amount < 10**9 for each in items + per_unit)

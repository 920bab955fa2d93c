"""Loading prices: they hold from the listing, and twice is once."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from haymarket.apps.store import get_app
from haymarket.loading.format import BadFile
from haymarket.loading.load import Loader
from haymarket.pricing.model import PriceList, live_from, live_of, pending_of
from haymarket.pricing.store import current_lists
from haymarket.storage import Storage
from loading.writing import KEY, Write

SERVER: dict[str, Any] = {
    "hosting": "server",
    "items": [{"users": 10, "amount": 10}, {"users": -1, "amount": 999.5}],
}
CLOUD: dict[str, Any] = {
    "hosting": "cloud",
    "items": [{"users": 10, "amount": 0}],
    "perUnit": [{"users": 100, "amount": 1.25}],
    "expertDiscountOptOut": True,
}
PRICES = "apps[0].prices"


def kept(storage: Storage) -> list[PriceList]:
    """The price lists of the example's app."""
    with storage.reading() as db:
        app = get_app(db, KEY)
        assert app is not None
        return current_lists(db, app.id)


def state(storage: Storage, one: PriceList) -> str:
    """Whether a list is live or waits."""
    with storage.reading() as db:
        app = get_app(db, KEY)
        assert app is not None
        of_kind = [each for each in current_lists(db, app.id) if each.kind == one.kind]
        if one == live_of(of_kind, app.approved_at, db.now()):
            return "live"
        assert one == pending_of(of_kind, app.approved_at, db.now())
        return "pending"


def test_prices_of_a_listed_app_hold_from_the_day_when_it_was_listed(
    loader: Loader, write: Write, storage: Storage
) -> None:
    loader.load([write.all({PRICES: [SERVER, CLOUD], "apps[0].listed": "2023-12-12"})])
    server, cloud = kept(storage)
    listed = datetime(2023, 12, 12, 9, tzinfo=UTC)
    assert [live_from(each, listed) for each in (server, cloud)] == [listed, listed]
    assert [state(storage, each) for each in (server, cloud)] == ["live", "live"]
    assert [price.amount for price in server.prices.items] == [Decimal("999.5"), 10]
    assert cloud.kind.boundary == "commercial"
    assert cloud.prices.per_unit[0].months == 1
    assert cloud.prices.expert_discount_opt_out


def test_prices_may_have_been_submitted_later_than_the_listing(
    loader: Loader, write: Write, storage: Storage
) -> None:
    later = SERVER | {"submitted": "2024-05-01"}
    loader.load([write.all({PRICES: [later], "apps[0].listed": "2023-12-12"})])
    [one] = kept(storage)
    assert live_from(one, datetime(2023, 12, 12, 9, tzinfo=UTC)) == datetime(
        2024, 5, 2, 9, tzinfo=UTC
    )


def test_prices_of_an_app_that_is_not_approved_wait(
    loader: Loader, write: Write, storage: Storage
) -> None:
    loader.load([write.all({PRICES: [SERVER], "apps[0].status": "submitted"})])
    [one] = kept(storage)
    assert (state(storage, one), live_from(one, None)) == ("pending", None)


def test_the_same_prices_again_change_nothing(
    loader: Loader, write: Write, storage: Storage
) -> None:
    file = write(PRICES, [SERVER, CLOUD])
    loader.load([file])
    before = kept(storage)
    loader.load([file])
    assert kept(storage) == before


def test_other_prices_are_submitted_beside_those_that_hold(
    loader: Loader, write: Write, storage: Storage
) -> None:
    loader.load([write(PRICES, [SERVER])])
    dearer = SERVER | {"items": [{"users": 10, "amount": 20}]}
    loader.load([write(PRICES, [dearer])])
    assert [state(storage, each) for each in kept(storage)] == ["live", "pending"]
    loader.load([write(PRICES, [])])
    assert len(kept(storage)) == 2


@pytest.mark.parametrize(
    ("prices", "told"),
    [
        ([SERVER | {"hosting": "moon"}], "apps[0].prices[0].hosting: Invalid enum value 'moon'"),
        ([SERVER | {"colour": "red"}], "apps[0].prices[0]: Object contains unknown field `colour`"),
        ([SERVER | {"boundary": "commercial"}], "apps[0].prices[0]: only prices for cloud have"),
        ([SERVER | {"items": []}], "apps[0].prices[0].items: At least one price is required"),
        (
            [SERVER | {"items": [{"users": 7, "amount": 1}]}],
            "apps[0].prices[0].items[0].users: There is no tier of 7 units for server",
        ),
        (
            [CLOUD | {"perUnit": [{"users": 100, "amount": 0.001}]}],
            "apps[0].prices[0].perUnit[0].amount: An amount has at most two decimals",
        ),
        (
            [SERVER | {"items": [{"users": 10, "amount": 1, "months": 6}]}],
            "apps[0].prices[0].items[0].months: Invalid enum value 6",
        ),
        ([CLOUD, SERVER, CLOUD], "apps[0].prices[2]: there are prices for cloud commercial"),
    ],
)
def test_prices_that_break_a_rule_are_refused_by_their_place(
    loader: Loader, write: Write, prices: list[dict[str, Any]], told: str
) -> None:
    file = write(PRICES, prices)
    with pytest.raises(BadFile) as refused:
        loader.load([file])
    assert str(refused.value).startswith(f"{file}: {told}"), refused.value


def test_a_file_of_prices_that_holds_no_number_is_refused(
    loader: Loader, write: Write, tmp_path: Path
) -> None:
    file = write(PRICES, [SERVER | {"items": [{"users": 10, "amount": float("nan")}]}])
    with pytest.raises(BadFile):
        loader.load([file])

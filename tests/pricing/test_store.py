"""Prices in the database: many of them, at the same moment, and a submission that breaks off."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from given import FakeClock, Person, a_kept_app
from haymarket.accounts.model import ANONYMOUS
from haymarket.apps.model import App
from haymarket.pricing import store
from haymarket.pricing.actions import shown_prices, submit_prices
from haymarket.pricing.model import kind_of, pending_of
from haymarket.pricing.tiers import Price, Prices
from haymarket.storage import Storage

TIERS = (10, 25, 50, 100)
AT_ONCE = 8


@pytest.fixture
def draw(storage: Storage, vendor: Person) -> App:
    """An app that is approved."""
    return a_kept_app(storage, "com.acme.draw")


def all_at(amount: int) -> Prices:
    """Every tier at one price."""
    return Prices(tuple(Price(units, Decimal(amount), 12) for units in TIERS))


def submit(storage: Storage, draw: App, amount: int) -> None:
    with storage.writing(None) as db:
        submit_prices(db, draw, "server", None, all_at(amount))


def break_off(storage: Storage, draw: App) -> None:
    with storage.writing(None) as db:
        submit_prices(db, draw, "server", None, all_at(2))
        raise ZeroDivisionError


def test_of_many_submissions_at_once_one_waits_and_it_is_whole(storage: Storage, draw: App) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda amount: submit(storage, draw, amount), range(1, AT_ONCE + 1)))
    with storage.reading() as db:
        [left] = store.lists_of_kind(db, draw.id, kind_of("server", None))
        assert pending_of([left], draw.approved_at, db.now()) == left
        assert len({price.amount for price in left.prices.items}) == 1
        everything, count = store.history(db, draw.id, 0, 50)
    assert count == AT_ONCE
    assert [one.id for one, _ in everything if one.replaced_at is None] == [left.id]


def test_a_submission_that_breaks_off_changes_nothing(storage: Storage, draw: App) -> None:
    submit(storage, draw, 1)
    with pytest.raises(ZeroDivisionError):
        break_off(storage, draw)
    with storage.reading() as db:
        [left] = store.current_lists(db, draw.id)
        assert left.prices == all_at(1)
        assert left.replaced_at is None


def test_what_is_kept_is_what_was_submitted(storage: Storage, draw: App) -> None:
    amounts = ("0.01", "10", "99.90", "999999999.99")
    items = [Price(units, Decimal(each), 12) for units, each in zip(TIERS, amounts, strict=True)]
    with storage.writing(None) as db:
        kept = submit_prices(db, draw, "server", None, Prices(tuple(items)))
    with storage.reading() as db:
        assert store.current_lists(db, draw.id) == [kept]
    assert [str(price.amount) for price in kept.prices.items] == list(amounts)


def test_live_prices_are_read_in_few_statements_and_rows_however_many_there_were(
    storage: Storage, clock: FakeClock, draw: App
) -> None:
    for amount in range(1, 8):
        submit(storage, draw, amount)
        clock.advance(hours=10 * amount)
    before = storage.statements
    with storage.reading() as db:
        shown = shown_prices(db, ANONYMOUS, draw, kind_of("server", None), "live")
        assert storage.statements - before == 3
        assert shown.one.prices == all_at(7)
        assert len(store.current_lists(db, draw.id)) <= 2

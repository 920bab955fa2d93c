"""How often one address may do something."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from given import FakeClock
from haymarket.errors import TooMany
from haymarket.web.limits import MOST_ADDRESSES, Limiter, address_of

STEPS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 40)), max_size=60)


def refusal(limiter: Limiter, address: str) -> int | None:
    """For how many seconds an address has to wait."""
    try:
        limiter.take(address)
    except TooMany as error:
        return error.wait
    return None


def test_an_address_that_came_too_often_waits_until_its_minute_is_over(clock: FakeClock) -> None:
    limiter = Limiter(2, clock)
    assert [refusal(limiter, "a") for _ in range(3)] == [None, None, 60]
    assert refusal(limiter, "b") is None
    clock.advance(seconds=59.9)
    assert refusal(limiter, "a") == 1
    clock.advance(seconds=0.1)
    assert [refusal(limiter, "a") for _ in range(3)] == [None, None, 60]


def test_a_refusal_is_not_counted_and_a_look_neither(clock: FakeClock) -> None:
    limiter = Limiter(1, clock)
    for _ in range(5):
        limiter.check("a")
    limiter.note("a")
    with pytest.raises(TooMany):
        limiter.check("a")


def test_a_clock_that_is_set_back_locks_nobody_out(clock: FakeClock) -> None:
    limiter = Limiter(1, clock)
    limiter.take("a")
    clock.advance(days=-1)
    assert refusal(limiter, "a") is None


def test_the_memory_is_bounded_and_forgets_the_oldest(clock: FakeClock) -> None:
    limiter = Limiter(1, clock)
    for number in range(MOST_ADDRESSES + 1):
        limiter.take(f"address {number}")
    assert refusal(limiter, "address 1") == 60
    assert refusal(limiter, "address 0") is None


@given(STEPS)
def test_any_sequence_is_counted_as_a_list_of_times_would(steps: list[tuple[str, int]]) -> None:
    clock, most = FakeClock(), 3
    limiter = Limiter(most, clock)
    done: dict[str, list[float]] = {}
    for address, seconds in steps:
        clock.advance(seconds=seconds)
        now, times = clock().timestamp(), done.setdefault(address, [])
        wait = refusal(limiter, address)
        assert wait == naive_wait(times, now, most)
        if wait is None:
            times.append(now)


def naive_wait(times: list[float], now: float, most: int) -> int | None:
    """How long one has to wait who did it at these times; whole seconds here."""
    began, number = float("-inf"), 0
    for at in [*times, now]:
        if at - began >= 60:
            began, number = at, 0
        number += 1
    return int(began + 60 - now) if number > most else None


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
    ],
)
def test_an_ipv6_customer_is_counted_as_one(host: str, counted: str) -> None:
    request: Any = SimpleNamespace(client=SimpleNamespace(host=host))
    assert address_of(request) == counted
    assert address_of(SimpleNamespace(client=None)) == ""  # type: ignore[arg-type]

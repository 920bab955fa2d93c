"""The clock that can be turned: kept in a file, the same for everyone who reads it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from haymarket.clock import CLOCK_FILE, LOOK, TurnedClock, clock_of, system_clock
from running import eventually


def ahead(clock: TurnedClock) -> timedelta:
    """How far a clock is ahead of the machine, to the second."""
    return timedelta(seconds=round((clock() - datetime.now(UTC)).total_seconds()))


def test_without_a_file_it_is_the_time_of_the_machine(tmp_path: Path) -> None:
    assert clock_of(tmp_path) is system_clock
    clock = TurnedClock(tmp_path / CLOCK_FILE)
    assert clock.offset == timedelta()
    assert ahead(clock) == timedelta()


def test_a_turned_clock_goes_on_from_there(tmp_path: Path) -> None:
    clock = TurnedClock(tmp_path / CLOCK_FILE)
    clock.turn(timedelta(days=1, milliseconds=7))
    assert clock.offset == timedelta(days=1, milliseconds=7)
    first = clock()
    assert eventually(lambda: clock() > first, 2)
    assert ahead(clock) == timedelta(days=1)


def test_it_tells_whole_milliseconds(tmp_path: Path) -> None:
    clock = TurnedClock(tmp_path / CLOCK_FILE)
    clock.turn(timedelta(microseconds=1_500))
    assert clock().microsecond % 1000 == 0
    assert clock.offset == timedelta(milliseconds=1)


def test_a_later_start_and_another_process_have_the_same_time(tmp_path: Path) -> None:
    clock, other = (TurnedClock(tmp_path / CLOCK_FILE) for _ in range(2))
    clock.turn(timedelta(hours=5))
    assert TurnedClock(tmp_path / CLOCK_FILE).offset == timedelta(hours=5)
    assert eventually(lambda: other.offset == timedelta(hours=5), LOOK * 20)
    assert isinstance(clock_of(tmp_path), TurnedClock)
    (tmp_path / CLOCK_FILE).unlink()
    assert eventually(lambda: other.offset == timedelta(), LOOK * 20)


def test_turning_leaves_nothing_but_the_file(tmp_path: Path) -> None:
    TurnedClock(tmp_path / CLOCK_FILE).turn(timedelta(hours=5))
    assert [path.name for path in tmp_path.iterdir()] == [CLOCK_FILE]


def test_a_file_that_is_none_of_a_clock_is_refused(tmp_path: Path) -> None:
    (tmp_path / CLOCK_FILE).write_text("noon")
    with pytest.raises(ValueError, match="noon"):
        clock_of(tmp_path)

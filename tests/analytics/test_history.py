"""The installs that are invented for worlds to try out."""

from datetime import UTC, date, datetime, timedelta

from analytics.beats import beat, beats
from analytics.conftest import Counted
from given import FakeClock, a_kept_app, an_application
from haymarket.analytics.actions import bring_up_to_date, count_heartbeats, invent_history
from haymarket.analytics.model import monday, week_of
from haymarket.apps.model import App
from haymarket.storage import Storage

DRAW = "com.acme.draw"


def invent(storage: Storage, app: App, weeks: int = 104, instances: int = 1000) -> bool:
    with storage.counting() as db:
        return invent_history(db, app, weeks, instances, instances * 30)


def test_two_years_end_with_the_last_full_week_and_agree_with_the_figures(
    storage: Storage, apps: dict[str, App], clock: FakeClock, counted: Counted
) -> None:
    an_application(storage)
    assert invent(storage, apps[DRAW])
    found = counted.everything(DRAW)
    last = monday(week_of(clock.now) - 1)
    active = {day: n for (_, what, _, day), n in found.items() if what == "active"}
    assert sorted(active) == [last - timedelta(weeks=n) for n in reversed(range(104))]
    assert active[last] == 1000
    assert found[DRAW, "users", "", last] == 30_000
    assert 0 < active[min(active)] < 1000


def test_every_dimension_adds_up_in_every_week(
    storage: Storage, apps: dict[str, App], counted: Counted
) -> None:
    an_application(storage)
    invent(storage, apps[DRAW], 20, 777)
    sums: dict[tuple[str, date], int] = {}
    for (_, dimension, _, day), n in counted.everything(DRAW).items():
        sums[dimension, day] = sums.get((dimension, day), 0) + n
    for (what, day), n in sums.items():
        if what != "users":
            assert n == sums["active", day], what


def test_versions_have_installs_from_the_day_of_their_release(
    storage: Storage, apps: dict[str, App], clock: FakeClock, counted: Counted
) -> None:
    old, new = (clock.now.date() - timedelta(weeks=weeks) for weeks in (90, 10))
    versions = [
        {"build": 1, "name": "1.0", "released_on": old},
        {"build": 2, "name": "2.0", "released_on": new},
    ]
    app = a_kept_app(storage, "com.acme.new", versions)
    assert invent(storage, app, 30)
    weeks: dict[str, list[date]] = {}
    for (_, what, name, monday_of), _ in counted.everything("com.acme.new").items():
        if what == "version":
            weeks.setdefault(name, []).append(monday_of)
    assert len(weeks["1.0"]) == 30
    assert min(weeks["2.0"]) > new
    assert len(weeks["2.0"]) >= 7


def test_nothing_is_invented_before_an_app_was_listed_or_where_something_was_counted(
    storage: Storage, apps: dict[str, App], clock: FakeClock, counted: Counted
) -> None:
    young = a_kept_app(storage, "com.acme.young", listed_at=clock.now - timedelta(weeks=5))
    assert invent(storage, young)
    days = {day for _, what, _, day in counted.everything("com.acme.young") if what == "active"}
    assert min(days) == monday(week_of(clock.now) - 5)
    assert not invent(storage, young)
    newborn = a_kept_app(storage, "com.acme.newborn", listed_at=clock.now)
    assert not invent(storage, newborn)
    count_heartbeats(storage, beats(beat(clock.now)), clock.now)
    assert not invent(storage, apps[DRAW])


def test_the_same_is_invented_each_time_and_heartbeats_add_to_it(
    storage: Storage, apps: dict[str, App], clock: FakeClock, counted: Counted
) -> None:
    invent(storage, apps[DRAW])
    before = counted.everything(DRAW)
    moment = datetime(2026, 11, 18, tzinfo=UTC)
    count_heartbeats(storage, beats(beat(moment, users=7)), clock.now)
    bring_up_to_date(storage)
    after = counted.everything(DRAW)
    last = monday(week_of(moment))
    assert after[DRAW, "active", "", last] == before[DRAW, "active", "", last] + 1
    assert after[DRAW, "users", "", last] == before[DRAW, "users", "", last] + 7

"""A target by its shares: the lines are the whole, whatever was posted and wherever."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from senhong.ledger.queries import By, figures, unit_titles
from senhong.ledger.tests.make import posted
from senhong.org.models import Unit
from senhong.org.queries import SYSTEM
from senhong.org.services import restructure
from senhong.org.tests.make import a_change, a_new_unit, a_province, a_unit, an_actor
from senhong.people.tests.make import a_member
from senhong.plans import queries
from senhong.plans.models import Target
from senhong.plans.queries import PartProgress, Way
from senhong.plans.tests.make import a_plan, a_split, a_target

MARCH_20 = date(2023, 3, 20)


def lines_of(target: Target, reading_on: date, on: int | None = None) -> list[PartProgress]:
    rows = figures(
        SYSTEM, target.unit, [target.indicator], first=target.from_day,
        last=int(f"{reading_on:%Y%m%d}"), by=By.UNIT, on=on,
    )  # fmt: skip
    shares = queries.shares_of(target)
    return queries.parts_progress(target, shares, rows, unit_titles(rows), reading_on=reading_on)


postings = st.lists(
    st.tuples(st.integers(0, 6), st.integers(1, 500), st.integers(1, 28)), max_size=20
)
weights = st.lists(st.integers(0, 9), min_size=3, max_size=3).filter(any)


class PartsAreTheWhole(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(postings, weights, st.integers(1, 10_000))
    def test_for_any_postings_and_shares(
        self, posted_there: list[tuple[int, int, int]], wanted: list[int], quantity: int
    ) -> None:
        province = a_province("Tỉnh A", huyện_B=["Xã 1", "Xã 2"], huyện_C=["Xã 3", "Xã 4"])
        units = [*Unit.objects.filter(province=province).order_by("pk")]
        target = a_target(province, quantity=quantity, plan=a_plan(province))
        for where, number, day in posted_there:
            posted(SYSTEM, units[where], target.indicator, number, day=20230300 + day)
        a_split(
            target, dict(zip(["Huyện B", "Huyện C", "own"], _shares(wanted, quantity), strict=True))
        )
        for share in queries.shares_of(target):
            if not share.is_own and share.quantity > 3:
                below = [unit.title for unit in queries.units_to_split(share)]
                a_split(share, {below[0]: share.quantity - 3, below[1]: 2, "own": 1})
        a_split(target, {"Huyện B": quantity})

        for whole in [target, *split_further(target)]:
            [progress] = queries.progress_of(SYSTEM, [whole], reading_on=MARCH_20)
            lines = lines_of(whole, MARCH_20)
            assert sum(line.figure for line in lines) == progress.figure
            assert sum(share.quantity for share in queries.shares_of(whole)) == whole.quantity
            assert all(_own_progress(line) == line.figure for line in lines if line.progress)


def split_further(target: Target) -> list[Target]:
    found = Target.objects.asked().filter(shares__isnull=False).exclude(pk=target.pk)
    return list(found.distinct())


def _shares(weights: list[int], quantity: int) -> list[int]:
    first = quantity * weights[0] // sum(weights)
    second = (quantity - first) * weights[1] // (sum(weights) or 1)
    return [first, second, quantity - first - second]


def _own_progress(line: PartProgress) -> int:
    """What the share's own page says; the unit's own part has no page."""
    if line.share is None or line.is_own:
        return line.figure
    share = queries.get_target(SYSTEM, line.share.pk)
    return queries.progress_of(SYSTEM, [share], reading_on=MARCH_20)[0].figure


@pytest.mark.django_db
def test_where_the_map_changed_the_lines_are_still_the_whole() -> None:
    province = a_province()
    old, other = a_unit("Xã A", province), a_unit("Xã B", province)
    plan = a_plan(province, from_day=20250101, to_day=20260101)
    target = a_target(province, quantity=100, plan=plan)
    a_split(target, {"Xã A": 70, "Xã B": 30})
    posted(SYSTEM, old, target.indicator, 11, day=20250630)
    new = a_new_unit("Xã Mới", province)
    restructure(SYSTEM, a_change(20250701, ends=[old], begins=[new], edges=[(old, new)]))
    posted(SYSTEM, Unit.objects.get(key=new.key), target.indicator, 5, day=20250702)
    posted(SYSTEM, other, target.indicator, 3, day=20250702)
    target = queries.get_target(SYSTEM, target.pk)

    of_day = lines_of(target, date(2025, 7, 10))
    on_today = lines_of(target, date(2025, 7, 10), on=20250710)

    figures_of_day = {
        line.name: (line.figure, line.share and line.share.quantity) for line in of_day
    }
    assert figures_of_day == {
        "Xã A": (11, 70),
        "Xã B": (3, 30),
        "Xã Mới": (5, None),
    }
    assert {line.name: line.figure for line in on_today if line.figure} == {"Xã Mới": 16, "Xã B": 3}
    assert sum(line.figure for line in of_day) == sum(line.figure for line in on_today) == 19


@pytest.fixture
def target() -> Target:
    province = a_province("Tỉnh A", huyện_B=["Xã 1"], huyện_C=["Xã 2"])
    return a_target(province, quantity=100, plan=a_plan(province))


def key(title: str) -> str:
    return next(unit.key for unit in Unit.objects.all() if unit.title == title)


def unit(title: str) -> Unit:
    return Unit.objects.get(key=key(title))


@pytest.mark.django_db
def test_members_weigh_where_they_are(target: Target) -> None:
    for title, names in {"Xã 1": ["An", "Bình"], "Huyện B": ["Chi"], "Tỉnh A": ["Dũng"]}.items():
        for name in names:
            a_member(unit(title), full_name=name)

    weights = queries.weights_of(SYSTEM, target, Way.MEMBERS)

    assert weights == {key("Huyện B"): 3, key("Tỉnh A"): 1}
    in_c = an_actor("member.view", at=unit("Huyện C"))
    assert queries.weights_of(in_c, target, Way.MEMBERS) == {}


@pytest.mark.django_db
def test_what_was_reached_before_weighs(target: Target) -> None:
    posted(SYSTEM, unit("Xã 1"), target.indicator, 8, day=20221231)
    posted(SYSTEM, unit("Xã 2"), target.indicator, 2, day=20220101)
    posted(SYSTEM, unit("Xã 2"), target.indicator, 90, day=20211231)

    weights = queries.weights_of(SYSTEM, target, Way.LAST_PERIOD)

    assert (weights[key("Huyện B")], weights[key("Huyện C")]) == (8, 2)


@pytest.mark.parametrize(
    ("first", "to_day", "way", "before"),
    [
        (20230101, 20240101, Way.LAST_PERIOD, (20220101, 20221231)),
        (20230301, 20230401, Way.LAST_PERIOD, (20230201, 20230228)),
        (20230401, 20230701, Way.LAST_PERIOD, (20230101, 20230331)),
        (20230311, 20230321, Way.LAST_PERIOD, (20230301, 20230310)),
        (20230301, 20230401, Way.LAST_YEAR, (20220301, 20220331)),
        (20240229, 20240301, Way.LAST_YEAR, (20230228, 20230228)),
    ],
)
def test_the_period_before_is_as_long(
    first: int, to_day: int, way: Way, before: tuple[int, int]
) -> None:
    assert queries.before(Target(from_day=first, to_day=to_day), way) == before

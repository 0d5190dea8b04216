from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from senhong.core.errors import NotFound
from senhong.core.ids import uuid7
from senhong.ledger.tests.make import an_indicator, posted
from senhong.org.models import Unit
from senhong.org.queries import SYSTEM
from senhong.org.services import restructure
from senhong.org.tests.make import a_change, a_new_unit, a_province, a_unit, an_actor
from senhong.people.tests.make import a_team
from senhong.plans import queries
from senhong.plans.queries import PaceState
from senhong.plans.services import set_pace_rule
from senhong.plans.tests.make import a_directive, a_plan, a_target

pytestmark = pytest.mark.django_db
MARCH_20 = date(2023, 3, 20)


def test_progress_counts_from_the_first_day_to_the_day_that_is_read() -> None:
    target = a_target(quantity=200)
    sorties = target.indicator
    for day in (20221231, 20230101, 20230320, 20230321):
        posted(SYSTEM, target.unit, sorties, 10, day=day)

    [progress] = queries.progress_of(SYSTEM, [target], reading_on=MARCH_20)

    assert (progress.figure, progress.expected, progress.state) == (20, 43, PaceState.BEHIND)


def test_a_period_that_is_over_takes_in_nothing_more() -> None:
    target = a_target(quantity=200, to_day=20230401)
    posted(SYSTEM, target.unit, target.indicator, 7, day=20230331)
    posted(SYSTEM, target.unit, target.indicator, 9, day=20230401)

    [progress] = queries.progress_of(SYSTEM, [target], reading_on=date(2023, 6, 1))

    assert (progress.figure, progress.is_over, progress.missing) == (7, True, 193)


def test_a_state_is_read_on_the_day() -> None:
    province = a_province()
    commune = a_unit("Xã A", a_unit("Huyện A", province))
    a_team(commune, from_day=20230301)
    target = a_target(province, "teams.commune", 123)

    [before, after] = (
        queries.progress_of(SYSTEM, [target], reading_on=day)[0].figure
        for day in (date(2023, 2, 28), MARCH_20)
    )

    assert (before, after) == (0, 1)


def test_the_provinces_thresholds_decide() -> None:
    target = a_target(quantity=365)
    posted(SYSTEM, target.unit, target.indicator, 78, day=20230320)
    set_pace_rule(SYSTEM, uuid7(), unit=target.unit, ahead_percent=150, on_pace_percent=100)

    [progress] = queries.progress_of(SYSTEM, [target], reading_on=MARCH_20)

    assert (progress.expected, progress.state) == (79, PaceState.BEHIND)


@pytest.mark.parametrize("number", [1, 30])
def test_progress_takes_the_same_queries_however_many_targets(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    province = a_province()
    plan = a_plan(province)
    a_target(province, "teams.commune", 9, plan)
    units = [a_unit(f"Huyện {n}", province) for n in range(number)]
    targets = [a_target(unit, quantity=5, plan=plan) for unit in units]
    for unit in units:
        posted(SYSTEM, unit, an_indicator("sorties"), 1, day=20230301)

    found = queries.targets_of_plan(SYSTEM, plan)
    with django_assert_num_queries(2):
        progress = queries.progress_of(SYSTEM, found, reading_on=MARCH_20)

    assert len(progress) == len(targets) + 1
    assert sum(each.figure for each in progress) == number


def test_a_target_of_a_unit_that_became_another_is_that_ones() -> None:
    province = a_province()
    old = a_unit("Xã A", a_unit("Huyện A", province))
    plan = a_plan(province, from_day=20250101, to_day=20260101)
    target = a_target(old, plan=plan)
    new = a_new_unit("Xã Mới", province)
    restructure(SYSTEM, a_change(20250701, ends=[old], begins=[new], edges=[(old, new)]))
    heir = Unit.objects.get(key=new.key)

    assert queries.targets_of(SYSTEM, old, 20250630) == [target]
    assert queries.targets_of(SYSTEM, heir, 20250701) == [target]
    assert queries.targets_of(SYSTEM, province, 20250701) == []


def test_targets_of_a_day_are_those_of_the_plans_current_then() -> None:
    province = a_province()
    plan = a_plan(province)
    year = a_target(province, plan=plan)
    later = a_target(province, plan=plan, from_day=20231001)
    a_target(province, plan=a_plan(province, from_day=20240101, to_day=20250101))

    assert queries.targets_of(SYSTEM, province, 20230320) == [year, later]
    assert queries.targets_of(SYSTEM, province, 20221231) == []


def test_a_commune_reads_the_plans_above_it_and_not_its_neighbours() -> None:
    province = a_province()
    hers, other = a_unit("Xã A", province), a_unit("Xã B", province)
    above, own, neighbours = a_plan(province), a_plan(hers), a_plan(other)
    target = a_target(province, plan=above)
    secretary = an_actor("plan.view", "figure.view", at=hers)

    assert {*queries.plans_of(secretary, hers, 20230320)} == {above, own}
    assert queries.get_plan(secretary, above.pk) == above
    with pytest.raises(NotFound):
        queries.get_plan(secretary, neighbours.pk)
    with pytest.raises(NotFound):
        queries.get_target(secretary, target.pk)


def test_the_tree_hangs_plans_under_documents_and_shows_current_ones_first() -> None:
    province = a_province()
    resolution = a_directive(province, number="04-NQ/TU", issued_on=date(2021, 12, 31))
    order = a_directive(province, parent=resolution)
    old = a_plan(province, directive=order, name="2022", from_day=20220101, to_day=20230101)
    year = a_plan(province, directive=order, name="2023")
    month = a_plan(province, parent=year, name="Tháng 3", from_day=20230301, to_day=20230401)
    loose = a_plan(province, name="Không theo văn bản")

    tree = queries.plan_tree(SYSTEM, None, 20230320)

    [root] = tree.directives
    [below] = root.children
    assert root.directive == resolution
    assert below.directive == order
    assert [node.plan for node in below.plans] == [year, old]
    assert [node.plan for node in below.plans[0].children] == [month]
    assert [node.plan for node in tree.plans] == [loose]
    assert {*tree.current_plans} == {year, month, loose}
    assert not below.plans[1].is_current

"""The dry run: what a change would do, and why it cannot be."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from pytest_django import DjangoAssertNumQueries

from senhong.core.errors import Forbidden
from senhong.core.ids import uuid7
from senhong.org import errors
from senhong.org.changes import Change, HeirsAnswer, NewUnit
from senhong.org.models import Unit, UnitMap
from senhong.org.queries import HEIRS, STRANDED, planned_change
from senhong.org.services import add_partner, restructure
from senhong.org.tests.make import (
    SYSTEM,
    a_change,
    a_grant,
    a_new_unit,
    a_province,
    a_unit,
    a_user,
    an_actor,
)

pytestmark = pytest.mark.django_db
DAY = 20250701


@dataclass
class World:
    """Two provinces with a district and two communes each."""

    one: Unit
    two: Unit
    district: Unit
    a: Unit
    b: Unit
    far: Unit


@pytest.fixture
def world() -> World:
    one, two = a_province("Tỉnh Một"), a_province("Tỉnh Hai")
    district = a_unit("Huyện A", one)
    communes = a_unit("Xã A", district), a_unit("Xã B", district)
    return World(one, two, district, *communes, a_unit("Xã C", two))


def ended_province(world: World) -> Change:
    return a_change(DAY, ends=[world.two, world.far])


def ring(world: World) -> Change:
    first, second = a_new_unit("Xã X", "Y", key="X"), a_new_unit("Xã Y", "X", key="Y")
    return a_change(DAY, begins=[first, second])


def two_defaults(world: World) -> Change:
    edges = [(world.a, world.b), (world.a, world.far)]
    return a_change(DAY, ends=[world.a], edges=edges)


def used_key(world: World) -> Change:
    return a_change(DAY, begins=[a_new_unit("Xã X", world.one, key=world.b.key)])


def key_twice(world: World) -> Change:
    new = a_new_unit("Xã X", world.one)
    return a_change(DAY, begins=[new, new])


REFUSED: dict[str, tuple[Callable[[World], Change], type[errors.ChangeRefused], str]] = {
    "nothing named": (lambda w: a_change(DAY), errors.NothingChanges, "không nêu"),
    "no day": (lambda w: a_change(20250230, ends=[w.a]), errors.NoSuchDay, "20250230"),
    "unknown": (lambda w: a_change(DAY, ends=["W-0"]), errors.UnitsUnknown, "W-0"),
    "key used": (used_key, errors.KeyUsed, "Xã X"),
    "key twice": (key_twice, errors.KeyUsed, "Wt"),
    "ends and stays": (
        lambda w: a_change(DAY, ends=[w.a], alters=[(w.a, {"name": "Xã X"})]),
        errors.EndsAndStays,
        "Wt",
    ),
    "hangs on what ends": (
        lambda w: a_change(DAY, ends=[w.district]), errors.HangsOnEnded, "Xã A .*Xã B",
    ),
    "to another province": (
        lambda w: a_change(DAY, alters=[(w.a, {"parent": w.two.key})]),
        errors.PassesToAnotherProvince,
        "Xã A",
    ),
    "a province below another": (
        lambda w: a_change(DAY, alters=[(w.two, {"parent": w.one.key})]),
        errors.PassesToAnotherProvince,
        "Tỉnh Hai",
    ),
    "a ring": (ring, errors.TreeIsARing, "Xã X .*Xã Y"),
    "a ring of what stands": (
        lambda w: a_change(DAY, alters=[(w.district, {"parent": w.a.key})]),
        errors.TreeIsARing,
        "Huyện A",
    ),
    "a commune at the top": (
        lambda w: a_change(DAY, begins=[a_new_unit("Xã X", None)]), errors.NotAProvince, "Xã X",
    ),
    "two defaults": (two_defaults, errors.TwoDefaults, "Xã A"),
    "an edge twice": (
        lambda w: a_change(DAY, ends=[w.a], edges=[(w.a, w.b), (w.a, w.b)]), errors.EdgeTwice, "→",
    ),
    "an edge from what stands": (
        lambda w: a_change(DAY, edges=[(w.a, w.b)]), errors.EdgeFromStanding, "Xã A",
    ),
    "an edge to what ends": (
        lambda w: a_change(DAY, ends=[w.a, w.b], edges=[(w.a, w.b)]), errors.EdgeNotOnMap, "Xã B",
    ),
    "no successor": (ended_province, errors.ProvinceEndsWithoutSuccessor, "Tỉnh Hai"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_is_refused_and_named(what: str, world: World) -> None:
    written, error, named = REFUSED[what]

    plan = planned_change(SYSTEM, written(world))

    assert error in [type(refusal) for refusal in plan.refused]
    refusal = next(r for r in plan.refused if type(r) is error)
    assert re.search(named, str(refusal))
    assert not plan.steps


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_is_not_done(what: str, world: World) -> None:
    written = REFUSED[what][0]
    units, maps = Unit.objects.count(), UnitMap.objects.count()

    with pytest.raises(errors.ChangeRefused):
        restructure(SYSTEM, written(world))

    assert (Unit.objects.count(), UnitMap.objects.count()) == (units, maps)


def test_a_day_not_after_the_beginning_of_the_map_is_refused(world: World) -> None:
    restructure(SYSTEM, a_change(DAY, alters=[(world.a, {"name": "Xã X"})]))

    plan = planned_change(SYSTEM, a_change(DAY, alters=[(world.b, {"name": "Xã Y"})]))

    assert [type(refusal) for refusal in plan.refused] == [errors.DayTooEarly]
    assert "01/07/2025" in str(plan.refused[0])
    assert "Tỉnh Một" in str(plan.refused[0])


def test_a_unit_that_has_ended_neither_ends_again_nor_takes_in_others(world: World) -> None:
    restructure(SYSTEM, a_change(DAY, ends=[world.a], edges=[(world.a, world.b)]))

    for change in (
        a_change(20260101, ends=[world.a]),
        a_change(20260101, ends=[world.b], edges=[(world.b, world.a)]),
        a_change(20260101, begins=[a_new_unit("Chi đoàn 1", world.a, level="branch")]),
    ):
        plan = planned_change(SYSTEM, change)
        assert [type(refusal) for refusal in plan.refused] == [errors.UnitsNotStanding]


def test_all_that_stands_against_a_change_is_said_at_once(world: World) -> None:
    plan = planned_change(SYSTEM, a_change(20250230, ends=[world.a], alters=[(world.a, {})]))

    assert {r.code for r in plan.refused} == {"no-such-day", "unit-ends-and-stays"}


def test_a_long_list_of_units_is_cut_short(world: World) -> None:
    plan = planned_change(SYSTEM, a_change(DAY, ends=[f"W-{i:02}" for i in range(15)]))

    assert "W-09 và 5 đơn vị khác" in str(plan.refused[0])


def test_the_dry_run_says_what_ends_begins_and_goes_where(world: World) -> None:
    new = NewUnit(
        key="N", code="1", level="commune", kind="phường", name="Mới", parent=world.one.key
    )
    change = a_change(
        DAY, ends=[world.a, world.district], begins=[new], edges=[(world.a, new)],
        alters=[(world.b, {"parent": world.one.key})],
    )  # fmt: skip

    plan = planned_change(SYSTEM, change)

    assert plan.refused == ()
    assert plan.steps[world.a.key] == "N"
    assert plan.steps[world.b.key] == world.b.key
    assert plan.steps[world.district.key] == world.one.key
    assert plan.to_parent == (world.district.key,)
    assert plan.title("N") == "Phường Mới"
    assert set(plan.trees[world.one.key]) == {world.one.key, world.b.key, "N"}
    assert world.far.key not in plan.steps


def test_the_dry_run_writes_nothing(world: World) -> None:
    planned_change(SYSTEM, a_change(DAY, ends=[world.a], edges=[(world.a, world.b)]))

    assert Unit.objects.get(pk=world.a.pk).to_day > DAY
    assert UnitMap.objects.filter(from_day=DAY).count() == 0


def test_the_dry_run_asks_what_hangs_on_the_units_that_end(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[set[int]] = []

    def teams(unit_ids: object) -> HeirsAnswer:
        asked.append(set(unit_ids))  # type: ignore[call-overload]  # ids
        return HeirsAnswer("tổ", 3, "Theo đơn vị kế thừa.")

    monkeypatch.setattr("senhong.org.queries.plan.HEIRS", [teams])
    a_grant(a_user(), world.district)
    a_grant(a_user(), world.a)
    add_partner(SYSTEM, uuid7(), unit=world.a, name="Ngân hàng")

    plan = planned_change(
        SYSTEM,
        a_change(
            DAY, ends=[world.district, world.a], edges=[(world.a, world.b)],
            alters=[(world.b, {"parent": world.one.key})],
        ),
    )  # fmt: skip

    assert asked == [{world.district.pk, world.a.pk}]
    assert [(str(answer.what), answer.number) for answer in plan.heirs] == [
        ("vai trò", 1), ("vai trò", 1), ("đối tác", 1), ("tổ", 3),
    ]  # fmt: skip


def test_a_map_is_changed_only_by_those_who_may_in_every_province_it_touches(
    world: World,
) -> None:
    actor = an_actor("map.change", at=world.one)
    across = a_change(DAY, ends=[world.far], edges=[(world.far, world.b)])

    with pytest.raises(Forbidden):
        planned_change(actor, across)
    with pytest.raises(Forbidden):
        restructure(actor, across)
    with pytest.raises(Forbidden):
        planned_change(actor, a_change(DAY, ends=["W-0"]))
    assert restructure(actor, a_change(DAY, ends=[world.a])).refused == ()


@pytest.mark.parametrize("communes", [1, 40])
def test_a_plan_takes_the_same_queries_however_large_the_province(
    communes: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    province = a_province(huyen_a=[f"Xã {i}" for i in range(communes)])
    ended = Unit.objects.filter(level="commune", province=province)
    change = a_change(DAY, ends=list(ended))

    with django_assert_num_queries(8 + len(HEIRS) + len(STRANDED)):
        planned_change(SYSTEM, change)

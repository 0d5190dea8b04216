"""The latest change of the map is taken back, and everything is as before."""

from datetime import date
from typing import Any

import pytest
import time_machine

from senhong.audit.models import Event
from senhong.core.days import LAST_DAY
from senhong.core.errors import Forbidden
from senhong.core.ids import uuid7
from senhong.org.errors import NewUnitsInUse, NotLatestChange
from senhong.org.models import (
    EndedRole,
    Landing,
    Lineage,
    Placement,
    RoleGrant,
    Step,
    Unit,
    UnitMap,
)
from senhong.org.queries import landed_unit
from senhong.org.services import (
    add_partner,
    restructure,
    settle_units,
    undo_restructure,
    withdraw_role,
)
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


def done(**parts: Any) -> list[int]:
    """A change is made; the maps that it drew."""
    day = parts.pop("day", DAY)
    return [*restructure(SYSTEM, a_change(day, **parts)).new_maps.values()]


def everything() -> list[list[Any]]:
    """Every row about units and their maps."""
    tables = (Unit, Lineage, UnitMap, Placement, Step, Landing, RoleGrant, EndedRole)
    return [sorted(table._base_manager.values_list(), key=str) for table in tables]


def test_after_undoing_every_row_is_as_before() -> None:
    province = a_province(huyen_a=["Xã 1", "Xã 2"], huyen_b=["Xã 3"])
    one, two, three = Unit.objects.filter(level="commune").order_by("name")
    district, other = Unit.objects.filter(level="district").order_by("name")
    a_grant(a_user(), district, to_day=20300101)
    a_grant(a_user(), one)
    before = everything()
    new = a_new_unit("Xã Mới", province)

    maps = done(
        ends=[one, district], begins=[new], edges=[(one, new)],
        alters=[(two, {"parent": other.key, "name": "Đổi"}), (three, {"kind": "phường"})],
    )  # fmt: skip
    undo_restructure(SYSTEM, maps)

    assert everything() == before


def test_after_undoing_a_merger_of_provinces_both_stand_again() -> None:
    one, two = a_province("Tỉnh Một"), a_province("Tỉnh Hai")
    a, b = a_unit("Xã A", one), a_unit("Xã B", two)
    before = everything()
    top = a_new_unit("Tỉnh Ba", None, level="province")
    c = a_new_unit("Xã C", top.key)

    maps = done(
        ends=[one, two, a, b], begins=[top, c],
        edges=[(one, top), (two, top), (a, c), (b, c)],
    )  # fmt: skip
    undo_restructure(SYSTEM, maps)

    assert everything() == before


def test_the_same_change_can_be_made_again_after_undoing() -> None:
    province = a_province()
    a, b = a_unit("Xã A", province), a_unit("Xã B", province)
    new = a_new_unit("Xã AB", province)
    change = {"ends": [a, b], "begins": [new], "edges": [(a, new), (b, new)]}

    undo_restructure(SYSTEM, done(**change))
    done(**change)

    assert landed_unit(a.pk, DAY).key == new.key


def test_only_the_latest_change_is_taken_back() -> None:
    province = a_province()
    commune = a_unit("Xã A", province)
    first = done(alters=[(commune, {"name": "Xã B"})])
    second = done(day=20260101, alters=[(commune, {"name": "Xã C"})])

    with pytest.raises(NotLatestChange, match="Tỉnh A"):
        undo_restructure(SYSTEM, first)
    undo_restructure(SYSTEM, second)
    undo_restructure(SYSTEM, first)

    assert Unit.objects.get(pk=commune.pk).name == "Xã A"
    with pytest.raises(NotLatestChange):
        undo_restructure(SYSTEM, first)


def test_what_was_recorded_at_a_new_unit_keeps_the_change() -> None:
    province = a_province()
    a = a_unit("Xã A", province)
    new = a_new_unit("Xã B", province)
    maps = done(ends=[a], begins=[new], edges=[(a, new)])
    add_partner(SYSTEM, uuid7(), unit=Unit.objects.get(key=new.key), name="Ngân hàng")

    with pytest.raises(NewUnitsInUse, match="1 đối tác"):
        undo_restructure(SYSTEM, maps)

    assert landed_unit(a.pk, DAY).key == new.key


def test_a_role_that_was_withdrawn_since_is_not_given_back() -> None:
    province = a_province()
    district = a_unit("Huyện A", province)
    kept, gone = a_grant(a_user(), district), a_grant(a_user(), district)
    maps = done(ends=[district])

    withdraw_role(SYSTEM, RoleGrant.objects.get(pk=gone.pk), on=date(2025, 1, 1))
    undo_restructure(SYSTEM, maps)

    assert RoleGrant.objects.get(pk=kept.pk).to_day == LAST_DAY
    assert RoleGrant.objects.get(pk=gone.pk).to_day == 20250101
    assert Event.objects.filter(name="role.resumed").count() == 1


def test_who_may_not_change_the_map_takes_nothing_back() -> None:
    province = a_province()
    commune = a_unit("Xã A", province)
    maps = done(alters=[(commune, {"name": "Xã B"})])

    with pytest.raises(Forbidden):
        undo_restructure(an_actor("map.change", at=commune), maps)


def test_until_its_day_units_are_called_and_hang_as_before() -> None:
    province = a_province()
    here, there = a_unit("Huyện A", province), a_unit("Huyện B", province)
    commune = a_unit("Xã A", here)
    before = commune.path

    with time_machine.travel("2026-12-31 12:00+07:00", tick=False):
        maps = done(day=20270101, alters=[(commune, {"parent": there.key, "kind": "phường"})])
        settle_units(SYSTEM)
        early = Unit.objects.get(pk=commune.pk)
    with time_machine.travel("2027-01-01 00:01+07:00", tick=False):
        settled = settle_units(SYSTEM)
        late = Unit.objects.get(pk=commune.pk)
        again = settle_units(SYSTEM)

    assert (early.path, early.kind) == (before, "xã")
    assert (late.path, late.kind) == (f"{there.path}{commune.pk}/", "phường")
    assert late.search_key.startswith("phuong")
    assert (settled, again, len(maps)) == (1, 0, 1)


def test_a_unit_that_begins_on_a_day_to_come_hangs_where_it_will() -> None:
    province = a_province()
    commune = a_unit("Xã A", province)
    new = a_new_unit("Xã B", province)

    with time_machine.travel("2026-12-31 12:00+07:00", tick=False):
        done(day=20270101, ends=[commune], begins=[new], edges=[(commune, new)])

    unit = Unit.objects.get(key=new.key)
    assert unit.path == f"{province.path}{unit.pk}/"
    assert Event.objects.filter(name="map.foreseen").count() == 1

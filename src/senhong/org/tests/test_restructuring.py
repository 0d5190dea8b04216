"""Each kind of change of the map, and what stands and lands afterwards."""

import pytest

from senhong.audit.models import Event
from senhong.core.days import FIRST_DAY, LAST_DAY
from senhong.org.changes import Change, ChangePlan, Edge
from senhong.org.errors import UnitsUnknown
from senhong.org.models import Landing, Placement, RoleGrant, Step, Unit, UnitMap
from senhong.org.queries import children_on, landed_unit, map_of, successors_of
from senhong.org.services import restructure
from senhong.org.tests.make import (
    SYSTEM,
    a_change,
    a_grant,
    a_new_unit,
    a_province,
    a_unit,
    a_user,
)

pytestmark = pytest.mark.django_db
DAY, BEFORE = 20250701, 20250630


def again(unit: Unit) -> Unit:
    return Unit.objects.get(pk=unit.pk)


def changed(day: int = DAY, **parts: object) -> ChangePlan:
    return restructure(SYSTEM, a_change(day, **parts))


def unit(key: str) -> Unit:
    return Unit.objects.get(key=key)


def test_communes_that_merge_land_on_the_new_one() -> None:
    province = a_province()
    a, b, c = a_unit("Xã A", province), a_unit("Xã B", province), a_unit("Xã C", province)
    new = a_new_unit("Xã AB", province)

    changed(ends=[a, b], begins=[new], edges=[(a, new), (b, new)])

    assert landed_unit(a.pk, BEFORE) == a
    assert landed_unit(a.pk, DAY) == landed_unit(b.pk, DAY) == unit(new.key)
    assert landed_unit(c.pk, DAY) == c
    assert (again(a).to_day, again(c).to_day) == (DAY, LAST_DAY)
    assert (unit(new.key).from_day, unit(new.key).province) == (DAY, province)
    assert unit(new.key).path == f"{province.path}{unit(new.key).pk}/"


def test_the_old_map_closes_unchanged_and_a_new_one_opens() -> None:
    province = a_province()
    a = a_unit("Xã A", province)
    new = a_new_unit("Xã B", province)

    changed(ends=[a], begins=[new], edges=[(a, new)])

    old, now = map_of(province.pk, BEFORE), map_of(province.pk, DAY)
    assert old
    assert now
    assert (old.from_day, old.to_day) == (FIRST_DAY, DAY)
    assert (now.from_day, now.to_day) == (DAY, LAST_DAY)
    assert [str(place) for place in children_on(province, BEFORE)] == ["Xã A"]
    assert [str(place) for place in children_on(province, DAY)] == ["Xã B"]


def test_a_divided_commune_leaves_its_history_to_the_default_successor() -> None:
    province = a_province()
    a = a_unit("Xã A", province)
    one, two = a_new_unit("Xã Một", province), a_new_unit("Xã Hai", province)

    plan = changed(
        ends=[a],
        begins=[one, two],
        edges=[Edge(a.key, one.key, "part", False), Edge(a.key, two.key, "part", True)],
    )

    assert landed_unit(a.pk, DAY) == unit(two.key)
    assert plan.by_default == (a.key,)
    assert [u.key for u in successors_of(a)] == [two.key, one.key]


def test_a_commune_may_pass_into_one_that_goes_on_standing() -> None:
    province = a_province()
    a, b = a_unit("Xã A", province), a_unit("Xã B", province)

    changed(ends=[a], edges=[Edge(a.key, b.key, "part")])

    assert landed_unit(a.pk, DAY) == b
    assert again(b).from_day == FIRST_DAY


def test_a_unit_that_moves_stays_itself_and_takes_its_paths_along() -> None:
    province = a_province()
    here, there = a_unit("Huyện A", province), a_unit("Huyện B", province)
    commune = a_unit("Xã A", here)
    branch = a_unit("Chi đoàn 1", commune)

    changed(alters=[(commune, {"parent": there.key})])

    assert again(commune).path == f"{there.path}{commune.pk}/"
    assert again(branch).path == f"{there.path}{commune.pk}/{branch.pk}/"
    assert landed_unit(commune.pk, DAY) == commune
    assert [place.unit for place in children_on(here, BEFORE)] == [commune]
    assert [place.unit for place in children_on(there, DAY)] == [commune]


def test_when_a_tier_is_abolished_its_history_climbs_to_the_province() -> None:
    province = a_province()
    district = a_unit("Huyện A", province)
    commune = a_unit("Xã A", district)

    plan = changed(ends=[district], alters=[(commune, {"parent": province.key})])

    assert landed_unit(district.pk, DAY) == province
    assert landed_unit(commune.pk, DAY) == commune
    assert again(commune).path == f"{province.path}{commune.pk}/"
    assert again(district).path == district.path  # as on the last map on which it stood
    assert plan.to_parent == (district.key,)


def test_below_an_abolished_district_what_ends_without_successor_climbs_on() -> None:
    province = a_province()
    district = a_unit("Huyện A", province)
    commune = a_unit("Xã A", district)

    plan = changed(ends=[district, commune])

    assert landed_unit(commune.pk, DAY) == province
    assert set(plan.to_parent) == {district.key, commune.key}


def test_a_commune_passes_to_another_province_by_ending_and_beginning() -> None:
    one, two = a_province("Tỉnh Một"), a_province("Tỉnh Hai")
    commune = a_unit("Xã A", one)
    new = a_new_unit("Xã A", two)

    changed(ends=[commune], begins=[new], edges=[(commune, new)])

    assert landed_unit(commune.pk, DAY) == unit(new.key)
    assert unit(new.key).province == two
    assert again(commune).province == one
    assert UnitMap.objects.filter(from_day=DAY).count() == 2


def test_a_commune_may_pass_into_a_standing_one_of_another_province() -> None:
    one, two = a_province("Tỉnh Một"), a_province("Tỉnh Hai")
    commune, other = a_unit("Xã A", one), a_unit("Xã B", two)

    changed(ends=[commune], edges=[(commune, other)])

    landing = Landing.objects.get(unit=commune, map__from_day=DAY)
    assert (landing.landed, landing.map.province) == (other, two)


def test_provinces_that_merge_share_one_new_map() -> None:
    one, two = a_province("Tỉnh Một"), a_province("Tỉnh Hai")
    a, b = a_unit("Xã A", one), a_unit("Xã B", two)
    province = a_new_unit("Tỉnh Ba", None, level="province")
    c, d = a_new_unit("Xã C", province.key), a_new_unit("Xã D", province.key)

    changed(
        ends=[one, two, a, b],
        begins=[province, c, d],
        edges=[(one, province), (two, province), (a, c), (b, d)],
    )

    top = unit(province.key)
    assert (top.path, top.province) == (f"{top.pk}/", top)
    assert landed_unit(one.pk, DAY) == landed_unit(two.pk, DAY) == top
    assert landed_unit(b.pk, DAY) == unit(d.key)
    assert UnitMap.objects.filter(to_day=LAST_DAY).count() == 1
    assert map_of(one.pk, DAY) is None


def test_a_province_that_splits_sends_each_commune_its_own_way() -> None:
    province = a_province()
    a, b = a_unit("Xã A", province), a_unit("Xã B", province)
    east, west = (a_new_unit(name, None, level="province") for name in ("Đông", "Tây"))
    c, d = a_new_unit("Xã C", east.key), a_new_unit("Xã D", west.key)

    changed(
        ends=[province, a, b],
        begins=[east, west, c, d],
        edges=[
            Edge(province.key, east.key, "part", True),
            Edge(province.key, west.key, "part", False),
            Edge(a.key, c.key),
            Edge(b.key, d.key),
        ],
    )

    assert landed_unit(province.pk, DAY) == unit(east.key)
    assert Landing.objects.get(unit=b, map__from_day=DAY).map.province == unit(west.key)
    assert Step.objects.filter(unit=b).get().new_map.province == unit(west.key)


def test_the_old_map_keeps_the_old_kind_and_name() -> None:
    province = a_province()
    commune = a_unit("Xã A", province)

    changed(alters=[(commune, {"kind": "phường", "name": "B"})])

    assert [str(place) for place in children_on(province, BEFORE)] == ["Xã A"]
    assert [str(place) for place in children_on(province, DAY)] == ["Phường B"]
    assert again(commune).title == "Phường B"
    assert again(commune).search_key == "phuong b"
    assert landed_unit(commune.pk, DAY) == commune


def test_a_chain_of_changes_leads_from_the_first_unit_to_the_last() -> None:
    province = a_province()
    last = first = a_unit("Xã 0", province)

    for year in range(2020, 2025):
        new = a_new_unit(f"Xã {year}", province)
        changed(year * 10000 + 701, ends=[last], begins=[new], edges=[(last, new)])
        last = unit(new.key)

    assert landed_unit(first.pk, 20240701) == last
    assert landed_unit(first.pk, 20220101).name == "Xã 2021"
    assert Landing.objects.filter(unit=first).count() == 6
    assert Landing.objects.filter(unit=last).count() == 1


def test_a_change_of_a_day_to_come_is_entered_early() -> None:
    province = a_province()
    commune = a_unit("Xã A", province)
    new = a_new_unit("Xã B", province)

    changed(20990101, ends=[commune], begins=[new], edges=[(commune, new)])

    assert landed_unit(commune.pk, 20981231) == commune
    assert landed_unit(commune.pk, 20990101) == unit(new.key)


def test_a_change_touches_no_other_province() -> None:
    one, two = a_province("Tỉnh Một"), a_province("Tỉnh Hai")
    commune = a_unit("Xã A", one)

    plan = changed(alters=[(commune, {"name": "Xã B"})])

    assert UnitMap.objects.filter(province=two).count() == 1
    assert plan.locked == {one.pk}


def test_provinces_whose_units_land_on_a_touched_map_wait_as_well() -> None:
    one, two = a_province("Tỉnh Một"), a_province("Tỉnh Hai")
    commune, other = a_unit("Xã A", one), a_unit("Xã B", two)
    changed(20240101, ends=[commune], edges=[(commune, other)])

    plan = changed(20250101, alters=[(other, {"name": "Xã C"})])

    assert plan.locked == {one.pk, two.pk}


def test_roles_end_where_they_would_climb_and_stay_where_they_land() -> None:
    province = a_province()
    district, commune = a_unit("Huyện A", province), a_unit("Xã A", province)
    new = a_new_unit("Xã B", province)
    climbing, landing = a_grant(a_user(), district), a_grant(a_user(), commune)
    later = a_grant(a_user(), district, from_day=20260101)

    changed(ends=[district, commune], begins=[new], edges=[(commune, new)])

    assert RoleGrant.objects.get(pk=climbing.pk).to_day == DAY
    assert RoleGrant.objects.get(pk=landing.pk).to_day == LAST_DAY
    assert RoleGrant.objects.get(pk=later.pk).to_day == 20260101  # never held
    assert Event.objects.filter(name="role.ended").count() == 2


def test_a_role_at_what_ended_long_ago_ends_when_its_successor_does() -> None:
    province = a_province()
    first, second = a_unit("Huyện A", province), a_unit("Huyện B", province)
    grant = a_grant(a_user(), first)
    changed(20240101, ends=[first], edges=[(first, second)])

    changed(20250701, ends=[second])

    assert RoleGrant.objects.get(pk=grant.pk).to_day == 20250701


def test_the_event_tells_the_ledger_which_maps_changed() -> None:
    province = a_province()
    commune = a_unit("Xã A", province)
    old = map_of(province.pk, BEFORE)

    changed(alters=[(commune, {"name": "Xã B"})])

    now = map_of(province.pk, DAY)
    assert old
    assert now
    event = Event.objects.get(name="map.changed")
    assert event.facts == {"old_maps": [old.pk], "new_maps": [now.pk], "day": DAY}


def test_every_unit_of_the_old_map_has_its_step() -> None:
    province = a_province(huyen_a=["Xã 1", "Xã 2"], huyen_b=["Xã 3"])
    gone = Unit.objects.get(name="Xã 1")

    changed(ends=[gone], edges=[(gone, Unit.objects.get(name="Xã 2"))])

    old = map_of(province.pk, BEFORE)
    assert Step.objects.filter(old_map=old).count() == Placement.objects.filter(map=old).count()


def test_a_refused_change_leaves_nothing_behind() -> None:
    province = a_province()
    commune = a_unit("Xã A", province)
    before = Unit.objects.count(), UnitMap.objects.count()
    change = Change(DAY, [commune.key], [a_new_unit("Xã B", "không có")])

    with pytest.raises(UnitsUnknown, match="không có"):
        restructure(SYSTEM, change)

    assert (Unit.objects.count(), UnitMap.objects.count()) == before

"""The first maps, the first day of an installation, roles and partners."""

from datetime import date
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from senhong.accounts.models import User
from senhong.core.days import LAST_DAY
from senhong.core.errors import Forbidden, IdReused, NotFound
from senhong.core.ids import uuid7
from senhong.org import errors
from senhong.org.models import Installation, Partner, Role, RoleGrant, Unit
from senhong.org.queries import (
    actor_of,
    came_from,
    children_on,
    get_installation,
    get_unit,
    landed_unit,
    landing_on,
    map_of,
    placements_on,
    require_not_founded,
    standing_note,
    standing_provinces,
    unit_places,
    went_to,
)
from senhong.org.services import (
    add_partner,
    found_installation,
    found_units,
    grant_role,
    restructure,
    start_installation,
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
FIRST_RUN = {"username": "vanphong", "full_name": "Trần Văn An", "password": "sen nở trên đồng"}


def test_units_found_together_stand_in_the_order_given() -> None:
    top = a_new_unit("Tỉnh A", None, level="province")
    units = [a_new_unit("Xã A", top.key), top]

    commune, province = found_units(SYSTEM, units)

    assert (commune.province, province.province) == (province, province)
    assert commune.path == f"{province.pk}/{commune.pk}/"
    assert commune.search_key == "xa a"


def test_more_units_may_hang_on_a_first_map() -> None:
    province = a_province()
    branch = a_unit("Chi đoàn 1", a_unit("Xã A", province))

    assert [place.unit for place in unit_places(branch)] == [branch]
    assert landed_unit(branch.pk, 20230320) == branch


def test_nothing_is_added_to_a_map_that_has_changed() -> None:
    province = a_province()
    restructure(SYSTEM, a_change(20250701, alters=[(province, {"name": "Tỉnh B"})]))

    with pytest.raises(errors.MapHasChanged, match="Tỉnh B"):
        a_unit("Xã A", province)


def test_a_key_is_given_once() -> None:
    province = a_province()

    with pytest.raises(errors.KeyUsed):
        found_units(SYSTEM, [a_new_unit("Xã A", province, key=province.key)])
    with pytest.raises(errors.KeyUsed):
        found_units(SYSTEM, [a_new_unit(n, province, key="W") for n in ("Xã A", "Xã B")])


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ([("Xã A", "nowhere", "commune")], errors.UnitsUnknown),
        ([("Xã A", None, "commune")], errors.NotAProvince),
        ([("Tỉnh A", "nowhere", "province")], errors.UnitsUnknown),
    ],
)
def test_units_hang_together(
    facts: list[tuple[str, str | None, str]], error: type[Exception]
) -> None:
    with pytest.raises(error):
        found_units(SYSTEM, [a_new_unit(n, p, level=level) for n, p, level in facts])


def test_units_in_a_ring_are_refused() -> None:
    ring = [a_new_unit("Xã A", "B", key="A"), a_new_unit("Xã B", "A", key="B")]

    with pytest.raises(errors.TreeIsARing, match="Xã A"):
        found_units(SYSTEM, ring)


def test_who_may_not_change_the_map_founds_nothing() -> None:
    province = a_province()
    actor = an_actor("map.change", at=province)

    with pytest.raises(Forbidden):
        found_units(actor, [a_new_unit("Tỉnh B", None, level="province")])
    with pytest.raises(Forbidden):
        found_units(an_actor("unit.view", at=province), [a_new_unit("Xã A", province)])
    assert found_units(actor, [a_new_unit("Xã A", province)])


def test_the_first_administrator_may_give_every_role_away() -> None:
    province = a_province()

    user = start_installation(SYSTEM, uuid7(), province=province, **FIRST_RUN)

    actor = actor_of(user.pk)
    assert user.check_password(FIRST_RUN["password"])
    installation = get_installation()
    assert installation
    assert installation.province == province
    for role in Role:
        grant_role(actor, uuid7(), user=a_user(), role=role, unit=province)
    assert RoleGrant.objects.count() == 2 + len(Role)


def test_an_installation_is_started_once() -> None:
    province = a_province()
    start_installation(SYSTEM, uuid7(), province=province, **FIRST_RUN)

    with pytest.raises(errors.InstallationFounded):
        start_installation(SYSTEM, uuid7(), province=province, **FIRST_RUN | {"username": "hai"})

    assert User.objects.count() == 1


def test_an_installation_is_for_a_province_that_stands() -> None:
    old, other = a_province("Tỉnh A"), a_province("Tỉnh B")
    commune = a_unit("Xã A", other)
    restructure(SYSTEM, a_change(20250701, ends=[old], edges=[(old, other)]))

    for unit in (Unit.objects.get(pk=old.pk), commune):
        with pytest.raises(errors.ProvinceNotStanding, match=unit.title):
            found_installation(SYSTEM, province=unit)
    assert Installation.objects.count() == 0


def test_founding_the_same_again_changes_nothing() -> None:
    province = a_province()

    first = found_installation(SYSTEM, province=province, demo_reading_on=date(2023, 3, 20))

    assert found_installation(SYSTEM, province=province) == first
    with pytest.raises(errors.InstallationFounded):
        found_installation(SYSTEM, province=a_province("Tỉnh B"))


def test_the_first_run_is_over_with_an_account_or_an_installation() -> None:
    require_not_founded()
    a_user()

    with pytest.raises(NotFound):
        require_not_founded()


def test_nobody_founds_without_the_permission() -> None:
    province = a_province()

    with pytest.raises(Forbidden):
        found_installation(an_actor("map.change", at=""), province=province)


def test_nobody_gives_what_she_does_not_hold() -> None:
    province = a_province()
    commune = a_unit("Xã A", province)
    giver, receiver = a_user(), a_user()
    a_grant(giver, commune, Role.PROVINCE_OFFICE)
    actor = actor_of(giver.pk)

    grant_role(actor, uuid7(), user=receiver, role=Role.SECRETARY, unit=commune)

    for role, unit in ((Role.ADMINISTRATOR, commune), (Role.SECRETARY, province)):
        with pytest.raises(Forbidden):
            grant_role(actor, uuid7(), user=receiver, role=role, unit=unit)


def test_a_role_sent_twice_is_given_once() -> None:
    province, user, id = a_province(), a_user(), uuid7()

    def give(role: Role) -> RoleGrant:
        return grant_role(SYSTEM, id, user=user, role=role, unit=province)

    assert give(Role.AUDITOR) == give(Role.AUDITOR)
    with pytest.raises(IdReused):
        give(Role.SECRETARY)
    assert RoleGrant.objects.count() == 1


def test_a_role_ends_after_it_begins() -> None:
    with pytest.raises(errors.PeriodTurned):
        a_grant(a_user(), a_province(), from_day=20250102, to_day=20250102)


def test_a_role_is_withdrawn_once_and_never_before_it_began() -> None:
    grant = a_grant(a_user(), a_province(), from_day=20250601)

    withdraw_role(SYSTEM, grant, on=date(2025, 1, 1))
    withdraw_role(SYSTEM, grant, on=date(2026, 1, 1))

    assert RoleGrant.objects.get().to_day == 20250601


def test_a_partner_sent_twice_is_one() -> None:
    province, id = a_province(), UUID(int=7)

    def add(name: str) -> Partner:
        return add_partner(SYSTEM, id, unit=province, name=name)

    assert add("Ngân hàng  A") == add("Ngân hàng A")
    with pytest.raises(IdReused):
        add("Ngân hàng B")
    with pytest.raises(errors.PeriodTurned):
        add_partner(SYSTEM, uuid7(), unit=province, name="C", from_day=5, to_day=5)
    with pytest.raises(Forbidden):
        add_partner(an_actor("unit.view", at=""), uuid7(), unit=province, name="C")


def test_a_unit_is_found_by_who_may_see_it() -> None:
    province = a_province()
    commune = a_unit("Xã A", province)
    actor = an_actor("unit.view", at=commune)

    assert get_unit(actor, commune.key) == commune
    with pytest.raises(NotFound):
        get_unit(actor, province.key)


def test_a_day_before_a_unit_began_has_no_landing() -> None:
    province = a_province()
    new = a_new_unit("Xã A", province)
    restructure(SYSTEM, a_change(20250701, begins=[new]))
    unit = Unit.objects.get(key=new.key)

    with pytest.raises(NotFound):
        landed_unit(unit.pk, 20250630)
    assert standing_note(unit, 20250630) == "từ 01/07/2025"
    assert standing_note(unit, 20250701) == ""


@pytest.mark.parametrize("communes", [1, 25])
def test_each_question_about_a_map_takes_one_query(
    communes: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    province = a_province(huyen_a=[f"Xã {i}" for i in range(communes)])
    ended = Unit.objects.filter(level="commune", province=province)
    new = a_new_unit("Xã Mới", province)
    restructure(
        SYSTEM, a_change(20250701, ends=ended, begins=[new], edges=[(u, new) for u in ended])
    )
    unit = Unit.objects.select_related("province").get(key=new.key)
    map = map_of(province.pk, 20250101)
    assert map
    district = Unit.objects.get(level="district")

    with django_assert_num_queries(1):
        assert [str(place.parent) for place in placements_on(map)].count("None") == 1
    with django_assert_num_queries(1):
        assert len([place.unit.title for place in children_on(district, 20250101)]) == communes
    with django_assert_num_queries(1):
        assert len(landing_on(map)) == communes + 2
    with django_assert_num_queries(1):
        assert len([edge.predecessor.title for edge in came_from(unit)]) == communes
    with django_assert_num_queries(1):
        assert went_to(unit) == []
    with django_assert_num_queries(1):
        assert landed_unit(unit.pk, LAST_DAY - 1).province == province
    with django_assert_num_queries(1):
        assert [str(unit.province) for unit in standing_provinces(20260101)] == ["Tỉnh A"]

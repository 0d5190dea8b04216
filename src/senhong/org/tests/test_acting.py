"""What a person may do where: the grants of her roles and teams, on today's map."""

from datetime import date

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from senhong.core.actor import Actor
from senhong.core.days import LAST_DAY
from senhong.org.models import Role, Unit
from senhong.org.queries import GRANT_SOURCES, SYSTEM, GrantSource, actor_of, get_unit
from senhong.org.services import restructure, withdraw_role
from senhong.org.tests.make import a_change, a_grant, a_new_unit, a_province, a_unit, a_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_2026")]


@pytest.fixture
def in_2026() -> object:
    with time_machine.travel("2026-03-01T12:00:00+07:00") as traveller:
        yield traveller


def actor_at(unit: Unit, role: Role = Role.SECRETARY, **days: int) -> Actor:
    user = a_user()
    a_grant(user, unit, role, **days)
    return actor_of(user.pk)


def test_nobody_may_do_nothing() -> None:
    assert actor_of(None) == Actor(None)


def test_a_role_flows_down_and_neither_up_nor_sideways() -> None:
    province = a_province()
    district = a_unit("Huyện A", province)
    commune, other = a_unit("Xã A", district), a_unit("Xã B", province)

    actor = actor_at(district)

    assert actor.can("help.record", at=commune.path)
    assert not actor.can("unit.view", at=province.path)
    assert not actor.can("unit.view", at=other.path)


def test_a_partner_reads_aggregates_only() -> None:
    province = a_province()

    actor = actor_at(province, Role.PARTNER)

    assert actor.can("figure.view", at=province.path)
    assert not actor.can("member.view", at=province.path)


def test_a_role_is_held_from_its_first_day_until_before_its_last() -> None:
    province = a_province()

    assert actor_at(province, to_day=20260302).grants
    assert not actor_at(province, to_day=20260301).grants
    assert not actor_at(province, from_day=20260302).grants


def test_a_withdrawn_role_is_not_held() -> None:
    province = a_province()
    user = a_user()
    grant = a_grant(user, province)

    withdraw_role(SYSTEM, grant, on=date(2026, 3, 1))

    assert actor_of(user.pk).grants == frozenset()


def test_a_role_at_a_unit_that_ended_acts_where_it_landed() -> None:
    province = a_province()
    old = a_unit("Xã A", province)
    new = a_new_unit("Xã B", province)
    user = a_user()
    a_grant(user, old)
    restructure(SYSTEM, a_change(20250701, ends=[old], begins=[new], edges=[(old, new)]))

    actor = actor_of(user.pk)

    assert actor.can("help.record", at=Unit.objects.get(key=new.key).path)
    assert actor.can("unit.view", at=old.path)
    assert not actor.can("unit.view", at=province.path)


def test_a_new_units_secretary_reads_what_it_was_made_of() -> None:
    province = a_province()
    one, two, other = (a_unit(f"Xã {name}", province) for name in "ABC")
    branch = a_unit("Chi đoàn 1", two)
    new = a_new_unit("Xã D", province)
    restructure(
        SYSTEM,
        a_change(
            20250701, ends=[one, two, branch], begins=[new],
            edges=[(one, new), (two, new), (branch, new)],
        ),
    )  # fmt: skip

    actor = actor_at(Unit.objects.get(key=new.key))

    assert get_unit(actor, one.key) == one
    assert get_unit(actor, branch.key) == branch
    assert not actor.can("unit.view", at=other.path)


def test_a_role_does_not_climb_when_its_unit_ends_without_successor() -> None:
    province = a_province()
    district = a_unit("Huyện A", province)
    user = a_user()
    grant = a_grant(user, district)
    restructure(SYSTEM, a_change(20250701, ends=[district]))
    # Even were the grant not ended with its unit:
    type(grant).objects.filter(pk=grant.pk).update(to_day=LAST_DAY)

    assert actor_of(user.pk).grants == frozenset()


def test_a_merged_provinces_office_reads_all_of_both_old_provinces() -> None:
    one, two = a_province("Tỉnh Một"), a_province("Tỉnh Hai")
    district = a_unit("Huyện A", two)
    commune = a_unit("Xã A", district)
    province = a_new_unit("Tỉnh Ba", None, level="province")
    new = a_new_unit("Xã B", province.key)
    restructure(
        SYSTEM,
        a_change(
            20250701, ends=[one, two, district, commune], begins=[province, new],
            edges=[(one, province), (two, province), (commune, new)],
        ),
    )  # fmt: skip

    actor = actor_at(Unit.objects.get(key=province.key), Role.PROVINCE_OFFICE)

    for unit in (one, two, district, commune, Unit.objects.get(key=new.key)):
        assert actor.can("unit.view", at=unit.path), unit


def test_before_a_change_that_was_entered_early_a_role_acts_where_it_is() -> None:
    province = a_province()
    old = a_unit("Xã A", province)
    new = a_new_unit("Xã B", province)
    user = a_user()
    a_grant(user, old)
    restructure(SYSTEM, a_change(20270101, ends=[old], begins=[new], edges=[(old, new)]))

    actor = actor_of(user.pk)

    assert actor.can("help.record", at=old.path)
    assert not actor.can("unit.view", at=Unit.objects.get(key=new.key).path)


def test_a_grant_source_grants_at_the_place_below_its_unit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    commune = a_unit("Xã A", a_province())
    source = GrantSource(
        f"SELECT 'X', {commune.pk}, CAST(NULL AS uuid)",
        lambda held_as, _none: [({"help.record"}, f"t{held_as}/"), ({"unit.view"}, "")],
    )
    monkeypatch.setitem(GRANT_SOURCES, "test", source)

    actor = actor_of(a_user().pk)

    assert actor.can("help.record", at=f"{commune.path}tX/")
    assert not actor.can("help.record", at=commune.path)
    assert actor.can("unit.view", at=commune.path)


@pytest.mark.parametrize("roles", [0, 1, 12])
def test_it_takes_one_query_whatever_is_held(
    roles: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = a_user()
    province = a_province()
    for number in range(roles):
        a_grant(user, a_unit(f"Xã {number}", province))

    with django_assert_num_queries(1):
        actor_of(user.pk)

"""Two entries that are one person become one; nothing of either is lost."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from senhong.accounts.models import User
from senhong.audit.models import Event
from senhong.core.errors import Forbidden, IdReused
from senhong.core.ids import uuid7
from senhong.org.models import Role, Unit
from senhong.org.queries import actor_of
from senhong.org.tests.make import SYSTEM, a_grant, a_province, a_unit, a_user, an_actor
from senhong.people import queries, services
from senhong.people.errors import AlreadyMerged, MayDoMoreThanYou, SamePerson, TwoAccounts
from senhong.people.models import Member, Membership, MembershipRole, Stay
from senhong.people.tests.make import a_member, a_membership, a_team

pytestmark = pytest.mark.django_db
DAY = 20240501


def merge(kept: Member, merged: Member, give_up: User | None = None) -> Member:
    services.merge_members(SYSTEM, uuid7(), kept=kept, merged=merged, give_up=give_up)
    return Member.objects.get(pk=kept.pk)


def two_entries(unit: Unit | None = None) -> tuple[Member, Member]:
    unit = unit or a_unit()
    return a_member(unit, joined_on=date(2023, 1, 1)), a_member(unit)


def test_teams_of_both_are_the_kept_ones() -> None:
    kept, merged = two_entries()
    one, other = a_team(kept.unit, name="Tổ 1"), a_team(kept.unit, name="Tổ 2")
    a_membership(one, kept, from_day=20230101)
    a_membership(other, merged)

    kept = merge(kept, merged)

    assert {place.team for place in queries.memberships_of(SYSTEM, kept)} == {one, other}
    assert kept.joined_on == merged.joined_on
    assert queries.members_of_unit(SYSTEM, kept.unit) == [kept]


def test_in_one_team_a_day_counts_once_and_who_led_led() -> None:
    kept, merged = two_entries()
    team = a_team(kept.unit)
    a_membership(team, kept, from_day=20230101)
    led = a_membership(team, merged, MembershipRole.LEADER)
    services.leave_team(SYSTEM, led, on=20230601)

    merge(kept, merged)

    places = Membership.objects.order_by("from_day")
    assert [(place.role, place.from_day, place.to_day) for place in places] == [
        ("leader", 20220630, 20230601),
        ("member", 20230601, 99991231),
    ]
    assert {place.member_id for place in places} == {kept.pk}


def test_an_old_link_finds_the_kept_entry_also_after_a_second_merge() -> None:
    first, second = two_entries()
    third = a_member(first.unit)
    merge(second, first)

    merge(third, second)

    assert queries.get_member(SYSTEM, first.pk).pk == third.pk
    assert queries.get_member(SYSTEM, second.pk).pk == third.pk
    assert {merge.merged for merge in queries.merges_into(third)} == {first, second}


def test_sending_it_again_merges_once() -> None:
    kept, merged = two_entries()
    id = uuid7()

    for _time in range(2):
        services.merge_members(SYSTEM, id, kept=kept, merged=merged)

    assert Event.objects.filter(name="member.merged").count() == 1
    with pytest.raises(IdReused):
        services.merge_members(SYSTEM, id, kept=merged, merged=kept)


def test_one_entry_is_not_two_and_a_merged_one_is_gone() -> None:
    kept, merged = two_entries()
    other = a_member(kept.unit)

    with pytest.raises(SamePerson):
        merge(kept, kept)
    merge(kept, merged)
    with pytest.raises(AlreadyMerged):
        merge(other, merged)
    with pytest.raises(AlreadyMerged):
        merge(merged, other)


def test_nobody_merges_people_of_a_unit_that_she_does_not_look_after() -> None:
    province = a_province()
    mine, theirs = a_member(a_unit("Xã A", province)), a_member(a_unit("Xã B", province))
    secretary = an_actor("member.edit", at=mine.unit)

    with pytest.raises(Forbidden):
        services.merge_members(secretary, uuid7(), kept=mine, merged=theirs)


def test_the_account_comes_along() -> None:
    kept, merged = two_entries()
    user = a_user("an")
    services.link_account(SYSTEM, merged, user)

    assert merge(kept, merged).user == user


def test_of_two_accounts_one_is_given_up_and_its_roles_pass_on() -> None:
    kept, merged = two_entries()
    stays, goes = a_user("an"), a_user("annv")
    services.link_account(SYSTEM, kept, stays)
    services.link_account(SYSTEM, merged, goes)
    a_grant(goes, kept.unit, Role.SECRETARY)
    with pytest.raises(TwoAccounts):
        merge(kept, merged)

    kept = merge(kept, Member.objects.get(pk=merged.pk), give_up=goes)

    goes.refresh_from_db()
    assert (kept.user, goes.is_active) == (stays, False)
    assert actor_of(stays.pk).can("member.edit", at=kept.unit.path)
    assert not actor_of(goes.pk).grants


def test_who_may_do_more_is_not_merged_away() -> None:
    kept, merged = two_entries()
    user = a_user()
    services.link_account(SYSTEM, merged, user)
    a_grant(user, merged.unit.province or merged.unit, Role.PROVINCE_OFFICE)
    secretary = an_actor("member.edit", "user.edit", at=kept.unit)

    with pytest.raises(MayDoMoreThanYou):
        services.merge_members(
            secretary, uuid7(), kept=kept, merged=Member.objects.get(pk=merged.pk)
        )


def test_namesakes_of_a_unit_are_listed_until_they_are_told_apart() -> None:
    province = a_province("Tỉnh A")
    commune = a_unit("Xã A", province)
    one = a_member(commune, full_name="Lê Thị Hoà")
    two = a_member(commune, full_name="LÊ THỊ HÒA")
    a_member(a_unit("Xã B", province), full_name="Lê Thị Hoà")

    [group] = queries.probable_doubles(SYSTEM, province, DAY)
    assert (group.unit, {*group.members}) == (commune, {one, two})

    for member, words in ((one, "ấp 1"), (two, "ấp 2")):
        services.change_member(
            SYSTEM, member, full_name=member.full_name, joined_on=member.joined_on,
            distinction=words,
        )  # fmt: skip
    assert queries.probable_doubles(SYSTEM, province, DAY) == []


stretches = st.lists(st.tuples(st.integers(1, 20), st.integers(1, 8), st.booleans()), max_size=3)


class NothingIsLost(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(stretches, stretches)
    def test_on_any_day_she_is_in_the_team_where_either_entry_was(
        self, first: list[tuple[int, int, bool]], second: list[tuple[int, int, bool]]
    ) -> None:
        kept, merged = two_entries()
        team = a_team(kept.unit)
        was = [
            (20230100 + begin, 20230100 + begin + length, leads)
            for member, places in ((kept, first), (merged, second))
            for begin, length, leads in put(member, team.pk, places)
        ]

        merge(kept, merged)

        now = list(Membership.objects.filter(member=kept, team=team))
        for day in range(20230101, 20230131):
            leads = [led for begin, end, led in was if begin <= day < end]
            role = ("leader" if any(leads) else "member") if leads else None
            found = [place.role for place in now if place.from_day <= day < place.to_day]
            assert found == ([role] if role else []), day
        assert Stay.objects.filter(member=merged).count() == 0


def put(
    member: Member, team_id: UUID, places: list[tuple[int, int, bool]]
) -> list[tuple[int, int, bool]]:
    """Those of the places that do not overlap an earlier one of the same entry."""
    kept: list[tuple[int, int, bool]] = []
    for begin, length, leads in places:
        if any(begin < b + n and b < begin + length for b, n, _l in kept):
            continue
        kept.append((begin, length, leads))
        Membership.objects.create(
            id=uuid7(), member=member, team_id=team_id, from_day=20230100 + begin,
            to_day=20230100 + begin + length, role="leader" if leads else "member",
        )  # fmt: skip
    return kept

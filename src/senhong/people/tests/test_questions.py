"""What this app answers when a change of the map is planned."""

import pytest

from senhong.org.models import Level
from senhong.org.queries import planned_change, unit_names
from senhong.org.services import restructure
from senhong.org.tests.make import SYSTEM, a_change, a_new_unit, a_province, a_unit
from senhong.people import services
from senhong.people.tests.make import a_member, a_membership, a_team

pytestmark = pytest.mark.django_db


def test_a_dry_run_says_how_many_teams_and_members_follow_their_unit() -> None:
    province = a_province("Tỉnh A")
    old = a_unit("Xã A", a_unit("Huyện B", province))
    a_membership(a_team(old))
    gone = a_team(old, name="Tổ cũ")
    services.disband_team(SYSTEM, gone, on=20230101)
    a_team(a_unit("Xã C", a_unit("Huyện D", province)))
    new = a_new_unit("Xã E", province, level=Level.COMMUNE)

    plan = planned_change(
        SYSTEM, a_change(20250701, ends=[old], begins=[new], edges=[(old.key, new.key)])
    )

    told = {str(answer.what): answer.number for answer in plan.heirs}
    assert told["tổ, đội hình"] == 1
    assert told["thành viên"] == 1


def test_what_landed_earlier_is_counted_in_the_next_change() -> None:
    province = a_province("Tỉnh A")
    old = a_unit("Xã A", a_unit("Huyện B", province))
    a_team(old)
    a_member(old)
    new = a_new_unit("Xã E", province, level=Level.COMMUNE)
    restructure(SYSTEM, a_change(20250101, ends=[old], begins=[new], edges=[(old.key, new.key)]))
    next_one = a_new_unit("Xã G", province, level=Level.COMMUNE)

    plan = planned_change(
        SYSTEM,
        a_change(20270101, ends=[new], begins=[next_one], edges=[(new.key, next_one.key)]),
    )

    told = {str(answer.what): answer.number for answer in plan.heirs}
    assert told["tổ, đội hình"] == 1
    assert told["thành viên"] == 1


def test_same_named_units_are_shown_with_what_they_hang_on() -> None:
    province = a_province("Tỉnh A")
    one = a_unit("Phường 1", a_unit("Thành phố X", province))
    other = a_unit("Phường 1", a_unit("Thành phố Y", province))

    assert unit_names([one, other]) == {
        one.pk: "Phường 1, Thành phố X",
        other.pk: "Phường 1, Thành phố Y",
    }
    assert unit_names([province]) == {province.pk: "Tỉnh A"}

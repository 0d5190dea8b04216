"""Who may remind whom, how often, and who reads it."""

from datetime import UTC, datetime

import pytest
import time_machine

from senhong.audit.models import Event
from senhong.comms.errors import NobodyToRemind, ReminderWithoutWords
from senhong.comms.models import Reminder, Subject
from senhong.comms.queries import (
    get_reminder,
    reminded_today,
    reminders_for,
    sendings_of,
    unseen_number,
)
from senhong.comms.services import About, remind, see_reminder
from senhong.comms.tests.make import WORDS, reminded
from senhong.core.actor import Actor
from senhong.core.errors import Forbidden, IdReused, NotFound
from senhong.core.ids import uuid7
from senhong.org.models import Role, Unit
from senhong.org.queries import SYSTEM, actor_of
from senhong.org.services import restructure
from senhong.org.tests.make import a_change, a_grant, a_province, a_unit, a_user, an_actor
from senhong.people.models import MembershipRole
from senhong.people.tests.make import a_membership, a_team

pytestmark = pytest.mark.django_db
SILENT = About(Subject.SILENT)


def holder(unit: Unit, role: Role = Role.SECRETARY) -> Actor:
    """Somebody who holds the role at the unit."""
    user = a_user()
    a_grant(user, unit, role)
    return actor_of(user.pk)


def member(unit: Unit, role: MembershipRole) -> Actor:
    user = a_user()
    a_membership(a_team(unit), role=role, user=user)
    return actor_of(user.pk)


def words_read_by(actor: Actor) -> list[str]:
    return [each.words for each in reminders_for(actor).items]


def test_a_reminder_reaches_secretary_and_leaders_of_the_unit_and_nobody_else() -> None:
    province = a_province()
    district = a_unit("Huyện A", province)
    commune, other = a_unit("Xã A", district), a_unit("Xã B", district)

    reminded(commune)

    for reader in (holder(commune), member(commune, MembershipRole.LEADER)):
        assert words_read_by(reader) == [WORDS]
        assert unseen_number(reader) == 1
    for stranger in (
        holder(province, Role.PROVINCE_OFFICE), holder(district), holder(other),
        holder(commune, Role.PARTNER), holder(commune, Role.AUDITOR),
        member(commune, MembershipRole.MEMBER), member(other, MembershipRole.LEADER),
        Actor(None), SYSTEM,
    ):  # fmt: skip
        assert words_read_by(stranger) == []
        assert unseen_number(stranger) == 0


def test_whoever_holds_two_roles_reads_what_was_sent_to_either() -> None:
    province = a_province()
    commune = a_unit("Xã A", a_unit("Huyện A", province))
    user = a_user()
    a_grant(user, province, Role.PROVINCE_OFFICE)
    a_grant(user, commune, Role.SECRETARY)

    reminded(commune)

    assert words_read_by(actor_of(user.pk)) == [WORDS]


def test_a_reminder_lands_with_its_unit_and_climbs_to_nobody() -> None:
    province = a_province()
    district = a_unit("Huyện A", province)
    ended, heir = a_unit("Xã Cũ", district), a_unit("Xã Mới", district)
    reminded(ended)

    restructure(SYSTEM, a_change(20250701, ends=[ended], edges=[(ended, heir)]))

    assert words_read_by(holder(heir)) == [WORDS]
    assert words_read_by(holder(district)) == []


def test_the_same_thing_is_not_said_to_a_unit_twice_in_a_day() -> None:
    province = a_province()
    first, second = a_unit("Xã A", province), a_unit("Xã B", province)
    with time_machine.travel(datetime(2026, 3, 20, 1, tzinfo=UTC), tick=False):
        reminded(first)

        told = remind(SYSTEM, uuid7(), units=[first, second], words="Lần nữa.", about=SILENT)

        assert [each.unit for each in told.sent] == [second]
        assert told.already == [first]
        assert reminded_today(SYSTEM, [first]) == {"silent": {first.pk}}
        assert len(reminded(first, kind=Subject.TEAMLESS)) == 1
    with time_machine.travel(datetime(2026, 3, 20, 17, tzinfo=UTC), tick=False):  # the 21st here
        assert len(reminded(first)) == 1


def test_sending_twice_sends_once() -> None:
    commune = a_unit()
    act = uuid7()

    told = [remind(SYSTEM, act, units=[commune], words=WORDS, about=SILENT) for _time in range(2)]

    assert told[0] == told[1]
    assert Reminder.objects.count() == 1
    assert Event.objects.filter(name="reminder.sent").count() == 1


def test_one_id_is_one_sending() -> None:
    commune, act = a_unit(), uuid7()
    reminded(commune, id=act)

    with pytest.raises(IdReused):
        reminded(commune, id=act, words="Khác.")
    with pytest.raises(IdReused):
        reminded(commune, id=act, kind=Subject.IDLE)
    with pytest.raises(IdReused):
        reminded(a_unit("Xã khác"), id=act)


def test_only_who_may_send_at_every_unit_sends() -> None:
    province = a_province()
    mine, other = a_unit("Xã A", province), a_unit("Xã B", province)
    secretary = holder(mine)

    assert len(reminded(mine, actor=secretary, kind=Subject.QUIET_TEAMS)) == 1
    for refused in (secretary, an_actor("unit.view", "reminder.read", at=province)):
        with pytest.raises(Forbidden):
            reminded(mine, other, actor=refused)
    assert Reminder.objects.count() == 1


def test_a_reminder_needs_somebody_and_words() -> None:
    with pytest.raises(NobodyToRemind):
        reminded()
    with pytest.raises(ReminderWithoutWords):
        reminded(a_unit(), words=" \n ")


def test_who_saw_it_first_is_kept() -> None:
    commune = a_unit()
    [reminder] = reminded(commune)
    first, second = member(commune, MembershipRole.LEADER), holder(commune)

    see_reminder(first, reminder)
    see_reminder(second, reminder)

    kept = get_reminder(second, reminder.pk)
    assert kept.seen_by_id == first.user_id
    assert kept.seen_at
    assert unseen_number(second) == 0
    assert Event.objects.filter(name="reminder.seen").count() == 1


def test_who_did_not_receive_it_cannot_see_it_for_others() -> None:
    province = a_province()
    commune = a_unit("Xã A", province)
    [reminder] = reminded(commune)

    for above in (holder(province, Role.PROVINCE_OFFICE), holder(commune, Role.PARTNER)):
        with pytest.raises(Forbidden):
            see_reminder(above, reminder)
        with pytest.raises(NotFound):
            get_reminder(above, reminder.pk)


def test_who_sent_it_reads_who_has_seen_it() -> None:
    province = a_province()
    communes = [a_unit(f"Xã {number}", province) for number in (2, 1)]
    office = holder(province, Role.PROVINCE_OFFICE)
    sent = reminded(*communes, actor=office)
    see_reminder(holder(communes[0]), sent[0])

    [sending] = sendings_of(office).items

    assert [each.unit.name for each in sending.reminders] == ["Xã 1", "Xã 2"]
    assert sending.seen == 1
    assert sendings_of(holder(province, Role.PROVINCE_OFFICE)).items == []


def test_long_lists_go_on_where_they_stopped() -> None:
    commune = a_unit()
    office = holder(commune.province or commune, Role.PROVINCE_OFFICE)
    kinds = [Subject.SILENT, Subject.IDLE, Subject.TEAMLESS]
    for kind in kinds:
        reminded(commune, actor=office, kind=kind)
    reader = holder(commune)

    first = reminders_for(reader, limit=2)
    rest = reminders_for(reader, after=first.next, limit=2)
    acts = sendings_of(office, limit=2)
    other_acts = sendings_of(office, after=acts.next, limit=2)

    assert [each.subject_kind for each in (*first.items, *rest.items)] == kinds[::-1]
    assert [each.kind for each in (*acts.items, *other_acts.items)] == kinds[::-1]
    assert rest.next is None
    assert other_acts.next is None

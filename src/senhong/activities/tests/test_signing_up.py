"""Seats, the waiting list, own cancellation, and two activities at once."""

from datetime import timedelta

import pytest
import time_machine

from senhong.activities.errors import (
    ActivityCancelled,
    CancelHoursOutOfRange,
    CancelTooLate,
    NotInMovement,
    NotMemberOfTeam,
    OverlapsOther,
    SeatsOutOfRange,
    SeatsTaken,
    SignUpOver,
    StateNotPossible,
)
from senhong.activities.models import Activity, Participant, ParticipantState
from senhong.activities.queries import clashes_for, lists_of, part_of, seats_of
from senhong.activities.services import (
    cancel_sign_up,
    change_activity,
    close_activity,
    confirm,
    mark_absent,
    mark_left,
    reopen_activity,
    sign_up,
)
from senhong.activities.tests.make import (
    DAYS_BEFORE,
    MORNING,
    Volunteer,
    a_cancelled_activity,
    a_volunteer,
    activity_facts,
    an_activity,
    figures_of,
    signed_up,
    those_present,
)
from senhong.audit.models import Event
from senhong.core.errors import Forbidden, IdReused
from senhong.core.ids import uuid7
from senhong.org.queries import actor_of
from senhong.org.tests.make import SYSTEM, a_user
from senhong.people.models import MembershipRole, Team
from senhong.people.tests.make import a_member, a_team

pytestmark = pytest.mark.django_db
SIGNED_UP, WAITING, CONFIRMED, PRESENT, LEFT, NO_SHOW, CANCELLED = ParticipantState


@pytest.fixture(autouse=True)
def three_days_before() -> object:
    with time_machine.travel(DAYS_BEFORE) as traveller:
        yield traveller


def volunteers(team: Team, number: int) -> list[Volunteer]:
    return [a_volunteer(team) for _ in range(number)]


def states(activity: Activity) -> list[str]:
    rows = Participant.objects.filter(activity=activity).order_by("signed_up_at", "pk")
    return list(rows.values_list("state", flat=True))


def test_seats_are_given_in_turn_and_then_one_waits() -> None:
    activity = an_activity(seats=2)
    an, binh, chi = volunteers(activity.lead_team, 3)

    parts = signed_up(activity, an, binh, chi)

    assert [part.state for part in parts] == [SIGNED_UP, SIGNED_UP, WAITING]
    assert part_of(chi.actor, activity).place == 1
    assert (seats_of(activity).taken, seats_of(activity).free) == (2, 0)


def test_whoever_waited_longest_moves_up_and_is_to_be_told() -> None:
    activity = an_activity(seats=1)
    an, binh, chi = volunteers(activity.lead_team, 3)
    first, second, third = signed_up(activity, an, binh, chi)

    cancel_sign_up(an.actor, first)

    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state) == (SIGNED_UP, WAITING)
    event = Event.objects.get(name="participant.promoted")
    assert event.subject == f"activities.participant:{second.pk}"
    assert event.facts == {"activity": str(activity.pk), "user_id": binh.member.user_id}


def test_signing_up_again_and_sending_again_change_nothing() -> None:
    activity, id = an_activity(), uuid7()
    an = a_volunteer(activity.lead_team)

    first = sign_up(an.actor, id, activity)
    assert sign_up(an.actor, id, activity) == first
    assert sign_up(an.actor, uuid7(), activity) == first
    cancel_sign_up(an.actor, first)

    assert sign_up(an.actor, id, activity).state == CANCELLED  # an old sending
    assert sign_up(an.actor, uuid7(), activity).state == SIGNED_UP  # a new act
    assert Participant.objects.count() == 1


def test_an_id_names_one_act() -> None:
    activity, id = an_activity(), uuid7()
    an, binh = volunteers(activity.lead_team, 2)
    sign_up(an.actor, id, activity)

    with pytest.raises(IdReused):
        sign_up(binh.actor, id, activity)


def test_one_signs_up_with_a_team_to_which_one_belongs() -> None:
    activity = an_activity()
    stranger = a_volunteer(a_team())

    with pytest.raises(NotMemberOfTeam):
        sign_up(stranger.actor, uuid7(), activity)
    with pytest.raises(NotInMovement):
        sign_up(actor_of(a_user().pk), uuid7(), activity)
    with pytest.raises(NotMemberOfTeam):
        sign_up(SYSTEM, uuid7(), activity, member=a_member(activity.lead_team.unit))


def test_the_leader_signs_others_up_and_nobody_else_does() -> None:
    activity = an_activity()
    an, binh = volunteers(activity.lead_team, 2)
    leader = a_volunteer(activity.lead_team, MembershipRole.LEADER)

    assert sign_up(leader.actor, uuid7(), activity, member=an.member).state == SIGNED_UP
    with pytest.raises(Forbidden):
        sign_up(an.actor, uuid7(), activity, member=binh.member)
    with pytest.raises(Forbidden):
        cancel_sign_up(binh.actor, Participant.objects.get())


def test_one_signs_up_before_it_starts(three_days_before: time_machine.Traveller) -> None:
    activity = an_activity()
    an = a_volunteer(activity.lead_team)
    gone = a_cancelled_activity(activity.lead_team)

    with pytest.raises(ActivityCancelled):
        sign_up(an.actor, uuid7(), gone)
    three_days_before.move_to(MORNING)
    with pytest.raises(SignUpOver):
        sign_up(an.actor, uuid7(), activity)


def test_own_cancellation_has_a_deadline_the_leaders_has_none(
    three_days_before: time_machine.Traveller,
) -> None:
    activity = an_activity(seats=1, cancel_hours=24)
    an, binh = volunteers(activity.lead_team, 2)
    leader = a_volunteer(activity.lead_team, MembershipRole.LEADER)
    first, second = signed_up(activity, an, binh)

    three_days_before.move_to(MORNING - timedelta(hours=23))

    assert not part_of(an.actor, activity).may_cancel
    with pytest.raises(CancelTooLate):
        cancel_sign_up(an.actor, first)
    assert part_of(binh.actor, activity).may_cancel  # who waits goes when she likes
    assert cancel_sign_up(leader.actor, first).state == CANCELLED
    second.refresh_from_db()
    assert second.state == SIGNED_UP


def test_two_activities_at_once_are_asked_about_those_close_by_are_only_said() -> None:
    team = a_team()
    early = an_activity(team, name="Chợ sáng", ends_at=MORNING + timedelta(hours=2))
    same = an_activity(team, starts_at=MORNING + timedelta(hours=1))
    after = an_activity(team, starts_at=MORNING + timedelta(hours=2, minutes=30))
    much_later = an_activity(team, starts_at=MORNING + timedelta(hours=8))
    an = a_volunteer(team)
    signed_up(early, an)

    with pytest.raises(OverlapsOther, match="Chợ sáng"):
        sign_up(an.actor, uuid7(), same)
    assert [clash.overlaps for clash in clashes_for(an.actor, same)] == [True]
    assert sign_up(an.actor, uuid7(), same, anyway=True).state == SIGNED_UP
    assert [clash.overlaps for clash in clashes_for(an.actor, after)] == [False, True]
    cancel_sign_up(an.actor, Participant.objects.get(activity=same))
    assert sign_up(an.actor, uuid7(), after).state == SIGNED_UP
    assert clashes_for(an.actor, much_later) == []


def test_confirming_is_said_once_and_only_by_who_holds_a_seat() -> None:
    activity = an_activity(seats=1)
    an, binh = volunteers(activity.lead_team, 2)
    first, second = signed_up(activity, an, binh)

    confirm(an.actor, first)
    confirm(an.actor, first)

    assert states(activity) == [CONFIRMED, WAITING]
    assert Event.objects.filter(name="participant.confirmed").count() == 1
    with pytest.raises(StateNotPossible, match="Chờ chỗ"):
        confirm(binh.actor, second)


def test_seats_that_are_added_go_to_who_waits_and_none_is_taken_away() -> None:
    team = a_team()
    activity = an_activity(team, seats=1)
    signed_up(activity, *volunteers(team, 4))

    change_activity(SYSTEM, activity, activity_facts(team, seats=3))

    assert states(activity) == [SIGNED_UP] * 3 + [WAITING]
    with pytest.raises(SeatsTaken, match="3"):
        change_activity(SYSTEM, activity, activity_facts(team, seats=2))
    change_activity(SYSTEM, activity, activity_facts(team, seats=None))
    assert states(activity) == [SIGNED_UP] * 4


def test_seats_and_deadlines_have_bounds() -> None:
    with pytest.raises(SeatsOutOfRange):
        an_activity(seats=0)
    with pytest.raises(CancelHoursOutOfRange):
        an_activity(cancel_hours=337)


def test_who_did_not_come_is_a_no_show_and_expected_again_when_it_is_reopened(
    three_days_before: time_machine.Traveller,
) -> None:
    activity = an_activity()
    an, binh, chi = volunteers(activity.lead_team, 3)
    _first, second, _third = signed_up(activity, an, binh, chi)
    confirm(binh.actor, second)
    three_days_before.move_to(MORNING + timedelta(hours=1))
    those_present(activity, activity.lead_team, [chi.member])

    close_activity(SYSTEM, activity)

    assert states(activity) == [NO_SHOW, NO_SHOW, PRESENT]
    assert figures_of(activity.lead_team.unit)["volunteer-turns"] == 1
    reopen_activity(SYSTEM, activity, reason="ghi thiếu")
    assert states(activity) == [SIGNED_UP, CONFIRMED, PRESENT]


def test_who_was_marked_by_mistake_is_what_she_was_before() -> None:
    activity = an_activity(seats=1)
    an, binh, chi = volunteers(activity.lead_team, 3)
    first, second = signed_up(activity, an, binh)
    confirm(an.actor, first)
    there = [one.member for one in (an, binh, chi)]
    those_present(activity, activity.lead_team, there)
    assert len(lists_of(SYSTEM, activity).there) == 3

    for one in Participant.objects.all():
        mark_absent(SYSTEM, one)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (CONFIRMED, WAITING)
    assert Participant.objects.get(member=chi.member).state == CANCELLED


def test_who_left_before_the_end_was_there_and_who_never_came_cannot_leave(
    three_days_before: time_machine.Traveller,
) -> None:
    activity = an_activity()
    an, binh = volunteers(activity.lead_team, 2)
    (expected,) = signed_up(activity, binh)
    three_days_before.move_to(MORNING + timedelta(hours=2))
    those_present(activity, activity.lead_team, [an.member])
    there = Participant.objects.get(member=an.member)

    mark_left(SYSTEM, there)
    mark_left(SYSTEM, there)

    with pytest.raises(StateNotPossible):
        mark_left(SYSTEM, expected)
    close_activity(SYSTEM, activity)
    assert figures_of(activity.lead_team.unit)["volunteer-turns"] == 1
    there.refresh_from_db()
    assert there.state == LEFT
    assert there.left_at is not None
    assert there.left_at >= MORNING + timedelta(hours=2)

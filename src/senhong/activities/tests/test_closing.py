from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from senhong.activities.errors import (
    ActivityCancelled,
    ActivityClosed,
    ActivityNotBegun,
    ActivityTooLong,
    EndsBeforeStart,
    HelpBeforeActivity,
    HoursOutOfRange,
    ListOrNumber,
    NameMissing,
    NotMemberOfTeam,
    PersonalNumber,
    PlaceNotStanding,
    PresentOutOfRange,
    ReasonMissing,
    TeamHasRecords,
    TeamNotInActivity,
    TeamNotStanding,
)
from senhong.activities.facts import Present
from senhong.activities.models import (
    Activity,
    ActivityKind,
    ActivityLevel,
    ActivityState,
    Participant,
)
from senhong.activities.services import (
    cancel_activity,
    change_activity,
    close_activity,
    count_present,
    list_present,
    mark_absent,
    mark_present,
    plan_activity,
    reopen_activity,
    start_activity,
)
from senhong.activities.tests.make import (
    MORNING,
    a_cancelled_activity,
    a_closed_activity,
    a_running_activity,
    activity_facts,
    an_activity,
    figures_of,
    help_given,
    those_present,
)
from senhong.audit.models import Event
from senhong.core import clock
from senhong.core.errors import Forbidden, IdReused
from senhong.core.ids import uuid7
from senhong.ledger.models import Posting
from senhong.ledger.queries import wrong_totals
from senhong.org.services import restructure
from senhong.org.tests.make import SYSTEM, a_change, a_new_unit, a_unit, an_actor
from senhong.people.tests.make import a_member, a_membership, a_team

pytestmark = pytest.mark.django_db


def test_closing_a_sortie_counts_an_activity_and_a_sortie() -> None:
    activity = a_closed_activity()

    assert activity.state == ActivityState.CLOSED
    assert figures_of(activity.lead_team.unit) == {"activities": 1, "sorties": 1}


def test_closing_a_provincial_training_counts_as_provincial_and_as_no_sortie() -> None:
    activity = a_closed_activity(kind=ActivityKind.TRAINING, level=ActivityLevel.PROVINCE)

    due = {"activities": 1, "activities.province": 1}
    assert figures_of(activity.lead_team.unit) == due


def test_those_on_the_list_count_where_their_team_is() -> None:
    lead = a_team()
    other = a_team(a_unit("Xã B", lead.unit.province))
    activity = an_activity(lead, teams=(other,))
    those_present(activity, lead, [a_membership(lead).member for _ in range(2)])
    those_present(activity, other, [a_membership(other).member])

    close_activity(SYSTEM, activity)

    assert figures_of(lead.unit) == {"activities": 1, "sorties": 1, "volunteer-turns": 2}
    assert figures_of(other.unit) == {"volunteer-turns": 1}


def test_a_number_with_a_reason_counts_for_the_lead_team() -> None:
    activity = an_activity()
    count_present(SYSTEM, activity, number=12, reason="Danh sách giấy bị ướt")

    close_activity(SYSTEM, activity)

    assert figures_of(activity.lead_team.unit)["volunteer-turns"] == 12


def test_closing_twice_counts_once() -> None:
    activity = a_closed_activity()

    close_activity(SYSTEM, activity)

    assert figures_of(activity.lead_team.unit)["activities"] == 1
    assert Event.objects.filter(name="activity.closed").count() == 1


def test_reopening_takes_back_and_closing_again_counts_anew() -> None:
    activity = an_activity()
    member = a_membership(activity.lead_team).member
    those_present(activity, activity.lead_team, [member])
    help_given(activity=activity)
    close_activity(SYSTEM, activity)
    unit = activity.lead_team.unit

    reopen_activity(SYSTEM, activity, reason="Thiếu người")
    reopened = figures_of(unit)
    list_present(SYSTEM, activity, [])
    count_present(SYSTEM, activity, number=3, reason="Đếm lại")
    close_activity(SYSTEM, activity)

    helped = {"help.vneid": 1, "citizen-turns": 1, "platform-turns": 1}
    assert reopened == helped
    assert figures_of(unit) == helped | {"activities": 1, "sorties": 1, "volunteer-turns": 3}
    assert wrong_totals() == []


def test_cancelling_takes_everything_back_and_reopening_counts_the_help_again() -> None:
    activity = an_activity()
    help_given(activity=activity, people=4)
    close_activity(SYSTEM, activity)
    unit = activity.lead_team.unit

    cancelled = cancel_activity(SYSTEM, activity, reason="Không diễn ra")
    nothing = figures_of(unit)
    reopen_activity(SYSTEM, activity, reason="Hủy nhầm")

    assert cancelled.cancel_reason == "Không diễn ra"
    assert nothing == {}
    assert figures_of(unit) == {"help.vneid": 4, "citizen-turns": 4, "platform-turns": 4}
    assert wrong_totals() == []


def test_a_reversal_carries_day_and_unit_also_after_the_unit_has_ended() -> None:
    activity = a_closed_activity()
    unit = activity.lead_team.unit
    new = a_new_unit("Xã Mới", unit.province)
    restructure(SYSTEM, a_change(20230301, ends=[unit], begins=[new], edges=[(unit, new)]))

    reopen_activity(SYSTEM, activity, reason="Thiếu người")

    reversals = Posting.objects.exclude(reverses=None)
    assert {(p.unit_id, p.day, p.quantity) for p in reversals} == {(unit.pk, 20230315, -1)}
    assert figures_of(unit) == {}
    assert wrong_totals() == []


def test_states_follow_one_another() -> None:
    planned, closed, cancelled = an_activity(), a_closed_activity(), a_cancelled_activity()

    assert start_activity(SYSTEM, planned).state == ActivityState.RUNNING
    assert start_activity(SYSTEM, planned).state == ActivityState.RUNNING
    with pytest.raises(ActivityClosed, match="mở lại"):
        start_activity(SYSTEM, closed)
    with pytest.raises(ActivityCancelled):
        close_activity(SYSTEM, cancelled)
    assert cancel_activity(SYSTEM, cancelled, reason="Lại hủy").cancel_reason == "Mưa bão"


def test_reopening_brings_back_the_state_before_cancelling() -> None:
    planned, running, closed = an_activity(), a_running_activity(), a_closed_activity()
    to_come = an_activity(starts_at=clock.now() + timedelta(days=2))

    again = []
    for activity in (planned, to_come, running, closed):
        cancel_activity(SYSTEM, activity, reason="Mưa bão")
        again.append(reopen_activity(SYSTEM, activity, reason="Hủy nhầm").state)

    assert again == ["planned", "planned", "running", "running"]


def test_what_is_moved_to_a_later_day_is_planned_again() -> None:
    activity = a_running_activity()
    later = activity_facts(activity.lead_team, starts_at=clock.now() + timedelta(days=2))

    assert change_activity(SYSTEM, activity, later).state == ActivityState.PLANNED


def test_an_activity_to_come_is_neither_started_nor_closed() -> None:
    tomorrow = clock.now() + timedelta(days=1)
    activity = an_activity(starts_at=tomorrow)

    with pytest.raises(ActivityNotBegun):
        start_activity(SYSTEM, activity)
    with pytest.raises(ActivityNotBegun):
        close_activity(SYSTEM, activity)


def test_planning_twice_plans_once() -> None:
    facts = activity_facts(a_team())
    id = uuid7()

    plan_activity(SYSTEM, id, facts)
    plan_activity(SYSTEM, id, facts)

    assert Activity.objects.count() == 1
    with pytest.raises(IdReused):
        plan_activity(SYSTEM, id, activity_facts(facts.lead_team, name="Khác"))


def test_an_activity_ends_after_it_starts() -> None:
    with pytest.raises(EndsBeforeStart):
        an_activity(starts_at=MORNING, ends_at=MORNING)


@pytest.mark.parametrize(
    "ends_at",
    [
        datetime.fromisoformat("9999-12-31T23:59:59-12:00"),
        datetime.fromisoformat("0001-01-01T00:00:00+14:00"),
        datetime.fromisoformat("2100-01-01T07:00:01+07:00"),
    ],
)
def test_an_activity_lies_in_years_that_every_calendar_knows(ends_at: datetime) -> None:
    with pytest.raises(HoursOutOfRange):
        an_activity(ends_at=ends_at)
    with pytest.raises(HoursOutOfRange):
        plan_activity(SYSTEM, uuid7(), replace(activity_facts(a_team()), starts_at=ends_at))


def test_an_activity_lasts_at_most_a_month() -> None:
    activity = an_activity(ends_at=MORNING + timedelta(days=31))
    longer = MORNING + timedelta(days=31, minutes=1)

    with pytest.raises(ActivityTooLong, match="31"):
        an_activity(ends_at=longer)
    with pytest.raises(ActivityTooLong):
        change_activity(SYSTEM, activity, activity_facts(activity.lead_team, ends_at=longer))


def test_an_activity_has_a_name_that_can_be_read() -> None:
    for name in (" ", "\u200b\u2060", "\xad \ufeff"):
        with pytest.raises(NameMissing):
            an_activity(name=name)


def test_neither_name_nor_place_holds_the_number_of_a_person() -> None:
    with pytest.raises(PersonalNumber):
        an_activity(name="Nhà bà con 0912 345 678")
    with pytest.raises(PersonalNumber):
        an_activity(place_text="gọi 0912/345/678")


def test_an_id_names_one_who_was_present() -> None:
    activity = an_activity()
    team, id = activity.lead_team, uuid7()
    there = [Present(id=id, member=a_membership(team).member, team=team) for _ in range(2)]

    with pytest.raises(IdReused):
        mark_present(SYSTEM, activity, there)
    assert not Participant.objects.there().exists()


def test_an_activity_is_where_a_unit_stands_and_with_teams_that_do() -> None:
    team = a_team()
    new = a_new_unit("Xã Mới", team.unit.province)
    restructure(
        SYSTEM, a_change(20250701, ends=[team.unit], begins=[new], edges=[(team.unit, new)])
    )
    team.unit.refresh_from_db()

    with pytest.raises(PlaceNotStanding, match="Xã A"):
        an_activity(team, starts_at=MORNING.replace(year=2025, month=8))
    with pytest.raises(TeamNotStanding):
        an_activity(team, starts_at=MORNING.replace(year=2021))


def test_what_is_planned_may_change_until_it_is_closed() -> None:
    activity = an_activity()
    team = activity.lead_team
    other = a_team(team.unit)
    facts = activity_facts(team, name="Ra quân ở bến phà", teams=(other,))

    changed = change_activity(SYSTEM, activity, facts)

    assert changed.name == "Ra quân ở bến phà"
    assert list(changed.teams.all()) == [other]
    close_activity(SYSTEM, changed)
    with pytest.raises(ActivityClosed):
        change_activity(SYSTEM, changed, activity_facts(team))


def test_a_change_keeps_what_is_recorded() -> None:
    activity = an_activity()
    team, other = activity.lead_team, a_team(activity.lead_team.unit)
    help_given(activity=activity)
    later = MORNING + timedelta(days=1)

    with pytest.raises(TeamHasRecords):
        change_activity(SYSTEM, activity, activity_facts(other))
    with pytest.raises(HelpBeforeActivity):
        change_activity(SYSTEM, activity, activity_facts(team, starts_at=later))


def test_present_are_members_of_a_team_of_the_activity() -> None:
    activity = an_activity()
    team = activity.lead_team
    stranger, elsewhere = a_member(team.unit), a_membership(a_team(team.unit))

    with pytest.raises(NotMemberOfTeam):
        those_present(activity, team, [stranger])
    with pytest.raises(TeamNotInActivity):
        those_present(activity, elsewhere.team, [elsewhere.member])
    assert not Participant.objects.there().exists()


def test_the_list_becomes_what_was_sent() -> None:
    activity = an_activity()
    team = activity.lead_team
    first, second = (a_membership(team).member for _ in range(2))
    those_present(activity, team, [first])

    list_present(SYSTEM, activity, [Present(id=uuid7(), member=second, team=team)])

    listed = Participant.objects.there().get()
    assert listed.member == second
    mark_absent(SYSTEM, listed)
    assert not Participant.objects.there().exists()


def test_a_list_and_a_number_exclude_each_other() -> None:
    activity = an_activity()
    team = activity.lead_team
    member = a_membership(team).member
    count_present(SYSTEM, activity, number=2, reason="Không kịp ghi tên")

    with pytest.raises(ListOrNumber):
        those_present(activity, team, [member])
    count_present(SYSTEM, activity, number=None)
    those_present(activity, team, [member])
    with pytest.raises(ListOrNumber):
        count_present(SYSTEM, activity, number=2, reason="Không kịp ghi tên")


def test_a_number_of_present_has_a_reason_and_bounds() -> None:
    activity = an_activity()

    with pytest.raises(ReasonMissing):
        count_present(SYSTEM, activity, number=2, reason=" ")
    with pytest.raises(PersonalNumber):
        count_present(SYSTEM, activity, number=2, reason="hỏi 0912.345.678")
    with pytest.raises(PresentOutOfRange):
        count_present(SYSTEM, activity, number=0, reason="Không ai")


def test_who_was_present_is_not_changed_after_closing() -> None:
    activity = a_closed_activity()

    with pytest.raises(ActivityClosed):
        count_present(SYSTEM, activity, number=2, reason="Đếm lại")


def test_who_may_plan_and_close() -> None:
    team = a_team()
    leader = an_actor("activity.edit", at=team)
    neighbour = an_actor("activity.edit", at=a_unit("Xã B", team.unit.province))
    activity = plan_activity(leader, uuid7(), activity_facts(team))

    assert close_activity(leader, activity).state == ActivityState.CLOSED
    with pytest.raises(Forbidden):
        plan_activity(neighbour, uuid7(), activity_facts(team))
    with pytest.raises(Forbidden):
        close_activity(neighbour, activity)
    with pytest.raises(Forbidden):
        cancel_activity(neighbour, activity, reason="Mưa bão")
    with pytest.raises(Forbidden):
        reopen_activity(neighbour, activity, reason="Thiếu người")

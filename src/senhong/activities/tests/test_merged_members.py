"""When two entries of a member are made one, presence comes along and turns stay right."""

import pytest

from senhong.activities.facts import Present
from senhong.activities.models import Activity, Participant
from senhong.activities.services import close_activity, mark_present
from senhong.activities.tests.make import a_running_activity
from senhong.core.ids import uuid7
from senhong.ledger.models import Posting
from senhong.ledger.queries import wrong_totals
from senhong.org.tests.make import SYSTEM, a_unit
from senhong.people.models import Member, Team
from senhong.people.queries import merge_consequences
from senhong.people.services import merge_members
from senhong.people.tests.make import a_member, a_membership, a_team

pytestmark = pytest.mark.django_db


def two_entries(team: Team) -> tuple[Member, Member]:
    kept, merged = a_member(team.unit), a_member(team.unit)
    for member in (kept, merged):
        a_membership(team, member)
    return kept, merged


def held_with(team: Team, *members: Member, closed: bool = True) -> Activity:
    activity = a_running_activity(team)
    present = [Present(id=uuid7(), member=member, team=team) for member in members]
    mark_present(SYSTEM, activity, present)
    return close_activity(SYSTEM, activity) if closed else activity


def turns(activity: Activity) -> int:
    counted = Posting.objects.filter(activity_id=activity.pk, indicator__code="volunteer-turns")
    return sum(counted.values_list("quantity", flat=True))


def test_presence_of_the_merged_entry_is_the_kept_ones_and_no_figure_moves() -> None:
    team = a_team(a_unit())
    kept, merged = two_entries(team)
    activity = held_with(team, merged)

    merge_members(SYSTEM, uuid7(), kept=kept, merged=merged)

    assert Participant.objects.get().member == kept
    assert turns(activity) == 1
    assert Activity.objects.get().closings == 1


def test_who_was_listed_twice_was_there_once_and_turns_are_counted_anew() -> None:
    team = a_team(a_unit())
    kept, merged = two_entries(team)
    other = a_membership(team, a_member(team.unit, full_name="Lê Bình")).member
    activities = [held_with(team, kept, merged, other), held_with(team, kept, merged)]
    open_one = held_with(team, kept, merged, closed=False)
    assert [turns(activity) for activity in activities] == [3, 2]

    [_places, present] = merge_consequences(kept, merged)
    merge_members(SYSTEM, uuid7(), kept=kept, merged=merged)

    assert present.number == 3
    assert "(3)" in str(present.fate)
    assert [turns(activity) for activity in activities] == [2, 1]
    assert not Participant.objects.filter(member=merged).exists()
    assert Participant.objects.filter(activity=open_one).count() == 1
    assert wrong_totals() == []

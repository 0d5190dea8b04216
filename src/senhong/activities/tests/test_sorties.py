"""What a phone takes along."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from senhong.activities.models import ParticipantState
from senhong.activities.queries import sorties_of
from senhong.activities.services import check_in_key
from senhong.activities.tests.make import (
    DAYS_BEFORE,
    MORNING,
    a_volunteer,
    an_activity,
    signed_up,
)
from senhong.core.actor import Actor, Grant
from senhong.org.models import Role
from senhong.org.queries import actor_of
from senhong.org.tests.make import SYSTEM, a_grant, a_user
from senhong.people.models import MembershipRole
from senhong.people.tests.make import a_team

pytestmark = pytest.mark.django_db
DAYS = (20230314, 20230328)


@pytest.fixture(autouse=True)
def three_days_before() -> Iterator[None]:
    with time_machine.travel(DAYS_BEFORE):
        yield


def test_a_volunteer_sees_her_teams_sorties_and_her_part_in_them() -> None:
    team = a_team()
    other = a_team(team.unit, name="Tổ khác")
    activity = an_activity(team, seats=2, place_text="Chợ", lat=10.2, lon=105.6, teams=(other,))
    an_activity(other)
    an_activity(team, starts_at=MORNING + timedelta(days=30))
    leader = a_volunteer(team, MembershipRole.LEADER)
    an, binh, chi = (a_volunteer(team) for _ in range(3))
    signed_up(activity, an, binh, chi)

    (sortie,) = sorties_of(chi.actor, *DAYS)

    assert (sortie.id, sortie.name, sortie.kind) == (activity.pk, activity.name, "sortie")
    assert sortie.team_ids == (team.pk, other.pk)
    assert (sortie.place, sortie.point) == (f"Chợ · {team.unit.title}", (10.2, 105.6))
    assert (sortie.seats, sortie.taken, sortie.waiting) == (2, 2, 1)
    assert sortie.mine == ParticipantState.WAITING
    assert (sortie.may_lead, sortie.participants, sortie.check_in_key) == (False, None, None)
    assert sortie.leader_name == leader.member.full_name


def test_the_leader_gets_the_names_and_the_key() -> None:
    activity = an_activity()
    leader = a_volunteer(activity.lead_team, MembershipRole.LEADER)
    an = a_volunteer(activity.lead_team)
    signed_up(activity, an)

    (sortie,) = sorties_of(leader.actor, *DAYS)

    assert sortie.may_lead
    assert sortie.participants is not None
    assert [(one.member_id, one.state) for one in sortie.participants] == [
        (an.member.pk, ParticipantState.SIGNED_UP)
    ]
    assert sortie.check_in_key is not None
    assert len(check_in_key(SYSTEM, activity)) == 16
    assert len(sortie.check_in_key) == 24


def test_a_secretary_takes_along_her_own_teams_not_the_whole_commune() -> None:
    team = a_team()
    an_activity(a_team(team.unit))
    mine = an_activity(team)
    one = a_volunteer(team)
    assert one.member.user is not None
    a_grant(one.member.user, team.unit, Role.SECRETARY)

    sorties = sorties_of(actor_of(one.member.user.pk), *DAYS)

    assert [sortie.id for sortie in sorties] == [mine.pk]
    assert sorties[0].may_lead


def test_who_waits_to_be_taken_in_sees_the_teams_sorties() -> None:
    activity = an_activity()
    newcomer = Actor(a_user().pk, frozenset({Grant("activity.view", activity.lead_team.path)}))

    assert [sortie.mine for sortie in sorties_of(newcomer, *DAYS)] == [None]
    assert sorties_of(Actor(None), *DAYS) == []


def test_it_takes_as_many_queries_with_one_as_with_twelve() -> None:
    counts = []
    for number in (1, 12):
        team = a_team()
        leader = a_volunteer(team, MembershipRole.LEADER)
        people = [a_volunteer(team) for _ in range(number)]
        for hour in range(number):
            activity = an_activity(team, starts_at=MORNING + timedelta(hours=5 * hour))
            signed_up(activity, *people)
        with CaptureQueriesContext(connection) as seen:
            assert len(sorties_of(leader.actor, *DAYS)) == number
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 6

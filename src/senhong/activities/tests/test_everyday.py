from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from senhong.activities import queries
from senhong.activities.errors import EverydayNotPlanned
from senhong.activities.models import Activity, ActivityKind
from senhong.activities.services import (
    close_activity,
    everyday_activities,
    plan_activity,
    record_help,
)
from senhong.activities.tests.make import (
    activity_facts,
    an_activity,
    figures_of,
    given_help,
    help_given,
)
from senhong.audit.models import Event
from senhong.core import clock
from senhong.core.actor import Actor
from senhong.core.errors import NotFound
from senhong.core.ids import uuid7
from senhong.org.tests.make import SYSTEM, a_unit, an_actor
from senhong.people.models import Team
from senhong.people.tests.make import a_team

pytestmark = pytest.mark.django_db

RECORDS = ("activity.view", "help.record")


def asked_everyday(actor: Actor, team: Team, day: date) -> Activity:
    ids = everyday_activities(actor, {(team.pk, day)})
    return Activity.objects.get(pk=ids[team.pk, day])


def test_a_team_has_one_everyday_activity_a_day(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    team, day = a_team(), date(2023, 3, 15)
    volunteer = an_actor(*RECORDS, at=team)

    first = asked_everyday(volunteer, team, day)
    with django_assert_num_queries(3):  # and what makes the transaction
        again = everyday_activities(volunteer, [(team.pk, day)])
    help = help_given(volunteer, first)

    assert again == {(team.pk, day): first.pk}
    assert (first.kind, first.first_on, first.last_on) == ("everyday", day, day)
    assert figures_of(team.unit)["citizen-turns"] == 1
    assert help.given_on == day
    assert Event.objects.filter(name="activity.planned").count() == 1


def test_for_who_may_not_nothing_is_made() -> None:
    team, day = a_team(), date(2023, 3, 15)
    stranger = an_actor(*RECORDS, at=a_unit())

    ids = everyday_activities(stranger, {(team.pk, day)})

    assert not Activity.objects.exists()
    with pytest.raises(NotFound):
        record_help(stranger, given_help(an_activity(team), activity_id=ids[team.pk, day]))


def test_everyday_help_is_on_no_calendar_and_closing_it_counts_nothing() -> None:
    team = a_team()
    asked_everyday(SYSTEM, team, clock.today())

    close_activity(SYSTEM, asked_everyday(SYSTEM, team, date(2023, 3, 15)))

    assert queries.next_activities(SYSTEM, on=clock.today()) == []
    wanted = queries.Wanted(kind=ActivityKind.EVERYDAY)
    assert len(queries.activities_of(SYSTEM, wanted, seen_on=clock.today()).items) == 2
    assert figures_of(team.unit) == {}
    with pytest.raises(EverydayNotPlanned):
        plan_activity(SYSTEM, uuid7(), activity_facts(team, kind=ActivityKind.EVERYDAY))

"""What changes about a service changes from a day on; nothing that is counted moves."""

from dataclasses import replace
from datetime import date, datetime

import pytest
import time_machine
from django.utils import timezone

from senhong.activities.errors import ServiceNotOffered
from senhong.activities.facts import HelpFacts
from senhong.activities.services import correct_help
from senhong.activities.tests.make import a_running_activity, figures_of, help_given
from senhong.core.ids import uuid7
from senhong.guides.queries import get_help_kind
from senhong.guides.services import HelpKindFacts, change_help_kind
from senhong.ledger.queries import wrong_totals
from senhong.org.tests.make import SYSTEM

pytestmark = pytest.mark.django_db

MONDAY, TUESDAY = "2023-03-20T09:00:00+07:00", "2023-03-21T09:00:00+07:00"
SERVICE = "email-account"


def test_a_service_becomes_a_platform_tomorrow_and_what_was_counted_stays() -> None:
    starts_at = datetime(2023, 3, 20, 7, 30, tzinfo=timezone.get_default_timezone())
    with time_machine.travel(MONDAY, tick=False):
        activity = a_running_activity(starts_at=starts_at)
        commune = activity.lead_team.unit
        given = help_given(SYSTEM, activity, services=(SERVICE,), people=2)
        kind = get_help_kind(SERVICE)
        change_help_kind(SYSTEM, kind, replace(HelpKindFacts.of(kind), is_platform=True))
    assert "platform-turns" not in figures_of(commune)

    with time_machine.travel(TUESDAY, tick=False):
        more = HelpFacts(
            team_id=given.team_id, services=(SERVICE,), people=3, given_on=given.given_on
        )
        correct_help(SYSTEM, uuid7(), given, more, reason="đếm thiếu")
        assert "platform-turns" not in figures_of(commune)
        help_given(SYSTEM, activity, services=(SERVICE,), people=4, given_on=date(2023, 3, 21))

    assert figures_of(commune)["platform-turns"] == 4
    assert figures_of(commune)["citizen-turns"] == 7
    assert wrong_totals() == []


def test_a_service_is_offered_until_a_day_and_its_help_may_still_be_recorded_late() -> None:
    kind = get_help_kind("vneid")
    change_help_kind(SYSTEM, kind, replace(HelpKindFacts.of(kind), to_day=20230316))
    activity = a_running_activity()

    help_given(SYSTEM, activity, given_on=date(2023, 3, 15))

    with pytest.raises(ServiceNotOffered):
        help_given(SYSTEM, activity, given_on=date(2023, 3, 16))

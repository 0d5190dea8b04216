"""Taking part over the API."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from senhong.accounts.tests.make import a_token
from senhong.activities import checking
from senhong.activities.models import Activity, Participant
from senhong.activities.services import check_in_key
from senhong.activities.tests.make import (
    DAYS_BEFORE,
    MORNING,
    Volunteer,
    a_volunteer,
    an_activity,
    signed_up,
)
from senhong.core.ids import uuid7
from senhong.org.tests.make import SYSTEM
from senhong.people.models import MembershipRole

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three_days_before() -> Iterator[Any]:
    with time_machine.travel(DAYS_BEFORE) as traveller:
        yield traveller


def call(one: Volunteer, method: str, activity: Activity, act: str, **body: Any) -> Any:
    user = one.member.user
    assert user is not None
    client = Client(headers={"Authorization": f"Bearer {a_token(user)}"})
    url = f"/api/v1/activities/{activity.pk}/{act}"
    return getattr(client, method)(url, data=body or None, content_type="application/json")


def test_from_signing_up_to_having_been_there(three_days_before: Any) -> None:
    activity = an_activity(seats=1)
    an, binh = a_volunteer(activity.lead_team), a_volunteer(activity.lead_team)
    leader = a_volunteer(activity.lead_team, MembershipRole.LEADER)
    id = str(uuid7())

    first = call(an, "post", activity, "sign-up", id=id)
    again = call(an, "post", activity, "sign-up", id=id)
    waits = call(binh, "post", activity, "sign-up", id=str(uuid7()))
    cancelled = call(an, "post", activity, "cancel-sign-up", id=str(uuid7()))
    confirmed = call(binh, "post", activity, "confirm", id=str(uuid7()))
    listed = call(leader, "get", activity, "participants")

    assert (first.status_code, first.json()["state"]) == (201, "signed-up")
    assert again.json() == first.json()
    assert waits.json()["state"] == "waiting"
    assert cancelled.json()["state"] == "cancelled"
    assert confirmed.json()["state"] == "confirmed"
    body = listed.json()
    assert (body["seats"], body["taken"], body["waiting"]) == (1, 1, 0)
    assert [one["name"] for one in body["items"]] == [binh.member.full_name]

    three_days_before.move_to(MORNING)
    code = checking.shown_at(check_in_key(SYSTEM, activity), activity.pk, MORNING)
    there = call(binh, "post", activity, "check-in", id=str(uuid7()), code=code.code)
    assert (there.status_code, there.json()["state"]) == (200, "present")


def test_an_overlap_is_refused_until_it_is_said_anyway() -> None:
    activity = an_activity()
    other = an_activity(activity.lead_team, starts_at=MORNING + timedelta(hours=1))
    an = a_volunteer(activity.lead_team)
    signed_up(activity, an)

    refused = call(an, "post", other, "sign-up", id=str(uuid7()))
    anyway = call(an, "post", other, "sign-up", id=str(uuid7()), anyway=True)

    assert (refused.status_code, refused.json()["code"]) == (409, "overlaps-other")
    assert anyway.json()["near"] == [str(activity.pk)]


def test_a_wrong_code_and_who_is_not_signed_up_are_told_so() -> None:
    activity = an_activity()
    an = a_volunteer(activity.lead_team)

    wrong = call(an, "post", activity, "check-in", id=str(uuid7()), code="AAAAAA")
    nothing = call(an, "post", activity, "confirm", id=str(uuid7()))

    assert (wrong.status_code, wrong.json()["code"]) == (422, "check-in-code-wrong")
    assert (nothing.status_code, nothing.json()["code"]) == (409, "not-signed-up")
    assert not Participant.objects.exists()


def test_the_leader_signs_up_and_cancels_for_others() -> None:
    activity = an_activity()
    an = a_volunteer(activity.lead_team)
    leader = a_volunteer(activity.lead_team, MembershipRole.LEADER)
    hers = {"member_id": str(an.member.pk)}

    made = call(leader, "post", activity, "sign-up", id=str(uuid7()), **hers)
    gone = call(leader, "post", activity, "cancel-sign-up", id=str(uuid7()), **hers)

    assert made.json()["member_id"] == str(an.member.pk)
    assert gone.json()["state"] == "cancelled"

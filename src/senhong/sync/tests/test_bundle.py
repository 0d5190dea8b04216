"""What a phone takes along."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from senhong.activities.models import Help, ReturnReason
from senhong.activities.services import return_helps
from senhong.activities.tests.make import an_activity
from senhong.core import clock
from senhong.org.tests.make import SYSTEM, a_user
from senhong.people.tests.make import a_member, a_membership
from senhong.sync.taken_along import BundleOut
from senhong.sync.tests.make import Crew, Phone, a_crew, a_help

pytestmark = pytest.mark.django_db
SECTIONS = {"me", "teams", "sorties", "services", "returned"}


def coming(crew: Crew, days: int = 1, **facts: Any) -> Any:
    at = clock.now() + timedelta(days=days)
    return an_activity(crew.team, starts_at=at, ends_at=at + timedelta(hours=3), **facts)


def said(answer: Any) -> dict[str, Any]:
    return {name: each["data"] for name, each in answer.json()["sections"].items()}


def test_a_volunteer_takes_along_her_own_teams_next_sorties() -> None:
    crew, other = a_crew(), a_crew()
    mine = coming(crew)
    coming(other)
    coming(crew, days=20)

    told = said(Phone(crew.volunteer).bundle())

    assert told.keys() == SECTIONS
    assert told["me"]["user_id"] == crew.volunteer.pk
    assert [(each["id"], each["role"]) for each in told["teams"]] == [(str(crew.team.pk), "member")]
    assert "members" not in told["teams"][0]
    assert [each["id"] for each in told["sorties"]] == [str(mine.pk)]
    assert told["sorties"][0]["may_lead"] is False
    assert "participants" not in told["sorties"][0]
    assert all(each["about"].count("\n") >= 2 for each in told["services"])


def test_a_leader_takes_along_the_names_of_the_team() -> None:
    crew = a_crew()
    coming(crew)

    told = said(Phone(crew.leader).bundle())

    assert len(told["teams"][0]["members"]) == 2
    assert told["sorties"][0]["may_lead"] is True
    assert told["sorties"][0]["leader_name"]


@pytest.mark.parametrize("who", ["leader", "volunteer"])
def test_it_is_what_the_document_says(who: str) -> None:
    crew = a_crew()
    coming(crew)
    Phone(crew.volunteer).send(a_help(crew))
    return_helps(SYSTEM, [Help.objects.get()], reason=ReturnReason.TOO_MANY)

    told = Phone(getattr(crew, who)).bundle()

    read = BundleOut.model_validate_json(told.content)  # which forbids any other key
    assert read.sections.sorties.data
    assert read.sections.services.data
    assert bool(read.sections.returned.data) is (who == "volunteer")


def test_what_has_not_changed_is_not_sent_again() -> None:
    crew = a_crew()
    phone = Phone(crew.volunteer)
    first = phone.bundle()

    assert phone.bundle(**{"If-None-Match": first.headers["ETag"]}).status_code == 304
    coming(crew)
    have = ",".join(f"{n}:{each['version']}" for n, each in first.json()["sections"].items())
    again = phone.bundle(have, **{"If-None-Match": first.headers["ETag"]})

    assert set(said(again)) == {"sorties"}
    assert again.headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("have", ["x", ":", "me:", ",,,", "me:x:y,teams", "\ud7ff:1"])
def test_any_word_for_what_one_has(have: str) -> None:
    assert set(said(Phone(a_crew().volunteer).bundle(have))) == SECTIONS


def test_who_is_in_no_team_takes_along_the_services() -> None:
    told = said(Phone(a_user()).bundle())

    assert told["teams"] == told["sorties"] == []
    assert told["services"]


def test_as_many_queries_with_one_sortie_as_with_thirty() -> None:
    counts = []
    for rows in (1, 30):
        crew = a_crew()
        for _ in range(rows):
            coming(crew)
            a_membership(crew.team, a_member(crew.unit))
        phone = Phone(crew.leader)
        with CaptureQueriesContext(connection) as seen:
            assert len(said(phone.bundle())["sorties"]) == rows
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 16


def test_a_busy_leaders_first_bundle_stays_small() -> None:
    crew = a_crew()
    for number in range(40):
        name = f"Nguyễn Thị Ngọc Ánh {'ABCDEFGHIJ'[number % 10]}{'ÀÁÂÃ'[number // 10]}"
        a_membership(crew.team, a_member(crew.unit, full_name=name))
    for day in range(14):
        for _ in range(2):
            coming(crew, days=day, name="Ra quân hướng dẫn dịch vụ công trực tuyến tại chợ")

    assert len(Phone(crew.leader).bundle().content) < 300_000

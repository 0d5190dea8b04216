"""Acts that come in as a file."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from senhong.activities.models import Help
from senhong.activities.tests.make import figures_of
from senhong.core.ids import uuid7
from senhong.sync.models import KeptAct
from senhong.sync.tests.make import Crew, Phone, a_crew, a_help

pytestmark = pytest.mark.django_db
URL = "/sync/import/"


def a_file(crew: Crew, *acts: Any, **facts: Any) -> SimpleUploadedFile:
    said = {
        "senhong-acts": 1, "device": str(uuid7()), "person": crew.volunteer.pk,
        "exported_at": "2023-03-15T09:00:00+07:00", "acts": acts,
    }  # fmt: skip
    return SimpleUploadedFile("luot.json", json.dumps(said | facts).encode())


def the_leader(crew: Crew) -> Client:
    client = Client()
    client.force_login(crew.leader)
    return client


def confirmed(client: Client, page: Any) -> Any:
    return client.post(f"{URL}confirm/", {"packed": page.context["packed"]})


def test_a_file_is_looked_at_then_recorded_as_by_the_person() -> None:
    crew = a_crew()
    known, other = a_help(crew), a_help(crew)
    phone, leader = Phone(crew.volunteer), the_leader(crew)
    phone.send(known, other)
    file = a_file(
        crew, known, other | {"citizens": 3}, a_help(crew, citizens=2), {"id": 1},
        a_help(crew, services=[]),
    )  # fmt: skip

    page = leader.post(URL, {"file": file})

    rows = [[cell.value for cell in row.cells] for row in page.context["sums"].rows]
    assert [number for _word, number in rows] == [1, 1, 1, 1, 1]
    assert Help.objects.count() == 2
    assert not KeptAct.objects.exists()
    confirmed(leader, page)
    assert set(Help.objects.values_list("recorded_by", flat=True)) == {crew.volunteer.pk}
    assert figures_of(crew.unit)["citizen-turns"] == 4
    assert KeptAct.objects.count() == 2


def test_it_makes_no_difference_which_way_comes_first() -> None:
    crew = a_crew()
    acts = [a_help(crew) for _ in range(205)]
    leader, phone = the_leader(crew), Phone(crew.volunteer)

    page = leader.post(URL, {"file": a_file(crew, *acts)})
    for _ in range(2):
        confirmed(leader, page)

    assert set(phone.results(*acts[:200])) == {"already-recorded"}
    assert Help.objects.count() == 205


@pytest.mark.parametrize("person", [None, "ai", 10**12, True, {"user_id": -1}])
def test_a_file_says_whose_acts_they_are(person: Any) -> None:
    crew = a_crew()

    answer = the_leader(crew).post(URL, {"file": a_file(crew, person=person)})

    assert answer.status_code == 422


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[1]", b"\xff", b"{" * 9000, b'{"senhong-acts":2,"person":1,"acts":[]}'],
)
def test_another_file_is_refused_in_words(content: bytes) -> None:
    file = SimpleUploadedFile("luot.json", content)

    answer = the_leader(a_crew()).post(URL, {"file": file})

    assert answer.status_code == 422


def test_only_for_people_of_ones_own_teams() -> None:
    crew, other = a_crew(), a_crew()

    answer = the_leader(other).post(URL, {"file": a_file(crew, a_help(crew))})

    assert answer.status_code == 422
    assert "không ở trong tổ nào" in answer.content.decode()


def test_a_leader_records_in_her_own_teams_only() -> None:
    crew, other = a_crew(), a_crew()
    leader = the_leader(crew)

    confirmed(leader, leader.post(URL, {"file": a_file(crew, a_help(other))}))

    assert not Help.objects.exists()


def test_what_was_shown_cannot_be_changed() -> None:
    crew = a_crew()

    answer = the_leader(crew).post(f"{URL}confirm/", {"packed": "x:y:z"})

    assert answer.status_code == 422

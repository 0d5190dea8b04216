"""Acts that come in as a file."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from senhong.accounts.models import User
from senhong.activities.errors import OwnHelp
from senhong.activities.models import Help
from senhong.activities.services import accept_helps, set_counting_rule
from senhong.activities.tests.make import figures_of
from senhong.audit.models import Event
from senhong.core.ids import uuid7
from senhong.org.queries import actor_of
from senhong.org.tests.make import SYSTEM
from senhong.sync.models import KeptAct
from senhong.sync.services import replay_act
from senhong.sync.tests.make import Crew, Phone, a_correction, a_crew, a_help, the_secretary

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


def accepting(crew: Crew, user: User) -> Any:
    return accept_helps(actor_of(user.pk), list(Help.objects.select_related("team__unit")))


def test_who_brought_a_file_does_not_accept_what_is_in_it() -> None:
    crew = a_crew()
    set_counting_rule(SYSTEM, crew.unit, after_acceptance=True)
    leader = the_leader(crew)

    confirmed(leader, leader.post(URL, {"file": a_file(crew, a_help(crew, citizens=3))}))

    help = Help.objects.get()
    assert (help.recorded_by, help.brought_by) == (crew.volunteer.pk, crew.leader.pk)
    with pytest.raises(OwnHelp):
        accepting(crew, crew.leader)
    page = leader.get(f"/teams/{crew.team.pk}/review/")
    assert page.status_code == 200
    assert not figures_of(crew.unit)
    assert accepting(crew, the_secretary(crew.unit))
    assert figures_of(crew.unit)["citizen-turns"] == 3


def test_what_the_phone_sends_is_accepted_by_the_leader_as_before() -> None:
    crew = a_crew()
    set_counting_rule(SYSTEM, crew.unit, after_acceptance=True)
    Phone(crew.volunteer).send(a_help(crew))

    assert Help.objects.get().brought_by is None
    assert accepting(crew, crew.leader)


def test_a_correction_that_came_in_a_file_is_the_bringers_too() -> None:
    crew = a_crew()
    set_counting_rule(SYSTEM, crew.unit, after_acceptance=True)
    leader, help = the_leader(crew), a_help(crew)
    Phone(crew.volunteer).send(help)

    confirmed(leader, leader.post(URL, {"file": a_file(crew, a_correction(help, citizens=9))}))

    assert Help.objects.get(corrects__isnull=False).brought_by == crew.leader.pk
    with pytest.raises(OwnHelp):
        accepting(crew, crew.leader)


def test_what_was_repaired_and_sent_on_is_not_accepted_by_who_did() -> None:
    crew = a_crew()
    set_counting_rule(SYSTEM, crew.unit, after_acceptance=True)
    act = a_help(crew)
    Phone(crew.volunteer).send(act | {"unknown": 1})

    replay_act(actor_of(crew.leader.pk), KeptAct.objects.get(), json.dumps(act))

    assert Help.objects.get().recorded_by == crew.volunteer.pk
    with pytest.raises(OwnHelp):
        accepting(crew, crew.leader)


def test_the_event_says_who_brought_it() -> None:
    crew = a_crew()
    leader = the_leader(crew)

    confirmed(leader, leader.post(URL, {"file": a_file(crew, a_help(crew))}))

    event = Event.objects.get(name="help.recorded")
    assert (event.actor_id, event.facts["brought_by"]) == (crew.volunteer.pk, crew.leader.pk)

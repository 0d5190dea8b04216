"""``POST /api/v1/sync``: what a phone is answered."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from senhong.activities.models import Help, HelpState
from senhong.activities.tests.make import figures_of
from senhong.core import clock
from senhong.core.ids import uuid7
from senhong.org.queries import actor_of
from senhong.sync.acts import HelpAct
from senhong.sync.helping import record
from senhong.sync.models import DoneAct, KeptAct, KeptKind
from senhong.sync.parsing import act_of
from senhong.sync.tests.make import (
    URL,
    Phone,
    a_correction,
    a_crew,
    a_help,
    an_attendance,
    packed,
)

pytestmark = pytest.mark.django_db


def test_help_is_recorded_and_counted_at_once() -> None:
    crew = a_crew()

    told = Phone(crew.volunteer).send(act := a_help(crew, citizens=3))

    assert told == [{"id": act["id"], "result": "recorded", "code": "", "detail": ""}]
    assert figures_of(crew.unit)["citizen-turns"] == 3
    assert Help.objects.get().recorded_by == crew.volunteer.pk


def test_sending_again_changes_nothing() -> None:
    crew = a_crew()
    phone, act = Phone(crew.volunteer), a_help(crew)

    assert [phone.results(act) for _ in range(3)] == [
        ["recorded"], ["already-recorded"], ["already-recorded"],
    ]  # fmt: skip
    assert figures_of(crew.unit)["citizen-turns"] == 1


def test_other_facts_under_the_same_id_are_a_conflict_and_kept_once() -> None:
    crew = a_crew()
    phone, act = Phone(crew.volunteer), a_help(crew)
    phone.send(act)

    for _ in range(2):
        [told] = phone.send(act | {"citizens": 5})

    assert (told["result"], told["code"]) == ("conflict", "id-reused")
    kept = KeptAct.objects.get()
    assert (kept.kind, kept.team, str(kept.act)) == (KeptKind.CONFLICT, crew.team, act["id"])
    assert json.loads(bytes(kept.raw_bytes))["citizens"] == 5
    assert figures_of(crew.unit)["citizen-turns"] == 1


def test_one_id_twice_in_a_request() -> None:
    crew = a_crew()
    act = a_help(crew)

    told = Phone(crew.volunteer).results(act, act, act | {"citizens": 2})

    assert told == ["recorded", "already-recorded", "conflict"]


def test_each_act_is_judged_alone() -> None:
    crew = a_crew()
    bad: list[Any] = [
        None, 1, "a", [], {}, {"id": "x"}, {"type": "help"}, {"type": ["help"], "id": str(uuid7())},
        a_help(crew) | {"unknown": 1}, a_help(crew) | {"type": "dance"}, a_help(crew, citizens="1"),
        a_help(crew, citizens=True), a_help(crew, citizens=1.5), a_help(crew, citizens=-1),
        a_help(crew, citizens=10**30), a_help(crew, note=None), a_help(crew, note="a\0b"),
        a_help(crew, note="\ud800"), a_help(crew, note="x" * 501), a_help(crew, services="vneid"),
        a_help(crew, services=[None]), a_help(crew, services=["\ud800"]), a_help(crew, at="hôm nay"),
        a_help(crew, at="2023-03-15T08:00:00"), a_help(crew, at="0001-01-01T00:00:00+07:00"),
        a_help(crew, point=[1]), a_help(crew, point=[91, 0]), a_help(crew, point=[float("nan"), 0]),
        a_help(crew, point=[float("inf"), 0]), a_help(crew, point=[True, False]),
        a_help(crew, id="6f1f7a3e-0000-4000-8000-000000000000"), a_help(crew, helped="cats"),
        a_help(crew, same_people=1), a_help(crew, same_people_as="x"), a_help(crew, team=5),
        {**an_attendance(crew), "present": "yes"}, {"\ud800": 1, **a_help(crew)},
    ]  # fmt: skip

    told = Phone(crew.volunteer).results(a_help(crew), *bad, a_help(crew))

    assert told == ["recorded", *["held"] * len(bad), "recorded"]
    assert KeptAct.objects.filter(kind=KeptKind.HELD).count() == len(bad)
    assert figures_of(crew.unit)["citizen-turns"] == 2


def test_what_is_held_is_kept_sign_by_sign() -> None:
    crew = a_crew()
    text = '{"id" :"không",   "citizens":1e400, "note":"\\u0000 à"}'

    answer = Phone(crew.volunteer).post(f'{{"x": [{{}}], "acts" : [ {text} ]}}'.encode())

    assert [each["result"] for each in answer.json()["results"]] == ["held"]
    assert bytes(KeptAct.objects.get().raw_bytes) == text.encode()


def test_a_number_with_thousands_of_digits_spoils_one_act_only() -> None:
    crew = a_crew()
    huge = json.dumps(a_help(crew)).replace('"citizens": 1', f'"citizens": {"9" * 5000}')

    answer = Phone(crew.volunteer).post(
        f'{{"acts": [{huge}, {json.dumps(a_help(crew))}]}}'.encode()
    )

    assert [each["result"] for each in answer.json()["results"]] == ["held", "recorded"]


@pytest.mark.parametrize(
    "facts",
    [
        {"services": ["bay-lên-trời"]},
        {"services": []},
        {"citizens": 0},
        {"citizens": 1001},
        {"note": "gọi 0912345678"},
        {"at": "2023-03-14T08:00:00+07:00"},
        {"activity": str(uuid7())},
    ],
)
def test_a_rule_that_is_not_met_is_returned_in_words(facts: dict[str, Any]) -> None:
    crew = a_crew()

    [told] = Phone(crew.volunteer).send(a_help(crew, **facts))

    assert told["result"] == "returned"
    assert told["code"]
    assert told["detail"]
    assert not KeptAct.objects.exists()


def test_a_day_more_than_a_day_ahead_is_returned() -> None:
    crew = a_crew()
    ahead = (clock.now() + timedelta(hours=25)).isoformat()

    [told] = Phone(crew.volunteer).send(a_help(crew, at=ahead))

    assert (told["result"], told["code"]) == ("returned", "given-in-future")


def test_a_stranger_to_the_team_records_nothing() -> None:
    crew, other = a_crew(), a_crew()

    [told] = Phone(other.leader).send(a_help(crew))

    assert (told["result"], told["code"]) == ("returned", "not-found")
    assert not Help.objects.exists()


def test_further_services_to_the_same_people_count_nobody_twice() -> None:
    crew = a_crew()
    first = a_help(crew, citizens=2)
    more = a_help(crew, citizens=2, services=["cashless-payment"], same_people=True,
                  same_people_as=first["id"])  # fmt: skip

    assert Phone(crew.volunteer).results(more, first) == ["recorded", "recorded"]
    assert figures_of(crew.unit)["citizen-turns"] == 2


def test_what_waits_is_recorded_also_when_the_server_died_before_it_came_to_that() -> None:
    crew = a_crew()
    phone = Phone(crew.volunteer)
    first = a_help(crew)
    further = a_help(crew, citizens=1, same_people_as=first["id"])
    assert phone.results(further) == ["held"]
    act = act_of(first)
    assert isinstance(act, HelpAct)
    record(actor_of(crew.volunteer.pk), [act])  # so far it came

    assert phone.results(first) == ["already-recorded"]

    assert phone.results(further) == ["already-recorded"]
    assert not KeptAct.objects.open().exists()


def test_what_comes_before_its_first_help_is_held_and_recorded_when_that_arrives() -> None:
    crew = a_crew()
    phone, first = Phone(crew.volunteer), a_help(crew)
    more = a_help(crew, services=["e-dong-thap"], same_people_as=first["id"])

    [told] = phone.send(more)
    assert (told["result"], told["code"]) == ("held", "waits-for-another")
    assert phone.results(first) == ["recorded"]

    assert Help.objects.filter(group=first["id"]).count() == 2
    assert phone.results(more) == ["already-recorded"]
    assert not KeptAct.objects.open().exists()


def test_a_correction_stands_in_the_place_of_a_help() -> None:
    crew = a_crew()
    phone, help = Phone(crew.volunteer), a_help(crew, at=clock.now().isoformat())
    help["activity"] = str(crew.activity.pk)
    correction = a_correction(help, citizens=4)

    assert phone.results(help, correction) == ["recorded", "recorded"]
    assert phone.results(correction) == ["already-recorded"]
    assert phone.results(correction | {"citizens": 5}) == ["conflict"]
    assert figures_of(crew.unit)["citizen-turns"] == 4


def test_nobody_left_withdraws_the_help_and_order_does_not_matter() -> None:
    crew = a_crew()
    phone, help = Phone(crew.volunteer), a_help(crew)
    withdrawal = a_correction(help, citizens=0)

    assert phone.results(withdrawal) == ["held"]
    assert phone.results(help) == ["recorded"]

    assert Help.objects.get().state == HelpState.WITHDRAWN
    assert phone.results(withdrawal) == ["already-recorded"]


def test_the_later_of_two_ticks_holds_whichever_arrives_first() -> None:
    crew = a_crew()
    phone = Phone(crew.leader)
    there = an_attendance(crew)
    gone = an_attendance(crew, present=False, at="2023-03-15T09:00:00+07:00")

    assert phone.results(gone, there) == ["recorded", "recorded"]
    assert phone.results(there, gone) == ["already-recorded", "already-recorded"]

    assert not crew.activity.participants.there().exists()
    assert DoneAct.objects.count() == 2


def test_only_who_leads_ticks_who_is_there() -> None:
    crew = a_crew()

    [told] = Phone(crew.volunteer).send(an_attendance(crew))

    assert (told["result"], told["code"]) == ("returned", "forbidden")
    assert not DoneAct.objects.exists()


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"1", b"null", b"{}", b'{"acts": {}}', b'{"acts": [', b"\xff\xfe{", b"[" * 100_000,
     b'{"acts": null}', b"\0", b'{"acts":[]}' + b"\x80"],
)  # fmt: skip
def test_a_body_that_cannot_be_read_is_kept_whole_and_once(body: bytes) -> None:
    crew = a_crew()
    phone = Phone(crew.volunteer)

    answers = [phone.post(body) for _ in range(2)]

    assert [each.status_code for each in answers] == [400, 400]
    assert answers[0].headers["Content-Type"] == "application/problem+json"
    assert answers[0].json()["code"] == "body-unreadable"
    kept = KeptAct.objects.get()
    assert (kept.kind, bytes(kept.raw_bytes)) == (KeptKind.UNREADABLE, body)


def test_a_packed_body_is_unpacked() -> None:
    crew = a_crew()
    phone = Phone(crew.volunteer)
    body = packed({"acts": [a_help(crew)]})
    gzip = {"Content-Encoding": "gzip"}

    assert phone.post(body, **gzip).json()["results"][0]["result"] == "recorded"
    assert phone.post(body[:-9], **gzip).json()["code"] == "body-unreadable"
    assert phone.post(b"x", **gzip).json()["code"] == "body-unreadable"
    assert phone.post(packed("0" * 3_000_000), **gzip).json()["code"] == "body-too-large"


def test_more_than_two_hundred_acts_are_refused_and_none_is_recorded() -> None:
    crew = a_crew()

    answer = Phone(crew.volunteer).post(
        json.dumps({"acts": [a_help(crew) for _ in range(201)]}).encode()
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "too-many-acts")
    assert not Help.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer sh_sai"}])
def test_nobody_is_told_to_sign_in(headers: dict[str, str]) -> None:
    answer = Client().post(URL, data="{}", content_type="application/json", headers=headers)

    assert answer.status_code == 401


def test_no_act_is_no_mistake() -> None:
    answer = Phone(a_crew().volunteer).post(b'{"acts": [], "device_time": 5, "later": 1}')

    assert answer.json()["results"] == []
    assert answer.json()["server_time"]

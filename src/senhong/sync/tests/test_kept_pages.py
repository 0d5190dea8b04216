"""Kept acts: who sees them, and what becomes of them."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senhong.accounts.models import User
from senhong.activities.models import Help
from senhong.activities.tests.make import figures_of
from senhong.audit.models import Event
from senhong.core.ids import uuid7
from senhong.org.tests.make import SYSTEM, a_user
from senhong.sync.models import KeptAct, KeptState
from senhong.sync.services import carry_kept, replay_held_of
from senhong.sync.tests.make import (
    Crew,
    Phone,
    a_correction,
    a_crew,
    a_help,
    the_office,
    the_secretary,
)

pytestmark = pytest.mark.django_db


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(kept: KeptAct, act: str = "") -> str:
    return f"/sync/kept/{kept.pk}/{act}"


def a_held_act(crew: Crew, **facts: Any) -> KeptAct:
    Phone(crew.volunteer).send(a_help(crew, **{"citizens": "hai", **facts}))
    return KeptAct.objects.latest("pk")


def a_conflict(crew: Crew) -> KeptAct:
    phone, act = Phone(crew.volunteer), a_help(crew)
    phone.send(act, act | {"citizens": 4})
    return KeptAct.objects.latest("pk")


def test_the_leader_sees_what_is_wrong_and_repairs_it() -> None:
    crew = a_crew()
    kept = a_held_act(crew)
    leader = browser(crew.leader)

    page = leader.get(page_of(kept)).content.decode()
    assert "citizens" in page
    assert "phải là một số nguyên" in page
    text = json.dumps(json.loads(bytes(kept.raw_bytes)) | {"citizens": 2})
    answer = leader.post(page_of(kept, "replay/"), {"text": text})

    assert answer.status_code == 303
    kept.refresh_from_db()
    assert (kept.state, kept.decided_by) == (KeptState.REPLAYED, crew.leader)
    assert Help.objects.get().recorded_by == crew.volunteer.pk
    assert figures_of(crew.unit)["citizen-turns"] == 2
    assert Event.objects.filter(name="act.replayed").count() == 1


def test_what_is_still_wrong_is_said_at_the_text() -> None:
    crew = a_crew()
    kept = a_held_act(crew)

    for text in ("{", "[]", "{}", json.dumps(a_help(crew, citizens=0)), "[" * 5000):
        answer = browser(crew.leader).post(page_of(kept, "replay/"), {"text": text})
        assert answer.status_code == 422
    kept.refresh_from_db()

    assert kept.is_open
    assert not Help.objects.exists()
    assert KeptAct.objects.count() == 1


def test_a_conflict_shows_both_and_can_become_an_act_of_its_own() -> None:
    crew = a_crew()
    kept = a_conflict(crew)
    leader = browser(crew.leader)

    page = leader.get(page_of(kept)).content.decode()
    assert "Lượt đang có cùng mã" in page
    text = bytes(kept.raw_bytes).decode()
    assert leader.post(page_of(kept, "replay/"), {"text": text}).status_code == 422
    for _ in range(2):
        leader.post(page_of(kept, "replay/"), {"text": text, "as_new": "1"})

    assert sorted(Help.objects.values_list("people", flat=True)) == [1, 4]


def test_dismissing_needs_a_reason_and_keeps_the_bytes() -> None:
    crew = a_crew()
    kept = a_held_act(crew)
    leader, before = browser(crew.leader), bytes(kept.raw_bytes)

    assert leader.post(page_of(kept, "dismiss/"), {"reason": ""}).status_code == 422
    leader.post(page_of(kept, "dismiss/"), {"reason": "ghi thử"})
    kept.refresh_from_db()

    assert (kept.state, kept.reason, bytes(kept.raw_bytes)) == ("dismissed", "ghi thử", before)
    assert leader.post(page_of(kept, "dismiss/"), {"reason": "lại"}).status_code == 409
    assert leader.post(page_of(kept, "replay/"), {"text": "{}"}).status_code == 422
    Phone(crew.volunteer).post(b'{"acts":[' + before + b"]}")
    assert not KeptAct.objects.open().exists()


def test_everyone_sees_what_is_below_and_the_office_what_nobody_can_read() -> None:
    crew, other = a_crew(), a_crew()
    Phone(crew.volunteer).send({"type": "help", "note": "của tổ này"})
    Phone(crew.volunteer).post(b"{")
    held, unreadable = KeptAct.objects.order_by("pk")

    assert held.team == crew.team  # it names none, so it is its sender's
    may = {crew.leader: (200, 404), the_secretary(crew.unit): (200, 404),
           the_office(crew.unit): (200, 200), crew.volunteer: (404, 404),
           other.leader: (404, 404), the_secretary(other.unit): (404, 404)}  # fmt: skip
    for user, expected in may.items():
        got = tuple(browser(user).get(page_of(each)).status_code for each in (held, unreadable))
        assert got == expected


def test_an_act_never_shows_up_at_a_team_that_its_sender_may_not_see() -> None:
    crew, other = a_crew(), a_crew()

    Phone(crew.volunteer).send(a_help(other, citizens="hai"))

    assert KeptAct.objects.get().team == crew.team


def test_a_body_that_was_cut_is_completed_by_the_office() -> None:
    crew = a_crew()
    whole = json.dumps({"acts": [a_help(crew), a_help(crew, citizens="hai")]})
    Phone(crew.volunteer).post(whole[:-5].encode())
    kept = KeptAct.objects.get()
    office = browser(the_office(crew.unit))

    assert office.post(page_of(kept, "replay/"), {"text": whole[:-3]}).status_code == 422
    office.post(page_of(kept, "replay/"), {"text": whole})

    assert Help.objects.get().recorded_by == crew.volunteer.pk
    assert KeptAct.objects.open().get().kind == "held"


def test_what_is_held_of_a_person_is_tried_again() -> None:
    crew = a_crew()
    help = a_help(crew)
    Phone(crew.volunteer).send(a_correction(help))

    assert replay_held_of(SYSTEM, user_id=crew.volunteer.pk, newcomer=str(uuid7())) == 0
    assert KeptAct.objects.open().count() == 1


@pytest.mark.parametrize("state", ["open", "decided"])
def test_the_list_takes_as_many_queries_with_one_row_as_with_thirty(state: str) -> None:
    counts = []
    for rows in (1, 30):
        crew = a_crew()
        Phone(crew.volunteer).send(*({"id": number} for number in range(rows)))
        if state == "decided":
            KeptAct.objects.update(state=KeptState.DISMISSED, reason="ghi thử")
        leader = browser(crew.leader)
        with CaptureQueriesContext(connection) as seen:
            page = leader.get(f"/sync/kept/?state={state}")
        assert page.content.decode().count('<tr id="kept-') == rows
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 12


def test_what_one_account_sent_is_the_others_when_they_are_one_persons() -> None:
    crew = a_crew()
    phone, other = Phone(crew.volunteer), a_user()
    phone.results({"id": "x"})

    carry_kept(SYSTEM, kept=other.pk, given_up=crew.volunteer.pk)

    assert KeptAct.objects.get().sender == other

"""Nobody fills the office's list or the disk, and nothing is dropped in silence."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from senhong.audit.models import Event
from senhong.core import clock
from senhong.org.queries import actor_of
from senhong.sync.jobs import clear_kept_bytes
from senhong.sync.models import KeptAct
from senhong.sync.services import dismiss_act
from senhong.sync.tests.make import Crew, Phone, a_crew, a_help, the_office, the_secretary

pytestmark = pytest.mark.django_db


def odd_acts(crew: Crew, number: int) -> list[dict[str, Any]]:
    return [a_help(crew) | {"unknown": place} for place in range(number)]


def test_beyond_the_days_cap_acts_go_back_to_their_owner(settings: Settings) -> None:
    settings.KEPT_ACTS_A_DAY = 3
    crew = a_crew()
    phone, acts = Phone(crew.volunteer), odd_acts(crew, 4)

    told = phone.send(*acts, a_help(crew))

    assert [each["result"] for each in told] == ["held"] * 3 + ["returned", "recorded"]
    assert told[3]["code"] == "too-many-kept"
    assert "gửi lại vào ngày mai" in told[3]["detail"]
    assert KeptAct.objects.count() == 3
    assert phone.results(*acts) == ["held"] * 3 + ["returned"]


def test_the_cap_is_each_persons_and_each_days(settings: Settings) -> None:
    settings.KEPT_ACTS_A_DAY = 1
    crew = a_crew()
    phone, acts = Phone(crew.volunteer), odd_acts(crew, 2)

    assert phone.results(*acts) == ["held", "returned"]
    assert Phone(crew.leader).results(*odd_acts(crew, 1)) == ["held"]
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        assert phone.results(*acts) == ["held", "held"]


def test_so_many_bytes_a_day(settings: Settings) -> None:
    settings.KEPT_MB_A_DAY = 1
    crew = a_crew()
    phone = Phone(crew.volunteer)
    large = [a_help(crew) | {"unknown": "x" * 600_000} for _ in range(2)]

    assert phone.results(*large) == ["held", "returned"]
    assert phone.results(*odd_acts(crew, 1)) == ["held"]


def test_bodies_that_cannot_be_read_are_refused_in_words(settings: Settings) -> None:
    settings.KEPT_ACTS_A_DAY = 1
    phone = Phone(a_crew().volunteer)
    phone.post(b"{")

    refused = phone.post(b"[")

    assert (phone.post(b"{").status_code, refused.status_code) == (400, 429)
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.json()["code"] == "too-many-kept"
    assert "nhiều nhất 1 lượt" in refused.json()["detail"]
    assert KeptAct.objects.count() == 1


def test_bytes_of_what_was_decided_expire_and_the_record_stays() -> None:
    crew = a_crew()
    phone, acts = Phone(crew.volunteer), odd_acts(crew, 2)
    phone.send(*acts)
    decided, waits = (KeptAct.objects.get(act=act["id"]) for act in acts)
    dismiss_act(actor_of(the_secretary(crew.unit).pk), decided, reason="Ghi thử")

    clear_kept_bytes.call()
    early = bytes(KeptAct.objects.get(pk=decided.pk).raw_bytes)
    with time_machine.travel(clock.now() + timedelta(days=91), tick=False):
        for _ in range(2):
            clear_kept_bytes.call()

    decided.refresh_from_db()
    waits.refresh_from_db()
    assert early == json.dumps(acts[0]).encode()
    assert (bytes(decided.raw_bytes), decided.reason) == (b"", "Ghi thử")
    assert decided.bytes_cleared_at
    assert bytes(waits.raw_bytes)
    assert Event.objects.filter(name="act.cleared").count() == 1
    assert phone.results(acts[0]) == ["held"]
    assert KeptAct.objects.count() == 2


def test_the_page_says_that_the_bytes_are_gone() -> None:
    crew = a_crew()
    Phone(crew.volunteer).send(*odd_acts(crew, 1))
    kept, office = KeptAct.objects.get(), the_office(crew.unit)
    dismiss_act(actor_of(office.pk), kept, reason="Ghi thử")
    client = Client()
    with time_machine.travel(clock.now() + timedelta(days=91), tick=False):
        clear_kept_bytes.call()
    client.force_login(office)

    page = client.get(f"/sync/kept/{kept.pk}/")

    assert page.status_code == 200
    assert "nội dung đã xóa" in page.content.decode()
    assert client.get("/sync/kept/?state=decided").status_code == 200

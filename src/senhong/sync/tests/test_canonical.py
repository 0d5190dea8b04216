"""The same facts have the same digest, whatever our code calls them."""

import json
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import pytest

from senhong.core import clock
from senhong.core.ids import uuid7
from senhong.sync.acts import AttendanceAct
from senhong.sync.canonical import _FACTS, VERSION, canonical, digest_of
from senhong.sync.models import DoneAct
from senhong.sync.parsing import _SHAPES, act_of
from senhong.sync.tests.make import Phone, a_correction, a_crew, a_help, an_attendance

ID = "01985f6e-0a00-7000-8000-000000000001"
OTHER = "01985f6e-0a00-7000-8000-000000000002"
AT = "2026-03-20T08:15:00+07:00"
# What was kept of acts under version 1. These lines are never changed: a new form is a new version.
KEPT: dict[str, tuple[dict[str, Any], str]] = {
    "correction": (
        {"corrects": OTHER, "services": ["vneid"], "citizens": 2, "reason": "Đếm thiếu"},
        "ced860fc86978e7e35faf6bc6f93e4eab14d234aec6dbadf999b42e4937c67de",
    ),
    "check-in": (
        {"activity": OTHER, "step": 59130000, "code": "ABC234"},
        "cff1ce95a38b9ebf15782f56bde051249912cb76fa869e7cb3619926e6e91fe6",
    ),
    "attendance": (
        {"activity": OTHER, "member": OTHER, "present": True},
        "17dd646e4617d46727cb315489dd11e1a38984d8457a2f03c97a0b7d31ac9324",
    ),
    "sign-up": (
        {"activity": OTHER, "answer": "sign-up"},
        "95eb8c40c1280a617ca6e136b1ac4c5b72b2447b4f2424ae0189814adee9441e",
    ),
    "activity": (
        {"activity": OTHER, "to": "closed"},
        "f17e3bd3605b87458d62a47115bc56c9aeb38d732013116fa3ae691ce852924d",
    ),
}


def an_act(kind: str, **facts: Any) -> Any:
    return act_of({"id": ID, "at": AT, "type": kind} | KEPT[kind][0] | facts)


def test_every_type_but_help_has_a_form() -> None:
    assert {act.kind for act in _FACTS} == set(_SHAPES) - {"help"} == set(KEPT)


@pytest.mark.parametrize("kind", KEPT)
def test_the_digests_of_version_1_stay(kind: str) -> None:
    assert VERSION == 1
    assert digest_of(an_act(kind)) == KEPT[kind][1]


@pytest.mark.parametrize("kind", KEPT)
def test_neither_the_order_of_keys_nor_the_zone_matters(kind: str) -> None:
    said = {"at": "2026-03-20T01:15:00.000Z"} | KEPT[kind][0] | {"type": kind, "id": ID.upper()}
    turned: Any = act_of(dict(reversed(said.items())))

    assert digest_of(turned) == KEPT[kind][1]


def test_a_new_key_that_says_what_its_absence_says_changes_nothing() -> None:
    assert digest_of(an_act("attendance", left=False)) == KEPT["attendance"][1]
    assert digest_of(an_act("attendance", left=True)) != KEPT["attendance"][1]
    assert digest_of(an_act("sign-up", anyway=False)) == KEPT["sign-up"][1]
    assert digest_of(an_act("sign-up", anyway=True)) != KEPT["sign-up"][1]


def test_every_fact_matters() -> None:
    for act in map(an_act, KEPT):
        told = canonical(act)
        assert json.loads(told)["type"] == act.kind
        names = {field.name for field in fields(act)} - {"left", "anyway"}
        assert names | {"type"} == set(json.loads(told))


def test_a_field_that_moves_within_our_code_changes_nothing() -> None:
    @dataclass(frozen=True, kw_only=True)
    class Moved:
        present: bool
        member: UUID
        activity: UUID
        left: bool
        at: datetime
        id: UUID
        kind: ClassVar[str] = "attendance"

    act = an_act("attendance")
    moved = Moved(**vars(act))

    assert repr(moved) != repr(act)
    assert _FACTS[AttendanceAct](moved) == _FACTS[AttendanceAct](act)


@pytest.mark.django_db
def test_what_was_noted_before_digests_had_versions_is_known_again() -> None:
    crew = a_crew()
    phone, act = Phone(crew.leader), an_attendance(crew)
    phone.send(act)
    DoneAct.objects.update(digest="of repr()", digest_version=0)

    assert phone.results(act) == ["already-recorded"]
    assert phone.results(act | {"at": "2023-03-15T08:00:01+07:00"}) == ["conflict"]


@pytest.mark.django_db
def test_the_version_is_kept_beside_the_digest() -> None:
    crew = a_crew()
    phone, help = Phone(crew.volunteer), a_help(crew, at=clock.now().isoformat())
    phone.send(help, a_correction(help, id=str(uuid7())))

    assert DoneAct.objects.get().digest_version == VERSION

"""Makers of valid things. A test names only what it is about."""

import gzip
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.test import Client

from senhong.accounts.models import User
from senhong.accounts.tests.make import a_token
from senhong.activities.models import Activity
from senhong.activities.tests.make import a_running_activity
from senhong.core import clock
from senhong.core.ids import uuid7
from senhong.org.models import Role, Unit
from senhong.org.tests.make import a_grant, a_province, a_unit, a_user
from senhong.people.models import Member, MembershipRole, Team
from senhong.people.tests.make import a_membership, a_team

AT = "2023-03-15T08:00:00+07:00"
URL = "/api/v1/sync"


@dataclass(frozen=True)
class Crew:
    """A commune's team with a leader and a member who both have accounts, and its sortie."""

    team: Team
    activity: Activity
    leader: User
    volunteer: User
    member: Member

    @property
    def unit(self) -> Unit:
        return self.team.unit


def a_crew(commune: Unit | None = None) -> Crew:
    team = a_team(commune or a_unit("Xã A", a_province()))
    leader, volunteer = a_user(), a_user()
    a_membership(team, role=MembershipRole.LEADER, user=leader)
    member = a_membership(team, user=volunteer).member
    return Crew(team, a_running_activity(team), leader, volunteer, member)


def the_secretary(unit: Unit) -> User:
    user = a_user()
    a_grant(user, unit, Role.SECRETARY)
    return user


def the_office(unit: Unit) -> User:
    user = a_user()
    a_grant(user, unit.province or unit, Role.PROVINCE_OFFICE)
    return user


def a_help(crew: Crew, **facts: Any) -> dict[str, Any]:
    """One citizen helped with VNeID, as a phone says it."""
    usual = {
        "id": str(uuid7()),
        "type": "help",
        "team": str(crew.team.pk),
        "activity": str(crew.activity.pk),
        "services": ["vneid"],
        "citizens": 1,
        "at": AT,
    }
    return usual | {name: str(v) if isinstance(v, UUID) else v for name, v in facts.items()}


def a_correction(help: dict[str, Any], **facts: Any) -> dict[str, Any]:
    usual = {
        "id": str(uuid7()), "type": "correction", "corrects": help["id"], "services": ["vneid"],
        "citizens": 2, "note": "", "reason": "Đếm thiếu", "at": AT,
    }  # fmt: skip
    return usual | facts


def an_attendance(crew: Crew, **facts: Any) -> dict[str, Any]:
    usual = {
        "id": str(uuid7()), "type": "attendance", "activity": str(crew.activity.pk),
        "member": str(crew.member.pk), "present": True, "at": AT,
    }  # fmt: skip
    return usual | facts


def a_sign_up(activity: Activity, **facts: Any) -> dict[str, Any]:
    usual = {
        "id": str(uuid7()), "type": "sign-up", "activity": str(activity.pk), "answer": "sign-up",
        "at": AT,
    }  # fmt: skip
    return usual | facts


def a_word(activity: Activity, to: str, **facts: Any) -> dict[str, Any]:
    """The leader starts or closes the activity."""
    usual = {
        "id": str(uuid7()), "type": "activity", "activity": str(activity.pk), "to": to, "at": AT,
    }  # fmt: skip
    return usual | facts


@dataclass
class Phone:
    """A phone of a person: sends acts, and says what was answered."""

    user: User

    def __post_init__(self) -> None:
        self.headers = {"Authorization": f"Bearer {a_token(self.user)}"}
        self.client = Client()

    def post(self, body: bytes, **headers: str) -> Any:
        return self.client.post(
            URL, data=body, content_type="application/json", headers=self.headers | headers
        )

    def send(self, *acts: Any, device_time: str | None = None) -> list[dict[str, Any]]:
        told = device_time or clock.now().isoformat()
        answer = self.post(json.dumps({"device_time": told, "acts": acts}).encode())
        assert answer.status_code == 200, answer.content
        results: list[dict[str, Any]] = answer.json()["results"]
        return results

    def results(self, *acts: Any, device_time: str | None = None) -> list[str]:
        return [each["result"] for each in self.send(*acts, device_time=device_time)]

    def bundle(self, have: str = "", **headers: str) -> Any:
        return self.client.get(
            "/api/v1/field/bundle", {"have": have} if have else {}, headers=self.headers | headers
        )


def packed(body: object) -> bytes:
    return gzip.compress(json.dumps(body).encode())

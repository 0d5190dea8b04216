import json
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senhong.accounts.models import User
from senhong.accounts.tests.make import a_token
from senhong.activities.models import Activity, Help, Participant
from senhong.activities.services import record_help
from senhong.activities.tests.make import an_activity, figures_of, given_help, help_given
from senhong.core.ids import uuid7
from senhong.org.models import Role, Unit
from senhong.org.services import restructure
from senhong.org.tests.make import SYSTEM, a_change, a_grant, a_new_unit, a_unit, a_user
from senhong.people.models import MembershipRole, Team
from senhong.people.tests.make import a_member, a_membership, a_team

pytestmark = pytest.mark.django_db


class Program:
    """A client that carries a token."""

    def __init__(self, user: User) -> None:
        self.client = Client(headers={"Authorization": f"Bearer {a_token(user)}"})

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1{path}")

    def send(self, path: str, body: Any = None, method: str = "POST") -> Any:
        text = json.dumps(body or {})
        return self.client.generic(method, f"/api/v1{path}", text, content_type="application/json")


def leader_of(team: Team) -> Program:
    user = a_user()
    a_membership(team, a_member(team.unit, user), MembershipRole.LEADER)
    return Program(user)


def secretary_of(unit: Unit) -> Program:
    user = a_user()
    a_grant(user, unit, Role.SECRETARY)
    return Program(user)


def help_body(activity: Activity, **other: Any) -> dict[str, Any]:
    usual = {
        "id": str(uuid7()),
        "activity_id": str(activity.pk),
        "team_id": str(activity.lead_team_id),
        "services": ["vneid"],
        "people": 2,
        "given_on": "2023-03-15",
    }
    return usual | other


def activity_body(team: Team, **other: Any) -> dict[str, Any]:
    usual = {
        "id": str(uuid7()),
        "kind": "sortie",
        "level": "commune",
        "name": "Ra quân",
        "lead_team_id": str(team.pk),
        "place_unit": team.unit.key,
        "starts_at": "2023-03-15T07:30:00+07:00",
        "ends_at": "2023-03-15T10:30:00+07:00",
    }
    return usual | other


def test_help_is_recorded_once_however_often_it_is_sent() -> None:
    activity = an_activity()
    program, body = leader_of(activity.lead_team), help_body(activity)

    first, again = (program.send("/help", body) for _ in range(2))

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json() | {"recorded_at": first.json()["recorded_at"]}
    assert first.json()["state"] == "counted"
    assert figures_of(activity.lead_team.unit)["citizen-turns"] == 2


def test_other_facts_under_a_known_id_are_a_problem() -> None:
    activity = an_activity()
    program, body = leader_of(activity.lead_team), help_body(activity)
    program.send("/help", body)

    bent = program.send("/help", body | {"people": 3})

    assert bent.status_code == 409
    assert bent["Content-Type"] == "application/problem+json"
    assert bent.json()["code"] == "id-reused"


@pytest.mark.parametrize(
    ("other", "status", "code"),
    [
        ({"people": 0}, 422, "invalid-request"),
        ({"people": 1001}, 422, "invalid-request"),
        ({"services": []}, 422, "no-service"),
        ({"services": ["horoscopes"]}, 422, "service-not-offered"),
        ({"given_on": "2999-01-01"}, 422, "given-in-future"),
        ({"note": "0912345678"}, 422, "personal-number"),
        ({"activity_id": str(UUID(int=1))}, 404, "not-found"),
        ({"team_id": str(UUID(int=1))}, 422, "team-not-in-activity"),
    ],
)
def test_a_breach_of_a_rule_is_a_problem(other: dict[str, Any], status: int, code: str) -> None:
    activity = an_activity()
    program = secretary_of(activity.lead_team.unit)

    answer = program.send("/help", help_body(activity, **other))

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_batch_is_answered_one_by_one() -> None:
    activity = an_activity()
    program = leader_of(activity.lead_team)
    good, bad = help_body(activity), help_body(activity, services=["horoscopes"])

    answers = program.send("/helps", {"helps": [good, bad, good]}).json()

    assert [one["outcome"] for one in answers] == ["recorded", "returned", "already-recorded"]
    assert answers[1]["problem"]["code"] == "service-not-offered"
    assert Help.objects.count() == 1


def test_nobody_records_without_a_token() -> None:
    body = json.dumps(help_body(an_activity()))

    answer = Client().post("/api/v1/help", body, content_type="application/json")

    assert answer.status_code == 401


def test_a_neighbour_finds_nothing() -> None:
    help = help_given()
    program = secretary_of(a_unit("Xã B", help.unit.province))

    assert program.get(f"/activities/{help.activity_id}").status_code == 404
    assert program.get(f"/help/{help.pk}").status_code == 404
    assert program.send("/help", help_body(help.activity)).status_code == 404
    assert program.get("/activities").json() == {"items": [], "next": None}


def test_an_activity_from_plan_to_end() -> None:
    team = a_team()
    other = a_team(team.unit)
    member = a_membership(team).member
    program, body = secretary_of(team.unit), activity_body(team, team_ids=[str(other.pk)])
    path = f"/activities/{body['id']}"
    there = {"id": str(uuid7()), "member_id": str(member.pk), "team_id": str(team.pk)}
    changes = {k: v for k, v in body.items() if k != "id"} | {"name": "Ra quân ở chợ"}

    planned = [program.send("/activities", body) for _ in range(2)]
    changed = program.send(path, changes, "PUT")
    started = program.send(f"{path}/start")
    present = program.send(f"{path}/present", {"present": [there]})
    closed = program.send(f"{path}/close")

    assert [answer.status_code for answer in planned] == [201, 201]
    assert planned[0].json()["team_ids"] == [str(other.pk)]
    assert changed.json()["name"] == "Ra quân ở chợ"
    assert started.json()["state"] == "running"
    assert (present.status_code, Participant.objects.count()) == (204, 1)
    assert closed.json()["state"] == "closed"
    due = {"activities": 1, "sorties": 1, "volunteer-turns": 1}
    assert figures_of(team.unit) == due

    reopened = program.send(f"{path}/reopen", {"reason": "Thiếu người"})
    cancelled = program.send(f"{path}/cancel", {"reason": "Không diễn ra"})

    assert reopened.json()["state"] == "running"
    assert cancelled.json()["cancel_reason"] == "Không diễn ra"
    assert figures_of(team.unit) == {}


def test_a_number_of_those_present() -> None:
    activity = an_activity()
    program = leader_of(activity.lead_team)
    path = f"/activities/{activity.pk}/present-number"

    counted = program.send(path, {"number": 7, "reason": "Giấy ướt"})
    none = program.send(path, {"number": None})

    assert counted.json()["present_number"] == 7
    assert none.json()["present_number"] is None


def test_help_is_read_corrected_and_withdrawn() -> None:
    activity = an_activity()
    help = help_given(activity=activity, people=4)
    program = leader_of(activity.lead_team)
    body = help_body(activity, reason="Ghi nhầm")
    body.pop("activity_id")

    read = program.get(f"/help/{help.pk}")
    corrected = program.send(f"/help/{help.pk}/correct", body)
    listed = program.get(f"/activities/{activity.pk}/helps").json()
    withdrawn = program.send(f"/help/{body['id']}/withdraw", {"reason": "Không có thật"})

    assert read.json()["people"] == 4
    assert corrected.json()["corrects"] == str(help.pk)
    assert [one["id"] for one in listed["items"]] == [body["id"]]
    assert withdrawn.json()["state"] == "withdrawn"
    assert figures_of(help.unit) == {}


def test_lists_go_on_by_cursor() -> None:
    activity = an_activity()
    helps = [help_given(activity=activity) for _ in range(3)]
    program = secretary_of(activity.lead_team.unit)

    path = f"/activities/{activity.pk}/helps?limit=2"
    first = program.get(path).json()
    rest = program.get(f"{path}&after={first['next']}").json()

    assert len(first["items"]) == 2
    assert rest["next"] is None
    seen = {one["id"] for one in [*first["items"], *rest["items"]]}
    assert seen == {str(help.pk) for help in helps}


def test_activities_are_asked_by_unit_kind_and_days() -> None:
    team = a_team()
    an_activity(team, name="Ra quân")
    an_activity(team, name="Lớp học", kind="training")
    program = secretary_of(team.unit)

    def names(asked: str) -> list[str]:
        found = program.get(f"/activities?unit={team.unit.key}&{asked}").json()["items"]
        return sorted(one["name"] for one in found)

    assert names("") == ["Lớp học", "Ra quân"]
    assert names("kind=training") == ["Lớp học"]
    assert names("from=2023-03-15&to=2023-03-15") == ["Lớp học", "Ra quân"]
    assert names("from=2023-03-16") == []
    assert names(f"team={team.pk}&when=past") == ["Lớp học", "Ra quân"]
    assert names("state=closed") == []


@pytest.mark.parametrize(
    "other",
    [
        {"ends_at": "9999-12-31T23:59:59-12:00"},
        {"starts_at": "0001-01-01T00:00:00+14:00"},
        {"starts_at": "2023-03-15T07:30:00"},
        {"starts_at": 1678840200},
        {"ends_at": "1678840200"},
        {"name": "Ra\u0007quân"},
        {"place_txt": "chợ"},
    ],
)
def test_a_plan_that_no_calendar_or_reader_knows_is_refused(other: dict[str, Any]) -> None:
    team = a_team()

    answer = secretary_of(team.unit).send("/activities", activity_body(team, **other))

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    "other",
    [{"people": True}, {"people": "2"}, {"given_on": 20230315}, {"serivces": []}, {"note": "\x1b"}],
)
def test_help_is_said_in_its_own_types(other: dict[str, Any]) -> None:
    activity = an_activity()

    answer = leader_of(activity.lead_team).send("/help", help_body(activity, **other))

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")
    assert not Help.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "/activities?from=0001-01-01", "/activities?to=9999-12-31", "/teams?on=9999-12-31",
        "/members?on=0001-01-01", "/targets?on=9999-12-31",
        "/figures?unit=P87&from=0001-01-01&to=2023-03-20",
        "/postings?unit=P87&indicator=sorties&from=2023-03-01&to=9999-12-31",
    ],
)  # fmt: skip
def test_days_beyond_the_calendar_are_refused(path: str) -> None:
    answer = secretary_of(a_team().unit).get(path)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")


def test_one_present_is_sent_under_one_id() -> None:
    activity = an_activity()
    team, id = activity.lead_team, str(uuid7())
    there = [
        {"id": id, "member_id": str(a_membership(team).member.pk), "team_id": str(team.pk)}
        for _ in range(2)
    ]

    answer = leader_of(team).send(f"/activities/{activity.pk}/present", {"present": there})

    assert (answer.status_code, answer.json()["code"]) == (409, "id-reused")


def test_activities_of_a_unit_that_ended_or_began_later_are_found() -> None:
    team = a_team()
    activity, old = an_activity(team), team.unit
    program = secretary_of(old.province or old)
    new = a_new_unit("Xã Mới", old.province)
    restructure(SYSTEM, a_change(20250701, ends=[old], begins=[new], edges=[(old, new)]))

    for unit in (old.key, new.key):
        for period in ("&from=2023-03-01&to=2023-03-20", ""):
            found = program.get(f"/activities?unit={unit}{period}").json()["items"]
            assert [one["id"] for one in found] == [str(activity.pk)], (unit, period)


def test_one_help_takes_few_queries() -> None:
    activity = an_activity()
    program = leader_of(activity.lead_team)
    program.send("/help", help_body(activity))

    with CaptureQueriesContext(connection) as seen:
        answer = program.send("/help", help_body(activity))

    assert answer.status_code == 201
    asked = [q["sql"] for q in seen if "SAVEPOINT" not in q["sql"]]
    assert len(asked) <= 14, asked


def test_the_same_help_over_the_service_and_the_api_is_one() -> None:
    activity = an_activity()
    program, given = leader_of(activity.lead_team), given_help(activity)

    record_help(SYSTEM, given)
    answer = program.send("/help", help_body(activity, id=str(given.id), people=1))

    assert answer.status_code == 201
    assert Help.objects.count() == 1

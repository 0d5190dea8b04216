"""Work over the API: made, read, changed, acted on, sent, answered, counted; sent twice once."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senhong.accounts.tests.make import a_token
from senhong.core import clock
from senhong.core.ids import uuid7
from senhong.org.models import Role, Unit
from senhong.org.tests.make import a_grant, a_province, a_user
from senhong.plans.tests.make import a_directive, a_plan
from senhong.work.models import Task
from senhong.work.tests.make import a_clause, a_list, a_task, an_answer, parcels

pytestmark = pytest.mark.django_db


class Api:
    """A program with somebody's token."""

    def __init__(self, unit: Unit, role: Role = Role.PROVINCE_OFFICE) -> None:
        self.user = a_user()
        a_grant(self.user, unit, role)
        self.headers = {"Authorization": f"Bearer {a_token(self.user)}"}

    def __call__(self, how: str, **body: Any) -> Any:
        """ "PUT /tasks/1" and what is sent → status and answer."""
        method, path = how.split()
        answer = Client().generic(
            method, f"/api/v1{path}", json.dumps(body) if method != "GET" else "",
            content_type="application/json", headers=self.headers,
        )  # fmt: skip
        return answer.status_code, json.loads(answer.content) if answer.content else None


@pytest.fixture
def province() -> Unit:
    return a_province("Tỉnh A", huyện_B=["Xã 1", "Xã 2", "Xã 3"])


@pytest.fixture
def office(province: Unit) -> Api:
    return Api(province)


def commune(number: int = 1) -> Unit:
    return Unit.objects.get(name__endswith=str(number))


def in_days(days: int) -> str:
    return (clock.now() + timedelta(days=days)).isoformat()


def made(office: Api, unit: Unit, **facts: Any) -> dict[str, Any]:
    """A list and a task in it, as the API tells of the task."""
    new = str(uuid7())
    assert office("POST /task-lists", id=new, unit=unit.key, name="Việc")[0] == 201
    usual = {"id": str(uuid7()), "list_id": new, "title": "Lập tổ", "due_at": in_days(7)}
    status, task = office("POST /tasks", **usual | facts)
    assert status == 201, task
    return dict(task)


def test_a_task_is_made_once_however_often_it_is_sent(office: Api, province: Unit) -> None:
    task = made(office, province, tags=["gấp"], answer_form={"kind": "number", "label": "tổ"})
    said = {"list_id": task["list_id"], "title": task["title"], "due_at": task["due_at"]}
    said |= {"tags": ["gấp"], "answer_form": {"kind": "number", "label": "tổ"}}

    again = office("POST /tasks", id=task["id"], **said)
    other = office("POST /tasks", id=task["id"], **said | {"title": "Tên khác"})

    assert again == (201, task)
    assert (other[0], other[1]["code"]) == (409, "id-reused")
    assert office(f"GET /tasks/{task['id']}") == (200, task)


def test_of_two_changes_the_second_is_told_both(office: Api, province: Unit) -> None:
    task = made(office, province)
    address, due_at = f"PUT /tasks/{task['id']}", task["due_at"]

    first = office(address, title="Bản một", due_at=due_at, version=1)
    second = office(address, title="Bản hai", due_at=due_at, version=1)

    assert (first[0], first[1]["version"]) == (200, 2)
    assert (second[0], second[1]["code"]) == (409, "edit-conflict")
    params = second[1]["params"]
    assert json.loads(params["yours"]) == {"title": "Bản hai"}
    assert json.loads(params["theirs"]) == {"title": "Bản một"}


def test_a_result_is_handed_in_returned_and_accepted(office: Api, province: Unit) -> None:
    id = made(office, commune())["id"]
    worker, answer = Api(commune(), Role.SECRETARY), str(uuid7())

    assert worker(f"POST /tasks/{id}/start")[1]["state"] == "running"
    for _time in range(2):
        status, kept = worker(f"POST /tasks/{id}/answers", id=answer, words="Đã xong")
        assert (status, kept["verdict"]) == (201, "waiting")
    assert office(f"POST /tasks/{id}/return", reason="Thiếu ảnh")[1]["state"] == "returned"
    worker(f"POST /tasks/{id}/answers", id=str(uuid7()), words="Đây là ảnh")
    assert office(f"POST /tasks/{id}/accept")[1]["outcome"] == "on-time"
    found = office(f"GET /tasks/{id}/answers")[1]["items"]
    assert [(each["verdict"], each["reason"]) for each in found] == [
        ("returned", "Thiếu ảnh"), ("accepted", ""),
    ]  # fmt: skip


def test_more_time_is_asked_for_and_granted_and_a_pause_stands(office: Api) -> None:
    id = made(office, commune())["id"]
    worker, until = Api(commune(), Role.SECRETARY), in_days(20)

    asked = worker(f"POST /tasks/{id}/extensions", id=str(uuid7()), until=until, reason="Mưa")[1]
    granted = office(f"POST /extensions/{asked['id']}/grant")[1]
    office(f"POST /tasks/{id}/pauses", id=str(uuid7()), reason="Bão")
    paused = office(f"GET /tasks/{id}")[1]

    assert granted["state"] == "granted"
    assert (paused["state"], paused["is_extended"]) == ("paused", True)
    assert office(f"POST /tasks/{id}/resume")[1]["state"] == "open"
    assert office(f"POST /tasks/{id}/cancel", reason="Thôi")[1]["outcome"] is None
    status, told = worker(f"POST /tasks/{id}/start")
    assert (status, told["code"]) == (409, "task-not-possible")


def test_a_task_goes_down_and_what_comes_back_adds_up(office: Api, province: Unit) -> None:
    columns = [{"title": "Tổ"}, {"title": "Số người", "is_number": True}]
    id = made(office, province, answer_form={"kind": "table", "columns": columns})["id"]
    act = str(uuid7())

    for _time in range(2):
        status, sent = office(f"POST /tasks/{id}/assignments", id=act, level="commune")
        assert (status, sent["units"]) == (201, 3)
    parcel = office(f"GET /tasks/{id}/parcels")[1]["items"][0]
    unit = Unit.objects.get(key=parcel["unit"])
    Api(unit, Role.SECRETARY)(
        f"POST /tasks/{parcel['id']}/answers", id=str(uuid7()), rows=[["A", "3"], ["B", "1.250"]]
    )

    summed = office(f"GET /tasks/{id}/summed")[1]
    assert (summed["answered"], summed["columns"]) == (1, [None, "1253"])
    matrix = office("GET /task-matrix")[1]
    assert [len(row["cells"]) for row in matrix["rows"]] == [1, 1, 1]
    assert matrix["columns"][0]["counts"]["running"] == 3
    found = office("GET /task-outcomes?by=unit")[1]
    assert [row["counts"]["total"] for row in found["rows"]] == [1, 1, 1]
    again = office(f"POST /tasks/{id}/assignments", id=str(uuid7()), level="commune")
    assert (again[0], again[1]["code"]) == (422, "nobody-to-assign")


def test_a_checklist_comments_and_parts(office: Api, province: Unit) -> None:
    task = made(office, province)
    id, item = task["id"], str(uuid7())

    office(f"PUT /checklist/{item}", task=id, words="Chụp ảnh", position=1)
    ticked = office(f"POST /checklist/{item}/tick", done=True)[1]
    said = office(f"POST /tasks/{id}/comments", id=str(uuid7()), words="Gấp nhé")[1]
    named = office(f"POST /tasks/{id}/assignee", assignee=office.user.pk)[1]
    stranger = office(f"PUT /tasks/{id}/parts", coworkers=[999_999], followers=[])

    assert ticked["done_by"] == said["by"] == named["assignee"] == office.user.pk
    assert (stranger[0], stranger[1]["code"]) == (422, "nobody-there")
    assert office(f"GET /tasks/{id}/comments")[1]["items"] == [said]
    assert len(office("GET /my-work")[1]["this_week"] + office("GET /my-work")[1]["later"]) == 1
    assert office(f"DELETE /checklist/{item}") == (204, None)
    assert office(f"GET /tasks/{id}/checklist")[1]["items"] == []


def test_a_file_is_kept_and_handed_in(office: Api, province: Unit) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    id = made(office, province, answer_form={"kind": "files"})["id"]
    sent = {"act": str(uuid7()), "file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 a")}

    address = f"/api/v1/tasks/{id}/stored-files"
    kept = Client().post(address, sent, headers=office.headers)
    other = {"act": str(uuid7()), "file": SimpleUploadedFile("a.exe", b"MZ")}
    refused = Client().post(address, other, headers=office.headers)

    assert kept.status_code == 201
    assert refused.status_code == 422
    answer = office(f"POST /tasks/{id}/answers", id=str(uuid7()), files=[kept.json()["id"]])[1]
    assert [file["name"] for file in answer["files"]] == ["a.pdf"]
    attached, file = str(uuid7()), kept.json()["id"]
    assert office(f"PUT /tasks/{id}/files/{attached}", file=file)[0] == 200
    assert len(office(f"GET /tasks/{id}/files")[1]["items"]) == 1
    assert office(f"DELETE /tasks/{id}/files/{attached}") == (204, None)


def test_a_directive_is_split_and_reported(office: Api, province: Unit) -> None:
    directive = a_directive(province)
    parts = [{"number": "I", "words": "Lập tổ"}, {"number": "II", "words": "Tập huấn"}]
    [first, _] = office(f"POST /directives/{directive.pk}/clauses", id=str(uuid7()), clauses=parts)[
        1
    ]
    row = str(a_list(province).pk)
    tasks = [{"clause": first["id"], "title": "Lập tổ", "level": "commune"}]

    split = office(
        f"POST /directives/{directive.pk}/split", id=str(uuid7()), list_id=row, tasks=tasks
    )
    wrong = [{"clause": str(uuid7()), "title": "Lạc"}]
    lost = office(
        f"POST /directives/{directive.pk}/split", id=str(uuid7()), list_id=row, tasks=wrong
    )

    assert split[0] == 201
    assert (lost[0], lost[1]["code"]) == (422, "clause-of-another")
    found = office(f"GET /directives/{directive.pk}/execution")[1]
    assert (found["counts"]["total"], found["idle"], len(found["units"])) == (3, 1, 3)
    again = office(f"GET /tasks?directive={directive.pk}&parcels=false")[1]
    assert [task["title"] for task in again["items"]] == ["Lập tổ"]


def test_tasks_are_found_by_words_without_tone_marks_in_pages(office: Api, province: Unit) -> None:
    row = a_list(province)
    for number in range(5):
        a_task(row, title=f"Thành lập tổ công nghệ {number}")
    a_task(row, title="Việc khác")

    first = office("GET /tasks?q=thanh%20lap%20cong&limit=3")[1]
    rest = office(f"GET /tasks?q=thanh%20lap%20cong&limit=3&after={first['next']}")[1]

    assert [task["title"][-1] for task in first["items"] + rest["items"]] == [*"43210"]
    assert rest["next"] is None
    assert office("GET /tasks?q=%22*")[1]["items"] == []
    assert office("GET /tasks?state=paused&state=open")[1]["items"] != []


def test_a_copy_of_what_was_sent_to_a_unit_is_a_task_of_its_own(
    office: Api, province: Unit
) -> None:
    task = a_task(unit=province)
    [parcel] = parcels(task, commune())

    copied = office(
        f"POST /tasks/{parcel.pk}/copy", id=str(uuid7()), list_id=str(a_list(province).pk)
    )

    assert (copied[0], copied[1]["assignment"]) == (201, None)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/tasks", 2),
        ("/tasks?q=lap&ended=true", 2),
        ("/tasks?unit={unit}", 3),
        ("/task-lists", 1),
        ("/my-work", 4),
        ("/task-exceptions?unit={unit}", 3),
        ("/task-matrix", 3),
        ("/task-outcomes?by=unit", 3),
        ("/tasks/{task}/parcels", 3),
        ("/tasks/{task}/summed", 3),
        ("/tasks/{task}/comments", 4),
        ("/tasks/{answered}/answers", 4),
        ("/directives/{directive}/execution", 6),
    ],
)
def test_a_list_takes_as_many_queries_with_one_row_as_with_twelve(path: str, most: int) -> None:
    counts = []
    for rows in (1, 12):
        province = a_province("Tỉnh A", huyện_B=[f"Xã {number}" for number in range(rows)])
        office, names = Api(province), busy(province, rows)
        with CaptureQueriesContext(connection) as seen:
            status, answer = office(f"GET {path.format(**names)}")
        assert status == 200, answer
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 2 + most


def busy(province: Unit, rows: int) -> dict[str, object]:
    """A province in which everything is there so many times; what stands in an address."""
    directive = a_directive(province)
    plan = a_plan(province)
    for _row in range(rows):
        row = a_list(province, plan)
        task = a_task(row, clause=a_clause(directive))
    parcels(task, *Unit.objects.filter(province=province, level="commune"))
    comment = f"POST /tasks/{task.pk}/comments"
    for _row in range(rows):
        Api(province)(comment, id=str(uuid7()), words="Gấp")
    answered = a_task(row)
    an_answer(answered)
    names = {"unit": province.key, "task": task.pk, "directive": directive.pk}
    assert Task.objects.filter(unit=province).count() == rows + 1
    return names | {"answered": answered.pk}

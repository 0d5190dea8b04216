"""Pages of tasks: what they say, what they make, and at what cost."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from senhong.core import clock
from senhong.core.ids import uuid7
from senhong.ledger.tests.make import an_indicator
from senhong.org.models import Role
from senhong.org.queries import SYSTEM
from senhong.org.tests.make import a_grant, a_province, a_user
from senhong.plans.tests.make import a_plan
from senhong.work.answering import AnswerColumn, AnswerForm, AnswerKind
from senhong.work.models import Comment, Extension, Task, TaskFile
from senhong.work.queries import get_task
from senhong.work.services import (
    TaskFacts,
    change_task,
    make_group,
)
from senhong.work.states import TaskState
from senhong.work.tests.browsing import sent_to_commune, signed_in, text_of, typed
from senhong.work.tests.make import a_list, a_task, in_days

pytestmark = pytest.mark.django_db


def test_a_task_is_made_with_everything_and_sent_twice_is_one() -> None:
    row, indicator = a_list(), an_indicator()
    helper = a_user()
    a_grant(helper, row.unit, Role.SECRETARY)
    client = signed_in(row.unit)
    said = typed(
        words="Từng tổ một.", tags="chuyển đổi số, khẩn", priority="4", answer_kind="table",
        columns="Tên tổ\nSố người: số", starts_on=f"{clock.today()}", indicator=indicator.code,
        quantity="30", assignee=str(helper.pk),
    )  # fmt: skip

    made = client.post(f"/tasks/new/?list={row.pk}", said)
    client.post(f"/tasks/new/?list={row.pk}", said)

    task = Task.objects.select_related("brief").get()
    assert (made.status_code, made.headers["Location"]) == (303, f"/tasks/{task.pk}/")
    assert clock.as_said(task.due_at).strftime("%H:%M") == "17:00"  # the unit's hour
    assert task.brief.tags == ["chuyển đổi số", "khẩn"]
    assert task.brief.form.columns == (AnswerColumn("Tên tổ"), AnswerColumn("Số người", True))
    assert (task.priority, task.quantity, task.assignee) == (4, 30, helper)
    assert "Từng tổ một." in text_of(client, f"/tasks/{task.pk}/")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": " "}, "Còn chỗ chưa đúng"),
        ({"due_on": "2020-01-01", "starts_on": "2020-01-02"}, "sớm hơn lúc bắt đầu"),
        ({"answer_kind": "table"}, "Hãy viết tên các cột"),
        ({"answer_kind": "table", "columns": "A\na"}, "mỗi cột một tên khác nhau"),
        ({"quantity": "3"}, "Nhiệm vụ tự đếm cần chọn chỉ tiêu"),
        ({"due_on": "", "due_hour": "08:00"}, "Có giờ thì cần ngày"),
        ({"due_on": "hôm nào"}, "Còn chỗ chưa đúng"),
    ],
)
def test_mistakes_come_back_with_the_form(fields: dict[str, str], words: str) -> None:
    row = a_list()

    page = signed_in(row.unit).post(f"/tasks/new/?list={row.pk}", typed(**fields))

    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Task.objects.exists()


def test_what_is_not_touched_stays_when_a_task_is_edited() -> None:
    task = a_task(due_at=clock.now() + timedelta(days=3, seconds=7.5))
    client = signed_in(task.unit)

    form = client.get(f"/tasks/{task.pk}/edit/").context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    saved = client.post(f"/tasks/{task.pk}/edit/", sent | {"due_on": f"{sent['due_on']}"})

    assert saved.status_code == 303
    assert get_task(SYSTEM, task.pk).due_at == task.due_at
    assert get_task(SYSTEM, task.pk).version == 1


def edited(client: Client, task: Task, **fields: Any) -> Any:
    """The form as it was opened now, with these fields typed; sent when it is called."""
    form = client.get(f"/tasks/{task.pk}/edit/").context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: f"{value}" for name, value in sent.items() if value not in {None, False}}
    return lambda **more: client.post(f"/tasks/{task.pk}/edit/", sent | fields | more)


def test_the_second_who_edits_sees_both_and_chooses_field_by_field() -> None:
    task = a_task(title="Cũ", words="Lời cũ")
    first, second = signed_in(task.unit), signed_in(task.unit)
    send = edited(second, task, title="Của tôi")
    edited(first, task, title="Của người kia", words="Lời mới")()

    page = send()

    assert page.status_code == 409
    shown = {each["name"]: each for each in page.context["differing"]}
    assert (shown["title"]["mine"], shown["title"]["theirs"]) == ("Của tôi", "Của người kia")
    assert not shown["title"]["takes_theirs"]
    assert shown["words"]["takes_theirs"]  # I have not touched it
    picks = {"pick-title": "mine", "pick-words": "theirs", "seen": str(page.context["seen"])}
    assert send(**picks).status_code == 303
    brief = get_task(SYSTEM, task.pk).brief
    assert (brief.title, brief.words) == ("Của tôi", "Lời mới")


def test_a_third_version_meanwhile_is_shown_again() -> None:
    task = a_task(title="Cũ")
    client = signed_in(task.unit)
    send = edited(client, task, title="Của tôi")
    change_task(SYSTEM, task, TaskFacts(title="Thứ hai", due_at=task.due_at), seen=1)
    page = send()
    task = get_task(SYSTEM, task.pk)
    change_task(SYSTEM, task, TaskFacts(title="Thứ ba", due_at=task.due_at), seen=2)

    again = send(**{"pick-title": "mine", "seen": str(page.context["seen"])})

    assert again.status_code == 409
    assert "Thứ ba" in again.content.decode()


def test_a_table_is_filled_row_by_row_and_adds_up() -> None:
    columns = (AnswerColumn("Tổ"), AnswerColumn("Người", is_number=True))
    task = a_task(form=AnswerForm(AnswerKind.TABLE, "", columns))
    client = signed_in(task.unit)
    cells = {"id": str(uuid7()), "cell-0": ["Tổ 1", "Tổ 2"], "cell-1": ["1.200", "34"]}

    more = client.post(f"/tasks/{task.pk}/hand-in/", cells | {"more": "1"})
    wrong = client.post(f"/tasks/{task.pk}/hand-in/", cells | {"cell-1": ["nhiều", "34"]})
    done = client.post(f"/tasks/{task.pk}/hand-in/", cells)

    assert more.content.decode().count('name="cell-0"') == 5 + 5
    assert 'value="Tổ 2"' in more.content.decode()
    assert wrong.status_code == 422
    assert "không đúng kiểu được hỏi" in wrong.content.decode()
    assert 'value="nhiều"' in wrong.content.decode()
    assert done.status_code == 303
    assert "1.234" in text_of(client, f"/tasks/{task.pk}/")


def test_a_number_and_files_are_handed_in_and_opened_by_who_sees_the_task() -> None:
    province, commune, task = sent_to_commune(form=AnswerForm(AnswerKind.NUMBER, "Số tổ"))
    client = signed_in(commune)
    pdf = SimpleUploadedFile("bb.pdf", b"%PDF-1.4 bien ban")
    said = {"id": str(uuid7()), "number": "1.250,5", "words": "Có biên bản", "files": [pdf]}

    assert client.post(f"/tasks/{task.pk}/hand-in/", said).status_code == 303

    page = text_of(signed_in(province, Role.PROVINCE_OFFICE), f"/tasks/{task.pk}/")
    kept = TaskFile.objects.get()
    assert "1.250,5" in page
    assert f"/tasks/{task.pk}/files/{kept.file_id}/" in page
    opened = client.get(f"/tasks/{task.pk}/files/{kept.file_id}/")
    assert b"".join(opened.streaming_content) == b"%PDF-1.4 bien ban"  # type: ignore[attr-defined]
    stranger = signed_in(a_province("Tỉnh Z"))
    assert stranger.get(f"/tasks/{task.pk}/files/{kept.file_id}/").status_code == 404
    assert client.get(f"/files/{kept.file_id}/").status_code == 404


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        ("a.exe", 10, "“a.exe”: Tệp này chưa nhận được"),
        ("a.pdf", 10 * 1024**2 + 1, "“a.pdf”: Tệp lớn hơn 10 MB"),
        ("a.pdf", 0, "rỗng"),
    ],
)
def test_files_that_are_no_use_are_refused_by_name(name: str, size: int, words: str) -> None:
    task = a_task()
    file = SimpleUploadedFile(name, b"%PDF-"[:size].ljust(size, b"x"))
    said = {"id": str(uuid7()), "words": "Đã xong", "files": [file]}

    page = signed_in(task.unit).post(f"/tasks/{task.pk}/hand-in/", said)

    assert page.status_code == 422
    assert words in page.content.decode()
    assert "Đã xong" in page.content.decode()
    assert get_task(SYSTEM, task.pk).state == TaskState.OPEN


def test_a_result_is_returned_and_the_page_opens_on_the_reason() -> None:
    province, commune, task = sent_to_commune()
    giver, doer = signed_in(province, Role.PROVINCE_OFFICE), signed_in(commune)
    at = f"/tasks/{task.pk}"
    doer.post(f"{at}/hand-in/", {"id": str(uuid7()), "words": "Xong"})

    assert giver.post(f"{at}/return/", {"reason": " "}).status_code == 422
    past = {"reason": "Thiếu danh sách", "due_on": "2020-01-01"}
    assert "Hạn mới phải sau" in giver.post(f"{at}/return/", past).content.decode()
    assert giver.post(f"{at}/return/", {"reason": "Thiếu danh sách"}).status_code == 303

    page = text_of(doer, f"{at}/")
    assert page.index("Thiếu danh sách") < page.index("Nộp kết quả")
    doer.post(f"{at}/hand-in/", {"id": str(uuid7()), "words": "Đủ rồi"})
    assert doer.post(f"{at}/take-back/").status_code == 303
    assert doer.post(f"{at}/accept/").status_code == 403
    doer.post(f"{at}/hand-in/", {"id": str(uuid7()), "words": "Đủ thật"})
    assert giver.post(f"{at}/accept/").status_code == 303
    assert "Hoàn thành" in text_of(doer, f"{at}/")


def test_more_time_is_asked_for_refused_granted_and_shown_beside() -> None:
    province, commune, task = sent_to_commune()
    giver, doer = signed_in(province, Role.PROVINCE_OFFICE), signed_in(commune)
    at, later = f"/tasks/{task.pk}", clock.today() + timedelta(days=30)

    def asked(**fields: str) -> Any:
        said = {"ask-id": str(uuid7()), "ask-until_on": f"{later}", "ask-reason": "Mưa lũ"}
        return doer.post(f"{at}/ask-time/", said | fields)

    assert "Hạn mới phải sau" in asked(**{"ask-until_on": f"{clock.today()}"}).content.decode()
    assert asked().status_code == 303
    assert asked().status_code == 422  # one waits
    assert "Mưa lũ" in text_of(giver, f"{at}/")
    assert giver.post(f"{at}/refuse-time/", {"refuse-reason": ""}).status_code == 422
    assert giver.post(f"{at}/refuse-time/", {"refuse-reason": "Không"}).status_code == 303
    assert asked().status_code == 303
    assert giver.post(f"{at}/grant-time/", {"grant-until_on": f"{later}"}).status_code == 303
    page = text_of(doer, f"{at}/")
    assert "Được gia hạn" in page
    assert "Hạn ban đầu" in page
    assert Extension.objects.count() == 2
    assert asked(**{"ask-until_on": f"{later + timedelta(days=9)}"}).status_code == 303
    assert doer.post(f"{at}/withdraw-time/").status_code == 303


def test_who_gave_a_task_pauses_resumes_and_cancels_it() -> None:
    province, commune, task = sent_to_commune()
    giver, at = signed_in(province, Role.PROVINCE_OFFICE), f"/tasks/{task.pk}"

    assert giver.post(f"{at}/pause/", {"pause-id": str(uuid7())}).status_code == 422
    said = {"pause-id": str(uuid7()), "pause-reason": "Chờ kinh phí"}
    assert giver.post(f"{at}/pause/", said).status_code == 303
    page = text_of(signed_in(commune), f"{at}/")
    assert "Chờ kinh phí" in page
    assert "Đang tạm dừng" in page
    assert giver.post(f"{at}/resume/").status_code == 303
    assert giver.post(f"{at}/cancel/", {"cancel-reason": ""}).status_code == 422
    assert giver.post(f"{at}/cancel/", {"cancel-reason": "Trùng"}).status_code == 303
    assert "Trùng" in text_of(giver, f"{at}/")


def test_people_are_named_called_and_follow() -> None:
    task = a_task()
    others = [a_user(), a_user()]
    for each in others:
        a_grant(each, task.unit, Role.SECRETARY)
    client, at = signed_in(task.unit), f"/tasks/{task.pk}"
    people = {
        "assignee": str(others[0].pk), "coworkers": [str(others[1].pk)], "followers": [],
    }  # fmt: skip

    assert client.post(f"{at}/people/", people).status_code == 303
    said = {"comment-id": str(uuid7()), "comment-words": f"@{others[1]} xem giúp"}
    assert client.post(f"{at}/comment/", said).status_code == 303
    assert client.post(f"{at}/comment/", said | {"comment-words": " "}).status_code == 422
    assert client.post(f"{at}/follow/", {"do": "follow"}).status_code == 303

    assert get_task(SYSTEM, task.pk).assignee == others[0]
    assert others[1] in Comment.objects.get().mentions.all()
    page = text_of(client, f"{at}/")
    assert "Thôi theo dõi" in page
    assert "xem giúp" in page


def test_a_checklist_is_written_ticked_and_cleared() -> None:
    task = a_task()
    client, at = signed_in(task.unit), f"/tasks/{task.pk}/checklist/"

    client.post(at, {"item-id": str(uuid7()), "item-words": "Gọi điện"})
    item = task.checklist.get()
    client.post(f"{at}{item.pk}/", {"do": "tick"})
    assert 'aria-pressed="true"' in text_of(client, f"/tasks/{task.pk}/")
    client.post(f"{at}{item.pk}/", {"do": "untick"})
    assert task.checklist.get().done_at is None
    client.post(f"{at}{item.pk}/", {"do": "remove"})
    assert not task.checklist.exists()
    assert client.post(at, {"item-id": str(uuid7()), "item-words": " "}).status_code == 422


def test_files_of_what_is_to_be_done_are_attached_and_removed() -> None:
    task = a_task()
    client, at = signed_in(task.unit), f"/tasks/{task.pk}/files/"
    pdf = SimpleUploadedFile("kh.pdf", b"%PDF-1.4")

    assert client.post(at, {"files-id": str(uuid7()), "files-files": [pdf]}).status_code == 303
    kept = TaskFile.objects.get()
    assert "kh.pdf" in text_of(client, f"/tasks/{task.pk}/")
    assert client.post(f"{at}{kept.pk}/remove/").status_code == 303
    assert client.post(at, {"files-id": str(uuid7())}).status_code == 422


def test_an_order_that_does_not_hold_is_warned_of() -> None:
    row = a_list(plan=a_plan())
    before, after = a_task(row, title="Tập huấn", due_at=in_days(9)), a_task(row, due_at=in_days(2))
    client, at = signed_in(row.unit), f"/tasks/{after.pk}"
    said = {"id": str(uuid7()), "before": str(before.pk), "gap_days": "0"}

    assert client.post(f"{at}/before/", said).status_code == 303
    ring = {"id": str(uuid7()), "before": str(after.pk), "gap_days": "0"}
    circle = client.post(f"/tasks/{before.pk}/before/", ring)

    assert circle.status_code == 422
    assert "chờ hoặc nằm dưới chính nó" in circle.content.decode()
    assert "Lệch: việc này bắt đầu" in text_of(client, f"{at}/")
    need = after.needs.get()
    assert client.post(f"{at}/before/{need.pk}/remove/").status_code == 303


def test_a_subtask_is_made_and_hung_elsewhere() -> None:
    row = a_list()
    task, group = a_task(row), make_group(SYSTEM, uuid7(), row, name="Quý I", position=1)
    client = signed_in(row.unit)

    made = client.post(f"/tasks/new/?parent={task.pk}", typed(title="Việc con"))
    child = Task.objects.get(parent=task)
    moved = client.post(f"/tasks/{child.pk}/place/", {"group": str(group.pk), "parent": ""})
    ring = client.post(f"/tasks/{task.pk}/place/", {"group": "", "parent": str(child.pk)})

    assert (made.status_code, moved.status_code, ring.status_code) == (303, 303, 303)
    child.refresh_from_db()
    assert (child.group, child.parent) == (group, None)
    circle = client.post(f"/tasks/{child.pk}/place/", {"parent": str(task.pk)})
    assert circle.status_code == 422

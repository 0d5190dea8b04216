"""Pages of lists, of one's own work and of a unit's: what they say and at what cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from senhong.core import clock
from senhong.core.ids import uuid7
from senhong.org.models import Role
from senhong.org.queries import SYSTEM
from senhong.org.tests.make import a_province, a_user
from senhong.plans.tests.make import a_plan
from senhong.work.queries import get_task
from senhong.work.services import (
    comment_on,
    make_dependency,
    make_group,
    name_answerable,
    return_task,
    write_item,
)
from senhong.work.tests.browsing import sent_to_commune, signed_in, text_of
from senhong.work.tests.make import a_list, a_task, an_answer, in_days

pytestmark = pytest.mark.django_db


def test_a_list_is_made_under_a_plan_with_groups_and_milestones() -> None:
    plan = a_plan()
    client = signed_in(plan.unit)
    said = {
        "id": str(uuid7()), "name": "Việc của kế hoạch", "unit": plan.unit.key,
        "plan": str(plan.pk), "first_on": "2023-01-01", "last_on": "2023-12-31",
    }  # fmt: skip
    at = f"/tasks/lists/{said['id']}"

    wrong = client.post("/tasks/lists/new/", said | {"last_on": "2022-12-31"})
    assert wrong.status_code == 422
    assert client.post("/tasks/lists/new/", said).headers["Location"] == f"{at}/"
    for name in ("Chuẩn bị", "Làm"):
        client.post(f"{at}/groups/", {"group-id": str(uuid7()), "group-name": name})
    day = {
        "milestone-id": str(uuid7()),
        "milestone-name": "Sơ kết",
        "milestone-on_day": "2023-06-30",
    }
    client.post(f"{at}/milestones/", day)
    last = client.get(f"{at}/").context["groups"][-1]
    client.post(f"/tasks/groups/{last.pk}/", {"do": "up"})
    client.post(f"/tasks/groups/{last.pk}/", {"id": str(last.pk), "name": "Thực hiện"})

    page = text_of(client, f"{at}/")
    assert page.index("Thực hiện") < page.index("Chuẩn bị")
    assert "Sơ kết" in page
    assert client.post(f"{at}/groups/", {"group-id": str(uuid7())}).status_code == 422
    assert client.post(f"{at}/edit/", said | {"name": "Tên khác"}).status_code == 303
    assert client.post(f"{at}/close/", {"do": "close"}).status_code == 303
    assert "Danh sách đã đóng" in text_of(client, f"{at}/")
    assert "Tên khác" in text_of(client, f"/tasks/lists/?plan={plan.pk}&closed=1")
    assert f"/tasks/lists/?plan={plan.pk}" in text_of(client, f"/plans/{plan.pk}/")
    milestone = client.get(f"{at}/").context["milestones"][0][0]
    client.post(f"{at}/milestones/{milestone.pk}/remove/")
    client.post(f"/tasks/groups/{last.pk}/", {"do": "remove"})
    assert "Sơ kết" not in text_of(client, f"{at}/")


def test_a_list_is_narrowed_and_the_way_of_looking_is_kept() -> None:
    row = a_list()
    a_task(row, title="Gấp", priority=4, tags=("số hóa",), due_at=in_days(-1))
    a_task(row, title="Thong thả", due_at=in_days(30))
    client = signed_in(row.unit)

    for asked in (
        "outcome=overdue", "priority=4", "tag=số+hóa", "q=gap", f"last={clock.today()}",
    ):  # fmt: skip
        page = text_of(client, f"/tasks/?{asked}")
        assert ("Gấp" in page, "Thong thả" in page) == (True, False), asked
    assert "Gấp" in text_of(client, f"/tasks/?unit={row.unit.key}&state=open&person=none")
    assert "Gấp" in text_of(client, "/tasks/?state=lung+tung&first=abc&person=x")
    saved = {"view-id": str(uuid7()), "view-name": "Việc gấp", "asked": "outcome=overdue&bad=1"}
    kept = client.post("/tasks/views/", saved)
    assert kept.headers["Location"] == "/tasks/?outcome=overdue"
    assert client.post("/tasks/views/", saved | {"view-name": " "}).status_code == 422
    assert '<a class="button button--quiet" href="/tasks/?outcome=overdue">Việc gấp</a>' in (
        text_of(client, "/tasks/")
    )
    view = client.get("/tasks/").context["views"][0][0]
    assert signed_in(row.unit).post(f"/tasks/views/{view.pk}/remove/").status_code == 404
    assert client.post(f"/tasks/views/{view.pk}/remove/").status_code == 303


def test_my_work_is_overdue_today_this_week_and_what_waits() -> None:
    row, user = a_list(), a_user()
    client = signed_in(row.unit, user=user)
    for title, days in (("Đã quá", -2), ("Còn lâu", 40)):
        a_task(row, title=title, due_at=in_days(days), assignee=user)
    handed = a_task(row, title="Đã nộp rồi", assignee=user)
    an_answer(handed)

    page = text_of(client, "/tasks/mine/")

    order = [page.index(said) for said in ("Đã quá", 'id="to-review"', "Còn lâu")]
    assert order == sorted(order)
    assert "Tôi đang chờ người khác" in page
    assert 'href="/tasks/mine/"' in text_of(client, f"/units/{row.unit.key}/")
    assert "Bạn không có việc nào đang chờ" in text_of(
        signed_in(a_province("Tỉnh Z")), "/tasks/mine/"
    )


def test_a_secretary_sees_exceptions_first() -> None:
    province, commune, task = sent_to_commune(due_at=in_days(2))
    late = a_task(a_list(province), title="Quá hạn lâu rồi", due_at=in_days(-5))
    an_answer(task)
    return_task(SYSTEM, get_task(SYSTEM, task.pk), reason="Thiếu")

    page = text_of(signed_in(province, Role.PROVINCE_OFFICE), f"/tasks/units/{province.key}/")

    assert page.index("Quá hạn lâu rồi") < page.index("Danh sách của đơn vị")
    assert page.index(str(task.pk)) < page.index("Danh sách của đơn vị")
    assert str(late.pk) in page
    assert signed_in(commune).get(f"/tasks/units/{province.key}/").status_code in {403, 404}
    assert signed_in(province, Role.PARTNER).get(f"/tasks/units/{province.key}/").status_code == 403


def _filled(rows: int) -> tuple[Client, list[str]]:
    """Pages of a unit with as many of everything."""
    row, user = a_list(plan=a_plan()), a_user()
    client = signed_in(row.unit, user=user)
    task = a_task(row, assignee=user)
    for at in range(rows):
        other = a_task(row, assignee=user, due_at=in_days(at - 1))
        make_dependency(SYSTEM, uuid7(), before=other, after=task)
        make_group(SYSTEM, uuid7(), row, name=f"Nhóm {at}", position=at)
        a_task(parent=task)
        write_item(SYSTEM, uuid7(), task, words="Gọi", position=at)
        comment_on(SYSTEM, uuid7(), task, words="Nhanh lên", mentions=[])
        an_answer(task)
        return_task(SYSTEM, get_task(SYSTEM, task.pk), reason=f"Thiếu {at}")
        task = get_task(SYSTEM, task.pk)
        name_answerable(SYSTEM, task, None)
        name_answerable(SYSTEM, task, user)
    unit = row.unit.key
    return client, [
        f"/tasks/{task.pk}/", f"/tasks/lists/{row.pk}/", "/tasks/", "/tasks/mine/",
        f"/tasks/units/{unit}/", f"/tasks/lists/?unit={unit}", f"/tasks/{task.pk}/edit/",
    ]  # fmt: skip


def test_pages_cost_the_same_however_much_there_is() -> None:
    counts = []
    for rows in (2, 9):
        client, urls = _filled(rows)
        client.get("/tasks/mine/")
        seen = []
        for url in urls:
            with CaptureQueriesContext(connection) as asked:
                text_of(client, url)
            seen.append(len(asked))
        counts.append(seen)

    assert counts[0] == counts[1]
    assert max(counts[0]) <= 30
    assert max(counts[0][1:]) <= 18
